"""Which counts of a pack may be told to an audience, when everything it may ask for is taken together?

The threshold k and the exempt totals are those of reports.md. A pack is one page of a calendar of releases that always
has the same order: of a year, every quarter and the year of each table for its own committee, then what partners are
told (each table's year, then a region's, then all tables'), then the public in the same order. What was released stands
as it was told; what was not is decided as if it had been, up to the page asked for, each held against all of that
(`world.py`). So packs asked for one after the other, in whatever order, cannot give each other's withheld counts away.

Several years, a year reckoned otherwise than the installation's own, and tables that somebody chose, are sums of pages
already told, nothing more.
Of a period that has not ended the committee reads its totals alone: a pack asked for day by day would tell each day's
difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.pack import details, meetings, pair_levels, scopes
from reports.pack.audience import Audience, NotOfferedError, reckoned, require_offered
from reports.pack.chance import chance_of
from reports.pack.counting import (
    INTERVENED,
    MENTIONS,
    TOTALS,
    Cell,
    Counted,
    roll_up,
    together,
)
from reports.pack.pages import Lists, Page
from reports.pack.pairs import Stored, held
from reports.pack.periods import Period, quarter_of, year_of
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS, TOTAL_KINDS
from reports.pack.world import Kept, World

#: Figures and totals that were not counted from the first release on.
_NEW_FIGURES = frozenset({*MENTIONS, *MENTIONS.values(), "originating-rejected",
                          *(figure.key for figure in FIGURE_KINDS if figure.base == INTERVENED)})  # fmt: skip
_NEW_TOTAL = (TOTALS, INTERVENED)
_UNDECIDED = _("It could not be shown that this release tells no withheld count, so nothing of it is told.")


@dataclass
class Told:
    """What a pack tells, the days its concluded discussions were open, and the hours until a first contact."""

    told: dict[Cell, int]
    days_open: Counter[int] = field(default_factory=Counter)
    contact_hours: Counter[int] = field(default_factory=Counter)
    together: Stored | None = None
    meetings: meetings.Stored | None = None


@dataclass
class Store:
    """What was decided before: pages released or planned, and the counts they were made of."""

    pages: Sequence[Kept] = ()
    counts: dict[tuple[int, Period], Counted] = field(default_factory=dict)


#: Reads what was decided before of some tables between two days. Given by whoever keeps releases.
Reads: TypeAlias = Callable[[Sequence[int], date, date], Store]


def nothing_kept(_tables: Sequence[int], _first: date, _last: date) -> Store:
    """Where no release is kept."""
    return Store()


@dataclass
class Decided:
    """A page with all that had to be decided before it."""

    kept: Kept
    #: Decided on the way and not kept yet, in order, itself included.
    new: list[Kept]
    #: The counts that those were made of, by table and quarter.
    counts: dict[tuple[int, Period], Counted]
    counted: Callable[[Page], Counted]
    world: World


def tell(scope: Scope, period: Period, audience: Audience, *, today: date, reads: Reads = nothing_kept) -> Told:
    """What a pack tells. NotOfferedError where it is not made at all."""
    require_offered(scope, period, audience, today)
    if period.last_day >= today:
        return in_progress(scope, period)
    if not is_page(scope, period):
        parts = parts_of(scope, period)
        return summed([tell(one, part, audience, today=today, reads=reads) for one, part in parts])
    year, page = year_around(period), Page(scope, plain_quarter(period), audience)
    decided = decide(page, reads([table.pk for table in scope.tables], year.first_day, year.last_day))
    made = decided.counted(page)
    kept = decided.kept
    return Told(dict(kept.told), made.days_open, made.contact_hours, kept.together, kept.meetings)


def is_page(scope: Scope, period: Period) -> bool:
    """Whether a period is decided by itself: a quarter, or a year as this installation reckons, of no chosen tables."""
    return not scope.chosen and _is_decided(period)


def parts_of(scope: Scope, period: Period) -> list[tuple[Scope, Period]]:
    """The pages whose sum it is, itself if it is one."""
    alone = scope.each if scope.chosen else (scope,)
    periods = (period,) if _is_decided(period) else period.years if reckoned(period) else period.quarters
    return [(one, part) for one in alone for part in periods]


def _is_decided(period: Period) -> bool:
    return len(period.quarters) == 1 or (len(period.years) == 1 and reckoned(period))


def year_around(period: Period) -> Period:
    """The year within which a page is decided."""
    return year_of(period.first_day, fiscal=settings.REPORT_YEARS_ARE_FISCAL)


def in_progress(scope: Scope, period: Period) -> Told:
    """The totals that a committee knows from its seats, as they stand today."""
    tables = [table.pk for table in scope.tables]
    counted = together(roll_up(tables, period.quarters), tables, period.quarters)
    return Told({(TOTALS, kind.key): counted.counts[TOTALS, kind.key] for kind in TOTAL_KINDS if kind.exempt})


def decide(page: Page, store: Store) -> Decided:
    """What a page tells: as it was decided before, or after everything that comes before it in the calendar.

    NotOfferedError where the audit comes to no answer.
    """
    year, lists = year_around(page.period), Lists()
    tables = {table.pk: table for kept in [page, *(k.page for k in store.pages)] for table in kept.scope.tables}
    counts = _counts(list(tables), year, store, lists)

    def counted(of: Page) -> Counted:
        return together(counts, [table.pk for table in of.scope.tables], of.period.quarters)

    world = World(lists, counted, year)
    before = {kept.page: kept for kept in store.pages}
    for kept in store.pages:
        world.add(kept)
    new: list[Kept] = []
    found: pair_levels.Patterns = {}
    for one in () if page in before else calendar(page, year):
        if one not in before:
            try:
                answer = world.release(one)
            except ArithmeticError:  # the audit could not follow its own numbers: closed, not open
                told_already = one.scope.single and one.audience is not Audience.COMMITTEE
                raise NotOfferedError(_UNDECIDED, [(one.period, Audience.COMMITTEE)] if told_already else []) from None
            cells = {one.key(cell): cell for cell in lists.cells(one.kind)}
            told = {cells[key]: value for key, value in answer.told.items()}
            withheld = {cells[key]: reason for key, reason in answer.withheld.items()}
            more, why = details.decide(one, told, counted(one), chance_of(one), lists.codes)
            told, withheld = told | more, withheld | why
            together_ = None
            if held(one.scope, one.period, one.audience):
                found = found or pair_levels.patterns(tables, year)
                together_ = pair_levels.levels(one, told, counts, found)
            tells_meetings = meetings.held(one.scope, one.period, one.audience)
            met = meetings.decide(one.scope.tables[0].pk, one.period) if tells_meetings else None
            new.append(Kept(one, told, withheld, together_, met))
    used = {(table.pk, quarter) for kept in new for table in kept.page.scope.tables
            for quarter in kept.page.period.quarters}  # fmt: skip
    kept = before[page] if page in before else new[-1]
    return Decided(kept, new, {key: counts[key] for key in used}, counted, world)


def calendar(page: Page, year: Period) -> list[Page]:
    """Every page up to one, in order. It keeps its place: asked for alone or after another, it is told the same."""
    alone = page.scope.each
    if page.audience is Audience.COMMITTEE:
        units = [quarter for quarter in year.quarters if quarter.last_day <= page.period.last_day]
        days = (page.period.first_day, page.period.last_day)
        if days == (year.first_day, year.last_day):
            units.append(year)
        return [Page(page.scope, unit, page.audience) for unit in units]
    pages = [Page(one, unit, Audience.COMMITTEE) for one in alone for unit in (*year.quarters, year)]
    for audience in (Audience.PARTNER, Audience.PUBLIC):
        pages += [Page(one, year, audience) for one in (*alone, *_regions(page.scope))]
        if not page.scope.single and page.scope.code == scopes.PROVINCE:
            pages.append(Page(page.scope, year, audience))
        if audience is page.audience:
            break
    return pages if page.scope.code == scopes.PROVINCE or not page.scope.single else _until(pages, page)


def _until(pages: list[Page], page: Page) -> list[Page]:
    return pages[: pages.index(page) + 1]


def _regions(scope: Scope) -> list[Scope]:
    """The regions within a scope of several tables."""
    if scope.single:
        return []
    names = dict.fromkeys(table.region_en for table in scope.tables)
    return [scopes.of_region(name) for name in names] if scope.code == scopes.PROVINCE else [scope]


def _counts(tables: list[int], year: Period, store: Store, lists: Lists) -> dict[tuple[int, Period], Counted]:
    """The counts of a year's quarters: as they were when a page was made of them, else as they stand."""
    made = {key: lists.settle(counted) for key, counted in roll_up(tables, year.quarters).items()}
    kept = {key: _completed(counted, made[key]) for key, counted in store.counts.items() if key in made}
    return made | kept


def _completed(kept: Counted, now: Counted) -> Counted:
    """A quarter kept before some figures were counted, with these as they stand now. Where records were corrected
    since, the two may not add up; then the audit refuses the year.
    """
    if _NEW_TOTAL in kept.counts:
        return kept
    missing = {
        cell: many for cell, many in now.counts.items()
        if cell not in kept.counts and (cell[0] in _NEW_FIGURES or cell == _NEW_TOTAL)
    }  # fmt: skip
    return Counted(kept.counts + Counter(missing), kept.days_open, now.contact_hours)


def summed(parts: Sequence[Told]) -> Told:
    """Sums of pages already told; a count that any of them withholds is withheld."""
    cells = set.intersection(*(set(part.told) for part in parts))
    no_sum = {(TOTALS, total.key) for total in TOTAL_KINDS if not total.adds_up}
    return Told({cell: sum(part.told[cell] for part in parts) for cell in cells - no_sum})


def plain_quarter(period: Period) -> Period:
    """A quarter under its calendar name."""
    return quarter_of(period.first_day) if len(period.quarters) == 1 else period
