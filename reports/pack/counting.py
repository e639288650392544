"""How many? Every count of some tables in each quarter, from their coded records, and nothing decided about telling it.

A discussion enters the figures of what was presented when it was opened; of what was accepted when the threshold was
met; of what was concluded when it was concluded. Each event has one day, so quarters add up to years and tables to
regions. Rejected discussions hold N/A and enter no factor, person, assisting or service count (reports.md, R12).
One statement counts all of it, a quarter at a time: everything longer or wider is a sum of its answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from django.db import connection
from django.db.backends.utils import CursorWrapper

from privacy.context import in_role
from reports.pack.periods import Period

#: figure, category
Cell: TypeAlias = tuple[str, str]
TOTALS = "totals"
#: The totals a table's own steering committee knows from its seats (reports.md, "Exempt").
OPENED, CARRIED, MET, REJECTED, STOPPED, DEFERRED = "opened", "carried-over", "met", "rejected", "stopped", "deferred"
WITHDRAWN, TRANSFERRED, CONCLUDED, STILL_OPEN = "withdrawn", "transferred", "concluded", "still-open"
LOWERED, NOT_LOWERED = "risk-lowered", "risk-not-lowered"
RISK_FACTOR, RISK_MENTION = "risk-factor", "risk-mention"
PROTECTIVE_FACTOR, PROTECTIVE_MENTION = "protective-factor", "protective-mention"
#: Accepted discussions that an agency led or in which somebody was met or tried, counted when the threshold was met.
INTERVENED = "intervened"
_DAYS, _BEGAN, _ENDED, _HOURS = "days-open", "began", "ended", "contact-hours"
#: Single factors, with the figure of how often those of a category were named.
MENTIONS = {RISK_FACTOR: RISK_MENTION, PROTECTIVE_FACTOR: PROTECTIVE_MENTION}
#: Figures of which the statement counts the parts only, by what is before the stroke in their codes.
_SUMS = {**MENTIONS, "risk-outcome": "risk-category"}
#: Whether somebody was met in time: within so many hours of the confirmation of the lead (domain.md).
_IN_TIME = 48
#: How a file says which quarter a day is of; and up to how many are found by comparing.
_QUARTER = re.compile(r"date_trunc\('quarter', (\w+)::timestamp\)::date")
_FEW = 12
_ROLL_UP = (Path(__file__).parent / "roll_up.sql").read_text(encoding="utf-8")


@dataclass
class Counted:
    """Counts by figure and category; how many discussions were open for how many days, and how many had their first
    contact after how many hours.
    """

    counts: Counter[Cell] = field(default_factory=Counter)
    days_open: Counter[int] = field(default_factory=Counter)
    contact_hours: Counter[int] = field(default_factory=Counter)

    def plus(self, other: Counted) -> Counted:
        """Both together: another table in the same days."""
        return Counted(
            self.counts + other.counts, self.days_open + other.days_open, self.contact_hours + other.contact_hours
        )

    def then(self, later: Counted) -> Counted:
        """Both together, one after the other: what was open before and after is no sum."""
        both = self.plus(later)
        for cell, of in (((TOTALS, CARRIED), self), ((TOTALS, STILL_OPEN), later)):
            both.counts[cell] = of.counts[cell]
        return both


def roll_up(tables: Sequence[int], quarters: Iterable[Period]) -> dict[tuple[int, Period], Counted]:
    """The counts of each table in each of some quarters. Read as the statistics role, in one pass."""
    wanted = {quarter.first_day: quarter for quarter in quarters}
    made = {(table, quarter): Counted() for table in tables for quarter in wanted.values()}
    if not made:
        return made
    last = max(quarter.last_day for quarter in wanted.values())
    with in_role("st_statistics"), connection.cursor() as cursor:
        group_in_memory(cursor)
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off")
        statement = by_quarter(_ROLL_UP, wanted.values())
        cursor.execute(statement, {"tables": list(tables), "first": min(wanted), "last": last})
        rows = cursor.fetchall()
    begun: Counter[tuple[int, date]] = Counter()  # opened less ended, by the quarter it happened in
    for table, began, figure, code, many in rows:
        if figure in (_BEGAN, _ENDED):
            begun[table, began] += many if figure == _BEGAN else -many
        elif began in wanted:
            of = made[table, wanted[began]]
            if figure == _DAYS:
                of.days_open[int(code)] += many
            elif figure == _HOURS:
                of.contact_hours[int(code)] += many
                of.counts["first-contact", "in-48-hours" if int(code) <= _IN_TIME else "later"] += many
            else:
                of.counts[figure, code] += many
            if figure in _SUMS:
                of.counts[_SUMS[figure], code.split("/", 1)[0]] += many
    for (table, quarter), counted in made.items():
        counted.counts[TOTALS, INTERVENED] += 0  # there, if none: a quarter kept without it was counted before it was
        before = sum(n for (t, began), n in begun.items() if t == table and began < quarter.first_day)
        counted.counts[TOTALS, CARRIED] = before
        counted.counts[TOTALS, STILL_OPEN] = before + begun[table, quarter.first_day]
    return made


def group_in_memory(cursor: CursorWrapper) -> None:
    """Until the transaction ends, group as the rows are read, each of PostgreSQL's workers for itself.

    Few groups come of it, but it expects many: it would sort rows on disk, and think it too dear to have handed on what
    its workers counted.
    """
    cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0")


def by_quarter(statement: str, quarters: Iterable[Period]) -> str:
    """A statement in which a day's quarter is found by comparing it with the few that are asked for, which costs less
    than the `date_trunc` in the file. A day before the first is of the day before it. Quarters with a gap between them,
    or many, are left to the file.
    """
    found = sorted(quarters, key=lambda quarter: quarter.first_day)
    follow = all(later.first_day - one.last_day == timedelta(days=1) for one, later in pairwise(found))
    if not follow or len(found) > _FEW:
        return statement

    def compared(day: re.Match[str]) -> str:
        first = [quarter.first_day for quarter in found]
        cases = " ".join(f"WHEN {day[1]} >= DATE '{begins}' THEN DATE '{begins}'" for begins in reversed(first))
        return f"CASE {cases} ELSE DATE '{first[0] - timedelta(days=1)}' END"

    return _QUARTER.sub(compared, statement)


def together(made: Mapping[tuple[int, Period], Counted], tables: Iterable[int], quarters: Sequence[Period]) -> Counted:
    """The counts of some tables over consecutive quarters."""
    whole = Counted()
    for table in tables:
        one = made[table, quarters[0]]
        for quarter in quarters[1:]:
            one = one.then(made[table, quarter])
        whole = whole.plus(one)
    return whole
