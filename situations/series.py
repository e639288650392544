"""On which days does a table meet every week? The clock makes its meetings ahead; the facilitator skips days.

A series follows the table's own clock: half past nine stays half past nine when the hour changes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.clock import today_at
from agencies.models import Member, Table
from privacy.context import in_role
from privacy.decision import deny
from privacy.vault import StaleText
from situations import planning
from situations.meeting import Meeting
from situations.running import may_run
from situations.series_model import MeetingSeries
from situations.vocabulary import MeetingState, Message

log = structlog.get_logger(__name__)
#: How far ahead the meetings of a series are in the calendar.
AHEAD = timedelta(weeks=10)
WEEK = timedelta(weeks=1)


def running(table: Table) -> MeetingSeries | None:
    """The series that goes on at a table."""
    return MeetingSeries.objects.filter(table=table, ends_on__isnull=True).select_related("table").first()


def set_weekly(
    *, table: Table, weekday: int, at: time, minutes: int, starts_on: date, by: Member, seen: int | None = None
) -> MeetingSeries:  # fmt: skip
    """The table meets weekly from a day on. The rule before ends there; its meetings from then on are cancelled.

    `seen`: the series that went on when whoever sets it looked, 0 for none; another one by now raises StaleText.
    """
    may_run(table.pk, by=by).require()
    with transaction.atomic():
        planning.number_lock(table.pk)
        before = running(table)
        if seen is not None and seen != (before.pk if before is not None else 0):
            raise StaleText("series")
        if before is not None:
            _end(before, starts_on)
        made = MeetingSeries.objects.create(
            table=table, weekday=weekday, at=at, minutes=minutes, starts_on=max(starts_on, today_at(table))
        )
        make_ahead(made)
    return made


def stop(series: MeetingSeries, *, by: Member) -> None:
    """From today on the series makes no meeting; those still to come are cancelled."""
    may_run(series.table_id, by=by).require()
    with transaction.atomic():
        planning.number_lock(series.table_id)
        _end(series, today_at(series.table))


def skip(series: MeetingSeries, day: date, *, by: Member) -> None:
    """The table does not meet on this day of the series."""
    may_run(series.table_id, by=by).require()
    with transaction.atomic():
        row = MeetingSeries.objects.select_for_update().get(pk=series.pk)
        if day not in days(row):
            deny("not-a-day", _("The series has no meeting on that day.")).require()
        row.skipped = sorted({*row.skipped, day})
        row.save(update_fields=["skipped"])
        for meeting in row.meetings.filter(series_day=day, state=MeetingState.PLANNED):
            planning.call_off(meeting)


def meet_after_all(series: MeetingSeries, day: date, *, by: Member) -> None:
    """A skipped day is none any more. Its meeting comes under a new number: the cancelled one stays cancelled."""
    may_run(series.table_id, by=by).require()
    with transaction.atomic():
        row = MeetingSeries.objects.select_for_update().select_related("table").get(pk=series.pk)
        row.skipped = [d for d in row.skipped if d != day]
        row.save(update_fields=["skipped"])
        row.meetings.filter(series_day=day, state=MeetingState.CANCELLED).update(series_day=None)
        make_ahead(row)


def days(series: MeetingSeries) -> list[date]:
    """The days of a series from today on, as far ahead as meetings are made; skipped ones are among them."""
    today = today_at(series.table)
    first = max(series.starts_on, today)
    first += timedelta(days=(series.weekday - first.weekday()) % 7)
    last = today + AHEAD if series.ends_on is None else min(today + AHEAD, series.ends_on - timedelta(days=1))
    return [first + n * WEEK for n in range(((last - first).days // 7) + 1)] if first <= last else []


def make_ahead(series: MeetingSeries) -> int:
    """Put the meetings of the coming weeks down, each once; returns how many are new."""
    planning.number_lock(series.table_id)
    there = set(series.meetings.filter(series_day__isnull=False).values_list("series_day", flat=True))
    now, made = timezone.now(), 0
    for day in days(series):
        starts_at = datetime.combine(day, series.at, ZoneInfo(series.table.time_zone))
        if day in there or day in series.skipped or starts_at < now:
            continue
        planning.put_down(series.table, starts_at, minutes=series.minutes, series=series, day=day)
        made += 1
    _tell_of_the_next(series.table_id)
    return made


def sweep() -> int:
    """Make meetings ahead and tell of those that are near; returns how many are new. Safe to run twice at once."""
    with in_role("st_worker"):
        going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
        rows = list(MeetingSeries.objects.filter(going_on).select_related("table"))
    made = 0
    for row in rows:
        try:
            with in_role("st_worker"):
                made += make_ahead(row)
        except Exception:
            log.exception("series_failed")
    return made


def _tell_of_the_next(table_id: int) -> None:
    near: QuerySet[Meeting] = planning.coming(table_id).filter(
        series__isnull=False, invited_at__isnull=True,
        starts_at__range=(timezone.now(), timezone.now() + planning.INVITED_BEFORE),
    )  # fmt: skip
    for meeting in near:
        planning.invite(meeting, Message.MEETING)


def _end(series: MeetingSeries, day: date) -> None:
    """The series counts up to a day; its meetings from then on are called off."""
    MeetingSeries.objects.filter(pk=series.pk).update(ends_on=day)
    for meeting in series.meetings.filter(series_day__gte=day, state=MeetingState.PLANNED):
        planning.call_off(meeting)
