"""Is there another world that fits everything told? Whole numbers moved against each other around the true ones.

The true counts fit by themselves. A count is safe where enough other whole values fit too; most are shown safe by a few
steps: one up, its neighbour in the same sum down, until everything adds up again. What is found is a proof: a world of
whole numbers that fits. What is not found proves nothing, and is left to the linear program (`audit.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: How many counts may be moved to show one count safe, and how many ways are tried.
_DEEPEST = 8
_TRIES = 400
#: Times each sum is asked while bounds are drawn closer.
_ROUNDS = 6

Delta = dict[int, int]


class Moves:
    """One connected group: true values, bounds, sums, and which count cannot exceed which."""

    def __init__(
        self,
        true: Sequence[int],
        bounds: Sequence[tuple[int, int]],
        equations: Sequence[Mapping[int, int]],
        ordered: Sequence[tuple[int, int]],
    ) -> None:
        self.true, self.bounds = true, bounds
        self.equations = equations
        self.of: list[list[int]] = [[] for _ in true]
        for n, sides in enumerate(equations):
            for at in sides:
                self.of[at].append(n)
        #: Of each sum, the counts that can be moved at all.
        self._free = [[(at, f) for at, f in sides.items() if bounds[at][0] < bounds[at][1]] for sides in equations]
        #: Of each count those that it cannot exceed, and those that cannot exceed it.
        self._above: dict[int, list[int]] = {}
        self._below: dict[int, list[int]] = {}
        for low, high in ordered:
            self._above.setdefault(low, []).append(high)
            self._below.setdefault(high, []).append(low)
        self._tries = 0
        self._met: dict[int, set[int]] = {}

    def values(self, at: int, wanted: int) -> int:
        """How many different values a count was shown to have, at most `wanted`."""
        met = self._met.setdefault(at, set())
        for step in [far * sign for sign in (1, -1) for far in range(1, wanted)]:
            if len(met) + 1 >= wanted:
                break
            if step not in met:
                self._reach(at, step)
        return len(met) + 1

    def _reach(self, at: int, step: int) -> None:
        """Look for a world in which a count is so many more or fewer; every count that moved in it has been seen so."""
        low, high = self.bounds[at]
        if not low <= self.true[at] + step <= high:
            return
        self._tries = _TRIES
        world = {at: step}
        if self._mend(world, {n: step * self.equations[n][at] for n in self.of[at]}, _DEEPEST):
            for moved, by in world.items():
                self._met.setdefault(moved, set()).add(by)

    def _mend(self, delta: Delta, off: dict[int, int], depth: int) -> bool:
        """Move further counts until every sum touched is right again. `off` says by how much each is not; both are
        as they were where no world was found.
        """
        wrong = next((n for n, by in off.items() if by), None)
        if wrong is None:
            return self._ordered(delta)
        if depth == 0:
            return False
        missing = -off[wrong]
        for at, factor in self._candidates(wrong, delta, off):
            self._tries -= 1
            if self._tries < 0:
                return False
            low, high = self.bounds[at]
            true = self.true[at]
            step = max(low - true, min(high - true, missing * factor))
            if step:
                delta[at] = step
                new = [n for n in self.of[at] if n not in off]
                for n in self.of[at]:
                    off[n] = off.get(n, 0) + step * self.equations[n][at]
                if self._mend(delta, off, depth - 1):
                    return True
                del delta[at]
                for n in self.of[at]:
                    off[n] -= step * self.equations[n][at]
                for n in new:
                    del off[n]
        return False

    def _candidates(self, equation: int, delta: Delta, touched: Mapping[int, int]) -> list[tuple[int, int]]:
        """Counts of a sum not moved yet: first those in no other sum, then those that touch no new one."""
        first: list[tuple[int, int]] = []
        last: list[tuple[int, int]] = []
        for at, factor in self._free[equation]:
            if at not in delta:
                new = any(n not in touched for n in self.of[at])
                (last if new else first).append((at, factor))
        return first + last

    def _ordered(self, delta: Delta) -> bool:
        def value(at: int) -> int:
            return self.true[at] + delta.get(at, 0)

        for at in delta:
            if any(value(at) > value(above) for above in self._above.get(at, ())):
                return False
            if any(value(below) > value(at) for below in self._below.get(at, ())):
                return False
        return True


def drawn_closer(
    bounds: Sequence[tuple[int, int]], equations: Sequence[tuple[Mapping[int, int], int]]
) -> list[tuple[int, int]]:
    """Bounds after every sum has said what is left for each of its counts. ArithmeticError where nothing is left."""
    low, high = [b[0] for b in bounds], [b[1] for b in bounds]
    waiting = list(range(len(equations)))
    of: dict[int, list[int]] = {}
    for n, (sides, _value) in enumerate(equations):
        for at in sides:
            of.setdefault(at, []).append(n)
    for _round in range(_ROUNDS * len(equations)):
        if not waiting:
            break
        n = waiting.pop(0)
        sides, value = equations[n]
        least = sum(f * (low[at] if f > 0 else high[at]) for at, f in sides.items())
        most = sum(f * (high[at] if f > 0 else low[at]) for at, f in sides.items())
        if not least <= value <= most:
            raise ArithmeticError("the numbers told contradict each other")
        for at, f in sides.items():  # every factor is 1 or -1
            own = (low[at], high[at]) if f > 0 else (-high[at], -low[at])
            ends = (value - (most - own[1]), value - (least - own[0]))
            down, up = ends if f > 0 else (-ends[1], -ends[0])
            if down > low[at] or up < high[at]:
                low[at], high[at] = max(low[at], down), min(high[at], up)
                waiting += [m for m in of[at] if m != n and m not in waiting]
    return list(zip(low, high, strict=True))
