"""Is what is told of two things together true, and does it leave every count three values, whoever knows the rules?

Worlds are enumerated here, all of them, and share nothing with the search that chose the levels.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression.levels import LEVELS, Band, Pair, Pattern, Together, choose, possible

_THINGS = ("a", "b", "c")
_PAIRS = (("a", "b"), ("a", "c"), ("b", "c"))
_MASKS = [frozenset(t for i, t in enumerate(_THINGS) if n >> i & 1) for n in range(8)]
#: Levels close together and a small k: many bands on few discussions, as tight as can be.
_CLOSE, _K = (3, 6, 9), 2


def ask(counts: list[int], levels: tuple[int, ...] = LEVELS, k: int = 5) -> Together:
    patterns = [Pattern((1, False), has, n) for has, n in zip(_MASKS, counts, strict=True) if n]
    told = {t: sum(p.many for p in patterns if t in p.has) for t in _THINGS}
    return Together(patterns, _PAIRS, told, sum(counts), k, _THINGS, levels=levels)


def true(asked: Together, pair: Pair) -> int:
    return sum(p.many for p in asked.patterns if set(pair) <= p.has)


def worlds(asked: Together) -> Iterator[dict[Pair, int]]:
    """Every way in which so many discussions can have these things, as pair counts. Found by the triple's count."""
    a, b, c = (asked.told[t] for t in _THINGS)
    for ab, ac, bc in itertools.product(range(min(a, b) + 1), range(min(a, c) + 1), range(min(b, c) + 1)):
        # All three together: what is left for "only a" and so on must not be negative.
        least = max(0, ab + ac - a, ab + bc - b, ac + bc - c)
        most = min(ab, ac, bc, asked.base - a - b - c + ab + ac + bc)
        if least <= most:
            yield {("a", "b"): ab, ("a", "c"): ac, ("b", "c"): bc}


def fitting(asked: Together, bands: dict[Pair, Band] | None) -> dict[Pair, set[int]]:
    found: dict[Pair, set[int]] = {pair: set() for pair in _PAIRS}
    for world in worlds(asked):
        if bands is None or all(bands[p].least <= n <= bands[p].most for p, n in world.items()):
            for pair, many in world.items():
                found[pair].add(many)
    return found


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_a_told_level_is_true_and_no_count_is_confined_to_fewer_than_three(counts: list[int]) -> None:
    asked = ask(counts, _CLOSE, _K)
    bands = choose(asked)
    alone, with_levels = fitting(asked, None), fitting(asked, bands)
    for pair, band in bands.items():
        assert band.least <= true(asked, pair) <= band.most
        assert band.level is None or band.level <= true(asked, pair)
        assert band.level is None or min(asked.told[t] for t in pair) - band.level >= _K
        assert len(with_levels[pair]) >= min(3, len(alone[pair])), (pair, bands, asked)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=8, max_size=8))
def test_the_same_holds_with_the_levels_and_the_k_of_a_committee(counts: list[int]) -> None:
    asked = ask(counts)
    bands = choose(asked)
    alone, with_levels = fitting(asked, None), fitting(asked, bands)
    for pair, band in bands.items():
        assert band.level is None or band.level <= true(asked, pair)
        assert len(with_levels[pair]) >= min(3, len(alone[pair])), (pair, bands, asked)


@settings(max_examples=300, deadline=None)
@given(st.integers(5, 400), st.integers(5, 400), st.integers(0, 400))
def test_by_told_counts_alone_every_band_holds_three_values(a: int, b: int, more: int) -> None:
    base = max(a, b) + more
    least, most = max(0, a + b - base), min(a, b)
    levels = [level for level in possible(a, b, base, 5) if level > least]
    edges = [least, *levels, most + 1]
    if levels:
        assert all(after - before >= 3 for before, after in itertools.pairwise(edges)), (a, b, base, edges)
        assert most - levels[-1] >= 5


def test_all_of_one_having_the_other_is_never_told() -> None:
    """Twenty-four have A, all of them B as well: told is that at least ten do, since twenty would be nearly all."""
    asked = ask([10, 0, 8, 24, 0, 0, 0, 0])
    band = choose(asked)["a", "b"]
    assert (band.level, true(asked, ("a", "b"))) == (10, 24)


def test_three_pairs_do_not_tell_a_fourth_count() -> None:
    """31 have A; 20 of them B, 20 of them C. Then at least 9 have B and C, and "fewer than ten" would make it nine."""
    # neither, a, b, ab, c, ac, bc, abc
    asked = ask([30, 0, 8, 11, 8, 11, 0, 9])
    assert [true(asked, pair) for pair in _PAIRS] == [20, 20, 9]
    naive = {pair: Band(None, lo, hi) for pair, lo, hi in ((_PAIRS[0], 20, 28), (_PAIRS[1], 20, 28), (_PAIRS[2], 0, 9))}
    assert fitting(asked, naive)["b", "c"] == {9}, "there must be something to protect"
    bands = choose(asked)
    assert all(len(values) >= 3 for values in fitting(asked, bands).values())


def test_leads_that_add_up_to_what_was_assisted_do_not_tell_each_other() -> None:
    """Fifty assisted by housing: 20, 20 and 10 led by three sectors. Three true levels would add up to fifty."""
    leads = {"l1": (30, 20), "l2": (30, 20), "l3": (22, 10)}
    patterns = []
    for lead, (many, assisted) in leads.items():
        patterns.append(Pattern((1, False), frozenset({lead, "s"}), assisted))
        patterns.append(Pattern((1, False), frozenset({lead}), many - assisted))
    told = {lead: many for lead, (many, _n) in leads.items()} | {"s": 50}
    bands = choose(Together(patterns, [(lead, "s") for lead in leads], told, 82, 5, {"s"}))
    values: dict[str, set[int]] = {lead: set() for lead in leads}
    ranges = [range(bands[lead, "s"].least, bands[lead, "s"].most + 1) for lead in leads]
    for several in itertools.product(*ranges):
        if sum(several) == 50:
            for lead, many in zip(leads, several, strict=True):
                values[lead].add(many)
    assert all(len(found) >= 3 for found in values.values()), (bands, values)
    assert Counter(band.level for band in bands.values())[None] < 3, "something is told"


def test_parts_that_are_withheld_stay_so() -> None:
    """With A withheld whether its risk was lowered, no level of it may say: moved there and back, all bands hold."""
    patterns = [
        Pattern((1, False), frozenset({"a", "b"}), 12), Pattern((1, True), frozenset({"a", "b"}), 3),
        Pattern((1, False), frozenset({"b"}), 9), Pattern((1, True), frozenset({"b"}), 9),
        Pattern((1, False), frozenset(), 4), Pattern((1, True), frozenset(), 4),
    ]  # fmt: skip
    asked = Together(patterns, [("a", "b")], {"a": 15, "b": 33}, 41, 5, {"a", "b"}, withheld={"a"})
    band = choose(asked)["a", "b"]
    assert band.level in (None, 10)
    assert band.most - band.least >= 2


@pytest.mark.parametrize(("a", "b", "base", "levels"), [
    (14, 30, 40, []),  # ten would be within five of the smaller
    (15, 20, 40, [10]), (30, 30, 42, [10]), (30, 31, 44, [10, 20]),
    (30, 30, 60, [10, 20]), (200, 190, 500, [10, 20, 40, 80, 160]),
])  # fmt: skip
def test_levels_that_a_pair_can_have(a: int, b: int, base: int, levels: list[int]) -> None:
    assert possible(a, b, base, 5) == levels
