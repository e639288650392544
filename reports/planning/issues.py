"""What did the table name at its meetings that no agency can change alone: how often, since when, and is it taken up?

Read, never typed again: an issue is a kind and a sector, without words and without a situation (situations/issues.py).
Whoever reads the plan is told counts of it; a manager, who does not sit at the table, reads no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from agencies.models import Sector, Table
from reports.models import Matter
from situations.vocabulary import IssueKind


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of obstacle in one sector."""

    kind: IssueKind
    sector: str
    label: str
    #: How often it was named anew, and at how many meetings it was open.
    raised: int
    meetings: int
    since: date
    #: The table still comes back to it.
    open: bool
    #: Where it was taken up.
    matter: Matter | None


def raised(table: Table) -> list[Issue]:
    """A table's issues: open ones first, then the most often before it. None for who does not read its plan."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, sector, raised, meetings, since, open FROM reports_issues(%s)", [table.pk])
        rows = cursor.fetchall()
    taken = {
        (m.issue_kind, m.issue_sector): m for m in Matter.objects.filter(table=table).exclude(issue_kind="")
    }  # fmt: skip
    labels = sectors()
    found = [
        Issue(IssueKind(kind), sector, words(kind, labels[sector]), often, before, since, still,
              taken.get((kind, sector)))
        for kind, sector, often, before, since, still in rows
    ]  # fmt: skip
    return sorted(found, key=lambda issue: (not issue.open, -issue.meetings, issue.label.casefold()))


def sectors() -> dict[str, str]:
    """Every sector by code, as its newest version says it."""
    return {sector.code: sector.label for sector in Sector.objects.order_by("version")}


def words(kind: str, sector: str) -> str:
    """An issue in one line, as the record of the meeting has it."""
    return _("%(sector)s: %(issue)s") % {"sector": sector, "issue": IssueKind(kind).label}
