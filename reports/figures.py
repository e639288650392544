"""How many, in a quarter, at one table, as its records stand? Its totals, each with the base it is counted among.

These are the pack's own totals, counted by the pack's own statement (`pack/counting.py`), with its names and bases:
what this page says of a quarter is what a release of it says, until something is corrected. They are exempt from
withholding for a table's own steering committee, which knows them from its seats (reports.md, "Not revealing people").

No breakdown of any kind: a count by age, sex or factor as records stand today, beside the same a week ago, would tell
of whoever was recorded between. Breakdowns are told by releases, protected, once (`pack/release.py`, docs/adr/0040).

Met and rejected are counted among the decisions of the quarter, carried over or not. reports.md says "all presented";
a table decides in a quarter on what came before it too, so that a share of what was opened can exceed a hundred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q
from django.utils.translation import gettext

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.context import in_role
from privacy.decision import Denied, hide
from reports.models import CodedRecord
from reports.pack.counting import MET, REJECTED, TOTALS, roll_up
from reports.pack.document import code_lists_on
from reports.pack.periods import parse
from reports.pack.tables import TOTAL_KINDS, TotalKind
from reports.quarters import Quarter, day_at

#: Seats whose holders read a table's totals: the steering committee, and who runs and records the meeting.
READERS = (Role.MANAGER, Role.FACILITATOR, Role.RECORDER)


#: What the committee knows from its seats, in the pack's order.
KINDS = tuple(kind for kind in TOTAL_KINDS if kind.exempt)
#: Met and rejected together: a base that is no total itself.
DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Figure:
    """One count with its base. `base` is None for a figure that is a base itself."""

    kind: TotalKind
    count: int
    base: int | None

    @property
    def code(self) -> str:
        """Stable, for programs."""
        return self.kind.key

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return str(self.kind.title)

    @property
    def base_code(self) -> str:
        """What it is counted among, for programs."""
        return self.kind.base

    @property
    def base_words(self) -> str:
        """What it is counted among, in words and with its number; nothing for a base."""
        if not self.kind.base:
            return ""
        return gettext("Of %(base)s: %(count)s") % {"base": self.kind.base_words, "count": self.base}

    @property
    def percent(self) -> int | None:
        """Share of the base in whole per cent, half rounded up; None without a base or with an empty one."""
        if not self.base:
            return None
        return (200 * self.count + self.base) // (2 * self.base)


@dataclass(frozen=True, slots=True)
class QuarterTotals:
    """The totals of one table in one quarter. The page, the file and the API are made from this alone."""

    table: Table
    quarter: Quarter
    in_progress: bool
    #: The version of the code lists in force, who asked and on which day.
    code_lists_of: date | None
    made_by: str
    made_on: date
    figures: tuple[Figure, ...]

    def figure(self, code: str) -> Figure:
        """One figure by its code. KeyError for another one."""
        return {figure.code: figure for figure in self.figures}[code]


def readable_tables(by: Member) -> list[Table]:
    """The tables whose totals a member may read, by seats in good standing today."""
    seats = Standing.objects.of(by).in_roles(*READERS)
    return list(Table.objects.filter(pk__in=seats.values("table_id")))


def totals(table: Table, quarter: Quarter, *, by: Member) -> QuarterTotals:
    """The totals of a table in a quarter. Denied (hidden) without a seat that reads them there; ValueError for a
    quarter that has not begun.
    """
    if not Standing.objects.of(by).at(table.pk).in_roles(*READERS).exists():
        raise Denied(hide())
    today = day_at(table)
    if quarter.first_day > today:
        raise ValueError("the quarter has not begun")
    asked = parse(quarter.code)
    counts = roll_up([table.pk], [asked])[table.pk, asked].counts
    found = {kind.key: counts[TOTALS, kind.key] for kind in KINDS}
    found[DECIDED] = found[MET] + found[REJECTED]
    figures = tuple(Figure(kind, found[kind.key], found[kind.base] if kind.base else None) for kind in KINDS)
    listed = code_lists_on(min(today, quarter.last_day))
    return QuarterTotals(table, quarter, today <= quarter.last_day, listed, by.name, today, figures)


def quarters(tables: list[Table]) -> list[Quarter]:
    """The quarters that can be asked for at some tables of a reader's: the first with a record to this one, newest
    first.
    """
    newest = max(Quarter.of(day_at(table)) for table in tables)
    with in_role("st_statistics"):
        first = CodedRecord.objects.filter(table__in=tables).aggregate(day=Min("opened_on"))["day"]
    found = [newest]
    while first is not None and found[-1].first_day > first:
        found.append(found[-1].previous)
    return found


def latest_complete(table: Table) -> Quarter:
    """The last complete quarter in which anything was presented, decided or ended; the present one when none was."""
    now = Quarter.of(day_at(table))
    until = now.previous.last_day
    with in_role("st_statistics"):
        found = CodedRecord.objects.at(table.pk).aggregate(
            **{
                field: Max(field, filter=Q(**{f"{field}__lte": until}))
                for field in ("opened_on", "decided_on", "closed_on")
            }
        )
    days = [day for day in found.values() if day is not None]
    return Quarter.of(max(days)) if days else now
