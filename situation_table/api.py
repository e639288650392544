"""How does the second door say no? The same refusals as the pages, as `{"code", "reason"}`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from privacy.decision import Denied
from privacy.vault import StaleText
from situations.lifecycle import Stale


def handler(raised: Exception, context: dict[str, Any]) -> Response | None:
    """Denied -> 403 (404 where existence is hidden), Stale -> 409, absent -> 404; nothing half done is kept."""
    answer = _refusal(raised) or exception_handler(raised, context)
    if answer is not None and transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return answer


def _refusal(raised: Exception) -> Response | None:
    if isinstance(raised, Denied) and not raised.decision.hidden:
        refusal = {"code": raised.decision.code, "reason": str(raised.decision.reason)}
        return Response(refusal, status=status.HTTP_403_FORBIDDEN)
    if isinstance(raised, Denied | Http404):
        absent = {"code": "not-found", "reason": _("There is nothing here for you.")}
        return Response(absent, status=status.HTTP_404_NOT_FOUND)
    if isinstance(raised, Stale | StaleText):
        stale = {"code": "stale", "reason": _("Somebody changed this in the meantime. Load it again.")}
        return Response(stale, status=status.HTTP_409_CONFLICT)
    return None
