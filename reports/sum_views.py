"""Where are several releases read together, and taken as one file? Nothing is kept: the address says what is asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.pack.document import Document
from reports.pack.files import WRITERS
from reports.release_sections import files, lines, sections
from reports.release_views import as_file, reader
from reports.releases import rights
from reports.sum_forms import SumForm


@require_safe
def release_sum(request: HttpRequest) -> HttpResponse:
    """The choice, and the sum once one is made; a page that was released by itself opens itself."""
    readable = rights.readable(reader(request))
    asked = request.GET if "period" in request.GET else None
    form = SumForm(asked, readable=readable)
    if not form.has_choices:
        return render(request, "reports/release_sum.html", {"form": None})
    if form.is_valid() and form.alone is not None:
        return redirect("release", form.alone.pk)
    return render(request, "reports/release_sum.html", {"form": form, **_shown(form.document, request)})


@require_safe
def release_sum_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same sum as a file; 404 where the page would show none."""
    form = SumForm(request.GET, readable=rights.readable(reader(request)))
    if kind not in WRITERS or not form.is_valid() or form.document is None:
        raise Http404
    return as_file(form.document, kind, "sum")


def _shown(document: Document | None, request: HttpRequest) -> dict[str, object]:
    if document is None:
        return {}
    query = request.GET.urlencode()
    return {
        "document": document, "sections": sections(document), "facts": lines(document),
        "files": files(lambda kind: f"{reverse('release_sum_file', args=[kind])}?{query}"),
    }  # fmt: skip
