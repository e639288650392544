"""Which counts of a pack may be told to an audience, when everything it may ask for is taken together?

The threshold k and the exempt totals are those of reports.md. A pack is protected as one page of a calendar of
releases, always the same: for a table's own committee every quarter since the first record and every calendar and
fiscal year that has ended, in this order; for partners and the public its calendar years. Each page is held against all
before it, and a page for others against what the committee and the partners were told too. So two packs asked for one
after the other, in whatever order, cannot give each other's withheld counts away. Several years are sums of years
already told, nothing more.

Failing closed: of a period that has not ended the committee reads its totals alone (a pack asked for day by day would
tell each day's difference), and packs of several tables together are not made, because what a region's sum tells about
one of its tables has to be held against releases that are kept, and none are kept yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from django.db.models import Min

from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack import tables
from reports.pack.counting import CONCLUDED, LOWERED, MET, NOT_LOWERED, TOTALS, Cell, Counted, count, records
from reports.pack.periods import Period, parse
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS, TOTAL_KINDS, FigureKind, TotalKind, codes_of, listed
from reports.suppression.counts import Between, Count, Key, Protected, Question, Relation, together
from reports.suppression.protect import protect
from reports.vocabulary import RISK_LOWERED

_LOWERED = ("conclusion", RISK_LOWERED)
#: None of these where no discussion was accepted, and everybody who knows that knows it.
_OF_NOBODY = ((TOTALS, "persons"), (TOTALS, "services"))


class Audience(Enum):
    """Who a pack is for, with the fewest people a count must hold (reports.md). In the order in which they are told: a
    page for the later is held against what the earlier were told.
    """

    COMMITTEE = 5
    PARTNER = 11
    PUBLIC = 20


class NotOfferedError(Exception):
    """A pack that is not made; the sentence says why and what is offered instead."""


@dataclass
class Told:
    """The counts of one pack, and which of them may be told."""

    counted: Counted
    told: dict[Cell, int]


def figures_of(period: Period) -> Iterator[FigureKind]:
    """The figures a pack of a period holds: the finest of years only."""
    return (figure for figure in FIGURE_KINDS if not (figure.refines and len(period.quarters) == 1))


def totals_of(audience: Audience) -> Iterator[TotalKind]:
    """The totals an audience may be told at all."""
    return (kind for kind in TOTAL_KINDS if audience is Audience.COMMITTEE or not kind.seats_only)


def tell(scope: Scope, period: Period, audience: Audience, *, today: date) -> Told:
    """The counts of a pack and what may be told of them. NotOfferedError where a pack is not made at all."""
    _offered(scope, period, audience, today)
    if len(period.quarters) > 4:
        return _several_years(scope, period, audience, today)
    counted = _counted(scope, period)
    if period.last_day >= today:
        known = {(TOTALS, kind.key): counted.counts[TOTALS, kind.key] for kind in TOTAL_KINDS if kind.exempt}
        return Told(counted, known)
    first = _first_day(scope)
    if first is None or first > period.last_day:
        return Told(counted, {})
    calendars: list[_Calendar] = []
    answer = Protected({}, {}, audience.value)
    for told in Audience:
        calendars.append(_Calendar(scope, told, tuple(calendars)))
        answer = calendars[-1].lived(first, period)
        if told is audience:
            break
    cells = {calendars[-1].key(period, cell): cell for cell in _cells(period, audience)}
    return Told(counted, {cells[key]: value for key, value in answer.told.items()})


@dataclass
class _Calendar:
    """What one audience of one table has been told so far, and how it all adds up."""

    scope: Scope
    audience: Audience
    others: Sequence[_Calendar]
    known: dict[Key, int | Between] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    within: dict[Key, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for other in self.others:
            self.relations += other.relations
            self.within |= other.within

    def lived(self, first: date, until: Period) -> Protected:
        """Tell every page up to a period; the answer for that period."""
        answer = Protected({}, {}, self.audience.value)
        for unit in _units(first, until, years_only=self.audience is not Audience.COMMITTEE):
            answer = self._release(unit, _counted(self.scope, unit))
        return answer

    def key(self, period: Period, cell: Cell) -> Key:
        """What a count is called in the calendar: a fiscal quarter and the calendar quarter of its days are one."""
        return (self.scope.code, period.first_day, period.last_day, *cell)

    def _release(self, period: Period, counted: Counted) -> Protected:
        self.relations = list(dict.fromkeys([*self.relations, *self._relations(period)]))
        counts = [self._count(period, cell, counted, rank) for rank, cell in enumerate(_cells(period, self.audience))]
        viewers = [self.known, *(together(self.known, other.known) for other in self.others)]
        answer = protect(Question(counts, self.relations, self.audience.value, viewers, self.within))
        if not answer.ok:  # then what the seats know anyway, and nothing else
            answer = Protected({c.key: c.value for c in counts if c.exempt}, {}, self.audience.value)
        self.known.update(answer.known())
        return answer

    def _count(self, period: Period, cell: Cell, counted: Counted, rank: int) -> Count:
        """One count with its base. Later categories are given up first: lists begin with what is common."""
        nobody = counted.counts[TOTALS, MET] == 0 and cell in _OF_NOBODY
        base, exempt = _base(cell), self.audience is Audience.COMMITTEE and (nobody or _known_from_seats(cell))
        key = self.key(period, cell)
        within = self.key(period, base) if base else None
        if within is not None:
            self.within[key] = within
        return Count(key, counted.counts[cell], exempt, within, -rank, cell[0])

    def _relations(self, period: Period) -> Iterator[Relation]:
        """What adds up: quarters to a year, categories to their base, reasons to their group."""

        def relation(total: Cell, parts: list[Cell]) -> Relation:
            return Relation(self.key(period, total), tuple(self.key(period, part) for part in parts))

        no_sum = {(TOTALS, kind.key) for kind in TOTAL_KINDS if not kind.adds_up}
        if len(period.quarters) > 1:
            for cell in _cells(period, self.audience):
                if cell not in no_sum:
                    yield Relation(self.key(period, cell), tuple(self.key(q, cell) for q in period.quarters))
        for figure in figures_of(period):
            codes = codes_of(figure)
            if figure.one_way:
                yield relation((TOTALS, figure.base), [(figure.key, code) for code in codes])
            if figure.refines:
                for whole in {code.split("/", 1)[0] for code in codes}:
                    parts = [(figure.key, code) for code in codes if code.split("/", 1)[0] == whole]
                    yield relation((figure.refines, whole), parts)
        others = [("conclusion", code) for code in codes_of(_figure("conclusion")) if code != RISK_LOWERED]
        yield relation((TOTALS, LOWERED), [_LOWERED])
        yield relation((TOTALS, NOT_LOWERED), others)
        yield relation((TOTALS, CONCLUDED), [(TOTALS, LOWERED), (TOTALS, NOT_LOWERED)])


def _base(cell: Cell) -> Cell | None:
    """What a count cannot exceed."""
    if cell[0] == TOTALS:
        kind = next(kind for kind in TOTAL_KINDS if kind.key == cell[1])
        return (TOTALS, kind.base) if kind.base not in ("", "decided") else None
    if cell[0] == "conclusion":
        return (TOTALS, LOWERED if cell == _LOWERED else NOT_LOWERED)
    figure = _figure(cell[0])
    return (figure.refines, cell[1].split("/", 1)[0]) if figure.refines else (TOTALS, figure.base)


def _figure(key: str) -> FigureKind:
    return next(figure for figure in tables.FIGURE_KINDS if figure.key == key)


def _known_from_seats(cell: Cell) -> bool:
    return cell == _LOWERED or (cell[0] == TOTALS and any(k.exempt for k in TOTAL_KINDS if k.key == cell[1]))


def _cells(period: Period, audience: Audience) -> list[Cell]:
    """Every count of a pack, whatever was counted."""
    totals = [(TOTALS, kind.key) for kind in totals_of(audience)]
    return totals + [(figure.key, code) for figure in figures_of(period) for code in codes_of(figure)]


def _units(first: date, until: Period, *, years_only: bool) -> list[Period]:
    """The calendar of releases: quarters in order, and each calendar or fiscal year after its last quarter.

    Up to the period asked for, which keeps its place: asked for alone or with a later one, it says the same. It begins
    with the first whole years: that nothing happened before the first record is known too.
    """
    units: list[Period] = []
    quarter = parse(f"{first.year - 1}Q2" if first.month <= 3 else f"{first.year}Q1")
    while quarter.first_day <= until.last_day:
        units.append(quarter)
        if quarter.code.endswith("Q4"):
            units.append(parse(str(quarter.last_day.year)))
        if quarter.code.endswith("Q1"):
            units.append(parse(f"FY{quarter.last_day.year - 1}"))
        day = quarter.last_day + timedelta(days=1)
        quarter = parse(f"{day.year}Q{(day.month + 2) // 3}")
    if years_only:
        units = [unit for unit in units if len(unit.quarters) == 4 and not unit.code.startswith("FY")]
    days = [(unit.first_day, unit.last_day) for unit in units]
    asked = (until.first_day, until.last_day)
    if asked in days:
        return units[: days.index(asked) + 1]
    return [unit for unit in units if unit.last_day <= until.last_day]


def _counted(scope: Scope, period: Period) -> Counted:
    """The counts of a period; codes that no list ever had count as not recorded, so that no row comes of them."""
    made = count(records([t.pk for t in scope.tables], period.first_day, period.last_day), period)
    for figure in FIGURE_KINDS:
        known = set(codes_of(figure))
        for cell in [c for c in made.counts if c[0] == figure.key and c[1] not in known]:
            stray = made.counts.pop(cell)
            if figure.one_way:
                made.counts[figure.key, listed(figure, cell[1], known)] += stray
    return made


def _several_years(scope: Scope, period: Period, audience: Audience, today: date) -> Told:
    """Sums of years, each already told; a count that any year withholds is withheld."""
    fiscal = "FY" if period.code.startswith("FY") else ""
    began, many = period.first_day.year, len(period.quarters) // 4
    parts = [tell(scope, parse(f"{fiscal}{began + n}"), audience, today=today) for n in range(many)]
    cells = set.intersection(*(set(part.told) for part in parts))
    no_sum = {(TOTALS, total.key) for total in TOTAL_KINDS if not total.adds_up}
    return Told(Counted(), {cell: sum(part.told[cell] for part in parts) for cell in cells - no_sum})


def _offered(scope: Scope, period: Period, audience: Audience, today: date) -> None:
    if not scope.single:
        raise NotOfferedError(
            "Packs of several tables together are not made yet: what a sum tells about one of its tables has to be held"
            " against releases that are kept. Ask for each table."
        )
    if period.first_day > today:
        raise NotOfferedError("This period has not begun.")
    if audience is Audience.COMMITTEE:
        return
    if len(period.quarters) == 1 or period.code.startswith("FY"):
        raise NotOfferedError(
            "A single table's quarter holds too few people to be told to others: hardly any count is large enough."
            f" Ask for its calendar year ({period.first_day.year}) or several years."
        )
    if period.last_day >= today:
        raise NotOfferedError("This period has not ended; only the steering committee reads one in progress.")


def _first_day(scope: Scope) -> date | None:
    with in_role("st_statistics"):
        found = CodedRecord.objects.filter(table__in=scope.tables).aggregate(day=Min("opened_on"))
    day: date | None = found["day"]
    return day
