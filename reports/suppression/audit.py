"""What could somebody work out who has seen everything told and knows how we withhold? A linear program answers.

For each withheld count the least and the greatest value are sought that go with every number told, with all that adds
up, with its base, and with the reason it was withheld (a small one holds at most k - 1, the others at least k: as if
the reason were known, which is more than is printed). A count is exposed when at most two whole numbers remain.
Left out are counts of a base that was told and is none or one: such a base says by itself what its parts can be, and
only exempt totals, which those seated know, are told so small.

Counts that share no relation cannot say anything about each other: each connected group is a program of its own.
Most counts are settled without one: whoever protects knows the true counts, and other whole numbers that fit as well
are found by moving counts against each other (`moves.py`). Only what that leaves open is put to the program.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reports.suppression.counts import Between, Key, Pair, Relation
from reports.suppression.moves import Moves, drawn_closer
from reports.suppression.program import ENDLESS, Program

#: Whole numbers that must remain possible.
LEAST_POSSIBLE = 3
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything an attacker has: numbers told, counts withheld with their bounds, what adds up, and bases."""

    told: Mapping[Key, int]
    withheld: Mapping[Key, Between]
    relations: Sequence[Relation]
    within: Mapping[Key, Key]
    #: The true counts, where the asker has them: they only make the answer quicker.
    true: Mapping[Key, int] = field(default_factory=dict)
    #: Further pairs of which the first is never more than the second, where the second is no base of the first.
    at_most: Sequence[Pair] = ()

    def pairs(self) -> Iterator[Pair]:
        """Every count with one that it cannot exceed."""
        yield from self.within.items()
        yield from self.at_most


def exposed(seen: Seen, *, only: Iterable[Key] | None = None) -> list[Key]:
    """The withheld counts, or some of them, of which at most two values remain possible."""
    found: list[Key] = []
    wanted = None if only is None else set(only)
    for group in _groups(seen):
        asked = [key for key in group.keys if wanted is None or key in wanted]
        if asked:
            found += group.exposed(asked)
    return found


def connected(seen: Seen, keys: Iterable[Key]) -> set[Key]:
    """The withheld counts that share a group with some of these."""
    wanted = set(keys)
    return {key for group in _groups(seen) if wanted & set(group.keys) for key in group.keys}


def possible(seen: Seen, key: Key) -> tuple[int, int]:
    """The least and greatest whole number a withheld count can be."""
    group = next(g for g in _groups(seen) if key in g.place)
    return group.between(group.place[key])


class _Group:
    """One connected set of withheld counts with the equations that hold between them."""

    def __init__(
        self, keys: Sequence[Key], equations: Sequence[tuple[dict[Key, int], int]], ordered: Sequence[Pair],
        beside: Mapping[Key, Between], seen: Seen,
    ) -> None:  # fmt: skip
        self.keys = list(keys)
        self.place = {key: n for n, key in enumerate(self.keys)}
        self.equations, self.beside, self.seen = equations, beside, seen
        #: Which count is at most which.
        self.ordered = [(self.place[low], self.place[high]) for low, high in ordered]

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """What the rules give away of each count, drawn closer by every sum it is in."""
        return drawn_closer([_bounds(key, self.seen, self.beside) for key in self.keys], self.sums)

    @cached_property
    def program(self) -> Program:
        """Everything that holds between these counts."""
        return Program(self.bounds, self.sums, self.ordered)

    @cached_property
    def sums(self) -> list[tuple[dict[int, int], int]]:
        """The equations, by the places of the counts."""
        return [({self.place[key]: f for key, f in sides.items()}, value) for sides, value in self.equations]

    @cached_property
    def moves(self) -> Moves | None:
        """Other worlds that fit, where the true one is known and fits."""
        seen = self.seen
        if any(key not in seen.true for key in self.keys):
            return None
        true = [seen.true[key] for key in self.keys]
        fits = all(low <= value <= high for value, (low, high) in zip(true, self.bounds, strict=True)) and all(
            sum(factor * true[at] for at, factor in sides.items()) == value for sides, value in self.sums
        )
        return Moves(true, self.bounds, [sides for sides, _value in self.sums], self.ordered) if fits else None

    def exposed(self, asked: Sequence[Key]) -> list[Key]:
        """Those of some counts of which too few values remain."""
        asked = [key for key in asked if _base(key, self.seen) not in (0, 1)]
        found = [key for key in asked if not _wide(*self.bounds[self.place[key]])]
        if not self.equations and not self.ordered:  # nothing adds up here: the bounds are all there is
            return found
        asked = [key for key in asked if key not in set(found)]
        if self.moves is not None:
            asked = [key for key in asked if self.moves.values(self.place[key], LEAST_POSSIBLE) < LEAST_POSSIBLE]
        if not asked:
            return found
        lowest, highest = self._glimpses(len(asked))
        for key in asked:
            n = self.place[key]
            for sign in (1, -1):
                if _wide(lowest[n], highest[n]):
                    break
                values = self._solve(n, sign)
                lowest, highest = np.minimum(lowest, values), np.maximum(highest, values)
            if not _wide(lowest[n], highest[n]):
                found.append(key)
        return found

    def _glimpses(self, asked: int) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest values met in a few solutions that push all counts up or down at once."""
        lowest, highest = np.full(len(self.keys), np.inf), np.full(len(self.keys), -np.inf)
        if asked > 6:
            directions = np.random.default_rng(len(self.keys))
            for _n in range(8):
                aim = directions.choice([-1.0, 1.0], len(self.keys))
                for sign in (1, -1):
                    values = self.program.least(sign * aim)
                    lowest, highest = np.minimum(lowest, values), np.maximum(highest, values)
                if all(_wide(low, high) for low, high in zip(lowest, highest, strict=True)):
                    break
        return lowest, highest

    def between(self, n: int) -> tuple[int, int]:
        return math.ceil(self._solve(n, 1)[n] - _SLACK), math.floor(self._solve(n, -1)[n] + _SLACK)

    def _solve(self, n: int, sign: int) -> np.ndarray:
        """All counts where count n is least (sign 1) or greatest (sign -1)."""
        aim = np.zeros(len(self.keys))
        aim[n] = sign
        return self.program.least(aim)


def _wide(low: float, high: float) -> bool:
    return math.floor(high + _SLACK) - math.ceil(low - _SLACK) + 1 >= LEAST_POSSIBLE if high >= low else False


def _base(key: Key, seen: Seen) -> int | None:
    """The nearest base that was told, the base's own base if need be."""
    base = seen.within.get(key)
    while base is not None and base not in seen.told:
        base = seen.within.get(base)
    return None if base is None else seen.told[base]


def _bounds(key: Key, seen: Seen, beside: Mapping[Key, Between]) -> tuple[int, int]:
    found = seen.withheld[key].and_(beside.get(key, Between()))
    base = _base(key, seen)
    if base is not None:
        found = found.and_(Between(0, base))
    return found.least, ENDLESS if found.most is None else found.most


def _beside(seen: Seen) -> dict[Key, Between]:
    """What numbers told say of withheld counts that they cannot exceed, or that cannot exceed them."""
    found: dict[Key, Between] = {}
    for low, high in seen.pairs():
        if low in seen.told and high in seen.withheld:
            found[high] = found.get(high, Between()).and_(Between(seen.told[low]))
        elif high in seen.told and low in seen.withheld:
            found[low] = found.get(low, Between()).and_(Between(0, seen.told[high]))
    return found


def _groups(seen: Seen) -> list[_Group]:
    """Connected withheld counts, with what is told moved to the right side of each equation."""
    equations: list[tuple[dict[Key, int], int]] = []
    for relation in seen.relations:
        sides: dict[Key, int] = defaultdict(int)
        value, complete = 0, True
        for key, factor in ((relation.total, 1), *((part, -1) for part in relation.parts)):
            if key in seen.withheld:
                sides[key] += factor
            elif key in seen.told:
                value -= factor * seen.told[key]
            else:  # never told and never withheld: nothing follows from this relation
                complete = False
                break
        if complete and sides:
            equations.append((dict(sides), value))
    parent: dict[Key, Key] = {key: key for key in seen.withheld}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for sides, _value in equations:
        first, *rest = sides
        for other in rest:
            parent[root(other)] = root(first)
    ordered = [pair for pair in seen.pairs() if pair[0] in parent and pair[1] in parent]
    for low, high in ordered:
        parent[root(low)] = root(high)
    members: dict[Key, list[Key]] = defaultdict(list)
    for key in seen.withheld:
        members[root(key)].append(key)
    of: dict[Key, list[tuple[dict[Key, int], int]]] = defaultdict(list)
    for sides, value in equations:
        of[root(next(iter(sides)))].append((sides, value))
    pairs: dict[Key, list[Pair]] = defaultdict(list)
    for pair in ordered:
        pairs[root(pair[0])].append(pair)
    beside = _beside(seen)
    return [_Group(keys, of[at], pairs[at], beside, seen) for at, keys in members.items()]
