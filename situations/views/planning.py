"""How are meetings planned, moved, cancelled and made weekly from pages? The verbs are planning's and series'."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.clock import today_at
from agencies.models import Member, Standing, Table
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.decision import Denied, deny
from privacy.vault import StaleText
from situations import meetings as verbs
from situations import paper, planning, running, series
from situations.forms.meetings import ChangeForm, PaperForm, PlanForm, SeriesForm
from situations.meeting import Meeting
from situations.once import once
from situations.series_model import MeetingSeries
from situations.views.frame import member_of
from situations.vocabulary import MeetingState

_SHOWN = 30
_Form = TypeVar("_Form", ChangeForm, SeriesForm)


def _tables(by: Member) -> list[Table]:
    """The tables whose meetings a member runs."""
    runs = Standing.objects.of(by).in_roles(Role.FACILITATOR, Role.RECORDER).select_related("table")
    return list({s.table_id: s.table for s in runs}.values())


@require_http_methods(["GET", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of the member's tables; the facilitator plans one."""
    by = member_of(request)
    form = PlanForm(_tables(by), request.POST if request.method == "POST" else None)
    if form.is_bound and not form.tables:  # the page would have no form to show it in
        raise Denied(deny("facilitator-only", _("Only the facilitator or the recorder runs the meeting.")))
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        ref, _new = once(
            got["key"],
            f"plan:{got['table'].pk}",
            lambda: (
                verbs.plan(
                    table=got["table"], starts_at=got["starts_at"], minutes=got["minutes"], by=by, urgent=got["urgent"]
                ).pk
            ),
            by=by,
        )
        messages.success(request, _("The meeting is planned. What is open is on its agenda."))
        return redirect("meeting", ref)
    seats = Standing.objects.of(by)
    tables = set(seats.in_roles(*SEATED_ROLES).values_list("table_id", flat=True))
    guest = seats.filter(role=Role.GUEST).values_list("meeting", flat=True)
    rows = Meeting.objects.filter(table_id__in=tables).select_related("table")
    sitting = rows.filter(state=MeetingState.SITTING) | Meeting.objects.filter(
        pk__in=[g for g in guest if g], state=MeetingState.SITTING
    ).select_related("table")
    coming = rows.filter(state=MeetingState.PLANNED).order_by("starts_at")
    past = rows.filter(state__in=(MeetingState.HELD, MeetingState.CANCELLED))
    several = len(tables) > 1
    context = {
        "form": form, "may_plan": bool(form.tables), "tables": form.tables, "hears": bool(tables),
        "sitting": [_row(m, several) for m in sitting],
        "coming": [_row(m, several) for m in coming[:_SHOWN]],
        "past": [_row(m, several) for m in past[:_SHOWN]],
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _row(meeting: Meeting, several: bool) -> dict[str, Any]:
    kinds = {MeetingState.SITTING: "soon", MeetingState.HELD: "ok", MeetingState.CANCELLED: "off"}
    return {
        "title": capfirst(date_format(timezone.localtime(meeting.starts_at), "WHOLE_DAY_AND_HOUR")),
        "url": reverse("meeting", args=[meeting.pk]),
        "when": meeting.get_state_display(),
        "when_kind": kinds.get(MeetingState(meeting.state), "open"),
        "number": meeting.code,
        "facts": [*([meeting.table.name] if several else []), *([_("Urgent")] if meeting.urgent else [])],
    }


@require_http_methods(["GET", "POST"])
def meeting_change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time for a planned meeting, or none."""
    by = member_of(request)
    found = _planned(meeting_id, by)
    given = request.POST if request.method == "POST" else None
    now: dict[str, Any] = {
        "starts_at": timezone.localtime(found.starts_at),
        "minutes": found.minutes,
        "seen_moves": found.moves,
    }
    form, moved = ChangeForm(given, initial=now), False
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            planning.move(found, starts_at=got["starts_at"], minutes=got["minutes"], by=by, seen=got["seen_moves"])
            messages.success(request, _("The meeting is changed. Whoever knew of it is told."))
            return redirect("meeting", found.pk)
        except StaleText:
            moved, form = True, _over(request, ChangeForm, now, "seen_moves")
            said = _(
                "Somebody moved this meeting after you opened the page. It is now on %(when)s, for %(minutes)s minutes;"
                " yours is still in the fields. Change it again to put yours in its place."
            )
            when = date_format(now["starts_at"], "WHOLE_DAY_AND_HOUR")
            form.add_error(None, said % {"when": when, "minutes": now["minutes"]})
    title = date_format(timezone.localtime(found.starts_at), "WHOLE_DAY_AND_HOUR")
    context = {"form": form, "meeting": found, "title": title, "conflict": moved}
    return render(request, "meetings/change.html", context, status=409 if moved else 200)


def _over(request: HttpRequest, form: type[_Form], now: dict[str, Any], seen: str) -> _Form:
    """What was typed, over what stands there now: sent again, it knows of it."""
    made = form({**request.POST.dict(), seen: now[seen]}, initial=now)
    made.is_valid()
    return made


@require_POST
def meeting_cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting is not held."""
    by = member_of(request)
    found = _planned(meeting_id, by)
    planning.cancel(found, by=by)
    messages.success(request, _("The meeting is cancelled. What was on its agenda is on the next one."))
    return redirect("meetings")


def _planned(meeting_id: UUID, by: Member) -> Meeting:
    """A meeting to come that the member runs; to everybody else there is no such page."""
    found = running.visible_meeting(meeting_id, by=by)
    if not running.may_run(found.table_id, by=by) or found.state != MeetingState.PLANNED:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def meeting_on_paper(request: HttpRequest) -> HttpResponse:
    """Open a meeting that was held on paper, to enter it."""
    by = member_of(request)
    tables = _tables(by)
    if not tables:
        raise Http404
    form = PaperForm(tables, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        ref, _new = once(
            got["key"],
            f"paper:{got['table'].pk}",
            lambda: paper.enter(table=got["table"], held_at=got["starts_at"], minutes=got["minutes"], by=by).pk,
            by=by,
        )
        messages.success(request, _("Enter who was there, then the items. End the meeting when all is entered."))
        return redirect("meeting", ref)
    return render(request, "meetings/paper.html", {"form": form})


@require_http_methods(["GET", "POST"])
def weekly(request: HttpRequest, table: str) -> HttpResponse:
    """The weekly series of a table: the rule, the days to come, the days that are left out."""
    by = member_of(request)
    at_table = _table(table, by)
    found = series.running(at_table)
    now, changed = _initial(at_table, found), False
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            series.set_weekly(table=at_table, by=by, seen=got.pop("seen_series"), **got)
            messages.success(request, _("The table meets weekly. The meetings of the coming weeks are planned."))
            return redirect("meetings_weekly", at_table.code)
        except StaleText:
            changed, form = True, _over(request, SeriesForm, now, "seen_series")
            form.add_error(None, _("Somebody set another rule after you opened the page: it stands here, yours is still"
                                   " in the fields. Send yours again to put it in its place."))  # fmt: skip
    context = {
        "conflict": changed,
        "form": form, "table": at_table, "rule": _rule(found) if found else "",
        "days": [_day(found, d) for d in series.days(found)] if found else [],
    }  # fmt: skip
    return render(request, "meetings/weekly.html", context, status=409 if changed else 200)


@require_POST
def weekly_do(request: HttpRequest, table: str, verb: str) -> HttpResponse:
    """Leave a day out, meet on it after all, or end the series."""
    by = member_of(request)
    at_table = _table(table, by)
    found = series.running(at_table)
    if found is None or verb not in ("skip", "meet", "stop"):
        raise Http404
    if verb == "stop":
        series.stop(found, by=by)
        messages.success(request, _("The series has ended. Its meetings to come are cancelled."))
        return redirect("meetings_weekly", at_table.code)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    (series.skip if verb == "skip" else series.meet_after_all)(found, day, by=by)
    return redirect("meetings_weekly", at_table.code)


def _table(code: str, by: Member) -> Table:
    found = next((t for t in _tables(by) if t.code.lower() == code.lower()), None)
    if found is None:
        raise Http404
    return found


def _initial(table: Table, found: MeetingSeries | None) -> dict[str, Any]:
    if found is None:
        return {"starts_on": today_at(table), "weekday": "4", "at": "09:30", "seen_series": 0}
    return {
        "weekday": str(found.weekday), "at": found.at, "minutes": found.minutes,
        "starts_on": max(found.starts_on, today_at(table)), "seen_series": found.pk,
    }  # fmt: skip


def _rule(found: MeetingSeries) -> str:
    said = _("Every %(weekday)s at %(time)s, %(minutes)s minutes, since %(day)s.")
    if found.starts_on > today_at(found.table):
        said = _("Every %(weekday)s at %(time)s, %(minutes)s minutes, from %(day)s on.")
    return said % {
        "weekday": WEEKDAYS[found.weekday], "time": time_format(found.at, "HOUR"), "minutes": found.minutes,
        "day": date_format(found.starts_on),
    }  # fmt: skip


def _day(found: MeetingSeries, day: date) -> dict[str, Any]:
    meeting = found.meetings.filter(series_day=day).first()
    skipped = day in found.skipped
    gone = skipped or (meeting is not None and meeting.state == MeetingState.CANCELLED)
    return {
        "day": day.isoformat(), "title": date_format(day, "l j F Y"), "skipped": skipped,
        "url": reverse("meeting", args=[meeting.pk]) if meeting is not None else "",
        "kind": "off" if gone else "open", "words": _("No meeting") if gone else _("Planned"),
        "may_skip": not gone and (meeting is None or meeting.state == MeetingState.PLANNED),
    }  # fmt: skip
