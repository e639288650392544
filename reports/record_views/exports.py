"""Which pages send the coded record to the province? The list, one export with its checks, approval, the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Member
from reports.exporting import exports
from reports.exporting.exports import ChangedSinceError, NothingToExportError
from reports.models import BatchWords, ImportBatch, RecordExport
from reports.pack.periods import months, parse
from reports.record_views.desk import Desk, desk_of
from reports.record_views.past_forms import read_as

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
#: Problems of lines named on the page; the rest are counted.
_MOST_SHOWN = 50


class PeriodForm(forms.Form):
    """Which discussions the file holds."""

    period = forms.ChoiceField(
        label=gettext_lazy("Discussions presented in"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the periods in the list")},
    )

    def __init__(self, desk: Desk, data: Any = None) -> None:
        super().__init__(data, initial={"period": desk.period("")})
        self.fields["period"].choices = desk.periods()  # type: ignore[attr-defined]  # a ChoiceField


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """What was sent, what waits for approval, what came in from before."""
    desk = desk_of(request, request.GET.get("table", ""))
    return _list(request, desk, PeriodForm(desk) if desk.keeps else None)


@require_POST
def export_prepare(request: HttpRequest, table: str) -> HttpResponse:
    """Make a file ready for approval."""
    desk = desk_of(request, table, recorder=True)
    form = PeriodForm(desk, request.POST)
    if form.is_valid():
        try:
            made = exports.prepare(table=desk.table, period=form.cleaned_data["period"], by=desk.by)
        except NothingToExportError:
            form.add_error("period", _("Nothing of it has ended yet. Choose another period."))
        else:
            messages.success(request, _("It is prepared. A second person approves it before you can take the file."))
            return redirect("export", made.export.pk)
    return _list(request, desk, form)


@require_safe
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """One export: what it holds, what is wrong in it, who approved it."""
    found, desk = _found(request, export_id)
    problems = exports.problems_of(found, by=desk.by) if desk.keeps else []
    context = {
        "export": found, "period": parse(found.period).inside, "rows": _facts(found),
        "back_url": f"{reverse('record')}?table={desk.table.code}",
        "columns": [{"label": _("Column")}, {"label": _("Lines to mend"), "number": True}],
        "counts": [[{"text": column}, {"text": str(n), "number": True}] for column, n in found.problems.items()],
        "problems": [str(p) for p in problems[:_MOST_SHOWN]], "more": max(0, len(problems) - _MOST_SHOWN),
        "may_approve": exports.may_approve(found, desk.by), "may_take": exports.may_take(found, desk.by),
    }  # fmt: skip
    return render(request, "reports/export.html", context)


@require_POST
def export_approve(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The second person's yes."""
    _found(request, export_id)
    exports.approve(export_id, by=_member(request))
    messages.success(request, _("It is approved. The recorder can take the file and send it."))
    return redirect("export", export_id)


@require_POST
def export_take(request: HttpRequest, export_id: UUID, form: str) -> HttpResponse:
    """The file, for the recorder. A POST, because it is written down that it was taken."""
    found, desk = _found(request, export_id)
    if form not in _TYPES:
        raise Http404
    try:
        content = exports.take(export_id, by=desk.by, form=form)
    except ChangedSinceError:
        messages.error(
            request, _("A discussion has changed since this was approved. Nothing was taken. Prepare the period again.")
        )
        return redirect("export", export_id)
    name = content_disposition_header(True, f"{desk.table.code}-{found.period}.{form}") or "attachment"
    return HttpResponse(content, content_type=_TYPES[form], headers={"Content-Disposition": name})


def _list(request: HttpRequest, desk: Desk, form: PeriodForm | None) -> HttpResponse:
    batches = ImportBatch.objects.filter(table=desk.table).select_related("imported_by")
    # PostgreSQL shows them to the recorder alone.
    said = dict(BatchWords.objects.filter(table=desk.table).values_list("pk", "words"))
    context = {
        "desk": desk, "form": form, "tabs": desk.tabs(reverse("record")),
        "items": [_row(e) for e in exports.seen_by(desk.by, tables=[desk.table.pk])],
        "batches": [_batch(b, said.get(b.pk, {})) for b in batches], "may_undo": desk.keeps,
    }  # fmt: skip
    return render(request, "reports/record.html", context)


def _row(e: RecordExport) -> dict[str, Any]:
    waits = e.approved_by_id is None
    return {
        "title": parse(e.period).label, "url": reverse("export", args=[e.pk]),
        "when": _("Waits for approval") if waits else _("Taken") if e.takings.all() else _("Approved"),
        "when_kind": "half" if waits else "ok",
        "facts": [_lines(e.rows), _("prepared %(day)s") % {"day": date_format(localtime(e.prepared_at))}],
    }  # fmt: skip


def _batch(b: ImportBatch, words: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {
        # Of days the first would be that of a single discussion.
        "title": capfirst(months(b.first_day, b.last_day)),
        "when": _("Undone") if b.undone_at else _("Imported"), "when_kind": "none" if b.undone_at else "ok",
        "facts": [_lines(b.rows), date_format(localtime(b.imported_at))],
        "undo_url": "" if b.undone_at else reverse("import_undo", args=[b.pk]),
        "words": read_as(words),
    }  # fmt: skip


def _facts(e: RecordExport) -> list[dict[str, Any]]:
    rows = [
        (_("Period"), parse(e.period).label),
        (_("Discussions"), str(e.rows)),
        (_("Discussions still open"), str(e.still_open)),
        (_("Prepared"), f"{e.prepared_by.name}, {date_format(localtime(e.prepared_at), 'DATETIME_FORMAT')}"),
    ]
    if e.approved_by and e.approved_at:
        rows.append(
            (_("Approved"), f"{e.approved_by.name}, {date_format(localtime(e.approved_at), 'DATETIME_FORMAT')}")
        )
    for taking in e.takings.all():
        when = date_format(localtime(taking.taken_at), "DATETIME_FORMAT")
        # Of what was taken before each taking was kept, nobody knows in which form.
        rows.append((_("Taken"), ", ".join(filter(None, (taking.taken_by.name, when, taking.form.upper())))))
    return [{"key": key, "value": value} for key, value in rows]


def _lines(n: int) -> str:
    return ngettext("%(n)s discussion", "%(n)s discussions", n) % {"n": n}


def _found(request: HttpRequest, export_id: UUID) -> tuple[RecordExport, Desk]:
    """An export and the record it belongs to; 404 for who does not read it."""
    among = RecordExport.objects.select_related("table", "prepared_by", "approved_by")
    found = among.prefetch_related("takings__taken_by").filter(pk=export_id).first()
    if found is None:
        raise Http404
    return found, desk_of(request, found.table.code)


def _member(request: HttpRequest) -> Member:
    if not isinstance(request.user, Member):
        raise Http404
    return request.user
