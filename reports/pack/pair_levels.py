"""Which levels are told of pairs in a table's year? Decided with the page, from its told counts (docs/adr/0055).

The records are counted once more for it, by what they have together. Where they no longer are those that the page was
counted from, because something was corrected since, nothing is told of what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

from django.db import connection

from privacy.context import in_role
from reports.pack.counting import MET, TOTALS, Cell, Counted, by_quarter, group_in_memory
from reports.pack.pages import Page
from reports.pack.pairs import KINDS, PairKind, Stored
from reports.pack.periods import Period
from reports.pack.tables import OUTCOME
from reports.suppression.levels import Pattern, Together, choose

_STATEMENT = (Path(__file__).parent / "pairs.sql").read_text(encoding="utf-8")
#: By table and figure of pairs.
Patterns = dict[tuple[int, str], list[Pattern]]
_RISKS, _SECTORS = (kind.key for kind in KINDS)


def patterns(tables: Iterable[int], year: Period) -> Patterns:
    """What discussions had together, of some tables in a year. Read as the statistics role, in one pass."""
    wanted = list(tables)
    asked: dict[str, Any] = {"tables": wanted, "first": year.first_day, "last": year.last_day}
    with in_role("st_statistics"), connection.cursor() as cursor:
        group_in_memory(cursor)
        cursor.execute(by_quarter(_STATEMENT, year.quarters), asked)
        rows = cursor.fetchall()
    number = {quarter.first_day: n for n, quarter in enumerate(year.quarters)}
    made: Patterns = {(table, kind.key): [] for table in wanted for kind in KINDS}
    for table, quarter, lowered, risks, lead, assisting, many, of_sectors in rows:
        if of_sectors:
            has = {_item("lead", lead), *(_item("assisting", sector) for sector in assisting or ())}
            made[table, _SECTORS].append(Pattern((number[quarter], False), frozenset(has), many))
        else:
            has = {_item("risk-category", factor.split("/", 1)[0]) for factor in risks or ()}
            made[table, _RISKS].append(Pattern((number[quarter], lowered), frozenset(has), many))
    return made


def levels(
    page: Page, told: Mapping[Cell, int], counted: Mapping[tuple[int, Period], Counted], found: Patterns
) -> Stored:
    """What a table's year tells of pairs."""
    table = page.scope.tables[0].pk
    quarters = [counted[table, quarter] for quarter in page.period.quarters]
    return {kind.key: _of(kind, page, told, quarters, found[table, kind.key]) for kind in KINDS}


def _of(
    kind: PairKind, page: Page, told: Mapping[Cell, int], quarters: list[Counted], found: list[Pattern]
) -> list[tuple[str, str, int | None]]:
    figures = dict.fromkeys((kind.first, kind.second))
    cells = {figure: [cell for cell in told if cell[0] == figure and cell[1]] for figure in figures}
    either = combinations(cells[kind.first], 2) if kind.either else product(cells[kind.first], cells[kind.second])
    wanted = list(either)
    stands = _stands(quarters, found)
    told_of = {cell for of in cells.values() for cell in of if stands and _same(cell, quarters, found)}
    asked = [(one, other) for one, other in wanted if one in told_of and other in told_of]
    bands = choose(
        Together(
            found, [(_item(*one), _item(*other)) for one, other in asked],
            {_item(*cell): told[cell] for cell in told_of}, told.get((TOTALS, MET), 0), page.audience.value,
            {_item(*cell) for cell in told_of if cell[0] != "lead"},
            {_item(*cell) for cell in told_of if kind.either and (OUTCOME, f"{cell[1]}/lowered") not in told},
        )
    )  # fmt: skip
    level = {pair: band.level for pair, band in bands.items()}
    return [(one[1], other[1], level.get((_item(*one), _item(*other)))) for one, other in wanted]


def _stands(quarters: list[Counted], found: list[Pattern]) -> bool:
    """Whether as many discussions are accepted in each quarter as when the page was counted."""
    return all(
        sum(p.many for p in found if p.stratum[0] == n) == quarter.counts[TOTALS, MET]
        for n, quarter in enumerate(quarters)
    )


def _same(cell: Cell, quarters: list[Counted], found: list[Pattern]) -> bool:
    """Whether a thing, and what became of who had it, is counted as it was then."""
    figure, code = cell
    for n, quarter in enumerate(quarters):
        have = [p for p in found if p.stratum[0] == n and _item(*cell) in p.has]
        if sum(p.many for p in have) != quarter.counts[cell]:
            return False
        lowered = sum(p.many for p in have if p.stratum[1])
        if figure == "risk-category" and lowered != quarter.counts[OUTCOME, f"{code}/lowered"]:
            return False
    return True


def _item(figure: str, code: str) -> str:
    return f"{figure}/{code}"
