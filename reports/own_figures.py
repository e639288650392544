"""What did my own agency bring, lead and help with? Totals of a quarter that has ended, for its lead, no breakdown.

Read while it grows, a count of what colleagues lead tells one who is not named in it how each goes on. What came of it
is told nobody here: taken from the table's published totals it would be what came of everybody else's (ADR 0048). The
database counts (migration 0014) and answers nobody but the agency's lead.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from reports.pack.periods import Period, quarter_of
from reports.quarters import day_at

#: Situations are kept a year after their last use; further back the count would only tell what was destroyed.
QUARTERS_BACK = 4


#: What is counted, in the order of the page: the presented, what the table decided, what was concluded.
KINDS = (
    ("brought", _("Presented by us")),
    ("met", pgettext_lazy("of ours", "Threshold met")),
    ("rejected", pgettext_lazy("of ours", "Rejected")),
    ("ended", pgettext_lazy("of ours", "Concluded")),
    ("led", _("Concluded, led by us")),
    ("assisted", _("Concluded, led by others with our help")),
)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One number."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """An agency at a table, as its lead there."""

    table: Table
    agency: Agency

    @property
    def code(self) -> str:
        """As addresses have it."""
        return f"{self.table.code}-{self.agency.pk}"


def places(by: Member) -> list[Place]:
    """Where a member leads an agency, in good standing."""
    seats = Standing.objects.of(by).in_roles(Role.AGENCY_LEAD).select_related("table", "agency").order_by("table__code")
    return list({(s.table_id, s.agency_id): Place(s.table, s.agency) for s in seats}.values())


def periods(place: Place) -> list[Period]:
    """The quarters that can be asked for, newest first: those that have ended."""
    found = [quarter_of(day_at(place.table)).before]
    while len(found) < QUARTERS_BACK:
        found.append(found[-1].before)
    return found


def own_figures(place: Place, period: Period, *, by: Member) -> list[OwnFigure]:
    """The totals of a quarter. Denied (hidden) for who does not lead that agency there, and of one that goes on."""
    if place not in places(by) or period not in periods(place):
        raise Denied(hide())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figure, many FROM reports_own_figures(%s, %s, %s, %s)",
            [place.table.pk, place.agency.pk, period.first_day, period.last_day],
        )
        counted: dict[str, int] = dict(cursor.fetchall())
    return [OwnFigure(code, str(label), counted[code]) for code, label in KINDS]
