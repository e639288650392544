"""Who is present at a meeting, and for which item, in which room? (R15, R57, R61)

Presence is per item and per room: the recipients of anything said aloud are read from it.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.decision import Denied, deny
from privacy.models import Engagement, Recusal
from situations import slips
from situations.live import events
from situations.meeting import AgendaItem, ItemPresence, Meeting, MeetingPresence
from situations.running import may_run
from situations.turns import locked, locked_with_items
from situations.vocabulary import BEFORE_THE_DOOR, MeetingState, Mode, Room

#: With which seats one takes part as more than a guest, in the order in which they count.
_SEATED = (*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER)
_NO_SEAT = deny("no-seat", _("That person has no seat in good standing at this table."))


def seat_for(meeting: Meeting, member: Member) -> Standing | None:
    """The seat a member takes part with: agency seats first, then facilitator and recorder, then a guest's."""
    seats = list(Standing.objects.of(member).at(meeting.table_id))
    order = [*_SEATED, Role.GUEST]
    seats = [s for s in seats if s.role in order and (s.role != Role.GUEST or s.meeting == meeting.pk)]
    return min(seats, key=lambda s: order.index(Role(s.role)), default=None)


def mark_present(meeting: Meeting, member: Member, *, by: Member, mode: Mode = Mode.ROOM) -> None:
    """Mark somebody present: oneself, or anybody by the facilitator or recorder. Also for the item that is open."""
    if by.pk != member.pk:
        may_run(meeting.table_id, by=by).require()
    if locked_with_items(meeting).state == MeetingState.HELD:
        deny("meeting-held", _("This meeting has ended.")).require()
    seat = seat_for(meeting, member)
    if seat is None:
        raise Denied(_NO_SEAT)
    before, open_items = meeting.presences.filter(member=member).first(), _open_items(meeting)
    was, left = (before.mode, before.left_at) if before is not None else ("", None)
    heard = _heard(meeting, member) if open_items else set()
    _here(meeting, member, seat, mode=mode, before=before)
    for item in open_items:
        if item.situation.state in BEFORE_THE_DOOR and member.pk not in _not_for(item):
            _enter(item, member, seat.agency, mode=mode, room=Room.MAIN, guest=seat.role == Role.GUEST)
    # Who hears an open item stays among those who heard it.
    if by.pk != member.pk and (not open_items or _heard(meeting, member) == heard):
        slips.keep(meeting.pk, "present", member=member.pk, mode=was, left=left.isoformat() if left else "")
    events.table_changed(meeting.table_id)


def _here(meeting: Meeting, member: Member, seat: Standing, *, mode: Mode, before: MeetingPresence | None) -> None:
    """The one row of a member at a meeting. Under `locked_with_items`: nobody else writes it meanwhile."""
    row = before or MeetingPresence(meeting=meeting, member=member)
    row.table_id, row.agency_id, row.mode = meeting.table_id, seat.agency_id, mode
    row.guest, row.left_at = seat.role == Role.GUEST, None
    row.save(update_fields=["table", "agency", "mode", "guest", "left_at"] if before is not None else None)


def _heard(meeting: Meeting, member: Member) -> set[int]:
    """Where a member hears items of the meeting now. Never a huddle: who is in one is not for those who run it."""
    rows = ItemPresence.objects.filter(item__meeting=meeting, member=member, left_at__isnull=True, room=Room.MAIN)
    return set(rows.values_list("pk", flat=True))


def _not_for(item: AgendaItem) -> set[int]:
    """Who does not hear an item though they are there: who stepped away from it, who was called for another (R59)."""
    away = set(Recusal.objects.filter(access_id=item.situation_id).values_list("member_id", flat=True))
    called = list(Standing.objects.filter(role=Role.GUEST, meeting=item.meeting_id).values_list("member_id", "item"))
    elsewhere = {m for m, _one in called} - {m for m, one in called if one in (None, item.situation_id)}
    if not elsewhere:
        return away
    seated = Standing.objects.at(item.table_id).in_roles(*_SEATED).filter(member_id__in=elsewhere)
    return away | elsewhere - set(seated.values_list("member_id", flat=True))


def _open_items(meeting: Meeting) -> list[AgendaItem]:
    """The items open now, read under the locks of `locked_with_items`."""
    open_items = meeting.items.filter(opened_at__isnull=False, closed_at__isnull=True)
    return list(open_items.select_related("situation"))


def to_mark(meeting: Meeting) -> QuerySet[Member]:
    """Of whom presence is a question at all: who sits here; and who is here, though their seat ended meanwhile."""
    seats = Standing.objects.at(meeting.table_id).in_roles(*_SEATED, Role.GUEST)
    here = meeting.presences.filter(left_at__isnull=True)
    return Member.objects.filter(Q(pk__in=seats.values("member_id")) | Q(pk__in=here.values("member_id")))


def mark_gone(meeting: Meeting, member: Member, *, by: Member) -> None:
    """Mark somebody gone, from the meeting and from every item."""
    if by.pk != member.pk:
        may_run(meeting.table_id, by=by).require()
    locked(meeting)
    now = timezone.now()
    leaving = ItemPresence.objects.filter(item__meeting=meeting, member=member, left_at__isnull=True)
    huddles = list(leaving.filter(room=Room.HUDDLE).values_list("item__situation_id", flat=True))
    if by.pk != member.pk:
        slips.keep(meeting.pk, "gone", member=member.pk, heard=sorted(_heard(meeting, member)))
    meeting.presences.filter(member=member, left_at__isnull=True).update(left_at=now)
    leaving.update(left_at=now)
    events.table_changed(meeting.table_id)
    for situation_id in huddles:
        events.huddle_changed(situation_id)


def may_come_back(meeting: Meeting, member_id: int) -> bool:
    """Whether somebody marked gone still has the seat, or the registration as a guest, they were there with."""
    row = meeting.presences.filter(member=member_id, left_at__isnull=False).select_related("member").first()
    seat = seat_for(meeting, row.member) if row is not None else None
    return (
        row is not None and seat is not None and (seat.agency_id, seat.role == Role.GUEST) == (row.agency_id, row.guest)
    )


def come_back(meeting: Meeting, member_id: int, *, heard: list[int]) -> None:
    """Somebody was marked gone by mistake: they are here, and hear from now on what is still open of what they heard.

    The time between stays an absence. Nobody enters an item they stepped away from meanwhile. Under
    `locked_with_items`."""
    row = meeting.presences.select_related("member", "agency").get(member=member_id)
    meeting.presences.filter(pk=row.pk).update(left_at=None)
    again = set(ItemPresence.objects.filter(pk__in=heard, member=member_id).values_list("item_id", flat=True))
    for item in _open_items(meeting):
        if item.pk in again and item.situation.state in BEFORE_THE_DOOR and member_id not in _not_for(item):
            _enter(item, row.member, row.agency, mode=Mode(row.mode), room=Room.MAIN, guest=row.guest)


def bring_in(item: AgendaItem) -> list[ItemPresence]:
    """Everybody present at the meeting is present for the item, unless they stepped away or were called for another."""
    absent = _not_for(item)
    here = item.meeting.presences.filter(left_at__isnull=True).select_related("agency", "member")
    return [
        _enter(item, p.member, p.agency, mode=Mode(p.mode), room=Room.MAIN, guest=p.guest)
        for p in here
        if p.member_id not in absent
    ]


def _enter(
    item: AgendaItem, member: Member, agency: Agency, *, mode: Mode, room: Room, guest: bool = False
) -> ItemPresence:
    row, created = ItemPresence.objects.get_or_create(
        item=item,
        member=member,
        left_at=None,
        defaults={
            "table_id": item.table_id, "agency": agency, "room": room, "mode": mode, "guest": guest,
            "arrived_at": timezone.now(),
        },
    )  # fmt: skip
    if not created and (row.room, row.agency_id, row.guest) != (room, agency.pk, guest):  # or by another seat now
        leave(item, member.pk)
        return _enter(item, member, agency, mode=mode, room=room, guest=guest)
    return row


def leave(item: AgendaItem | None, member_id: int) -> None:
    """A member is no longer present for an item."""
    if item is None:
        return
    here = item.presences.filter(member_id=member_id, left_at__isnull=True)
    rooms = set(here.values_list("room", flat=True))
    here.update(left_at=timezone.now())
    if Room.HUDDLE in rooms:
        events.huddle_changed(item.situation_id)
    if Room.MAIN in rooms:
        events.table_changed(item.table_id)


def close_the_door(item: AgendaItem | None, named: set[int]) -> None:
    """Everybody not named leaves the item; the named, where present, move to the huddle (R15)."""
    if item is None:
        return
    for p in item.presences.filter(left_at__isnull=True).select_related("member", "agency"):
        if p.member_id in named and not p.guest:
            _enter(item, p.member, p.agency, mode=Mode(p.mode), room=Room.HUDDLE)
        else:
            leave(item, p.member_id)
    item.closed_at = timezone.now()
    item.save(update_fields=["closed_at"])


def enter_huddle(item: AgendaItem, member: Member, *, by: Member, mode: Mode = Mode.ROOM) -> None:
    """Mark somebody present in the huddle. A named person may enter a named colleague on the phone (the facilitator has
    left by then); whoever runs the meeting may record that a stranger is there; nobody else lets himself in."""
    both = Engagement.objects.filter(access_id=item.situation_id, person__in={by.pk, member.pk})
    if both.values("person").distinct().count() < len({by.pk, member.pk}):
        may_run(item.table_id, by=by).require()
    seat = seat_for(item.meeting, member)
    if seat is None:
        raise Denied(_NO_SEAT)
    _enter(item, member, seat.agency, mode=mode, room=Room.HUDDLE, guest=seat.role == Role.GUEST)
    events.huddle_changed(item.situation_id)
