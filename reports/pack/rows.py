"""How does a told count become a row, with its base, its share of it, and the number of the period before?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.pack.audience import Audience
from reports.pack.counting import MET, REJECTED, TOTALS, Cell
from reports.pack.pages import figures_of
from reports.pack.tables import ADDED_UP, DECIDED, DETAILS, NAMED, ORIGINATING_DECIDED, FigureKind, TotalKind, rows_of


@dataclass(frozen=True, slots=True)
class Row:
    """One number. `count` is None where it is withheld; `percent` wherever it or its base is, or the base is none.
    `before` is the same number of the period before, where both are told; else None.
    """

    code: str
    label: str
    count: int | None
    base: int | None
    percent: float | None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its base in words. `rows` that add up to the base say so."""

    key: str
    title: str
    base: str
    base_count: int | None
    adds_up: bool
    rows: tuple[Row, ...]


def total(kind: TotalKind, told: Mapping[Cell, int], before: Mapping[Cell, int]) -> Row:
    """A total with what it is a share of."""
    cell = (TOTALS, kind.key)
    count = told.get(cell)
    base = _base(kind.base, told)
    return Row(kind.key, str(kind.title), count, base, _percent(count, base), both(count, before.get(cell)))


def _base(name: str, told: Mapping[Cell, int]) -> int | None:
    """The number of a base, where it is told; none of what is a base itself."""
    if name == DECIDED:
        return _sum(told.get((TOTALS, MET)), told.get((TOTALS, REJECTED)))
    return told.get((TOTALS, name)) if name else None


def _named(kind: FigureKind, told: Mapping[Cell, int]) -> int | None:
    """The sum of what is told of a figure; none where nothing is."""
    return sum(many for cell, many in told.items() if cell[0] == kind.key) or None


def _sum(*parts: int | None) -> int | None:
    """The sum of some counts; none where one of them is withheld."""
    return None if None in parts else sum(part for part in parts if part is not None)


def figures(
    audience: Audience, told: Mapping[Cell, int], before: Mapping[Cell, int], *, year: bool
) -> Iterator[Figure]:
    """Every figure, and after its parts what is added up of two of them."""
    for kind in figures_of(year=year):
        yield _figure(kind, told, before)
        if year and audience is Audience.COMMITTEE:
            yield from (_figure(detail, told, before) for detail in DETAILS.get(kind.key, ()))
        if kind.key == ADDED_UP[-1]:
            yield _figure(ORIGINATING_DECIDED, _added_up(told), _added_up(before))


def _added_up(told: Mapping[Cell, int]) -> dict[Cell, int]:
    """What is told, with the sums of two told counts."""
    found = dict(told)
    for code in {cell[1] for cell in told if cell[0] == ADDED_UP[0]}:
        whole = _sum(*(told.get((part, code)) for part in ADDED_UP))
        if whole is not None:
            found[ORIGINATING_DECIDED.key, code] = whole
    return found


def _figure(kind: FigureKind, told: Mapping[Cell, int], before: Mapping[Cell, int]) -> Figure:
    base = _named(kind, told) if kind.base == NAMED else _base(kind.base, told)
    rows = []
    for code, label in rows_of(kind).items():
        count = told.get((kind.key, code))
        rows.append(Row(code, label, count, base, _percent(count, base), both(count, before.get((kind.key, code)))))
    return Figure(kind.key, str(kind.title), str(kind.base_words), base, kind.one_way, tuple(rows))


def both(now: int | None, before: int | None) -> int | None:
    """The number before, only beside one that is told: a lone number would suggest that the other is withheld anew."""
    return None if now is None else before


def _percent(count: int | None, base: int | None) -> float | None:
    return None if count is None or not base else round(100 * count / base, 1)
