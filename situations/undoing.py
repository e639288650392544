"""How is the last slip of a sitting meeting undone, and what is it? (docs/adr/0044)

A slip is undone only where nothing came of it since: the table is still on that item, the person heard nothing. Who is
in a huddle changes nothing in what can be undone, and undoing changes nothing in a huddle (R15).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member
from privacy.decision import deny
from situations import agenda, presence
from situations.live import events
from situations.meeting import AgendaItem, ItemPresence, Meeting, MeetingPresence
from situations.turns import locked_with_items, may_drive
from situations.vocabulary import Room

Slip = dict[str, Any]


def last(meeting: Meeting) -> Slip | None:
    """The newest slip that can still be undone."""
    return next((slip for slip in reversed(meeting.slips) if _stands(meeting, slip)), None)


def undo(meeting: Meeting, *, by: Member) -> None:
    """Put back how it was before the last slip; whatever was overtaken meanwhile is forgotten."""
    with transaction.atomic():
        row = locked_with_items(meeting)
        may_drive(row, by=by).require()
        slip = last(row)
        if slip is None:
            deny("nothing-to-undo", _("There is nothing left to undo: something else has happened since.")).require()
            return
        row.slips = row.slips[: row.slips.index(slip)]
        row.save(update_fields=["slips"])
        _BACK[slip["kind"]](row, slip)
        events.table_changed(row.table_id)


def _stands(meeting: Meeting, slip: Slip) -> bool:
    kind = slip["kind"]
    if kind == "turn":
        return bool(str(meeting.current_id or "") == slip["to"])
    if kind == "gone":
        return presence.may_come_back(meeting, slip["member"])
    if kind == "present":
        here = meeting.presences.filter(member=slip["member"], left_at__isnull=True).exists()
        hears = ItemPresence.objects.filter(
            item__meeting=meeting, member=slip["member"], left_at__isnull=True, room=Room.MAIN
        )
        return here and not hears.exists()
    kept: list[str] = slip["order"]
    return {str(pk) for pk in meeting.items.values_list("pk", flat=True)} == set(kept)


def _turn(row: Meeting, slip: Slip) -> None:
    """The time since counts for the item that the table never meant to leave."""
    if slip["opened"]:
        AgendaItem.objects.filter(pk=slip["to"], meeting=row).update(opened_at=None)
    before = AgendaItem.objects.filter(pk=slip["from"], meeting=row).first() if slip["from"] else None
    if before is not None:
        before.spent_seconds = slip["spent"]
        if slip["closed"]:
            before.closed_at = None
        before.save(update_fields=["spent_seconds", "closed_at"])
    row.current = before
    row.current_since = datetime.fromisoformat(slip["since"]) if before is not None and slip["since"] else None
    row.save(update_fields=["current", "current_since"])


def _present(row: Meeting, slip: Slip) -> None:
    found = MeetingPresence.objects.filter(meeting=row, member=slip["member"])
    if slip["mode"]:
        left = datetime.fromisoformat(slip["left"]) if slip["left"] else None
        found.update(mode=slip["mode"], left_at=left)
    else:
        found.delete()


def _gone(row: Meeting, slip: Slip) -> None:
    presence.come_back(row, slip["member"], heard=slip["heard"])


def _order(row: Meeting, slip: Slip) -> None:
    agenda.put_in_order(row, slip["order"])


def _leaves(row: Meeting, slip: Slip) -> None:
    agency = Agency.objects.get(pk=slip["agency"])
    at = datetime.fromisoformat(slip["at"]) if slip["at"] else None
    row.presences.filter(agency=agency, left_at__isnull=True).update(leaves_at=at)


_BACK = {"turn": _turn, "present": _present, "gone": _gone, "order": _order, "leaves": _leaves}
