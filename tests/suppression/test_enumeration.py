"""Can a withheld count be confined to two values by somebody who knows how we withhold, and tries every world?

One page of two or three categories, told to a committee. The attacker runs the same release in every world that fits
the total and keeps those of which exactly these numbers would have been told: what was given up speaks as well.
"""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

from reports.suppression.audit import LEAST_POSSIBLE
from reports.suppression.counts import Count, Question, Relation
from reports.suppression.protect import protect

K = 5


def _told(values: tuple[int, ...]) -> frozenset[tuple[object, int]]:
    places = tuple(range(len(values)))
    counts = [Count("all", sum(values), exempt=True)]
    counts += [Count(n, values[n], within="all", rank=-n, figure="one") for n in places]
    return frozenset(protect(Question(counts, [Relation("all", places)], K)).told.items())


@pytest.mark.parametrize(("categories", "most"), [(2, 30), (3, 26)])
def test_on_one_page_nothing_is_confined_to_two_values(categories: int, most: int) -> None:
    for total in range(2, most + 1):
        every = itertools.product(range(total + 1), repeat=categories - 1)
        worlds = [(*some, total - sum(some)) for some in every if sum(some) <= total]
        alike: dict[frozenset[tuple[object, int]], list[tuple[int, ...]]] = defaultdict(list)
        for world in worlds:
            alike[_told(world)].append(world)
        for told, fitting in alike.items():
            for n in range(categories):
                if n not in dict(told):
                    assert len({world[n] for world in fitting}) >= LEAST_POSSIBLE, (total, told, n)
