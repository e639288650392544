"""Which single factors and mentions may be told beside told categories, and does anything follow from them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from reports.pack import details, scopes
from reports.pack.audience import Audience
from reports.pack.counting import Cell, Counted
from reports.pack.pages import Lists, Page
from reports.pack.periods import parse
from reports.pack.tables import DETAILS, codes_of
from reports.suppression.audit import LEAST_POSSIBLE
from reports.suppression.counts import Reason, bounds, never
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
K = 5
ELDER = ("risk-category", "elder-abuse")
MENTION = ("risk-mention", "elder-abuse")
ABUSE, VICTIM = "elder-abuse/person-perpetrator-of-elder-abuse", "elder-abuse/person-victim-of-elder-abuse"
STRAY = ("risk-factor", "elder-abuse/")


@pytest.fixture
def page(cast: Cast) -> Page:
    return Page(scopes.of_table("NIA"), parse("2024"), Audience.COMMITTEE)


def factors() -> list[Cell]:
    """The category of two factors, and what is in no list."""
    kind, _mentions = DETAILS["risk-category"]
    found = [(kind.key, code) for code in codes_of(kind) if code.startswith("elder-abuse/")]
    assert len(found) == 3
    assert STRAY in found
    return found


def worlds(told: Mapping[Cell, int], withheld: Mapping[Cell, Reason], category: int, most: int) -> Iterator[list[int]]:
    """Every way the counts can be, for a reader who knows even why each is withheld: mentions and then each factor."""
    cells = factors()
    known = {cell: bounds(reason, K) for cell, reason in withheld.items()}
    for numbers in product(range(most + 1), repeat=len(cells)):
        world = dict(zip([MENTION, *cells], [sum(numbers), *numbers], strict=True))
        fits = all(world[cell] == value for cell, value in told.items())
        inside = all(known[c].least <= world[c] <= (most * 3 if (at := known[c].most) is None else at) for c in known)
        listed = [many for cell, many in world.items() if cell not in (MENTION, STRAY)]
        if fits and inside and max(listed) <= category <= world[MENTION]:
            yield list(world.values())


def test_whatever_the_counts_are_nothing_withheld_is_left_with_fewer_than_three_values(page: Page) -> None:
    cells, codes = factors(), Lists().codes
    tried = told_factors = 0
    for category, one, two, stray in product((5, 6, 8, 13), (0, 4, 5, 7, 13), (0, 1, 4, 9), (0, 3)):
        numbers = dict.fromkeys(cells, 0) | dict(zip([c for c in cells if c != STRAY], (one, two), strict=True))
        numbers[STRAY] = stray
        if max(one, two) > category or one + two + stray < category:
            continue
        counted = Counted(Counter({MENTION: one + two + stray, **numbers}))
        told, withheld = details.decide(page, {ELDER: category}, counted, never, codes)
        assert told.keys() | withheld.keys() == {MENTION, *cells}
        found = list(worlds(told, withheld, category, 22))
        for n, cell in enumerate([MENTION, *cells]):
            possible = {world[n] for world in found}
            assert cell in told or len(possible) >= LEAST_POSSIBLE, (category, one, two, stray, cell, possible)
        tried += 1
        told_factors += any(cell in told for cell in cells)
    assert tried > 30
    assert told_factors > tried // 3, "safety is not silence"


def test_of_a_withheld_category_nothing_is_said(page: Page) -> None:
    counted = Counted(Counter({MENTION: 9, ("risk-factor", ABUSE): 9}))
    assert (
        details.decide(page, {("risk-category", "alcohol"): 20}, counted, never, Lists().codes)[0]
        .keys()
        .isdisjoint({MENTION, *factors()})
    )
    assert details.decide(page, {}, counted, never, Lists().codes) == ({}, {})


@pytest.mark.parametrize(("period", "audience"), [
    ("2024Q1", Audience.COMMITTEE), ("2024", Audience.PARTNER), ("2024", Audience.PUBLIC),
])  # fmt: skip
def test_single_factors_are_for_a_table_s_own_year(cast: Cast, period: str, audience: Audience) -> None:
    page = Page(scopes.of_table("NIA"), parse(period), audience)
    counted = Counted(Counter({MENTION: 90, ("risk-factor", ABUSE): 90}))
    assert details.decide(page, {ELDER: 90}, counted, never, Lists().codes) == ({}, {})


def test_records_corrected_since_their_category_was_told_say_nothing_of_it(page: Page) -> None:
    """Nine were told to have it, and three are left: no numbers fit."""
    counted = Counted(Counter({MENTION: 3, ("risk-factor", ABUSE): 3}))
    told, withheld = details.decide(page, {ELDER: 9}, counted, never, Lists().codes)
    assert told == {}
    assert set(withheld.values()) == {Reason.NOT_RELEASED}


def test_the_check_finds_what_follows_from_a_page_that_tells_too_much(page: Page) -> None:
    """Eight had a category of two factors that are each too few to say, and nothing beyond the list: both are four."""
    told: dict[Cell, int] = {ELDER: 8, STRAY: 0}
    small = dict.fromkeys([("risk-factor", ABUSE), ("risk-factor", VICTIM), MENTION], Reason.SMALL)
    small[MENTION] = Reason.OTHERWISE_COMPUTABLE
    assert set(details.worked_out(page, told, small, Lists().codes)) == {page.key(cell) for cell in small}
    assert details.worked_out(page, {ELDER: 8}, {**small, STRAY: Reason.SMALL}, Lists().codes) == []


def test_by_chance_one_more_is_given_up(page: Page) -> None:
    counted = Counted(Counter({MENTION: 30, ("risk-factor", ABUSE): 12, ("risk-factor", VICTIM): 15, STRAY: 3}))
    told, _withheld = details.decide(page, {ELDER: 20}, counted, never, Lists().codes)
    fewer, _withheld = details.decide(page, {ELDER: 20}, counted, lambda key: True, Lists().codes)
    assert fewer.keys() < told.keys()
