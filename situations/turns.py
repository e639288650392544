"""Which item is the table on, and who turns to the next one? (docs/adr/0037)

One person drives a sitting meeting: whoever started it, until the typing is handed to somebody else who runs meetings
or a facilitator takes over. A turn shows nobody more than their own page would: it discloses nothing and is undone by
turning back. Opening an item for discussion is an act of its own (`lifecycle.perform`), because the ledger keeps it.
Whoever is handed the typing by a facilitator types their decisions too: `deciding.py`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.vocabulary import Role
from privacy.decision import Decision, Denied, allow, deny, hide
from situations import slips
from situations.live import events
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation
from situations.running import Seats, holds, may_run
from situations.vocabulary import BEFORE_THE_DOOR, MeetingState


def may_drive(meeting: Meeting, *, by: Member, seats: Seats = None) -> Decision:
    """Whether a member turns the items of a sitting meeting now."""
    running = may_run(meeting.table_id, by=by, seats=seats)
    if not running:
        return running
    if meeting.state != MeetingState.SITTING:
        return deny("not-sitting", _("This meeting is not sitting."))
    if meeting.driver_id not in (None, by.pk):
        return deny("not-driving", _("Somebody else is driving the meeting. Take over first."))
    return allow()


def may_take_over(meeting: Meeting, *, by: Member, seats: Seats = None) -> Decision:
    """A facilitator takes over from anybody; the recorder only where nobody drives."""
    running = may_run(meeting.table_id, by=by, seats=seats)
    chairs = holds(meeting.table_id, Role.FACILITATOR, by=by, seats=seats)
    if running and not chairs and meeting.driver_id is not None:
        return deny("not-handed", _("The facilitator hands the typing over."))
    return running


def turn_to(meeting: Meeting, item: AgendaItem, *, by: Member) -> None:
    """The table is on this item now."""
    with transaction.atomic():
        row = locked(meeting)
        may_drive(row, by=by).require()
        if item.meeting_id != row.pk:
            raise Denied(hide())
        _turn(row, item)


def step(meeting: Meeting, *, forward: bool, by: Member, seen: str | None = None) -> None:
    """To the next item, or back to the one before; at either end it stays where it is.

    `seen`: the item the button stood under. Pressed twice, or after somebody else turned, it turns once.
    """
    with transaction.atomic():
        row = locked(meeting)
        may_drive(row, by=by).require()
        if seen is not None and seen != str(row.current_id or ""):
            return
        items = list(row.items.order_by("position"))
        here = next((n for n, i in enumerate(items) if i.pk == row.current_id), None)
        there = (0 if here is None else here + 1) if forward else (here or 0) - 1
        if 0 <= there < len(items):
            _turn(row, items[there])


def hand_over(meeting: Meeting, to: Member, *, by: Member) -> None:
    """Whoever drives gives the typing to somebody else who runs this table's meetings.

    From a facilitator to who is none: that person types the facilitator's decisions as well (situations.deciding).
    """
    with transaction.atomic():
        row = locked(meeting)
        may_drive(row, by=by).require()
        if not may_run(row.table_id, by=to):
            deny("cannot-run", _("Only a facilitator or recorder of this table can drive its meeting.")).require()
        chairs = holds(row.table_id, Role.FACILITATOR, by=by)
        decides = holds(row.table_id, Role.FACILITATOR, by=to)
        _drive(row, to, handed_by=None if decides else by if chairs else row.handed_by)


def take_over(meeting: Meeting, *, by: Member) -> None:
    """Drive from now on. Whoever drove sees it at once."""
    with transaction.atomic():
        row = locked(meeting)
        may_take_over(row, by=by).require()
        if row.state != MeetingState.SITTING:
            deny("not-sitting", _("This meeting is not sitting.")).require()
        _drive(row, by, handed_by=None)


def opened(item: AgendaItem) -> None:
    """An item that is opened for discussion is what the table is on, whoever drives."""
    _turn(locked(item.meeting), item)
    slips.forget(item.meeting_id)


def leave_current(row: Meeting, now: datetime) -> None:
    """The table is on nothing any more; the time spent stays with the item. The caller saves the meeting."""
    item = row.current
    if item is not None:
        item.spent_seconds += spent_now(row, now)
        if item.opened_at is not None and item.closed_at is None and item.situation.state not in BEFORE_THE_DOOR:
            item.closed_at = now
        item.save(update_fields=["spent_seconds", "closed_at"])
    row.current, row.current_since = None, None


def spent_now(meeting: Meeting, now: datetime) -> int:
    """Seconds of the present turn."""
    return max(0, int((now - meeting.current_since).total_seconds())) if meeting.current_since else 0


def _turn(row: Meeting, item: AgendaItem) -> None:
    now, left, since = timezone.now(), row.current, row.current_since
    if row.current_id == item.pk:
        return
    spent, was_closed = (left.spent_seconds, left.closed_at) if left else (0, None)
    leave_current(row, now)
    row.current, row.current_since = item, now
    row.save(update_fields=["current", "current_since"])
    # A follow-up is dealt with by being reported on; there is nothing to open.
    if item.opened_at is None and item.situation.state not in BEFORE_THE_DOOR:
        item.opened_at = now
        item.save(update_fields=["opened_at"])
    slips.keep(
        row.pk, "turn", to=str(item.pk), opened=item.opened_at == now, spent=spent,
        since=since.isoformat() if since else "", closed=left is not None and left.closed_at != was_closed,
        **{"from": str(left.pk) if left else ""},
    )  # fmt: skip
    events.table_changed(row.table_id)


def _drive(row: Meeting, member: Member, *, handed_by: Member | None) -> None:
    row.driver, row.handed_by = member, handed_by
    row.save(update_fields=["driver", "handed_by"])
    events.table_changed(row.table_id)


def locked_with_items(meeting: Meeting) -> Meeting:
    """The situations on its agenda, then the meeting's row: the order in which an act takes them.

    Nobody enters an item while its door closes, nothing is decided in a meeting that is over, and no two wait for each
    other: whoever needs both locks takes them here, before a row of presence or an item.
    """
    waiting = list(meeting.items.values_list("situation_id", flat=True))
    list(Situation.objects.select_for_update().filter(pk__in=waiting).order_by("pk").values_list("pk"))
    return locked(meeting)


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row, until the transaction ends; its items and its presence are taken after it."""
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
