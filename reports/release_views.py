"""Which pages prepare, check, sign off and read releases, and where are their files?"""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Member
from privacy.decision import Denied, hide
from reports.committee import beside_of
from reports.pack.audience import NotOfferedError
from reports.pack.document import Document
from reports.pack.files import WRITERS, write
from reports.release_forms import PrepareForm
from reports.release_model import Release, ReleaseState
from reports.release_pages import Shown, entries, first_day_to_prepare, first_missing, periods, shown
from reports.release_steps import taken
from reports.releases import reading, rights, verbs

_VERBS: dict[str, Callable[..., Release]] = {
    "check": verbs.check, "sign": verbs.sign, "publish": verbs.publish, "again": verbs.run_again,
}  # fmt: skip
_TYPES = {
    "json": "application/json", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def releases(request: HttpRequest) -> HttpResponse:
    """The releases one may read, and the form that prepares one."""
    by = reader(request)
    tables = rights.tables_prepared_by(by)
    form, offered = None, periods(tables) if tables else []
    if offered:
        period = request.GET.get("quarter", "") or first_missing(tables, offered)
        asked = {"scope": request.GET.get("table", ""), "period": period}
        form = PrepareForm(request.POST or None, tables=tables, periods=offered, initial=asked)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = verbs.prepare(**form.cleaned_data, by=by)
        except NotOfferedError as error:
            form.add_error(None, str(error))
        else:
            if made.state == ReleaseState.RELEASED:
                messages.info(request, _("These figures are released already."))
            return redirect("release", made.pk)
    elif request.method == "POST" and form is None:
        raise Denied(hide())
    beside = beside_of(request, "releases")
    # Who prepares figures before any period has ended is told from when on there is something to prepare.
    from_day = first_day_to_prepare(tables) if tables and not offered else None
    context = {"form": form, "from_day": from_day, "beside": beside, "items": entries(rights.readable(by))}
    return render(request, "reports/releases.html", context)


@require_safe
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """One release or draft: how far it is, what it says, its files."""
    by = reader(request)
    row = rights.one(release_id, by=by)
    page: Shown = shown(row, reading.document_of(row), by)
    return render(request, "reports/release.html", {"page": page})


@require_POST
def release_step(request: HttpRequest, release_id: UUID, step: str) -> HttpResponse:
    """Check, sign off, release, run again or discard."""
    by = reader(request)
    rights.one(release_id, by=by)
    if step == "discard":
        verbs.discard(release_id, by=by)
        messages.success(request, _("The draft was discarded."))
        return redirect("releases")
    if step not in _VERBS:
        raise Http404
    row = _VERBS[step](release_id, by=by)
    messages.success(request, taken(row, step))
    return redirect("release", row.pk)


@require_safe
def release_file(request: HttpRequest, release_id: UUID, kind: str) -> HttpResponse:
    """A release as a file; a draft only for those who prepare it."""
    row = rights.one(release_id, by=reader(request))
    if kind not in WRITERS:
        raise Http404
    number = row.number if row.state == ReleaseState.RELEASED else "draft"
    return as_file(reading.document_of(row), kind, str(number))


def as_file(document: Document, kind: str, number: str) -> HttpResponse:
    """A document as a file to keep, named by what it speaks of."""
    scope = re.sub(r"[:+ ]", "-", document.scope_code)
    name = f"{scope}-{document.period}-{document.audience}-{number}.{kind}"
    return HttpResponse(
        write(document, kind),
        content_type=_TYPES[kind],
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def reader(request: HttpRequest) -> Member:
    """Who asks; nobody but a member finds anything here."""
    if not isinstance(request.user, Member):
        raise Denied(hide())
    return request.user
