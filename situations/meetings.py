"""How does a meeting run: planned, started, items in order, who is present for which, ended? (R57, R61, R63)

What happens to a situation in a meeting goes through `lifecycle.perform`. Presence is per item and per room.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES, SEATED_ROLES, Role
from privacy.decision import Decision, Denied, allow, deny, hide
from privacy.models import AccessState, Engagement
from situations.meeting import AgendaItem, ItemPresence, Meeting, MeetingPresence
from situations.models import Situation
from situations.vocabulary import OPEN_STATES, ItemKind, MeetingState, Mode, Room, State

_NO_SEAT = deny("no-seat", _("That person has no seat in good standing at this table."))


def may_run(table_id: int, *, by: Member) -> Decision:
    """Whether a member runs this table's meetings: its facilitator, or its recorder at the keyboard."""
    if Standing.objects.of(by).at(table_id).in_roles(Role.FACILITATOR, Role.RECORDER).exists():
        return allow()
    return deny("facilitator-only", _("Only the facilitator or the recorder runs the meeting."))


def may_attend(meeting: Meeting, *, by: Member) -> Decision:
    """Whether a member may open a meeting's page: seated at its table, or its registered guest while it sits."""
    seats = Standing.objects.of(by).at(meeting.table_id)
    if seats.in_roles(*SEATED_ROLES).exists():
        return allow()
    if meeting.state == MeetingState.SITTING and seats.filter(role=Role.GUEST, meeting=meeting.pk).exists():
        return allow()
    return hide()


def visible_meeting(meeting_id: UUID, *, by: Member) -> Meeting:
    """A meeting the member may attend; Denied (hidden) otherwise."""
    meeting = Meeting.objects.select_related("table").filter(pk=meeting_id).first()
    if meeting is None:
        raise Denied(hide())
    may_attend(meeting, by=by).require()
    return meeting


def plan(*, table: Table, starts_at: datetime, by: Member, urgent: bool = False) -> Meeting:
    """Plan a meeting; what is open without a place on an agenda comes onto it: follow-ups, then deferred, then new."""
    may_run(table.pk, by=by).require()
    meeting = Meeting.objects.create(table=table, starts_at=starts_at, urgent=urgent)
    build_agenda(meeting)
    return meeting


def build_agenda(meeting: Meeting) -> None:
    """Put every open situation that is on no coming agenda onto this one."""
    coming = AgendaItem.objects.filter(meeting__state__in=(MeetingState.PLANNED, MeetingState.SITTING))
    waiting = Situation.objects.at(meeting.table_id).open().exclude(pk__in=coming.values("situation_id"))
    kinds = {ItemKind.FOLLOW_UP: 0, ItemKind.DEFERRED: 1, ItemKind.NEW: 2}
    for kind, situation in sorted(
        ((_kind(s), s) for s in waiting), key=lambda pair: (kinds[pair[0]], pair[1].presented_at or pair[1].opened_at)
    ):
        _append(meeting, situation, kind)


def _kind(situation: Situation) -> ItemKind:
    if situation.state != State.PRESENTED:
        return ItemKind.FOLLOW_UP
    return ItemKind.DEFERRED if situation.deferrals else ItemKind.NEW


def _append(meeting: Meeting, situation: Situation, kind: ItemKind) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item, _created = AgendaItem.objects.get_or_create(
        meeting=meeting,
        situation=situation,
        defaults={"table_id": meeting.table_id, "kind": kind, "position": last + 1},
    )
    if meeting.state == MeetingState.SITTING:
        _show_to_guests(situation.pk, meeting.pk)
    return item


def put_on_next_agenda(situation: Situation, kind: ItemKind) -> None:
    """Put an item on the next planned meeting of its table, if one is planned."""
    planned = Meeting.objects.filter(table_id=situation.table_id, state=MeetingState.PLANNED)
    if (meeting := planned.order_by("starts_at").first()) is not None:
        _append(meeting, situation, kind)


def add_to_agenda(meeting: Meeting, situation: Situation, *, by: Member) -> AgendaItem:
    """The facilitator adds an open situation of the table, also while the meeting sits."""
    may_run(meeting.table_id, by=by).require()
    if situation.table_id != meeting.table_id or situation.state not in OPEN_STATES:
        deny("not-open", _("Only an open situation of this table can be on its agenda.")).require()
    if meeting.state == MeetingState.HELD:
        deny("meeting-held", _("This meeting has ended.")).require()
    return _append(meeting, situation, _kind(situation))


def move_item(item: AgendaItem, *, up: bool, by: Member) -> None:
    """Move an item one place up or down the agenda."""
    may_run(item.table_id, by=by).require()
    with transaction.atomic():
        items = list(item.meeting.items.select_for_update().order_by("position"))
        if item not in items:  # it left the agenda meanwhile
            raise Denied(hide())
        here = items.index(item)
        there = here - 1 if up else here + 1
        if 0 <= there < len(items):
            items[here], items[there] = items[there], items[here]
            for position, row in enumerate(items, 1):
                AgendaItem.objects.filter(pk=row.pk).update(position=position)


def start(meeting: Meeting, *, by: Member) -> None:
    """Start a meeting: its items become visible to its registered guests, its chair counts as present."""
    may_run(meeting.table_id, by=by).require()
    row = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if row.state != MeetingState.PLANNED:
        deny("not-planned", _("This meeting has been started already.")).require()
    row.state, row.started_at, row.chair = MeetingState.SITTING, timezone.now(), by
    try:
        # The constraint decides, not a look beforehand: of two meetings started at the same moment one waits here.
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Denied(deny("another-sits", _("Another meeting of this table is sitting. End it first."))) from None
    for situation_id in row.items.values_list("situation_id", flat=True):
        _show_to_guests(situation_id, row.pk)
    mark_present(row, by, by=by)


def _show_to_guests(situation_id: UUID, meeting_id: UUID | None) -> None:
    """Both mirrors: the row policies of situations and of the access state read their own column."""
    Situation.objects.filter(pk=situation_id).update(meeting=meeting_id)
    AccessState.objects.filter(pk=situation_id).update(meeting=meeting_id)


def end(meeting: Meeting, *, by: Member) -> None:
    """End a meeting: items close, guests lose sight; what is open goes to the next planned meeting."""
    may_run(meeting.table_id, by=by).require()
    row = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if row.state != MeetingState.SITTING:
        deny("not-sitting", _("This meeting is not sitting.")).require()
    # As every act locks them: one under way ends before. (The meeting's own lock lets its items refer to it.)
    items = list(row.items.values_list("situation_id", flat=True))
    list(Situation.objects.select_for_update().filter(pk__in=items).order_by("pk").values_list("pk"))
    now = timezone.now()
    for item in row.items.filter(opened_at__isnull=False, closed_at__isnull=True):
        close_item(item)
    ItemPresence.objects.filter(item__meeting=row, left_at__isnull=True).update(left_at=now)
    Situation.objects.filter(table_id=row.table_id, meeting=row.pk).update(meeting=None)
    AccessState.objects.filter(table_id=row.table_id, meeting=row.pk).update(meeting=None)
    row.presences.filter(left_at__isnull=True).update(left_at=now)
    row.state, row.ended_at = MeetingState.HELD, now
    row.save()
    following = Meeting.objects.filter(table_id=row.table_id, state=MeetingState.PLANNED).order_by("starts_at").first()
    if following is not None:
        build_agenda(following)


# Presence -----------------------------------------------------------------------------------------------------------
def seat_for(meeting: Meeting, member: Member) -> Standing | None:
    """The seat a member takes part with: agency seats first, then facilitator and recorder, then a guest's."""
    seats = list(Standing.objects.of(member).at(meeting.table_id))
    order = [*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER, Role.GUEST]
    seats = [s for s in seats if s.role in order and (s.role != Role.GUEST or s.meeting == meeting.pk)]
    return min(seats, key=lambda s: order.index(Role(s.role)), default=None)


def mark_present(meeting: Meeting, member: Member, *, by: Member, mode: Mode = Mode.ROOM) -> None:
    """Mark somebody present: oneself, or anybody by the facilitator or recorder. Also for the item that is open."""
    if by.pk != member.pk:
        may_run(meeting.table_id, by=by).require()
    if Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD).exists():
        deny("meeting-held", _("This meeting has ended.")).require()
    seat = seat_for(meeting, member)
    if seat is None:
        raise Denied(_NO_SEAT)
    MeetingPresence.objects.update_or_create(
        meeting=meeting,
        member=member,
        defaults={
            "table_id": meeting.table_id,
            "agency_id": seat.agency_id,
            "mode": mode,
            "guest": seat.role == Role.GUEST,
            "left_at": None,
        },
    )
    for item in _open_items(meeting):
        if item.situation.state in (State.PRESENTED, State.CHOOSING):
            _enter(item, member, seat.agency, mode=mode, room=Room.MAIN, guest=seat.role == Role.GUEST)


def _open_items(meeting: Meeting) -> list[AgendaItem]:
    """The items open now, their situations locked: nobody enters an item while its door closes."""
    open_items = meeting.items.filter(opened_at__isnull=False, closed_at__isnull=True)
    waiting = open_items.values_list("situation_id", flat=True)
    list(Situation.objects.select_for_update().filter(pk__in=list(waiting)).order_by("pk").values_list("pk"))
    return list(open_items.all().select_related("situation"))


def mark_gone(meeting: Meeting, member: Member, *, by: Member) -> None:
    """Mark somebody gone, from the meeting and from every item."""
    if by.pk != member.pk:
        may_run(meeting.table_id, by=by).require()
    now = timezone.now()
    meeting.presences.filter(member=member, left_at__isnull=True).update(left_at=now)
    ItemPresence.objects.filter(item__meeting=meeting, member=member, left_at__isnull=True).update(left_at=now)


def bring_in(item: AgendaItem) -> list[ItemPresence]:
    """Everybody present at the meeting is present for the item, unless they stepped away from it."""
    away = set(AccessState.objects.filter(pk=item.situation_id).values_list("recusals__member_id", flat=True))
    here = item.meeting.presences.filter(left_at__isnull=True).select_related("agency", "member")
    return [
        _enter(item, p.member, p.agency, mode=Mode(p.mode), room=Room.MAIN, guest=p.guest)
        for p in here
        if p.member_id not in away
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
    if not created and row.room != room:
        leave(item, member.pk)
        return _enter(item, member, agency, mode=mode, room=room, guest=guest)
    return row


def leave(item: AgendaItem | None, member_id: int) -> None:
    """A member is no longer present for an item."""
    if item is not None:
        item.presences.filter(member_id=member_id, left_at__isnull=True).update(left_at=timezone.now())


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


def close_item(item: AgendaItem | None) -> None:
    """An item is done for this meeting; nobody is present for it any more in the main room."""
    if item is None:
        return
    now = timezone.now()
    item.presences.filter(left_at__isnull=True, room=Room.MAIN).update(left_at=now)
    if item.opened_at is not None and item.closed_at is None:
        item.closed_at = now
        item.save(update_fields=["closed_at"])


def take_off_open_agendas(situation: Situation, *, keep: AgendaItem | None = None) -> None:
    """An ended or returned situation leaves coming agendas; the item it was decided in stays."""
    items = AgendaItem.objects.filter(
        situation=situation, meeting__state__in=(MeetingState.PLANNED, MeetingState.SITTING)
    )
    if keep is not None:
        items = items.exclude(pk=keep.pk)
    items.filter(opened_at__isnull=True).delete()
