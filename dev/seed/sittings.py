"""Which meetings does the region hold today? An urgent one this morning, the weekly one that sits, next week's planned.

Nothing is backdated: the urgent meeting carries what must already have happened (a follow-up whose clock runs, a
conclusion, a deferral), so that history and ledger say when it truly happened.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from agencies.models import Member
from dev.seed import walk as w
from dev.seed.people import invite_guest
from dev.seed.region import Region
from privacy.context import acting_as
from situations import agenda, meetings, presence
from situations.meeting import AgendaItem, Meeting
from situations.vocabulary import ItemKind, MeetingState, Mode

#: Who comes; the school by phone, whose presence the facilitator enters.
_COMING = (
    "police", "probation", "crisis", "hospital", "aid", "compass", "housing", "shelter", "alder", "herons", "school",
)  # fmt: skip
_BY_PHONE = "school"
_CHAIRS = {"NIA": "facilitator", "KES": "kes.facilitator"}
_NEXT = timedelta(days=7)


def first_day(region: Region, today: date) -> None:
    """Walk every story to its stage through today's meetings; plan the next ones last (see `complete`)."""
    w.draft(region, "draft")
    _urgent(region)
    weekly = _weekly(region, today)
    _run_weekly(region, weekly, today)
    _plan_next(region, "NIA")
    _elsewhere(region)


def complete(region: Region) -> bool:
    """Whether the first day was seeded to its end: the other table's next meeting is the last thing made."""
    with acting_as(region.people["kes.facilitator"]):
        return Meeting.objects.filter(table=region.tables["KES"], state=MeetingState.PLANNED).exists()


def another_day(region: Region, today: date) -> bool:
    """Hold what is over, start a meeting for today; False when today's meeting sits already."""
    with acting_as(region.people["facilitator"]):
        sitting = Meeting.objects.filter(table=region.tables["NIA"], state=MeetingState.SITTING).first()
        if sitting is not None and _day(sitting) == today:
            return False
    weekly = _weekly(region, today)
    if sitting is not None:
        with acting_as(region.people["facilitator"]):
            meetings.end(sitting, by=region.people["facilitator"])
    for code, chair in _CHAIRS.items():
        _hold_overdue(region, code, region.people[chair], today)
    _start(region, weekly, today)
    for code in _CHAIRS:
        _plan_next(region, code)
    return True


def _day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.started_at or meeting.starts_at)


def _urgent(region: Region) -> None:
    """This morning's meeting: one follow-up, one conclusion, one deferral come out of it."""
    chair = region.people["facilitator"]
    with acting_as(chair):
        urgent = meetings.plan(table=region.tables["NIA"], starts_at=timezone.now(), by=chair, urgent=True)
    walks = {key: w.present(region, key) for key in ("followup", "concluded", "deferred")}
    with acting_as(chair):
        meetings.start(urgent, by=chair)
    _everybody_comes(region, urgent)
    w.to_intervention_with_clock(walks["followup"])
    w.to_conclusion(walks["concluded"])
    walks["deferred"].act("facilitator", "discuss")
    walks["deferred"].act("facilitator", "defer")
    with acting_as(chair):
        urgent.refresh_from_db()
        meetings.end(urgent, by=chair)


def _weekly(region: Region, today: date) -> Meeting:
    """Today's weekly meeting, planned unless it is already; what is open comes onto its agenda."""
    chair, table = region.people["facilitator"], region.tables["NIA"]
    with acting_as(chair):
        for meeting in Meeting.objects.filter(table=table, state=MeetingState.PLANNED, urgent=False):
            if timezone.localdate(meeting.starts_at) == today:
                return meeting
        return meetings.plan(table=table, starts_at=timezone.now(), by=chair)


def _run_weekly(region: Region, weekly: Meeting, today: date) -> None:
    """The weekly meeting, up to the moment a visitor comes in: the item of a young person is under discussion."""
    keys = ("waiting", "discussion", "choosing", "huddle", "rejected", "withdrawn")
    walks = {key: w.present(region, key) for key in keys}
    walks["withdrawn"].act("compass", "withdraw")
    _follow_ups_first(region, weekly)
    _start(region, weekly, today)
    w.to_rejection(walks["rejected"])
    w.to_huddle(walks["huddle"])
    w.accept(walks["choosing"], "alder", "hospital")
    w.choose(walks["choosing"], "alder", "hospital")
    walks["discussion"].act("facilitator", "discuss")
    walks["discussion"].act("compass", "stand")


def _follow_ups_first(region: Region, meeting: Meeting) -> None:
    """The agenda's usual order: follow-ups, deferred, new."""
    chair = region.people["facilitator"]
    with acting_as(chair):
        for item in meeting.items.filter(kind=ItemKind.FOLLOW_UP):
            for _step in range(item.position - 1):
                agenda.move_item(AgendaItem.objects.get(pk=item.pk), up=True, by=chair)


def _start(region: Region, meeting: Meeting, today: date) -> None:
    """Invite the guest, start, and mark who comes."""
    chair = region.people["facilitator"]
    invite_guest(region, "NIA", meeting.pk, today)
    with acting_as(chair):
        meetings.start(meeting, by=chair)
    _everybody_comes(region, meeting, guest=True)


def _everybody_comes(region: Region, meeting: Meeting, *, guest: bool = False) -> None:
    """Those of the usual people whose seat stands today are present."""
    chair = region.people["facilitator"]
    with acting_as(chair):
        meeting.refresh_from_db()
        for key in (*_COMING, "recorder", *(("guest",) if guest else ())):
            if presence.seat_for(meeting, region.people[key]) is not None:
                mode = Mode.PHONE if key == _BY_PHONE else Mode.ROOM
                presence.mark_present(meeting, region.people[key], by=chair, mode=mode)


def _hold_overdue(region: Region, code: str, chair: Member, today: date) -> None:
    """A planned meeting whose day went by without the demo running is opened and closed: its items go on."""
    with acting_as(chair):
        planned = Meeting.objects.filter(table=region.tables[code], state=MeetingState.PLANNED).order_by("starts_at")
        overdue = [m for m in planned if timezone.localdate(m.starts_at) < today]
    for meeting in overdue:
        if code == "KES":
            _plan_next(region, code)
        with acting_as(chair):
            meetings.start(meeting, by=chair)
            meeting.refresh_from_db()
            meetings.end(meeting, by=chair)


def _plan_next(region: Region, code: str) -> None:
    """Plan the table's next meeting, a week from today, unless one is planned ahead."""
    chair, table = region.people[_CHAIRS[code]], region.tables[code]
    with acting_as(chair):
        tomorrow = timezone.localdate() + timedelta(days=1)
        ahead = Meeting.objects.filter(table=table, state=MeetingState.PLANNED)
        if not any(timezone.localdate(m.starts_at) >= tomorrow for m in ahead):
            meetings.plan(table=table, starts_at=_half_past_nine(timezone.localdate() + _NEXT), by=chair)


def _half_past_nine(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _elsewhere(region: Region) -> None:
    """The other table: two situations presented, its next meeting planned with both on the agenda."""
    for key in ("kes-new", "kes-family"):
        w.present(region, key)
    _plan_next(region, "KES")
