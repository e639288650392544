"""Is this process able to serve? Asked by the container engine and by the demo's start."""

from __future__ import annotations

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from situation_table.middleware import outside_transaction


@outside_transaction
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when both servers answer, 503 otherwise; one word either way."""
    try:
        for alias in ("default", "keys"):
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("unavailable", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
