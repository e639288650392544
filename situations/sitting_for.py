"""Which of those marked present sit there for an agency? What the quorum is counted in (R9, R55).

A seat can end, or its agreement run out, while its person sits there: from then on nobody's agency is there by them.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from agencies.models import Standing
from agencies.vocabulary import SEATED_ROLES
from situations.meeting import ItemPresence, Meeting, MeetingPresence

_Row = TypeVar("_Row", MeetingPresence, ItemPresence)


def sitting_for_an_agency(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """Of such rows those that have not left, are nobody's guest, and whose seat for that agency counts today."""
    seats = Standing.objects.filter(
        table_id=OuterRef("table_id"), member_id=OuterRef("member_id"), agency_id=OuterRef("agency_id"),
        role__in=SEATED_ROLES,
    )  # fmt: skip
    return rows.filter(Exists(seats), left_at__isnull=True, guest=False)


def agencies_sitting(meeting: Meeting) -> int:
    """How many agencies somebody sits for in a meeting: the number that its quorum asks for."""
    return sitting_for_an_agency(meeting.presences.all()).values("agency_id").distinct().count()
