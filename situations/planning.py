"""Which meetings are to come, and who is told of them? Planned, moved, cancelled. (R60, R63)

The weekly series is `series.py`; how a meeting runs, `meetings.py`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import guests
from agencies.models import Member, Table
from privacy.decision import deny
from privacy.vault import StaleText
from situations import outbox
from situations.agenda import build_agenda
from situations.live import events
from situations.meeting import MINUTES, Meeting
from situations.running import may_run
from situations.vocabulary import MeetingState, Message

if TYPE_CHECKING:
    from situations.series_model import MeetingSeries

#: Meetings of a series are told of so long before; every other one as soon as it is planned.
INVITED_BEFORE = timedelta(days=7)


def coming(table_id: int) -> QuerySet[Meeting]:
    """The planned meetings of a table, the nearest first."""
    return Meeting.objects.filter(table_id=table_id, state=MeetingState.PLANNED).order_by("starts_at")


def day_of(meeting: Meeting) -> date:
    """The day for which a meeting is planned, at its table."""
    return timezone.localdate(meeting.starts_at, ZoneInfo(meeting.table.time_zone))


def put_down(
    table: Table,
    starts_at: datetime,
    *,
    minutes: int = MINUTES,
    urgent: bool = False,
    on_paper: bool = False,
    series: MeetingSeries | None = None,
    day: date | None = None,
) -> Meeting:
    """A meeting in the table's calendar, under the next number; what is open without a place comes onto its agenda.

    Who may is the caller's question: a facilitator plans, the clock follows the series.
    """
    number_lock(table.pk)
    last = Meeting.objects.filter(table=table).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        table=table, number=last + 1, starts_at=starts_at, minutes=minutes, urgent=urgent, series=series,
        on_paper=on_paper,
        series_day=day,
    )  # fmt: skip
    build_agenda(meeting)
    events.table_changed(table.pk)
    return meeting


def number_lock(table_id: int) -> None:
    """Until the transaction ends, nobody else plans a meeting of this table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('meetings of a table'), %s)", [table_id])


def invite(meeting: Meeting, message: Message) -> None:
    """Owe everybody who sits at the table when this meeting is."""
    outbox.tell_table(meeting.table_id, meeting.pk, message)
    Meeting.objects.filter(pk=meeting.pk).update(invited_at=timezone.now())


def move(meeting: Meeting, *, starts_at: datetime, minutes: int, by: Member, seen: int | None = None) -> None:
    """A planned meeting is at another time. Whoever was told of it is told again.

    `seen`: how often it had been moved when whoever moves it looked; moved once more by now raises StaleText. To say
    the same as what stands there overwrites nobody.
    """
    may_run(meeting.table_id, by=by).require()
    with transaction.atomic():
        row = _planned(meeting)
        if (row.starts_at, row.minutes) == (starts_at, minutes):
            return
        if seen is not None and seen != row.moves:
            raise StaleText("moved")
        before = day_of(row)
        row.starts_at, row.minutes, row.moves = starts_at, minutes, row.moves + 1
        row.save(update_fields=["starts_at", "minutes", "moves"])
        guests.go_along(meeting=row.pk, before=before, day=day_of(row))
        first = coming(row.table_id).first()
        if first is not None and first.pk != row.pk:
            _agenda_goes_on(row)
        if row.invited_at is not None:
            invite(row, Message.MEETING_MOVED)
    events.table_changed(row.table_id)


def cancel(meeting: Meeting, *, by: Member) -> None:
    """A planned meeting is not held: what was on its agenda goes to the next one, whoever was told is told again."""
    may_run(meeting.table_id, by=by).require()
    with transaction.atomic():
        call_off(_planned(meeting))


def call_off(row: Meeting) -> None:
    """Cancel, without asking who may. The number stays with it."""
    row.state, row.moves = MeetingState.CANCELLED, row.moves + 1
    row.save(update_fields=["state", "moves"])
    _agenda_goes_on(row)
    if row.invited_at is not None:
        invite(row, Message.MEETING_CANCELLED)
    events.table_changed(row.table_id)


def _planned(meeting: Meeting) -> Meeting:
    row = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if row.state != MeetingState.PLANNED:
        deny("not-planned", _("Only a meeting that has not begun can be changed.")).require()
    return row


def _agenda_goes_on(row: Meeting) -> None:
    """The items of this agenda go onto that of the next planned meeting."""
    row.items.filter(opened_at__isnull=True).delete()
    following = coming(row.table_id).exclude(pk=row.pk).first()
    if following is not None:
        build_agenda(following)
