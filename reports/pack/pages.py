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
    TOTALS,
    Cell,
    Counted,
)
from reports.pack.periods import Period
from reports.pack.scopes import Scope
from reports.pack.tables import DETAILS, FIGURE_KINDS, TOTAL_KINDS, UNKNOWN, FigureKind, TotalKind, codes_of, listed
from reports.suppression.audit import LEAST_POSSIBLE
from reports.suppression.counts import Chance, Count, Key, Relation
from reports.vocabulary import RISK_LOWERED

_LOWERED = ("conclusion", RISK_LOWERED)
#: Figures of accepted discussions of which each that says something was an intervention; under another name than any
#: figure's stand the interventions of which they say nothing.
_INTERVENTIONS, _BESIDE = ("lead", "first-contact"), "intervened-beside"
#: None of these where no discussion was accepted, and everybody who knows that knows it.
_OF_NOBODY = ((TOTALS, "persons"), (TOTALS, "services"))
_EVERY = (*FIGURE_KINDS, *(detail for both in DETAILS.values() for detail in both))
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
        self.codes = {figure.key: codes_of(figure) for figure in _EVERY}
        self._known = {key: frozenset(codes) for key, codes in self.codes.items()}
        self.cells = cache(self._cells)

    def _cells(self, kind: tuple[bool, Audience]) -> tuple[Cell, ...]:
        """Every count of a kind of page."""
        year, audience = kind
        totals = [(TOTALS, one.key) for one in totals_of(audience)]
        return (*totals, *((f.key, code) for f in figures_of(year=year) for code in self.codes[f.key]))

    def settle(self, made: Counted) -> Counted:
        """Count codes that no list ever had as not recorded where there is such a row, and let no row come of them."""
        for figure in _EVERY:
            known = self._known[figure.key]
            for cell in [c for c in made.counts if c[0] == figure.key and c[1] not in known]:
                stray = made.counts.pop(cell)
                code = listed(cell[1], known)
                if code in known:
                    made.counts[figure.key, code] += stray
        return made

    def relations(self, page: Page) -> Iterator[Relation]:
        """What adds up on a page: categories to their base, reasons to their group."""

        def relation(total: Cell, parts: Iterable[Cell]) -> Relation:
            return Relation(page.key(total), tuple(page.key(part) for part in parts))

        for figure in figures_of(year=page.kind[0]):
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

    def crowding(self, page: Page, counted: Counted, k: int, chance: Chance) -> set[Key]:
        """How many had an intervention, where that would confine a small count of those without a lead or a contact to
        two values. Given up by rank instead, every other count of the page would go before it. By chance as well: else
        that it is withheld would say that those without are three or four (docs/adr/0060).
        """
        key = page.key((TOTALS, INTERVENED))
        without = counted.counts[TOTALS, MET] - counted.counts[TOTALS, INTERVENED]
        small = any(counted.counts[of, UNKNOWN] < k for of in _INTERVENTIONS)
        return {key} if (small and k - without < LEAST_POSSIBLE) or chance(key) else set()

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
            made.append(Count(page.key(cell), counted.counts[cell], exempt, within, -rank, cell[0]))
        return made


def figures_of(*, year: bool) -> Iterator[FigureKind]:
    """The figures a pack holds: the finest of years only."""
    return (figure for figure in FIGURE_KINDS if year or not figure.refines)


def totals_of(audience: Audience) -> Iterator[TotalKind]:
    """The totals an audience may be told at all."""
    return (kind for kind in TOTAL_KINDS if audience is Audience.COMMITTEE or not kind.seats_only)


def known_from_seats(cell: Cell) -> bool:
    """Whether a table's own steering committee knows a count anyway."""
    return cell == _LOWERED or (cell[0] == TOTALS and any(k.exempt for k in TOTAL_KINDS if k.key == cell[1]))


@cache
def base_of(cell: Cell) -> Cell | None:
    """What a count cannot exceed."""
    if cell[0] == TOTALS:
        kind = next(kind for kind in TOTAL_KINDS if kind.key == cell[1])
        return (TOTALS, kind.base) if kind.base not in ("", "decided") else None
    if cell[0] == "conclusion":
        return (TOTALS, LOWERED if cell == _LOWERED else NOT_LOWERED)
    figure = next(figure for figure in FIGURE_KINDS if figure.key == cell[0])
    return (figure.refines, cell[1].split("/", 1)[0]) if figure.refines else (TOTALS, figure.base)
