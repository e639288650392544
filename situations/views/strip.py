"""What stands on the strip of a sitting meeting: each item with its number, its state, and the one the table is on?

Only items the member may know of are on it, so the places of others are left out and the numbers run on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.kept import kept
from agencies.models import Member, Standing
from situations import scene as scenes
from situations.meeting import AgendaItem, Meeting
from situations.projection import see_row
from situations.scene import Scene
from situations.seen import SeenRow
from situations.turns import spent_now
from situations.views.listing import row_title
from situations.vocabulary import ItemKind, MeetingState, State

#: Signs of components/state_icon.html for how an item stands.
_DECIDED = {State.REJECTED, State.STOPPED, State.WITHDRAWN, State.TRANSFERRED, State.CONCLUDED}


@dataclass(frozen=True, slots=True)
class Strip:
    """The items of one meeting for one member; `current` is None where the table is on none, or on none of theirs."""

    items: tuple[dict[str, Any], ...]
    current: dict[str, Any] | None
    #: The table is on an item that this member does not take part in.
    elsewhere: bool
    #: The current one as this member meets it.
    scene: Scene | None = field(default=None, repr=False)


def strip(meeting: Meeting, *, by: Member, seats: Sequence[Standing] | None = None) -> Strip:
    """The agenda in order, as states."""
    # Rows without what hangs on them: a hundred devices ask at every turn, and only the current one says more.
    items = _items(meeting.pk)
    rows = [i.situation for i in items]
    for item in items:
        item.meeting, item.situation.table = meeting, meeting.table
    found = {x.situation.pk: x for x in scenes.of_rows(rows, by=by, seats=seats)}
    shown = [_entry(i, found[i.situation_id], meeting) for i in items if i.situation_id in found]
    entries = tuple(e | {"n": n, "of": len(shown)} for n, e in enumerate(shown, 1))
    current = next((e for e in entries if e["current"]), None)
    scene = found[current["situation"]] if current else None
    if scene is not None and meeting.state == MeetingState.SITTING:
        scene.item = next(i for i in items if i.pk == meeting.current_id)
    return Strip(entries, current, elsewhere=meeting.current_id is not None and current is None, scene=scene)


@kept
def _items(meeting_id: UUID) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting_id=meeting_id).select_related("situation").order_by("position")


def _entry(item: AgendaItem, scene: Scene, meeting: Meeting) -> dict[str, Any]:
    row, current = see_row(scene, facts=False), item.pk == meeting.current_id
    kind, words = how_it_stands(item, State(scene.situation.state), meeting, current=current)
    seconds = item.spent_seconds + (spent_now(meeting, timezone.now()) if current else 0)
    planned = 60 * item.planned_minutes
    return {
        "id": item.pk,
        "situation": row.id,
        "number": row_title(row),
        "kind": kind,
        "words": words,
        "why": _why(item, row),
        "current": current,
        "open": item.opened_at is not None and item.closed_at is None,
        "follow_up": item.kind == ItemKind.FOLLOW_UP,
        "left": _left(item, State(scene.situation.state), current=current),
        "seconds": seconds,
        "clock": clock(seconds),
        "planned": clock(planned),
        "minutes": item.planned_minutes,
        "planned_seconds": planned,
        "pace": "over" if seconds > planned else ("near" if seconds > planned * 0.8 else ""),
    }


def how_it_stands(item: AgendaItem, state: State, meeting: Meeting, *, current: bool) -> tuple[str, str]:
    """The sign of an item and its words; `current`: the table is on it."""
    if state in _DECIDED:
        return ("ok" if state == State.CONCLUDED else "off"), str(state.label)
    if state in (State.LIMITED, State.INTERVENING):
        if item.kind != ItemKind.FOLLOW_UP:
            return "half", _("In the huddle")
        if current:
            return "soon", _("Being reported on")
        return ("half", _("Still open")) if item.opened_at else ("open", _("Waiting"))
    if item.opened_at is None:
        return ("open", _("Waiting")) if meeting.state != MeetingState.HELD else ("off", _("Not reached"))
    if item.closed_at is not None:
        return "ok", _("Deferred")
    return "soon", (_("Choosing agencies") if state == State.CHOOSING else _("In discussion"))


def _left(item: AgendaItem, state: State, *, current: bool) -> bool:
    """Whether the meeting still has this item to deal with."""
    if state in _DECIDED:
        return False
    if state in (State.LIMITED, State.INTERVENING):
        return item.kind == ItemKind.FOLLOW_UP and item.opened_at is None and not current
    return item.closed_at is None


def _why(item: AgendaItem, row: SeenRow) -> str:
    kind = ItemKind(item.kind)
    if kind == ItemKind.FOLLOW_UP:
        days = (timezone.localdate() - timezone.localtime(row.opened_at).date()).days
        if days == 0:
            return _("Follow-up, opened today")
        return ngettext("Follow-up, open %(n)s day", "Follow-up, open %(n)s days", days) % {"n": days}
    return str(kind.label)


def clock(seconds: int) -> str:
    """Minutes and seconds, as on a watch."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def said(found: Strip) -> str:
    """What a screen reader is told when the table turns or the item moves."""
    if found.current is None:
        return ""
    now = found.current
    return _("Item %(n)s of %(of)s, %(number)s: %(state)s") % {
        "n": now["n"], "of": now["of"], "number": now["number"], "state": now["words"],
    }  # fmt: skip
