"""Does what is given up tell why? Everything is decided again in every world that fits, by counting them all."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from django.test import override_settings

from bench.rerun_attack import Releases, Shape, attack
from reports.pack.audience import Audience
from reports.pack.chance import chance_of
from reports.pack.pages import Page
from reports.pack.periods import parse
from reports.pack.scopes import Scope
from reports.suppression.audit import LEAST_POSSIBLE
from reports.suppression.counts import Chance, Count, Protected, Question, Reason, Relation, never
from reports.suppression.order import AllOf
from reports.suppression.protect import protect

K = 5


def _told(values: Mapping[str, int], chance: Chance = never) -> Protected:
    counts = [Count("all", sum(values.values()), exempt=True, rank=9)]
    counts += [Count(key, value, within="all", rank=-n) for n, (key, value) in enumerate(values.items())]
    return protect(Question(counts, [Relation("all", tuple(values))], K, chance=chance))


def _worlds_of(answer: Protected, parts: str, chance: Chance) -> dict[str, set[int]]:
    """The values of what is withheld in every world in which the same is told."""
    hidden = [part for part in parts if part in answer.withheld]
    left = answer.told["all"] - sum(answer.told[part] for part in parts if part in answer.told)
    met: dict[str, set[int]] = {part: set() for part in hidden}
    for values in itertools.product(range(left + 1), repeat=len(hidden)):
        world = dict(zip(hidden, values, strict=True))
        whole = {part: world[part] if part in world else answer.told[part] for part in parts}
        if sum(values) == left and _told(whole, chance).told == answer.told:
            for part, value in world.items():
                met[part].add(value)
    return met


def test_by_chance_a_count_is_given_up_that_need_not_be() -> None:
    values = {"a": 20, "b": 12, "c": 2, "d": 1}
    assert set(_told(values).withheld) == {"c", "d"}
    assert set(_told(values, lambda key: key == "b").withheld) == {"b", "c", "d"}


def test_nothing_is_given_up_by_chance_where_nothing_is_withheld() -> None:
    assert not _told({"a": 20, "b": 12}, lambda _key: True).withheld


def test_that_another_is_given_up_does_not_say_that_the_small_ones_are_next_to_none() -> None:
    """Only since c and d are one together is b withheld; by chance it can be for any that are small."""
    answer = _told({"a": 20, "b": 12, "c": 0, "d": 1})
    assert set(answer.withheld) == {"b", "c", "d"}
    known = _worlds_of(answer, "abcd", lambda key: key in answer.withheld)
    assert all(len(values) >= LEAST_POSSIBLE for values in known.values()), known
    without = _worlds_of(answer, "abcd", never)
    assert without["b"] != known["b"], "the chance is what hides it"


@pytest.mark.parametrize("values", [(9, 0, 0, 0), (12, 6, 1, 0), (5, 5, 0, 0), (3, 8, 0, 0)])
def test_every_world_that_fits_can_tell_the_same(values: tuple[int, ...]) -> None:
    answer = _told(dict(zip("abcd", values, strict=True)))

    def chance(key: object) -> bool:
        return isinstance(key, AllOf) or key in answer.withheld

    for part, met in _worlds_of(answer, "abcd", chance).items():
        assert len(met) >= LEAST_POSSIBLE, part


@pytest.mark.parametrize("world", [
    ((12, 1, 8, 1, 2), (13, 13, 0, 0, 0)), ((4, 1, 2, 0, 1), (10, 9, 0, 0, 1)), ((8, 0, 0, 5, 3), (14, 13, 0, 0, 1)),
])  # fmt: skip
def test_two_quarters_and_a_year_keep_three_values_though_all_is_decided_again(
    world: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    shape = Shape(5, 11, 4, 0)
    found = attack(shape, world, Releases(shape).lived(world, lambda _page: never))
    assert found.settled
    assert found.confined == 0


def test_where_no_part_is_told_chance_can_take_the_reasons_from_what_follows() -> None:
    small = {"a": 4, "b": 3, "c": 2}
    assert set(_told(small).withheld.values()) == {Reason.SMALL}
    silent = _told(small, lambda key: key == AllOf(("a", "b", "c")))
    assert set(silent.withheld.values()) == {Reason.NOT_RELEASED}
    assert silent.told == {"all": 9}


@pytest.mark.parametrize("value", [2, 30])
def test_what_is_given_up_for_a_year_is_withheld_whatever_it_is(value: int) -> None:
    answer = protect(Question([Count("a", value)], [], K, given_up={"a"}))
    assert answer.withheld == {"a": Reason.NOT_RELEASED}


def _page(audience: Audience = Audience.COMMITTEE) -> Page:
    return Page(Scope("T", "T", ()), parse("2024Q1"), audience)


KEYS = [("T", date(2024, 1, 1), date(2024, 3, 31), "type", str(n)) for n in range(4000)]


class TestTheChanceOfAnInstallation:
    """One in eight, always the same, and nobody else's."""

    @pytest.fixture(autouse=True)
    def as_it_is_run(self) -> Iterator[None]:
        with override_settings(REPORT_ONE_MORE_IN=8):
            yield

    def test_it_is_about_one_in_eight_and_stays_so(self) -> None:
        taken = [key for key in KEYS if chance_of(_page())(key)]
        assert 400 <= len(taken) <= 600
        assert taken == [key for key in KEYS if chance_of(_page())(key)]

    def test_another_key_or_audience_has_another(self) -> None:
        own = {key for key in KEYS if chance_of(_page())(key)}
        with override_settings(SECRET_KEY="another key of thirty-two letters or more"):
            assert len(own & {key for key in KEYS if chance_of(_page())(key)}) < 120
        assert len(own & {key for key in KEYS if chance_of(_page(Audience.PARTNER))(key)}) < 120

    def test_it_can_be_none(self) -> None:
        with override_settings(REPORT_ONE_MORE_IN=0):
            assert not any(chance_of(_page())(key) for key in KEYS)
