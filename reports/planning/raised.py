"""Which systemic issues were raised in a period, and how far have they come? As a pack tells the table's committee.

What was written down for the report in these days, in the words the name guard read when they were written (R67); and
what the table named at its meetings in these days, by kind and sector. No day, no agency, no situation. A draft shows
them as they stand; a release keeps them as they stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db import connection

from privacy.context import in_role
from reports.models import Matter
from reports.planning.issues import sectors, words
from reports.planning_model import MatterKind, MatterStatus

#: {"words": ..., "kind": ..., "sector": ..., "state": ...}: words, or a kind and a sector by code.
Stored: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Raised:
    """One systemic issue in words, and how far it has come."""

    words: str
    state: str
    state_label: str


def between(table_id: int, first: date, last: date) -> list[Stored]:
    """What was raised between two days, in the order it was raised, then what meetings named. The table's own days."""
    with in_role("st_statistics"), connection.cursor() as cursor:
        cursor.execute("SELECT kind, sector, open FROM reports_issues_between(%s, %s, %s)", [table_id, first, last])
        named = {(kind, sector): still for kind, sector, still in cursor.fetchall()}
        matters = list(Matter.objects.filter(table=table_id, kind=MatterKind.SYSTEMIC).order_by("raised_on", "pk"))
    within = [m for m in matters if first <= m.raised_on <= last or (m.issue_kind, m.issue_sector) in named]
    taken = {(m.issue_kind, m.issue_sector) for m in within}
    found = [_stored(m.words, m.issue_kind, m.issue_sector, m.status) for m in within]
    return found + [
        _stored("", kind, sector, MatterStatus.RAISED if still else MatterStatus.SETTLED)
        for (kind, sector), still in sorted(named.items())
        if (kind, sector) not in taken
    ]


def _stored(said: str, kind: str, sector: str, state: str) -> Stored:
    return {"words": said, "kind": kind, "sector": sector, "state": str(state)}


def told(stored: Iterable[Stored]) -> tuple[Raised, ...]:
    """In words: what was written down as it was written, what meetings named in the active language."""
    labels = sectors()
    return tuple(
        Raised(
            one["words"] or words(one["kind"], labels.get(one["sector"], one["sector"])),
            one["state"],
            str(MatterStatus(one["state"]).label),
        )
        for one in stored
    )
