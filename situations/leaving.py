"""An agency has to leave early: when, and which of its items come first? (screens.md, "Run the meeting")

An item is an agency's where it brought it, or was chosen for it at this table. Past the door the table does not know
whose it is, so a follow-up is never among them; nor is an item that whoever looks, or drives, stepped away from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member
from privacy.decision import deny
from privacy.models import Engagement
from situations import agenda, slips
from situations.live import events
from situations.meeting import AgendaItem, Meeting
from situations.projection import see_rows
from situations.turns import locked, may_drive
from situations.vocabulary import BEFORE_THE_DOOR


@dataclass(frozen=True, slots=True)
class Leaving:
    """An agency that is here until a time, and its items that wait behind another's."""

    agency: Agency
    at: datetime
    items: tuple[AgendaItem, ...]


def says(meeting: Meeting, agency: Agency, *, at: datetime | None, by: Member) -> None:
    """Note when an agency that is here leaves; None: it stays."""
    with transaction.atomic():
        row = locked(meeting)
        may_drive(row, by=by).require()
        here = row.presences.filter(agency=agency, guest=False, left_at__isnull=True)
        before = here.values_list("leaves_at", flat=True).first() if here.exists() else None
        if not here.exists():
            deny("not-here", _("Nobody of that agency is marked present.")).require()
        slips.keep(row.pk, "leaves", agency=agency.pk, at=before.isoformat() if before else "", order=_ids(row))
        here.update(leaves_at=at)
        events.table_changed(row.table_id)


def bring_forward(meeting: Meeting, agency: Agency, *, by: Member) -> None:
    """Its waiting items come next, in the order they have among themselves."""
    with transaction.atomic():
        row = locked(meeting)
        may_drive(row, by=by).require()
        before, first = _ids(row), {str(i.pk) for i in _waiting(row, agency, _seen(row, by))}
        here = before.index(str(row.current_id)) + 1 if row.current_id else 0
        earlier = [i for i in before[:here] if i not in first]
        later = [i for i in before[here:] if i not in first]
        wanted = [*earlier, *(i for i in before if i in first), *later]
        if wanted != before:
            slips.keep(row.pk, "order", order=before)
            agenda.put_in_order(row, wanted)
            events.table_changed(row.table_id)


def leaving(meeting: Meeting, *, by: Member) -> list[Leaving]:
    """Who leaves early, the first first, with what this member could bring forward for them."""
    found: dict[int, Leaving] = {}
    rows = meeting.presences.filter(left_at__isnull=True, guest=False, leaves_at__isnull=False)
    early = list(rows.select_related("agency").order_by("leaves_at"))
    seen = _seen(meeting, by) if early else []
    for row in early:
        if row.agency_id not in found and row.leaves_at is not None:
            found[row.agency_id] = Leaving(row.agency, row.leaves_at, _behind_another(meeting, row.agency, seen))
    return list(found.values())


def _seen(meeting: Meeting, by: Member) -> list[AgendaItem]:
    """The items this member may know of, in order: an order must not tell of one they stepped away from."""
    items = list(meeting.items.select_related("situation").order_by("position"))
    known = {row.id for row in see_rows([i.situation for i in items], by=by, facts=False)}
    return [i for i in items if i.situation_id in known]


def _behind_another(meeting: Meeting, agency: Agency, seen: list[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Its waiting items, where not all of them come next anyway."""
    mine = _waiting(meeting, agency, seen)
    here = meeting.current.position if meeting.current is not None else 0
    coming = [i for i in seen if i.opened_at is None and i.position > here]
    return () if mine == coming[: len(mine)] else tuple(mine)


def _waiting(meeting: Meeting, agency: Agency, seen: list[AgendaItem]) -> list[AgendaItem]:
    chosen = Engagement.objects.filter(agency=agency, table_id=meeting.table_id).exclude(status=Engagement.Status.ENDED)
    items = meeting.items.filter(opened_at__isnull=True, situation__state__in=BEFORE_THE_DOOR)
    mine = Q(situation__originating_agency=agency) | Q(situation_id__in=chosen.values("access_id"))
    wanted = set(items.filter(mine).exclude(**_current(meeting)).values_list("pk", flat=True))
    return [i for i in seen if i.pk in wanted]


def _current(meeting: Meeting) -> dict[str, UUID]:
    return {"pk": meeting.current_id} if meeting.current_id else {}


def _ids(meeting: Meeting) -> list[str]:
    return [str(pk) for pk in meeting.items.order_by("position").values_list("pk", flat=True)]
