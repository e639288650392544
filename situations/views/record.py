"""How is the record of a meeting read, confirmed and corrected from pages? The verbs are those of `correcting`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from privacy.decision import Denied
from situations import correcting, meeting_record, running
from situations.forms.record import CorrectionForm
from situations.meeting_record import MeetingRecord
from situations.views.frame import member_of


@require_safe
def meeting_record_page(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The record, as a page to read and to print."""
    by = member_of(request)
    found = meeting_record.held(meeting_id, by=by)
    seen = meeting_record.record(meeting_id, by=by)
    may_run = bool(running.may_run(found.table_id, by=by))
    decided = correcting.may_confirm(found, by=by)
    context = {
        "record": seen, "title": _("Meeting record %(code)s") % {"code": seen.code}, "facts": facts(seen),
        "agencies": agencies(seen), "columns": columns(seen), "rows": rows(seen, links=True), "counts": counts(seen),
        "issues": issues(seen), "corrections": corrections(seen), "confirmed": confirmed(seen), "may_run": may_run,
        "may_confirm": bool(decided), "not_yet": "" if decided or seen.confirmed_at or not may_run else decided.reason,
    }  # fmt: skip
    return render(request, "meetings/record.html", context)


@require_POST
def meeting_confirm(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The table, sitting, confirms the record of an earlier meeting."""
    by = member_of(request)
    correcting.confirm(meeting_record.held(meeting_id, by=by), by=by)
    messages.success(request, _("The record is confirmed."))
    return redirect("meeting_record", meeting_id)


@require_http_methods(["GET", "POST"])
def meeting_correct(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put a correction beside the record."""
    by = member_of(request)
    found = meeting_record.held(meeting_id, by=by)
    if not running.may_run(found.table_id, by=by):
        raise Http404
    seen = meeting_record.record(meeting_id, by=by)
    form = CorrectionForm(found, seen, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            correcting.correct(found, by=by, **form.cleaned_data)
        except Denied as refused:
            form.add_error("item" if refused.decision.code == "which-item" else "agency", str(refused.decision.reason))
        else:
            messages.success(request, _("The correction stands beside the record."))
            return redirect("meeting_record", meeting_id)
    title = _("Meeting record %(code)s") % {"code": seen.code}
    return render(request, "meetings/correct.html", {"form": form, "record": seen, "title": title})


def facts(seen: MeetingRecord) -> list[dict[str, Any]]:
    """When, for how long, chaired by whom, how it came about."""
    starts = timezone.localtime(seen.starts_at)
    when = date_format(starts, "WHOLE_DAY_AND_HOUR")
    said = [{"key": _("Table"), "value": seen.table}, {"key": _("Planned for"), "value": when}]
    if seen.began and seen.ended:
        times = {"began": date_format(timezone.localtime(seen.began), "DAY_AND_HOUR"),
                 "ended": time_format(timezone.localtime(seen.ended), "HOUR")}  # fmt: skip
        words = _("%(began)s to %(ended)s") % times
        said.append({"key": _("Entered") if seen.on_paper else _("Sat"), "value": words})
    if seen.chair:
        said.append({"key": _("Entered by") if seen.on_paper else _("Chair"), "value": seen.chair})
    if seen.typed:
        said_of = [_("%(by)s, for %(chair)s") % {"by": t.by, "chair": t.chair} for t in seen.typed]
        said.append({"key": _("Decisions typed by"), "value": "\n".join(said_of)})
    kinds = [_("An urgent discussion")] if seen.urgent else []
    kinds += [_("Held on paper and entered afterwards")] if seen.on_paper else []
    if kinds:
        said.append({"key": _("Kind"), "value": "\n".join(kinds)})
    there = len({a.agency_id for a in seen.agencies if not a.guests})
    here = ngettext("%(n)s agency", "%(n)s agencies", there) % {"n": there}
    people = ngettext("%(n)s person", "%(n)s people", seen.people) % {"n": seen.people}
    needed = _("quorum of %(n)s") % {"n": seen.quorum}
    said.append({"key": _("Present"), "value": f"{here}, {people} ({needed})"})
    return said


def agencies(seen: MeetingRecord) -> list[str]:
    """Presence by agency, a line each."""
    lines = []
    for a in seen.agencies:
        n = ngettext("%(n)s person", "%(n)s people", a.people) % {"n": a.people}
        more = [n, *([_("by phone")] if a.by_phone else []), *([_("guest")] if a.guests else [])]
        lines.append(f"{a.name} ({', '.join(more)})")
    return lines


def columns(seen: MeetingRecord) -> list[dict[str, Any]]:
    """The columns of the table of items; no minutes of a meeting on paper."""
    return [
        {"label": _("Number")}, {"label": _("On the agenda as")}, {"label": _("What came of it")},
        {"label": _("Agencies present"), "number": True}, {"label": _("Objections"), "number": True},
        *([] if seen.on_paper else [{"label": _("Minutes"), "number": True}]),
    ]  # fmt: skip


def rows(seen: MeetingRecord, *, links: bool = False) -> list[list[dict[str, Any]]]:
    """The items, in order."""
    return [
        [
            {"text": i.number, "url": reverse("situation", args=[i.situation]) if links else ""},
            {"text": str(i.kind)},
            {"text": "; ".join([*(str(o) for o in i.outcomes), *([i.reason] if i.reason else [])])},
            {"text": "" if i.agencies_present is None else str(i.agencies_present), "number": True},
            {"text": "" if i.objections is None else str(i.objections), "number": True},
            *([] if i.minutes is None else [{"text": str(i.minutes), "number": True}]),
        ]
        for i in seen.items
    ]  # fmt: skip


def counts(seen: MeetingRecord) -> list[str]:
    """How often each outcome came about, a line each."""
    return [_("%(outcome)s: %(n)s") % {"outcome": label, "n": n} for label, n in seen.counts]


def issues(seen: MeetingRecord) -> list[str]:
    """Systemic issues, a line each."""
    return [_("%(issue)s (dealt with)") % {"issue": words} if done else words for words, done in seen.issues]


def corrections(seen: MeetingRecord) -> list[str]:
    """Corrections, a line each, with their reason."""
    return [
        (_("%(correction)s. %(reason)s. Entered by %(name)s on %(when)s.") if c.by
         else _("%(correction)s. %(reason)s. Entered on %(when)s."))
        % {"correction": c.words, "reason": c.reason, "name": c.by,
           "when": date_format(timezone.localtime(c.at), "DAY_AND_HOUR")}
        for c in seen.corrections
    ]  # fmt: skip


def confirmed(seen: MeetingRecord) -> str:
    """Whether the record is confirmed, in a sentence."""
    if seen.confirmed_at is None:
        return _("Not confirmed yet.")
    when = date_format(timezone.localtime(seen.confirmed_at), "DAY_AND_HOUR")
    return _("Confirmed in meeting %(code)s on %(when)s.") % {"code": seen.confirmed_in, "when": when}
