"""Proof: can anybody work out a withheld count from everything ever released, knowing how counts are withheld?

The attacker shares no code with the protector: it sets up its own variables (one a table, quarter, figure and
category), its own equations, adds what our rules give away of each withheld count (below k, or not below), and asks
HiGHS for the least and greatest value of every withheld count, rounded inwards to whole numbers. Nothing may remain
determined, nor confined to two values.
"""

from __future__ import annotations

import math
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from bench.disclosure_history import ONE_WAY, QUARTERS, YEARS, History, Told, figures, lived
from bench.proof import SEED, Proof
from reports.suppression.counts import Between, Key, together

SIZES = (20, 42, 100, 220)
EACH = 15
REGIONS = 2
_TEN = dict(zip("abcdefghij", (20, 20, 42, 42, 42, 42, 60, 100, 100, 220), strict=True))


@dataclass
class Found:
    """What one attack came to."""

    attacked: int
    determined: int
    two_values: int
    trivial: int
    shares: dict[str, Told]
    failed: int
    risk_categories: list[int]
    totals_shown: bool


def run() -> Proof:
    """Live, release, attack."""
    tasks = [({"t": size}, f"{SEED}/{size}/{n}") for size in SIZES for n in range(EACH)]
    tasks += [(_TEN, f"{SEED}/region/{n}") for n in range(REGIONS)]
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = []
        for n, one in enumerate(pool.map(_one, tasks), 1):
            found.append(one)
            if n % 10 == 0:
                print(f"{n} of {len(tasks)} histories", flush=True)
    determined, two = sum(f.determined for f in found), sum(f.two_values for f in found)
    shares: dict[str, Told] = {}
    for one in found:
        for kind, told in one.shares.items():
            total = shares.setdefault(kind, Told())
            total.cells, total.all = total.cells + told.cells, total.all + told.all
            total.of, total.sum = total.of + told.of, total.sum + told.sum
    said = [
        f"{kind}: {t.cells / t.all:.0%} of counts, {t.of / t.sum:.0%} of what they count" for kind, t in shares.items()
    ]
    print("\n".join(said), flush=True)
    of_42 = [
        least for f, (sizes, _s) in zip(found, tasks, strict=True) if sizes == {"t": 42} for least in f.risk_categories
    ]
    useful = min(of_42) >= 5 and all(f.totals_shown for f in found)
    return Proof(
        "disclosure-attack",
        f"{determined} determined, {two} confined to two values of {sum(f.attacked for f in found):,} withheld counts"
        f" (target 0); a 42-a-year table's year shows at least {min(of_42)} risk categories (target 5)",
        len(found),
        SEED,
        determined == 0 and two == 0 and useful and len(found) >= 60,
        "Told: " + "; ".join(said) + f". Releases that failed closed: {sum(f.failed for f in found)}."
        f" Left out: {sum(f.trivial for f in found):,} counts whose exempt base of none or one says what they can be.",
    )


def _one(task: tuple[dict[str, int], str]) -> Found:
    history = lived(*task)
    viewers = [history.public, *(together(history.public, knows) for knows in history.committees.values())]
    attacked = determined = two = trivial = 0
    for viewer in viewers:
        for figure, categories in figures().items():
            for group in [categories] if figure in ONE_WAY else [[c] for c in categories]:
                for key, low, high in _attack(history, viewer, figure, group):
                    assert low <= history.true[key] <= high, "the attack itself is wrong"
                    base = viewer.get((*key[:2], "total", "met"))
                    if isinstance(base, int) and base < 2:
                        trivial += 1
                        continue
                    attacked += 1
                    determined += high == low
                    two += high == low + 1
    years = [
        sum(isinstance(knows.get((table, (year,), "risk", c)), int) for c in figures()["risk"])
        for table, knows in history.committees.items()
        for year in YEARS
    ]
    shown = all(
        isinstance(knows.get((table, (year, q), "total", "met")), int)
        for table, knows in history.committees.items() for year in YEARS for q in QUARTERS
    )  # fmt: skip
    return Found(attacked, determined, two, trivial, history.shares, history.failed, years, shown)


def _attack(
    history: History, viewer: dict[Key, int | Between], figure: str, categories: list[str]
) -> list[tuple[tuple[str, tuple[int, ...], str, str], int, int]]:
    """Least and greatest of each withheld count of some categories, from one viewer's knowledge."""
    tables = list(history.tables)
    quarters = [(t, (y, q), figure, c) for t in tables for y in YEARS for q in QUARTERS for c in categories]
    at = {key: n for n, key in enumerate(quarters)}

    def basic(key: tuple[str, tuple[int, ...], str, str]) -> list[int]:
        """The quarters of tables that a count is made of."""
        where, when, _figure, category = key
        return [
            at[t, (when[0], q), figure, category]
            for t in (tables if where == "region" else [where])
            for q in (QUARTERS if len(when) == 1 else [when[1]])
        ]

    asked = [
        (where, when, figure, c)
        for where in [*tables, "region"]
        for when in [(y,) for y in YEARS] + [(y, q) for y in YEARS for q in QUARTERS]
        for c in categories
    ]
    equal: list[tuple[list[int], float]] = []
    less: list[tuple[list[int], float, float]] = []
    for key in asked:
        what = viewer.get(key)
        if isinstance(what, int):
            equal.append((basic(key), what))
        elif isinstance(what, Between):
            less.append((basic(key), what.least, math.inf if what.most is None else what.most))
    if figure in ONE_WAY:
        for where, when in {key[:2] for key in asked}:
            met = viewer.get((where, when, "total", "met"))
            if isinstance(met, int):
                equal.append(([n for c in categories for n in basic((where, when, figure, c))], met))
    else:
        for key in asked:
            met = viewer.get((*key[:2], "total", "met"))
            if isinstance(met, int):
                less.append((basic(key), 0, met))
    equations, right = _matrix(equal, len(at)), np.array([value for _p, value in equal])
    above = _matrix([(places, high) for places, _low, high in less if high < math.inf], len(at))
    limits = np.array([high for _p, _low, high in less if high < math.inf])
    below = _matrix([(places, low) for places, low, _h in less if low > 0], len(at))
    floors = np.array([low for _p, low, _h in less if low > 0])
    found: list[tuple[tuple[str, tuple[int, ...], str, str], int, int]] = []
    for key in asked:
        if not isinstance(viewer.get(key), Between):
            continue
        aim = np.zeros(len(at))
        aim[basic(key)] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * aim,
                A_ub=np.vstack([above, -below]),
                b_ub=np.concatenate([limits, -floors]),
                A_eq=equations,
                b_eq=right,
                bounds=(0, 100_000),
                method="highs",
            )
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        found.append((key, math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)))
    return found


def _matrix(rows: list[tuple[list[int], float]], width: int) -> np.ndarray:
    made = np.zeros((len(rows), width))
    for n, (places, _value) in enumerate(rows):
        made[n, places] = 1
    return made
