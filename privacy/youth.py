"""Where do youth-justice notes live, and until when? In a compartment of their own, with a list of its own (R47, R48).

One compartment a person and writing agency: an end that two agencies shared would tell each of them of the other's
notes. It ends on the earliest day, at the table, that any of its notes names: PostgreSQL refuses to open it or to
write in it afterwards (`vault.may_open`), and the next sweep destroys its key, apart from the rest of the situation.
Who is on the list was named by the agency that wrote the note; nobody who is named later inherits it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from agencies.clock import today_at
from agencies.models import Agency, Member
from privacy import destruction, grants
from privacy.context import in_role
from privacy.models import AccessState, Compartment, Tombstone
from privacy.vocabulary import CompartmentKind

#: A note is named `youth:<random>`: its number would tell one writer how many others there are.
PREFIX = "youth:"


def new_item() -> str:
    """The name of a new note."""
    return f"{PREFIX}{uuid.uuid4().hex[:10]}"


def ended(state: AccessState, subject: int, agency: Agency) -> bool:
    """Whether the agency's own compartment for the person has ended: nothing is added to it."""
    rooms = state.compartments.filter(kind=CompartmentKind.YOUTH, subject=subject, agency=agency)
    return rooms.filter(readable_until__lt=today_at(state.table)).exists()


def open_room(state: AccessState, *, subject: int, agency: Agency, until: date, by: Member) -> Compartment:
    """The writing agency's compartment for the person, open to its writer; it ends no later than the note to come."""
    room, _made = Compartment.objects.get_or_create(
        access=state,
        kind=CompartmentKind.YOUTH,
        subject=subject,
        agency=agency,
        defaults={"table_id": state.table_id, "readable_until": until},
    )
    if room.readable_until is None or until < room.readable_until:
        room.readable_until = until
        room.save(update_fields=["readable_until"])
    grants.grant(room, by)
    return room


def sweep() -> int:
    """Destroy the keys of compartments that have ended; returns how many. A hold keeps them, unreadable (R44)."""
    with in_role("st_worker"):
        # No zone is more than a day ahead of UTC; whether the day is over, each table says.
        near = Compartment.objects.filter(
            kind=CompartmentKind.YOUTH, readable_until__lte=timezone.now().date(), access__held=False
        ).select_related("table")
        over = [c for c in near if c.readable_until and c.readable_until < today_at(c.table)]
        stones = [
            Tombstone(id=uuid.uuid4(), ref=c.access_id, table_id=c.table_id, level=c.level, at=timezone.now())
            for c in _without_stone(over)
        ]
        Tombstone.objects.bulk_create(stones)
    for stone in stones:
        destruction.finish(stone.ref)
    return len(stones)


def _without_stone(rooms: Iterable[Compartment]) -> list[Compartment]:
    return [c for c in rooms if not Tombstone.objects.filter(ref=c.access_id, level=c.level).exists()]
