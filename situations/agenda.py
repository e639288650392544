"""What is on a meeting's agenda, in which order, and what closes an item? (R61, R63)

What happens to a situation goes through `lifecycle.perform`.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from privacy.decision import Denied, deny, hide
from privacy.models import AccessState
from situations import scene as scenes
from situations import slips
from situations.live import events
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation
from situations.running import may_run
from situations.turns import locked
from situations.vocabulary import OPEN_STATES, ItemKind, MeetingState, Room, State

#: Minutes planned for an item, unless somebody says otherwise.
_FOLLOW_UP_MINUTES, _MINUTES = 3, 7
MOST_MINUTES = 90


def build_agenda(meeting: Meeting) -> None:
    """Put every open situation that is on no coming agenda onto this one."""
    coming = AgendaItem.objects.filter(meeting__state__in=(MeetingState.PLANNED, MeetingState.SITTING))
    waiting = Situation.objects.at(meeting.table_id).open().exclude(pk__in=coming.values("situation_id"))
    kinds = {ItemKind.FOLLOW_UP: 0, ItemKind.DEFERRED: 1, ItemKind.NEW: 2}
    for kind, situation in sorted(
        ((kind_of(s), s) for s in waiting), key=lambda pair: (kinds[pair[0]], pair[1].presented_at or pair[1].opened_at)
    ):
        append(meeting, situation, kind)


def kind_of(situation: Situation) -> ItemKind:
    if situation.state != State.PRESENTED:
        return ItemKind.FOLLOW_UP
    return ItemKind.DEFERRED if situation.deferrals else ItemKind.NEW


def append(meeting: Meeting, situation: Situation, kind: ItemKind) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item, _created = AgendaItem.objects.get_or_create(
        meeting=meeting,
        situation=situation,
        defaults={
            "table_id": meeting.table_id, "kind": kind, "position": last + 1,
            "planned_minutes": _FOLLOW_UP_MINUTES if kind == ItemKind.FOLLOW_UP else _MINUTES,
        },
    )  # fmt: skip
    if meeting.state == MeetingState.SITTING:
        show_to_guests(situation.pk, meeting.pk)
    events.table_changed(meeting.table_id)
    return item


def put_on_next_agenda(situation: Situation, kind: ItemKind) -> None:
    """Put an item on the next planned meeting of its table, if one is planned."""
    planned = Meeting.objects.filter(table_id=situation.table_id, state=MeetingState.PLANNED)
    if (meeting := planned.order_by("starts_at").first()) is not None:
        append(meeting, situation, kind)


def add_to_agenda(meeting: Meeting, situation: Situation, *, by: Member) -> AgendaItem:
    """The facilitator adds an open situation of the table, also while the meeting sits."""
    may_run(meeting.table_id, by=by).require()
    with transaction.atomic():
        # The situation first, then the meeting, as an act takes them: neither ends while the item is written.
        row = Situation.objects.select_for_update(of=("self",)).filter(pk=situation.pk).first()
        if row is None or row.table_id != meeting.table_id or row.state not in OPEN_STATES:
            raise Denied(deny("not-open", _("Only an open situation of this table can be on its agenda.")))
        return append(_going_on(meeting), row, kind_of(row))


def item_of(meeting: Meeting, ident: UUID, *, by: Member) -> AgendaItem:
    """An item of a meeting by its id; Denied (hidden) for none, and for one that is not theirs to know (R58)."""
    item = AgendaItem.objects.select_related("meeting").filter(meeting=meeting, pk=ident).first()
    if item is None:
        raise Denied(hide())
    scenes.load(item.situation_id, by=by)
    return item


def move_item(item: AgendaItem, *, up: bool, by: Member) -> None:
    """Move an item one place up or down the agenda."""
    _reorder(item, lambda here: here - 1 if up else here + 1, by=by)


def place_item(item: AgendaItem, *, at: int, by: Member) -> None:
    """An item stands at this place of the agenda, counted from 1 among what is shown to whoever places it; beyond the
    last one is at the end."""
    _reorder(item, lambda _here: at - 1, by=by)


def _reorder(item: AgendaItem, where: Callable[[int], int], *, by: Member) -> None:
    """Among the items that are theirs to know: the others keep their places, and a move that would pass one of them
    passes what is shown behind it. An order that did not change where it should would tell of an item (R58).
    """
    may_run(item.table_id, by=by).require()
    with transaction.atomic():
        _going_on(item.meeting)  # as every turn: the meeting first, then its items
        items = list(item.meeting.items.select_for_update().order_by("position"))
        rows = Situation.objects.filter(pk__in=[i.situation_id for i in items])
        known = {x.situation.pk for x in scenes.of_rows(rows, by=by)}
        shown = [i for i in items if i.situation_id in known]
        if item not in shown:  # it left the agenda meanwhile
            raise Denied(hide())
        here = shown.index(item)
        there = min(max(where(here), 0), len(shown) - 1)
        if there != here:
            slips.keep(item.meeting_id, "order", order=[str(i.pk) for i in items])
            shown.insert(there, shown.pop(here))
            moved = iter(shown)
            put_in_order(item.meeting, [str((next(moved) if i.situation_id in known else i).pk) for i in items])
    events.table_changed(item.table_id)


def put_in_order(meeting: Meeting, wanted: list[str]) -> None:
    """The items stand in this order; their ids are the meeting's own. The caller says who may."""
    for position, ident in enumerate(wanted, 1):
        AgendaItem.objects.filter(pk=ident, meeting=meeting).update(position=position)


def plan_minutes(item: AgendaItem, minutes: int, *, by: Member) -> None:
    """Plan another time for an item, before the meeting or while it sits."""
    may_run(item.table_id, by=by).require()
    with transaction.atomic():
        _going_on(item.meeting)
        if not 1 <= minutes <= MOST_MINUTES:
            raise Denied(deny("minutes", _("Plan between 1 and 90 minutes.")))
        AgendaItem.objects.filter(pk=item.pk).update(planned_minutes=minutes)
    events.table_changed(item.table_id)


def _going_on(meeting: Meeting) -> Meeting:
    """The meeting's row, locked, planned or sitting: of one that ended while this waited the agenda stays as its record
    has it."""
    row = locked(meeting)
    if row.state not in (MeetingState.PLANNED, MeetingState.SITTING):
        raise Denied(deny("meeting-held", _("This meeting has ended.")))
    return row


def show_to_guests(situation_id: UUID, meeting_id: UUID | None) -> None:
    """Both mirrors: the row policies of situations and of the access state read their own column."""
    Situation.objects.filter(pk=situation_id).update(meeting=meeting_id)
    AccessState.objects.filter(pk=situation_id).update(meeting=meeting_id)


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
