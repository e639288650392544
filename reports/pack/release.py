"""Which counts of a pack may be told to an audience, when everything it may ask for is taken together?

The threshold k and the exempt totals are those of reports.md. A pack is protected as one release of a calendar of
releases: every quarter since the first record and every calendar and fiscal year that has ended, in this order, each
held against all before it. So two packs asked for one after the other, in whatever order, cannot give each other's
withheld counts away: both are pages of the same calendar. Several years are sums of years already told, nothing more.
A region's pack is held against each of its tables' own committees as well, which know their own part of every sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from django.db.models import Min

from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack.counting import TOTALS, Cell, Counted, count, records
from reports.pack.periods import Period, parse
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS, TOTAL_KINDS
from reports.suppression.counts import Between, Count, Key, Protected, Question, Relation, together
from reports.suppression.protect import protect


class Audience(Enum):
    """Who a pack is for, with the fewest people a count must hold (reports.md)."""

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
    #: Years that made up a sum, when it is one.
    exposed: bool = False


@dataclass
class _Calendar:
    """What one audience of one scope has been told so far, and how it all adds up."""

    scope: Scope
    k: int
    exempt: bool
    others: Sequence[_Calendar] = ()
    known: dict[Key, int | Between] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    within: dict[Key, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for other in self.others:
            self.relations += other.relations
            self.within |= other.within

    def release(self, period: Period, counted: Counted, categories: Mapping[str, list[str]]) -> Protected:
        """Protect one period and remember what was told."""
        counts, relations = self._counts(period, counted, categories)
        self.relations += relations
        viewers = [self.known, *(together(self.known, other.known) for other in self.others)]
        answer = protect(Question(counts, self.relations, self.k, viewers, self.within))
        self.known.update(answer.known())
        return answer

    def key(self, period: Period, cell: Cell) -> Key:
        """What a count is called in the calendar: a fiscal quarter and the calendar quarter of its days are one."""
        return (self.scope.code, period.first_day, period.last_day, *cell)

    def _counts(
        self, period: Period, counted: Counted, categories: Mapping[str, list[str]]
    ) -> tuple[list[Count], list[Relation]]:
        counts, relations = [], []
        quarters = period.quarters

        def add(cell: Cell, *, exempt: bool = False, base: str = "", rank: int = 0, adds_up: bool = True) -> Key:
            key = self.key(period, cell)
            within = self.key(period, (TOTALS, base)) if base else None
            if within is not None:
                self.within[key] = within
            counts.append(Count(key, counted.counts[cell], exempt, within, rank, cell[0]))
            if adds_up and len(quarters) > 1:
                relations.append(Relation(key, tuple(self.key(q, cell) for q in quarters)))
            if not self.scope.single:
                relations.append(Relation(key, tuple(other.key(period, cell) for other in self.others)))
            return key

        for total in TOTAL_KINDS:
            base = total.base if total.base != "decided" else ""
            add((TOTALS, total.key), exempt=self.exempt and total.exempt, base=base, rank=99, adds_up=total.adds_up)
        for figure in FIGURE_KINDS:
            if figure.fine and len(quarters) == 1:
                continue
            keys = [
                add((figure.key, category), base=figure.base, rank=rank)
                for rank, category in enumerate(reversed(categories[figure.key]))
            ]
            if figure.one_way:
                relations.append(Relation(self.key(period, (TOTALS, figure.base)), tuple(keys)))
        return counts, relations


def tell(scope: Scope, period: Period, audience: Audience, *, today: date) -> Told:
    """The counts of a pack and what may be told of them. NotOfferedError where a pack is not made at all."""
    _offered(scope, period, audience, today)
    first = _first_day(scope)
    if first is None or first > period.last_day:
        return Told(Counted(), {})
    if len(period.quarters) > 4:
        return _several_years(scope, period, audience, today)
    if scope.single:
        committee = () if audience is Audience.COMMITTEE else (_committee(scope, first, period),)
        calendar = _Calendar(scope, audience.value, exempt=audience is Audience.COMMITTEE, others=committee)
    else:
        own = [_committee(Scope(t.code, t.name, (t,)), first, period) for t in scope.tables]
        calendar = _Calendar(scope, audience.value, exempt=False, others=own)
    return _told(calendar, first, period)


def _told(calendar: _Calendar, first: date, period: Period) -> Told:
    counted, answer = Counted(), None
    for unit in _units(first, period):
        made, categories = _counted(calendar.scope, unit)
        answer_of_unit = calendar.release(unit, made, categories)
        if (unit.first_day, unit.last_day) == (period.first_day, period.last_day):
            counted, answer = made, answer_of_unit
    if answer is None or not answer.ok:
        return Told(counted, {}, exposed=True)
    cells = {calendar.key(period, cell): cell for cell in _cells(counted, _categories(counted))}
    return Told(counted, {cells[key]: value for key, value in answer.told.items() if key in cells})


def _committee(scope: Scope, first: date, period: Period) -> _Calendar:
    """Everything a table's own committee can have been told up to the end of a period."""
    calendar = _Calendar(scope, Audience.COMMITTEE.value, exempt=True)
    for unit in _units(first, period):
        made, categories = _counted(scope, unit)
        calendar.release(unit, made, categories)
    return calendar


def _units(first: date, until: Period) -> list[Period]:
    """The calendar of releases: quarters in order, and each calendar or fiscal year after its last quarter."""
    units: list[Period] = []
    quarter = parse(f"{first.year}Q{(first.month + 2) // 3}")
    while quarter.first_day <= until.last_day:
        units.append(quarter)
        if quarter.code.endswith("Q4"):
            units.append(parse(str(quarter.last_day.year)))
        if quarter.code.endswith("Q1"):
            units.append(parse(f"FY{quarter.last_day.year - 1}"))
        day = quarter.last_day + timedelta(days=1)
        quarter = parse(f"{day.year}Q{(day.month + 2) // 3}")
    ended = [u for u in units if u.last_day <= until.last_day]
    return [u for u in ended if (u.first_day, u.last_day) != (until.first_day, until.last_day)] + [until]


def _counted(scope: Scope, period: Period) -> tuple[Counted, dict[str, list[str]]]:
    made = count(records([t.pk for t in scope.tables], period.first_day, period.last_day), period)
    return made, _categories(made)


def _categories(made: Counted) -> dict[str, list[str]]:
    """figure -> codes: those in force, and those that were counted under an earlier version of the list."""
    found = {}
    for figure in FIGURE_KINDS:
        listed = [code for code, _label in figure.categories()]
        seen = sorted(code for kind, code in made.counts if kind == figure.key and code not in listed)
        found[figure.key] = listed + seen
    return found


def _cells(counted: Counted, categories: Mapping[str, list[str]]) -> list[Cell]:
    totals = [(TOTALS, total.key) for total in TOTAL_KINDS]
    return totals + [(figure, code) for figure, codes in categories.items() for code in codes]


def _several_years(scope: Scope, period: Period, audience: Audience, today: date) -> Told:
    """Sums of years, each already told; a count that any year withholds is withheld."""
    fiscal = "FY" if period.code.startswith("FY") else ""
    years = [
        parse(f"{fiscal}{year}")
        for year in range(period.first_day.year, period.first_day.year + len(period.quarters) // 4)
    ]
    parts = [tell(scope, year, audience, today=today) for year in years]
    counted = _counted(scope, period)[0]
    cells = set.intersection(*(set(part.told) for part in parts))
    no_sum = {(TOTALS, total.key) for total in TOTAL_KINDS if not total.adds_up}
    return Told(counted, {cell: sum(part.told[cell] for part in parts) for cell in cells - no_sum})


def _offered(scope: Scope, period: Period, audience: Audience, today: date) -> None:
    quarter = len(period.quarters) == 1
    if audience is Audience.PUBLIC and scope.single and quarter:
        raise NotOfferedError(
            "A single table's quarter holds too few people to be made public: hardly any count reaches 20. Ask for"
            f" its year ({period.first_day.year}), for several years, or for its region."
        )
    if period.first_day > today:
        raise NotOfferedError("This period has not begun.")
    if period.last_day >= today and audience is not Audience.COMMITTEE:
        raise NotOfferedError("This period has not ended; only the steering committee reads one in progress.")


def _first_day(scope: Scope) -> date | None:
    with in_role("st_statistics"):
        found = CodedRecord.objects.filter(table__in=scope.tables).aggregate(day=Min("opened_on"))
    day: date | None = found["day"]
    return day
