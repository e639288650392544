"""Which pages help the recorder type the record over? What waits, and each discussion in the order of the layout."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.exporting import entering
from reports.exporting.lines import ENDED_OTHERWISE, header, written
from reports.models import CodedRecord
from reports.record_views.desk import Desk, desk_of
from reports.vocabulary import Status
from situations.vocabulary import StopReason

#: Of a version: no number of changes has more.
_MOST_DIGITS = 9


@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """The discussions of a period: what waits to be entered first."""
    desk = desk_of(request, request.GET.get("table", ""), recorder=True)
    period = desk.period(request.GET.get("period", ""))
    waiting, entered = entering.of_period(desk.table, period, by=desk.by)
    context = {
        "desk": desk, "tabs": desk.tabs(reverse("entry_list")), "period": period,
        "periods": [{"code": code, "label": label, "current": code == period} for code, label in desk.periods()],
        "waiting": [_row(r) for r in waiting], "entered": [_row(r) for r in entered],
        "back_url": f"{reverse('record')}?table={desk.table.code}",
    }  # fmt: skip
    return render(request, "reports/entry_list.html", context)


@require_safe
def entry(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """One discussion, column by column, in the order in which it is entered."""
    record, desk = _found(request, record_id)
    listed = entering.sheet(record, by=desk.by)
    context = {
        "rows": [
            {"key": name, "value": _in_words(column.key, value) or "–"}
            for column, name, value in zip(written(), header(), listed.cells, strict=True)
        ],
        "title": _title(listed), "record": record, "version": record.version,
        "state": _state(listed), "kind": "ok" if listed.entered_on and listed.current else "half",
        "done": bool(listed.entered_on and listed.current),
        "back_url": f"{reverse('entry_list')}?table={desk.table.code}&period={record.quarter}",
    }  # fmt: skip
    return render(request, "reports/entry.html", context)


@require_POST
def entry_done(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """It is entered, as it stands here."""
    record, desk = _found(request, record_id)
    seen = request.POST.get("version", "")
    is_number = seen.isascii() and seen.isdigit() and len(seen) <= _MOST_DIGITS
    if entering.enter(record, version=int(seen) if is_number else 0, by=desk.by):
        messages.success(request, _("Kept: entered today."))
        return redirect(f"{reverse('entry_list')}?table={desk.table.code}&period={record.quarter}")
    messages.error(request, _("The record has changed while you typed. Read it again; nothing was kept."))
    return redirect("entry", record_id)


def _in_words(key: str, value: str) -> str:
    """An ending that stands as a code in the file, since the province's list has none for it: here in words."""
    if key in ("conclusion_group", "conclusion_reason") and value in ENDED_OTHERWISE:
        return str(Status(value).label)
    return str(StopReason(value).label) if key == "conclusion_reason" and value in StopReason.values else value


def _row(listed: entering.Listed) -> dict[str, Any]:
    return {
        "title": _title(listed), "url": reverse("entry", args=[listed.record.pk]),
        # What was never entered stands under "To enter": only a day, or a change since, is news.
        "when": _state(listed) if listed.entered_on else "",
        "when_kind": "ok" if listed.entered_on and listed.current else "half",
        "facts": [listed.status, *([_presented(listed)] if listed.number else [])],
    }  # fmt: skip


def _title(listed: entering.Listed) -> str:
    """Its number. What has none is told by its month: the day would find the number again that was destroyed."""
    if listed.number:
        return listed.number
    said = (
        _("A discussion imported from the past, %(month)s")
        if listed.record.batch_id
        else _("A discussion whose number was destroyed, %(month)s")
    )
    return said % {"month": date_format(listed.record.opened_on, "YEAR_MONTH_FORMAT")}


def _presented(listed: entering.Listed) -> str:
    return _("presented %(day)s") % {"day": date_format(listed.record.opened_on)}


def _state(listed: entering.Listed) -> str:
    if listed.entered_on is None:
        return _("To enter")
    day = date_format(listed.entered_on)
    return _("Entered on %(day)s") % {"day": day} if listed.current else _("Changed since %(day)s") % {"day": day}


def _found(request: HttpRequest, record_id: UUID) -> tuple[CodedRecord, Desk]:
    """A record and its table, for the recorder; 404 for everybody else."""
    record = CodedRecord.objects.select_related("table").filter(pk=record_id).first()
    if record is None:
        raise Http404
    return record, desk_of(request, record.table.code, recorder=True)
