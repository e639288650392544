"""What could somebody work out who has seen everything told and knows how we withhold? A linear program answers.

For each withheld count the least and the greatest value are sought that go with every number told, with all that adds
up, with its base, and with the reason it was withheld (a small one holds at most k - 1, the others at least k: as if
the reason were known, which is more than is printed). A count is exposed when at most two whole numbers remain.
Left out are counts of a base that was told and is none or one: such a base says by itself what its parts can be, and
only exempt totals, which those seated know, are told so small.

Counts that share no relation cannot say anything about each other: each connected group is a program of its own.
One solution of a program shows a possible value of every count in it, so most counts are settled by a few solutions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, csr_matrix

from reports.suppression.counts import Between, Key, Relation

#: Whole numbers that must remain possible.
LEAST_POSSIBLE = 3
_SLACK = 1e-6
#: Stands for no bound: more discussions than there are people.
_ENDLESS = 10_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything an attacker has: numbers told, counts withheld with their bounds, what adds up, and bases."""

    told: Mapping[Key, int]
    withheld: Mapping[Key, Between]
    relations: Sequence[Relation]
    within: Mapping[Key, Key]


def exposed(seen: Seen, *, only: Iterable[Key] | None = None) -> list[Key]:
    """The withheld counts of which at most two values remain possible; `only` looks at the groups of some keys."""
    found: list[Key] = []
    wanted = None if only is None else set(only)
    for group in _groups(seen):
        if wanted is None or wanted & set(group.keys):
            found += group.exposed()
    return found


def possible(seen: Seen, key: Key) -> tuple[int, int]:
    """The least and greatest whole number a withheld count can be."""
    group = next(g for g in _groups(seen) if key in g.place)
    return group.between(group.place[key])


class _Group:
    """One connected set of withheld counts with the equations that hold between them."""

    def __init__(self, keys: Sequence[Key], equations: Sequence[tuple[dict[Key, int], int]], seen: Seen) -> None:
        self.keys = list(keys)
        self.place = {key: n for n, key in enumerate(self.keys)}
        self.bounds = [_bounds(key, seen) for key in self.keys]
        self.plain = {key for key in self.keys if _base(key, seen) in (0, 1)}
        rows, columns, factors, right = [], [], [], []
        for n, (sides, value) in enumerate(equations):
            right.append(value)
            for key, factor in sides.items():
                rows.append(n)
                columns.append(self.place[key])
                factors.append(factor)
        shape = (len(equations), len(self.keys))
        self.matrix: csr_matrix | None = (
            coo_matrix((factors, (rows, columns)), shape=shape).tocsr() if equations else None
        )
        self.right = np.array(right, dtype=float)
        inequalities = [
            (self.place[key], self.place[seen.within[key]])
            for key in self.keys
            if key in seen.within and seen.within[key] in self.place
        ]
        self.less: csr_matrix | None = None
        if inequalities:
            many = len(inequalities)
            data = [1.0] * many + [-1.0] * many
            at = [*range(many), *range(many)]
            of = [a for a, _b in inequalities] + [b for _a, b in inequalities]
            self.less = coo_matrix((data, (at, of)), shape=(many, len(self.keys))).tocsr()

    def exposed(self) -> list[Key]:
        if self.matrix is None and self.less is None:  # nothing adds up here: the bounds are all there is
            return [key for key, (low, high) in zip(self.keys, self.bounds, strict=True)
                    if key not in self.plain and not _wide(low, high)]  # fmt: skip
        if self.less is None and self.matrix is not None and self.matrix.shape[0] == 1:
            return self._exposed_by_one_equation()
        lowest, highest = self._glimpses()
        found = []
        for n, key in enumerate(self.keys):
            if key in self.plain:
                continue
            for sign in (1, -1):
                if _wide(lowest[n], highest[n]):
                    break
                values = self._solve(n, sign)
                lowest, highest = np.minimum(lowest, values), np.maximum(highest, values)
            if not _wide(lowest[n], highest[n]):
                found.append(key)
        return found

    def _exposed_by_one_equation(self) -> list[Key]:
        """One sum, one answer: what is left for a count when all others are least, or greatest."""
        factors = self.matrix.toarray()[0]  # type: ignore[union-attr]  # asked by the caller
        ends = np.array(self.bounds, dtype=float) * factors[:, None]
        least, most = ends.min(axis=1), ends.max(axis=1)
        if not least.sum() - _SLACK <= self.right[0] <= most.sum() + _SLACK:
            raise ArithmeticError("the numbers told contradict each other")
        found = []
        for n, key in enumerate(self.keys):
            others = self.right[0] - (most.sum() - most[n]), self.right[0] - (least.sum() - least[n])
            low, high = sorted(end / factors[n] for end in others)
            low, high = max(low, self.bounds[n][0]), min(high, self.bounds[n][1])
            if key not in self.plain and not _wide(low, high):
                found.append(key)
        return found

    def _glimpses(self) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest values met in a few solutions that push all counts up or down at once."""
        lowest, highest = np.full(len(self.keys), np.inf), np.full(len(self.keys), -np.inf)
        if len(self.keys) > 3:
            directions = np.random.default_rng(len(self.keys))
            for _n in range(8):
                aim = directions.choice([-1.0, 1.0], len(self.keys))
                for sign in (1, -1):
                    values = self._best(sign * aim)
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
        return self._best(aim)

    def _best(self, aim: np.ndarray) -> np.ndarray:
        limits = None if self.less is None else np.zeros(self.less.shape[0])
        solved = linprog(
            aim, A_ub=self.less, b_ub=limits, A_eq=self.matrix, b_eq=self.right if self.matrix is not None else None,
            bounds=self.bounds, method="highs",
        )  # fmt: skip
        if solved.status != 0:
            raise ArithmeticError("the numbers told contradict each other")
        return np.asarray(solved.x)


def _wide(low: float, high: float) -> bool:
    return math.floor(high + _SLACK) - math.ceil(low - _SLACK) + 1 >= LEAST_POSSIBLE if high >= low else False


def _base(key: Key, seen: Seen) -> int | None:
    """The nearest base that was told, the base's own base if need be."""
    base = seen.within.get(key)
    while base is not None and base not in seen.told:
        base = seen.within.get(base)
    return None if base is None else seen.told[base]


def _bounds(key: Key, seen: Seen) -> tuple[int, int]:
    found = seen.withheld[key]
    base = _base(key, seen)
    if base is not None:
        found = found.and_(Between(0, base))
    return found.least, _ENDLESS if found.most is None else found.most


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
    for key, base in seen.within.items():
        if key in parent and base in parent:
            parent[root(key)] = root(base)
    members: dict[Key, list[Key]] = defaultdict(list)
    for key in seen.withheld:
        members[root(key)].append(key)
    of: dict[Key, list[tuple[dict[Key, int], int]]] = defaultdict(list)
    for sides, value in equations:
        of[root(next(iter(sides)))].append((sides, value))
    return [_Group(keys, of[at], seen) for at, keys in members.items()]
