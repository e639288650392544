"""What did my own agency bring, lead and help with? Totals for the people who sit for it at a table, no breakdown.

An agency knows what it brought, and its people what they lead: these totals tell it nothing about anybody else's. What
came of it is told only where at least K are counted among: one conclusion is one person's. The rule is the committee's
(reports.md, "Not revealing people"); the database counts (migration 0010) and answers nobody but the agency's people.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES
from privacy.decision import Denied, hide
from reports.pack.audience import Audience
from reports.pack.periods import Period, quarter_of
from reports.quarters import day_at

K = Audience.COMMITTEE.value
#: Situations are kept a year after their last use; further back the count would only tell what was destroyed.
QUARTERS_BACK = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure, and what it is counted among ('' where the agency knows it by itself)."""

    code: str
    label: Promise
    base: str
    base_words: Promise | str


KINDS = (
    Kind("brought", _("Presented by us"), "", ""),
    Kind("met", pgettext_lazy("of ours", "Threshold met"), "", ""),
    Kind("rejected", pgettext_lazy("of ours", "Rejected"), "", ""),
    Kind("ended", pgettext_lazy("of ours", "Concluded"), "", ""),
    Kind("ended-lowered", _("Overall risk lowered, of what we brought"), "ended", _("concluded, brought by us")),
    Kind("led", _("Led by us"), "", ""),
    Kind("assisted", _("Helped by us, led by others"), "", ""),
    Kind(
        "in-48-hours", _("First contact within 48 hours, led by us"), "contacted", _("led by us, with a first contact")
    ),
    Kind("concluded", _("Concluded, led by us"), "", ""),
    Kind("lowered", _("Overall risk lowered, led by us"), "concluded", _("concluded, led by us")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One number; None where it is withheld, and then no base is told either."""

    code: str
    label: str
    count: int | None
    base: int | None
    base_words: str


@dataclass(frozen=True, slots=True)
class Place:
    """An agency at a table, as one of its people there."""

    table: Table
    agency: Agency

    @property
    def code(self) -> str:
        """As addresses have it."""
        return f"{self.table.code}-{self.agency.pk}"


def places(by: Member) -> list[Place]:
    """Where a member sits for an agency, in good standing."""
    seats = Standing.objects.of(by).in_roles(*AGENCY_ROLES).select_related("table", "agency").order_by("table__code")
    return list({(s.table_id, s.agency_id): Place(s.table, s.agency) for s in seats}.values())


def periods(place: Place) -> list[Period]:
    """The quarters that can be asked for, newest first: the present one and those before it."""
    found = [quarter_of(day_at(place.table))]
    while len(found) <= QUARTERS_BACK:
        found.append(found[-1].before)
    return found


def own_figures(place: Place, period: Period, *, by: Member) -> list[OwnFigure]:
    """The totals of a quarter. Denied (hidden) for who does not sit for that agency there."""
    if place not in places(by):
        raise Denied(hide())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figure, many FROM reports_own_figures(%s, %s, %s, %s)",
            [place.table.pk, place.agency.pk, period.first_day, period.last_day],
        )
        counted: dict[str, int] = dict(cursor.fetchall())
    return [_told(kind, counted) for kind in KINDS]


def _told(kind: Kind, counted: dict[str, int]) -> OwnFigure:
    base = counted[kind.base] if kind.base else None
    hidden = base is not None and base < K
    return OwnFigure(
        kind.code, str(kind.label), None if hidden else counted[kind.code], None if hidden else base,
        str(kind.base_words),
    )  # fmt: skip
