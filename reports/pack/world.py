"""What does each audience know of a year, and what may it be told besides?

Everything that was released of a year, to whomever, of any table or region that shares a table with what is asked, is
one world: a page is protected in it jointly with all of that, for everybody who will read it. A year shares no count
with another, so a world is one year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reports.pack import details, meetings
from reports.pack.audience import Audience
from reports.pack.chance import chance_of
from reports.pack.counting import TOTALS, Cell, Counted
from reports.pack.pages import OVERLAPPING, Lists, Page, known_from_seats, name
from reports.pack.pairs import Stored
from reports.pack.periods import Period
from reports.suppression.audit import Seen, exposed
from reports.suppression.counts import (
    Between,
    Key,
    Protected,
    Question,
    Reason,
    Relation,
    bounds,
    neighbours,
    numbers_of,
    together,
)
from reports.suppression.foreseen import foreseen
from reports.suppression.protect import protect

Known = dict[Key, int | Between]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was released: numbers told, and why the others were not."""

    page: Page
    told: Mapping[Cell, int]
    withheld: Mapping[Cell, Reason]
    #: Of a table's own year: what is told of pairs; none where it was decided before there were any.
    together: Stored | None = None
    #: Of a table's own page: what is told of its meetings; none where it was decided before there were any.
    meetings: meetings.Stored | None = None


@dataclass
class World:
    """One year."""

    lists: Lists
    #: The true counts of a page.
    counted: Callable[[Page], Counted]
    #: The year it is, where pages are decided in it.
    year: Period | None = None
    others: Known = field(default_factory=dict)  # partners
    public: Known = field(default_factory=dict)
    committees: dict[str, Known] = field(default_factory=dict)
    relations: dict[Relation, None] = field(default_factory=dict)
    within: dict[Key, Key] = field(default_factory=dict)
    true: dict[Key, int] = field(default_factory=dict)
    #: Counts that nobody was told and everybody may work out.
    unasked: dict[Key, Between] = field(default_factory=dict)

    def add(self, kept: Kept) -> None:
        """Take in a page that was released."""
        page = kept.page
        self._meet(page)
        # Single factors say nothing of any other count.
        told = {cell: value for cell, value in kept.told.items() if not details.is_detail(cell)}
        withheld = {cell: reason for cell, reason in kept.withheld.items() if not details.is_detail(cell)}
        known: Known = {page.key(cell): value for cell, value in told.items()}
        known |= {page.key(cell): bounds(reason, page.audience.value) for cell, reason in withheld.items()}
        # What its lists did not have then was told of nobody; a figure of which it said nothing but what the seats
        # know anyway told nothing.
        had = {cell[0] for cell in (*told, *withheld) if not known_from_seats(cell)} - {TOTALS}
        new = (page.key(cell) for cell in self.lists.cells(page.kind) if cell[0] in had)
        self._learn(page, {**dict.fromkeys(new, 0), **known} if kept.told else known)

    def release(self, page: Page) -> Protected:
        """Decide what a page tells, and let its audience know it."""
        self._meet(page)
        counts = self.lists.counts(page, self.counted(page))
        sums, viewers = list(self.relations), self._viewers(page)
        k, chance = page.audience.value, chance_of(page)
        given_up = self._for_the_year(page) | self.lists.crowding(page, self.counted(page), k, chance)
        asked = Question(
            counts, sums, k, viewers, self.within, self.true, given_up, chance, unasked=frozenset(self.unasked)
        )
        answer = protect(asked)
        if not answer.ok:  # then what the seats know anyway, and nothing else
            seats = {c.key: c.value for c in counts if c.exempt}
            unsaid = {c.key: Reason.NOT_RELEASED for c in counts if not c.exempt}
            answer = Protected(seats, unsaid, page.audience.value)
        self._learn(page, answer.known())
        return answer

    def exposed(self, page: Page) -> list[Key]:
        """Withheld counts that somebody who reads a page could work out from everything told, and not without it."""
        mine = {page.key(cell) for cell in self.lists.cells(page.kind)}
        near = neighbours(self.relations)
        without = self._of(page) | {key: Between() for key in mine}
        found: list[Key] = []
        for known, before in zip(self._viewers(page), self._viewers(page, without), strict=True):
            now = self._worked_out({**known, **numbers_of(foreseen(before, near, mine))})
            anyway = set(self._worked_out(before)) if now else set()
            found += [key for key in now if key not in anyway]
        return found

    def _worked_out(self, known: Known) -> list[Key]:
        """Withheld counts that follow for somebody who knows all this."""
        hidden = {key: what for key, what in known.items() if isinstance(what, Between)}
        seen = Seen(numbers_of(known), hidden, list(self.relations), self.within, self.true)
        return exposed(seen, only=hidden.keys() - self.unasked.keys())

    def _for_the_year(self, page: Page) -> set[Key]:
        """Counts of a year's last quarter to give up for their year's: where one quarter before was withheld and no
        other, the year would tell it. A year says more than its last quarter, and to more people. Not of figures that
        add up on their page: what hides there is more than one already.
        """
        year, before = self.year, self.committees.get(page.scope.code, {})
        if year is None or page.kind != (False, Audience.COMMITTEE) or page.period.last_day != year.last_day:
            return set()
        found = set()
        for cell in self.lists.cells(page.kind):
            told = [before.get(name(page.scope.code, quarter, cell)) for quarter in year.quarters[:-1]]
            if cell[0] in OVERLAPPING and sum(isinstance(one, Between) for one in told) == 1 and None not in told:
                found.add(page.key(cell))
        return found

    def _meet(self, page: Page) -> None:
        """Learn how a page adds up, and its true counts."""
        self.relations |= dict.fromkeys(self.lists.relations(page))
        of: list[tuple[str, Period]] = []
        if not page.scope.single:
            of = [(table.code, page.period) for table in page.scope.tables]
        elif page.kind == (True, Audience.COMMITTEE):
            of = [(page.scope.code, quarter) for quarter in page.period.quarters]
        self.relations |= dict.fromkeys(self.lists.sums(page, of))
        counts = self.lists.counts(page, self.counted(page))
        beside = self.lists.unasked(page, self.counted(page))
        self.unasked |= dict.fromkeys(beside, Between())
        self.true |= {c.key: c.value for c in counts} | beside
        self.within |= {c.key: c.within for c in counts if c.within is not None}

    def _learn(self, page: Page, known: Known) -> None:
        into = self._of(page)
        into.update({key: what for key, what in known.items() if not isinstance(into.get(key), int)})

    def _of(self, page: Page) -> Known:
        if page.audience is Audience.COMMITTEE:
            return self.committees.setdefault(page.scope.code, {})
        return self.others if page.audience is Audience.PARTNER else self.public

    def _viewers(self, page: Page, own: Known | None = None) -> list[Known]:
        """Everybody who will read a page, with what each knows; with `own` in place of what its audience was told."""
        audience, code = page.audience, page.scope.code
        public = together(self.unasked, self.public if own is None or audience is not Audience.PUBLIC else own)
        others = self.others if own is None or audience is not Audience.PARTNER else own
        committees = self.committees if own is None or audience is not Audience.COMMITTEE else {code: own}
        open_to_partners = together(public, others)
        seated = [together(open_to_partners, committees.get(table.code, {})) for table in page.scope.tables]
        if audience is Audience.COMMITTEE:
            return seated
        return [open_to_partners, *seated] if audience is Audience.PARTNER else [public, open_to_partners, *seated]
