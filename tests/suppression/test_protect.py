"""Can a withheld count be worked out? Small cases by hand, and every completion of small tables by counting."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.suppression.audit import LEAST_POSSIBLE, Seen, exposed, possible
from reports.suppression.counts import Between, Count, Key, Protected, Question, Relation, bounds
from reports.suppression.program import Program
from reports.suppression.protect import protect

K = 5


def _one_way(values: Mapping[str, int], *, exempt_total: bool = True) -> Question:
    counts = [Count("all", sum(values.values()), exempt=exempt_total, rank=9)]
    counts += [Count(key, value, within="all", rank=n) for n, (key, value) in enumerate(values.items())]
    return Question(counts, [Relation("all", tuple(values))], K)


def test_a_small_count_is_withheld_with_another_that_would_give_it_away() -> None:
    answer = protect(_one_way({"a": 20, "b": 12, "c": 3}))
    assert set(answer.withheld) == {"a", "c"}
    assert answer.told == {"all": 35, "b": 12}


def test_nothing_small_nothing_withheld() -> None:
    assert not protect(_one_way({"a": 20, "b": 12, "c": 30})).withheld


def test_zero_is_a_count_too() -> None:
    assert "z" in protect(_one_way({"a": 20, "b": 12, "z": 0})).withheld


def test_the_choice_of_what_else_is_withheld_does_not_follow_the_values() -> None:
    one = protect(_one_way({"a": 20, "b": 300, "c": 3}))
    other = protect(_one_way({"a": 300, "b": 20, "c": 3}))
    assert set(one.withheld) == set(other.withheld)


def test_two_small_counts_whose_sum_leaves_no_room_need_a_third() -> None:
    # a + b = 8 with both below 5 means 4 and 4.
    answer = protect(_one_way({"a": 4, "b": 4, "c": 40, "d": 50}))
    assert len(answer.withheld) >= 3


def test_a_year_is_not_told_when_it_gives_a_quarter_away() -> None:
    quarters: dict[Key, int | Between] = {"q0": 7, "q1": 9, "q2": 8}
    quarters["q3"] = Between(0, 4)
    answer = protect(Question([Count("year", 26)], [Relation("year", ("q0", "q1", "q2", "q3"))], K, (quarters,)))
    assert set(answer.withheld) == {"year"}


def test_a_year_is_told_when_two_quarters_hide_each_other() -> None:
    quarters: dict[Key, int | Between] = {
        "q0": 7,
        "q1": 9,
        "q2": Between(0, 4),
        "q3": Between(0, 4),
    }
    answer = protect(Question([Count("year", 20)], [Relation("year", ("q0", "q1", "q2", "q3"))], K, (quarters,)))
    assert answer.told == {"year": 20}


def test_what_its_quarters_told_is_not_given_up_for_a_year() -> None:
    """Withheld, it would be worked out all the same, and hide nothing."""
    parts = ("common", "known", "rare")
    quarters: dict[Key, int | Between] = {}
    for n in (1, 2):
        quarters |= {("all", n): 40, ("known", n): 10, ("common", n): Between(5), ("rare", n): Between(0, 4)}
    year, ranks = {"all": 80, "common": 56, "known": 20, "rare": 4}, {"all": 9, "common": 2, "known": 1, "rare": 0}
    counts = [Count(key, value, key == "all", None if key == "all" else "all", ranks[key])
              for key, value in year.items()]  # fmt: skip
    sums = [Relation("all", parts), *(Relation(key, ((key, 1), (key, 2))) for key in year)]
    sums += [Relation(("all", n), tuple((key, n) for key in parts)) for n in (1, 2)]
    answer = protect(Question(counts, sums, K, (quarters,)))
    assert answer.told == {"all": 80, "known": 20}


def test_a_viewer_who_knows_less_is_still_protected_by_a_count_another_knows() -> None:
    """The committee knows b already; partners do not, and b is what hides c from them."""
    counts = [Count("all", 35, exempt=True), Count("a", 20, within="all", rank=2), Count("b", 12, within="all", rank=1),
              Count("c", 3, within="all")]  # fmt: skip
    sums = [Relation("all", ("a", "b", "c")), Relation("b", ("b1", "b2"))]
    committee: dict[Key, int | Between] = {"b1": 5, "b2": 7}
    answer = protect(Question(counts, sums, K, ({}, committee)))
    assert set(answer.withheld) == {"a", "b", "c"}, "a is what hides c from the committee"


def test_what_cannot_be_protected_is_not_released_at_all() -> None:
    quarters: dict[Key, int | Between] = {"q0": 7, "q1": Between(0, 4)}
    answer = protect(Question([Count("year", 9, exempt=True)], [Relation("year", ("q0", "q1"))], K, (quarters,)))
    assert not answer.ok
    assert answer.told == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_counting_every_completion_finds_at_least_three_values(rows: list[int], columns: list[int]) -> None:
    """Two one-way figures of one base, against an attacker who tries every completion instead of solving a program."""
    columns = [*columns[:-1], max(0, sum(rows) - sum(columns[:-1]))]
    if sum(columns) != sum(rows) or sum(rows) < 2:  # a told base of none or one speaks for itself
        return
    counts = [Count("all", sum(rows), exempt=True)]
    counts += [Count(("r", n), v, within="all", rank=n) for n, v in enumerate(rows)]
    counts += [Count(("c", n), v, within="all", rank=n) for n, v in enumerate(columns)]
    relations = [
        Relation("all", tuple((name, n) for n in range(len(of)))) for name, of in (("r", rows), ("c", columns))
    ]
    answer = protect(Question(counts, relations, K))
    if not answer.ok:
        return
    for relation in relations:
        for key, values in _completions(answer, relation).items():
            assert len(values) >= LEAST_POSSIBLE, key


def _completions(answer: Protected, relation: Relation) -> dict[Key, set[int]]:
    total = answer.told[relation.total]
    hidden = [key for key in relation.parts if key in answer.withheld]
    left = total - sum(answer.told[key] for key in relation.parts if key in answer.told)
    known = [bounds(answer.withheld[key], K) for key in hidden]
    ranges = [range(b.least, left + 1 if b.most is None else b.most + 1) for b in known]
    found: dict[Key, set[int]] = {key: set() for key in hidden}
    for values in itertools.product(*ranges):
        if sum(values) == left:
            for key, value in zip(hidden, values, strict=True):
                found[key].add(value)
    return found


def test_the_audit_sees_through_a_chain_of_releases() -> None:
    seen = Seen(
        told={"all": 20, "y": 12, "q1": 6},
        withheld={"a": Between(0, 4), "q2": Between(5)},
        relations=[Relation("all", ("a", "y", "q2")), Relation("y", ("q1", "q2"))],
        within={},
    )
    assert set(exposed(seen)) == {"a", "q2"}
    assert possible(seen, "a") == (2, 2)


def test_numbers_that_contradict_each_other_are_no_release() -> None:
    seen = Seen({"all": 3, "b": 9}, {"a": Between(0, 4)}, [Relation("all", ("a", "b"))], {})
    with pytest.raises(ArithmeticError):
        exposed(seen)


def test_what_a_committee_was_refused_is_not_told_to_the_public() -> None:
    committee: dict[Key, int | Between] = {"a": Between(5)}
    answer = protect(Question([Count("a", 40)], [], 20, ({}, committee)))
    assert answer.told == {}


def test_what_is_told_beside_a_refused_count_does_not_go_by_its_size() -> None:
    """Where nothing was told since all three had to be 11 or 12, that nothing was told said what they are."""
    committee: dict[Key, int | Between] = {key: Between() for key in "abc"}
    told = []
    for values in ((11, 12, 11), (7, 18, 9)):
        counts = [Count("all", 34), *(Count(key, n, within="all") for key, n in zip("abc", values, strict=True))]
        told.append(protect(Question(counts, [Relation("all", tuple("abc"))], 11, ({}, committee))).told)
    assert told == [{"all": 34}, {"all": 34}]


def test_a_release_holds_against_each_of_its_viewers() -> None:
    # The committee of x knows that x is 7; told the sum of both, it would know y.
    committee: dict[Key, int | Between] = {"x": 7, "y": Between(0, 19)}
    question = Question([Count("sum", 25)], [Relation("sum", ("x", "y"))], 20, ({"y": Between(0, 19)}, committee))
    assert protect(question).told == {}


def test_the_program_writes_nothing_where_a_pack_may_be_written(capfd: pytest.CaptureFixture[str]) -> None:
    program = Program([(0, 4), (0, 9)], [({0: 1, 1: 1}, 8)], [(0, 1)])
    assert list(program.least(np.array([1.0, 0.0]))) == [0, 8]
    assert list(program.least(np.array([0.0, 1.0]))) == [4, 4]
    assert capfd.readouterr() == ("", "")


def test_a_program_that_nothing_fits_says_so() -> None:
    with pytest.raises(ArithmeticError):
        Program([(0, 4), (0, 9)], [({0: 1, 1: 1}, 20)], []).least(np.array([1.0, 0.0]))
