"""What is on one page of the calendar of releases, and how does it add up with the others?

A page is a table or several, a quarter or a year, and an audience. Its counts are named by whom they count and when,
never by audience: what one audience was told and another was refused is the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reports.pack.audience import Audience
from reports.pack.counting import (
    CONCLUDED,
    INTERVENED,
    LOWERED,
    MET,
    NOT_LOWERED,
    PROTECTIVE_NAMED,
    RISKS_NAMED,
    TOTALS,
    Cell,
    Counted,
)
from reports.pack.periods import Period
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS, TOTAL_KINDS, UNKNOWN, FigureKind, TotalKind, codes_of, listed
from reports.suppression.audit import LEAST_POSSIBLE
from reports.suppression.counts import Count, Key, Pair, Relation
from reports.vocabulary import RISK_LOWERED

_LOWERED = ("conclusion", RISK_LOWERED)
#: Figures of accepted discussions of which each that says something was an intervention; under another name than any
#: figure's stand the interventions of which they say nothing.
_INTERVENTIONS, _BESIDE = ("lead", "first-contact"), "intervened-beside"
#: None of these where no discussion was accepted, and everybody who knows that knows it.
_OF_NOBODY = tuple((TOTALS, total) for total in ("persons", "services", RISKS_NAMED, PROTECTIVE_NAMED))
_DETAILS = frozenset(kind.key for kind in FIGURE_KINDS if kind.seats_only)
_OF_YEARS = frozenset((TOTALS, kind.key) for kind in TOTAL_KINDS if kind.of_years)
#: Figures of which a discussion may have several categories: they add up to nothing on their page.
OVERLAPPING = frozenset(kind.key for kind in FIGURE_KINDS if not kind.one_way and not kind.refines)


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    scope: Scope
    period: Period
    audience: Audience

    def key(self, cell: Cell) -> Key:
        """What a count is called."""
        return name(self.scope.code, self.period, cell)

    @property
    def kind(self) -> tuple[bool, Audience]:
        """What decides which counts it holds."""
        return len(self.period.quarters) > 1, self.audience


def name(scope: str, period: Period, cell: Cell) -> Key:
    """What a count of one table or several is called: a fiscal quarter and the calendar quarter of its days are one."""
    return (scope, period.first_day, period.last_day, *cell)


class Lists:
    """The rows of every figure, read once: every code its list ever had, whatever was counted."""

    def __init__(self) -> None:
        self.codes = {figure.key: codes_of(figure) for figure in FIGURE_KINDS}
        self._known = {key: frozenset(codes) for key, codes in self.codes.items()}
        self.cells = cache(self._cells)

    def _cells(self, kind: tuple[bool, Audience]) -> tuple[Cell, ...]:
        """Every count of a kind of page."""
        year, audience = kind
        totals = [(TOTALS, one.key) for one in totals_of(audience, year=year)]
        return (*totals, *((f.key, code) for f in figures_of(audience, year=year) for code in self.codes[f.key]))

    def settle(self, made: Counted) -> Counted:
        """Count codes that no list ever had as not recorded, so that no row comes of them."""
        for figure in FIGURE_KINDS:
            known = self._known[figure.key]
            for cell in [c for c in made.counts if c[0] == figure.key and c[1] not in known]:
                stray = made.counts.pop(cell)
                if figure.has_unknown:
                    made.counts[figure.key, listed(figure, cell[1], known)] += stray
        return made

    def relations(self, page: Page) -> Iterator[Relation]:
        """What adds up on a page: categories to their base, reasons to their group."""

        def relation(total: Cell, parts: Iterable[Cell]) -> Relation:
            return Relation(page.key(total), tuple(page.key(part) for part in parts))

        for figure in figures_of(page.audience, year=page.kind[0]):
            codes = self.codes[figure.key]
            if figure.one_way:
                yield relation((TOTALS, figure.base), [(figure.key, code) for code in codes])
            if figure.refines:
                for whole in {code.split("/", 1)[0]: None for code in codes}:
                    parts = [(figure.key, code) for code in codes if code.split("/", 1)[0] == whole]
                    yield relation((figure.refines, whole), parts)
        others = [("conclusion", code) for code in self.codes["conclusion"] if code != RISK_LOWERED]
        yield relation((TOTALS, LOWERED), [_LOWERED])
        yield relation((TOTALS, NOT_LOWERED), others)
        yield relation((TOTALS, CONCLUDED), [(TOTALS, LOWERED), (TOTALS, NOT_LOWERED)])
        for of in _INTERVENTIONS:
            yield relation((TOTALS, INTERVENED), [*self._said(of), (_BESIDE, of)])

    def unasked(self, page: Page, counted: Counted) -> dict[Key, int]:
        """Counts that stand in no pack and are nobody's secret, with their true value. What adds up with them tells of
        counts that are: who has no lead is at least who had no intervention (docs/adr/0061).
        """
        said = {of: sum(counted.counts[cell] for cell in self._said(of)) for of in _INTERVENTIONS}
        whole = counted.counts[TOTALS, INTERVENED]
        return {page.key((_BESIDE, of)): whole - many for of, many in said.items()}

    def _said(self, figure: str) -> list[Cell]:
        return [(figure, code) for code in self.codes[figure] if code != UNKNOWN]

    def crowding(self, page: Page, counted: Counted, k: int) -> set[Key]:
        """How many had an intervention, where that would confine a small count of those without a lead or a contact to
        two values. Given up by rank instead, every other count of the page would go before it.
        """
        without = counted.counts[TOTALS, MET] - counted.counts[TOTALS, INTERVENED]
        small = any(counted.counts[of, UNKNOWN] < k for of in _INTERVENTIONS)
        return {page.key((TOTALS, INTERVENED))} if small and k - without < LEAST_POSSIBLE else set()

    def at_most(self, page: Page) -> Iterator[Pair]:
        """Which counts of a page cannot exceed which: a category of several a discussion, its mentions."""
        for figure in figures_of(page.audience, year=page.kind[0]):
            if figure.refines and figure.within:
                for whole in self.codes[figure.within]:
                    yield page.key((figure.within, whole)), page.key((figure.refines, whole))

    def sums(self, page: Page, parts: Iterable[tuple[str, Period]]) -> Iterator[Relation]:
        """That each count of a page is the sum of those of its parts: quarters of a year, tables of a region."""
        no_sum = {(TOTALS, kind.key) for kind in TOTAL_KINDS if not kind.adds_up}
        parts = list(parts)
        if not parts:
            return
        of_parts = (page.kind[0] and len(parts[0][1].quarters) > 1, page.audience)
        for cell in self.cells(of_parts):
            if cell not in no_sum:
                yield Relation(page.key(cell), tuple(name(scope, period, cell) for scope, period in parts))

    def counts(self, page: Page, counted: Counted) -> list[Count]:
        """The counts of a page with their bases. Lists begin with what is common: their ends are given up first."""
        seats = page.audience is Audience.COMMITTEE
        made = []
        for rank, cell in enumerate(self.cells(page.kind)):
            nobody = counted.counts[TOTALS, MET] == 0 and cell in _OF_NOBODY
            exempt = seats and (nobody or known_from_seats(cell))
            base = base_of(cell)
            within = page.key(base) if base else None
            given_up = -len(self.cells(page.kind)) if cell in _OF_YEARS else -rank
            made.append(Count(page.key(cell), counted.counts[cell], exempt, within, given_up, released_with(cell)))
        return made


def figures_of(audience: Audience, *, year: bool) -> Iterator[FigureKind]:
    """The figures a pack holds: the finest of years only, and some for a table's own committee alone."""
    found = (figure for figure in FIGURE_KINDS if year or not figure.of_years)
    return (figure for figure in found if audience is Audience.COMMITTEE or not figure.seats_only)


def totals_of(audience: Audience, *, year: bool) -> Iterator[TotalKind]:
    """The totals an audience may be told at all."""
    found = (kind for kind in TOTAL_KINDS if year or not kind.of_years)
    return (kind for kind in found if audience is Audience.COMMITTEE or not kind.seats_only)


def known_from_seats(cell: Cell) -> bool:
    """Whether a table's own steering committee knows a count anyway."""
    return cell == _LOWERED or (cell[0] == TOTALS and any(k.exempt for k in TOTAL_KINDS if k.key == cell[1]))


def is_detail(key: Key) -> bool:
    """Whether a count is of a figure that a table's own committee alone is told."""
    return isinstance(key, tuple) and key[3] in _DETAILS


@cache
def base_of(cell: Cell) -> Cell | None:
    """What a count cannot exceed."""
    if cell[0] == TOTALS:
        kind = next(kind for kind in TOTAL_KINDS if kind.key == cell[1])
        return (TOTALS, kind.base) if kind.base not in ("", "decided") else None
    if cell[0] == "conclusion":
        return (TOTALS, LOWERED if cell == _LOWERED else NOT_LOWERED)
    figure = next(figure for figure in FIGURE_KINDS if figure.key == cell[0])
    whole, _slash, part = cell[1].partition("/")
    if figure.within and part:
        return figure.within, whole
    return (figure.refines, whole) if figure.refines else (TOTALS, figure.base)


@cache
def released_with(cell: Cell) -> str:
    """What is not released as a whole where it cannot be protected count by count: its figure; of single factors, those
    of its category.
    """
    nested = any(figure.within for figure in FIGURE_KINDS if figure.key == cell[0])
    return f"{cell[0]}/{cell[1].split('/', 1)[0]}" if nested else cell[0]
