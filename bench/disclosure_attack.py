"""Proof: can anybody work out a withheld count from everything the product ever released, knowing how it withholds?

Tables and a region live three years in databases of their own; every page is made by the product's verbs. The attacker
shares no code with the protector: one variable for each table, quarter, figure and category, the equations and
inequalities that follow from what was told, what our rules give away of each withheld count (below k, or not below),
and HiGHS for the least and greatest value of every withheld count, rounded inwards. Nothing may remain determined, nor
confined to two values. A solution shows a value of every count: one seen with three values is not asked again.
"""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TypeAlias

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from bench.disclosure_history import YEARS, lived, release_everything
from bench.proof import SEED, Proof

SIZES = (20, 42, 100, 220)
EACH = int(os.environ.get("ATTACK_EACH", "15"))
REGIONS = int(os.environ.get("ATTACK_REGIONS", "1"))
_TEN = dict(zip("ABCDEFGHIJ", (20, 20, 42, 42, 42, 42, 60, 100, 100, 220), strict=True))
_K = {"committee": 5, "partner": 11, "public": 20}
_EXEMPT = {"opened", "met", "rejected", "concluded", "still-open", "risk-lowered", "stopped", "withdrawn"}
#: scope, year, quarter (0: the year), figure, category
Name: TypeAlias = tuple[str, int, int, str, str]


@dataclass
class Told:
    """What one audience was told, and why the rest was not."""

    numbers: dict[Name, int] = field(default_factory=dict)
    small: dict[Name, int] = field(default_factory=dict)  # fewer than this
    large: dict[Name, int] = field(default_factory=dict)  # at least this
    silent: set[Name] = field(default_factory=set)  # not released at all


@dataclass
class Found:
    """What one attack came to."""

    sizes: dict[str, int]
    attacked: int = 0
    determined: int = 0
    two: int = 0
    trivial: int = 0
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    risk_categories: list[int] = field(default_factory=list)
    totals_shown: bool = True


def run() -> Proof:
    """Live, release, attack."""
    from django.db import connections

    connections.close_all()
    tasks = [(_TEN, f"{SEED}/region/{n}") for n in range(REGIONS)]
    tasks += [({"T": size}, f"{SEED}/{size}/{n}") for n in range(EACH) for size in SIZES]
    found: list[Found] = []
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
        for n, one in enumerate(pool.map(_one, tasks), 1):
            found.append(one)
            print(f"{n} of {len(tasks)} histories: {sum(f.determined + f.two for f in found)} found", flush=True)
    shares: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in found:
        for kind, (told, of) in one.shares.items():
            shares[kind] = [shares[kind][0] + told, shares[kind][1] + of]
    said = [f"{kind} {told / of:.0%}" for kind, (told, of) in sorted(shares.items()) if of]
    determined, two = sum(f.determined for f in found), sum(f.two for f in found)
    of_42 = min(least for f in found if f.sizes == {"T": 42} for least in f.risk_categories)
    useful = of_42 >= 5 and all(f.totals_shown for f in found)
    return Proof(
        "disclosure-attack",
        f"{determined} determined, {two} confined to two values of {sum(f.attacked for f in found):,} withheld counts"
        f" (target 0); a 42-a-year table's year shows at least {of_42} risk categories (target 5)",
        len(found),
        SEED,
        determined == 0 and two == 0 and useful and len(found) >= 60,
        "Released by the product's own verbs. Share of the counts above zero that are told: " + "; ".join(said)
        + f". Left out: {sum(f.trivial for f in found):,} counts of a base of none or one.",
    )  # fmt: skip


def _one(task: tuple[dict[str, int], str]) -> Found:
    from tests.databases import cloned

    sizes, seed = task
    with cloned(f"proof_{os.getpid()}"):
        from tests.cast import reference

        reference()
        tables = lived(sizes, seed, "Invented")
        for _page in release_everything(tables, "Invented"):
            pass
        knows, true = _read(list(sizes))
    found = Found(sizes)
    for audience, readers in _readers(knows, list(sizes)):
        for year in YEARS:
            _attack_year(found, audience, readers, year, list(sizes), true)
    _usefulness(found, knows, true, list(sizes))
    return found


def _read(tables: list[str]) -> tuple[dict[str, Told], dict[Name, int]]:
    """What each audience came to know, from the kept releases; and the truth, to check the attack itself."""
    from privacy.context import in_role
    from reports.models import QuarterCounts, Release, ReleaseReasons

    knows: dict[str, Told] = defaultdict(Told)
    true: dict[Name, int] = defaultdict(int)
    with in_role("st_statistics"):
        reasons = dict(ReleaseReasons.objects.values_list("release_id", "withheld"))
        for row in Release.objects.all():
            scope = row.scope if row.scope in tables else "region"
            quarter = int(row.period[-1]) if "Q" in row.period else 0
            of = knows[f"committee {scope}" if row.audience == "committee" else row.audience]
            for cell, value in row.told.items():
                of.numbers[_name(scope, row.first_day.year, quarter, cell)] = value
            for cell, reason in reasons[row.pk].items():
                name, k = _name(scope, row.first_day.year, quarter, cell), _K[row.audience]
                if reason == "SMALL":
                    of.small[name] = k
                elif reason == "OTHERWISE_COMPUTABLE":
                    of.large[name] = k
                else:
                    of.silent.add(name)
        for counted in QuarterCounts.objects.select_related("table"):
            for cell, value in counted.counts.items():
                for scope in (counted.table.code, "region"):
                    for quarter in ((counted.first_day.month + 2) // 3, 0):
                        true[_name(scope, counted.first_day.year, quarter, cell)] += value
    return knows, true


def _name(scope: str, year: int, quarter: int, cell: str) -> Name:
    figure, code = cell.split("/", 1)
    return scope, year, quarter, figure, code


def _readers(knows: dict[str, Told], tables: list[str]) -> Iterator[tuple[str, list[Told]]]:
    """Each kind of reader with everything it reads."""
    yield "public", [knows["public"]]
    yield "partner", [knows["public"], knows["partner"]]
    for table in tables:
        yield f"committee {table}", [knows["public"], knows["partner"], knows[f"committee {table}"]]


#: figure -> the total that its categories partition; a figure of several a discussion has none.
_PARTS = {
    "rejection": "rejected", "type": "met", "originating": "met", "lead": "met", "first-contact": "met",
    "age": "persons", "sex": "persons", "service": "services", "service-result": "services",
}  # fmt: skip
_WITHIN = {"risk-category": "met", "protective-category": "met", "study-flag": "met", "assisting": "met"}
#: Figures that share a total which may be withheld are attacked together.
_TOGETHER = (("age", "sex"), ("service", "service-result"), ("rejection",), ("type",), ("originating",), ("lead",),
             ("first-contact",), ("conclusion", "conclusion-reason"))  # fmt: skip


def _attack_year(
    found: Found, who: str, readers: list[Told], year: int, tables: list[str], true: dict[Name, int]
) -> None:
    told: dict[Name, int] = {}
    small: dict[Name, int] = {}
    large: dict[Name, int] = {}
    silent: set[Name] = set()
    for one in readers:
        told |= {n: v for n, v in one.numbers.items() if n[1] == year}
        small |= {n: k for n, k in one.small.items() if n[1] == year and k <= small.get(n, k)}
        large |= {n: k for n, k in one.large.items() if n[1] == year and k >= large.get(n, k)}
        silent |= {n for n in one.silent if n[1] == year}
    hidden = {n for n in {*small, *large, *silent} if n not in told}
    by_figure: dict[str, list[Name]] = defaultdict(list)
    for name in sorted({*told, *hidden}):
        by_figure[name[3]].append(name)
    groups = [[n for f in figures for n in by_figure[f]] for figures in _TOGETHER]
    singles: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for figure in _WITHIN:
        for name in by_figure[figure]:
            singles[name[3:]].append(name)
    for names in (*groups, *singles.values()):
        asked = [n for n in names if n in hidden]
        if asked:
            _Program(names, told, small, large, tables).attack(found, asked, true, who)


class _Program:
    """The linear program of some figures of one year."""

    def __init__(
        self, names: list[Name], told: dict[Name, int], small: dict[Name, int], large: dict[Name, int],
        tables: list[str],
    ) -> None:  # fmt: skip
        self.tables, self.told = tables, told
        self.at: dict[Name, int] = {}
        self.equal: list[tuple[dict[int, float], float]] = []
        self.less: list[tuple[dict[int, float], float]] = []
        figures = {n[3] for n in names}
        codes = {(n[3], n[4]) for n in names}
        shared = {_PARTS[f] for f in figures if f in ("age", "sex", "service", "service-result")}
        every = {*names, *((s, y, q, "totals", t) for t in shared for s, y, q in {n[:3] for n in names})}
        for name in sorted(every):
            form = self._form(name)
            if name in told:
                self.equal.append((form, told[name]))
                continue
            if name in small:
                self.less.append((form, small[name] - 1))
            if name in large:
                self.less.append(({n: -f for n, f in form.items()}, -large[name]))
            base = _WITHIN.get(name[3])
            if base and (*name[:3], "totals", base) in told:
                self.less.append((form, told[*name[:3], "totals", base]))
        for scope, year, quarter in {n[:3] for n in names}:
            self._add_up(scope, year, quarter, figures, codes)

    def _form(self, name: Name) -> dict[int, float]:
        """A count as a sum of its table-and-quarter variables."""
        scope, year, quarter, figure, code = name
        parts = [
            (t, year, q, figure, code)
            for t in (self.tables if scope == "region" else [scope])
            for q in ((quarter,) if quarter else (1, 2, 3, 4))
        ]
        return {self.at.setdefault(part, len(self.at)): 1.0 for part in parts}

    def _add_up(self, scope: str, year: int, quarter: int, figures: set[str], codes: set[tuple[str, str]]) -> None:
        for figure in figures & set(_PARTS):
            total: Name = (scope, year, quarter, "totals", _PARTS[figure])
            sums: dict[int, float] = {}
            for f, code in codes:
                if f == figure:
                    sums |= self._form((scope, year, quarter, figure, code))
            if total in self.told:
                self.equal.append((sums, self.told[total]))
            elif _PARTS[figure] in ("persons", "services"):
                self.equal.append((sums | dict.fromkeys(self._form(total), -1.0), 0))
        if "conclusion" in figures:
            groups = [code for f, code in codes if f == "conclusion"]
            for which, inside in (("risk-lowered", ["overall-risk-lowered"]), ("concluded", groups)):
                name: Name = (scope, year, quarter, "totals", which)
                if name in self.told:
                    form: dict[int, float] = {}
                    for code in inside:
                        form |= self._form((scope, year, quarter, "conclusion", code))
                    self.equal.append((form, self.told[name]))
            for group in groups:
                whole = dict.fromkeys(self._form((scope, year, quarter, "conclusion", group)), -1.0)
                for f, code in codes:
                    if f == "conclusion-reason" and code.split("/", 1)[0] == group:
                        whole |= self._form((scope, year, quarter, f, code))
                self.equal.append((whole, 0))

    def attack(self, found: Found, asked: list[Name], true: dict[Name, int], who: str) -> None:
        """Least and greatest whole value of each asked count, as far as is needed."""
        width = len(self.at)
        equations, right = _matrix(self.equal, width), [v for _f, v in self.equal]
        limits, top = _matrix(self.less, width), [v for _f, v in self.less]
        forms = {name: self._form(name) for name in asked}
        low, high = dict.fromkeys(asked, math.inf), dict.fromkeys(asked, -math.inf)

        def solve(aim: np.ndarray) -> float:
            done = linprog(
                aim, A_ub=limits, b_ub=top or None, A_eq=equations, b_eq=right or None, bounds=(0, 100_000),
                method="highs",
            )  # fmt: skip
            assert done.status == 0, done.message
            for name, form in forms.items():
                value = sum(done.x[n] * f for n, f in form.items())
                low[name], high[name] = min(low[name], value), max(high[name], value)
            return float(done.fun)

        def open_(name: Name) -> bool:
            if high[name] < low[name]:
                return True
            return math.floor(high[name] + 1e-6) - math.ceil(low[name] - 1e-6) < 2

        rng = np.random.default_rng(len(asked))
        for _n in range(24):
            waiting = [name for name in asked if open_(name)]
            if len(waiting) < 3:
                break
            aim = np.zeros(width)
            for name in waiting:
                for n in forms[name]:
                    aim[n] += rng.choice((-1.0, 1.0, -3.0, 3.0))
            solve(aim)
            solve(-aim)
        for name in asked:
            if open_(name):
                aim = np.zeros(width)
                for n, f in forms[name].items():
                    aim[n] = f
                solve(aim)
                solve(-aim)
            base = _base(name, self.told)
            if base is not None and base < 2:
                found.trivial += 1
                continue
            least, most = math.ceil(low[name] - 1e-6), math.floor(high[name] + 1e-6)
            assert not open_(name) or least <= true[name] <= most, "the attack itself is wrong"
            found.attacked += 1
            found.determined += most <= least
            found.two += most == least + 1
            if most <= least + 1:
                print(f"found: {who} {name} {least}..{most} true {true[name]}", flush=True)


def _base(name: Name, told: dict[Name, int]) -> int | None:
    figure = name[3]
    if figure in ("conclusion", "conclusion-reason"):
        group = name[4].split("/", 1)[0]
        lowered = told.get((*name[:3], "totals", "risk-lowered"))
        if group == "overall-risk-lowered":
            return lowered
        concluded = told.get((*name[:3], "totals", "concluded"))
        return None if lowered is None or concluded is None else concluded - lowered
    return told.get((*name[:3], "totals", _PARTS.get(figure) or _WITHIN.get(figure, "")))


def _matrix(rows: list[tuple[dict[int, float], float]], width: int) -> csr_matrix | None:
    if not rows:
        return None
    data = [f for form, _v in rows for f in form.values()]
    at = [n for n, (form, _v) in enumerate(rows) for _f in form]
    of = [n for form, _v in rows for n in form]
    return csr_matrix((data, (at, of)), shape=(len(rows), width))


def _usefulness(found: Found, knows: dict[str, Told], true: dict[Name, int], tables: list[str]) -> None:
    for who, told in knows.items():
        for name in {*told.numbers, *told.small, *told.large, *told.silent}:
            if name[3] != "totals" and true[name] > 0:
                kind = f"{who.split()[0]}, {'region' if name[0] == 'region' else 'table'},"
                share = found.shares[f"{kind} {'quarter' if name[2] else 'year'}"]
                share[0] += name in told.numbers
                share[1] += 1
    for table in tables:
        numbers = knows[f"committee {table}"].numbers
        for year in YEARS:
            shown = [n for n in numbers if n[:4] == (table, year, 0, "risk-category")]
            found.risk_categories.append(len(shown))
            for quarter in (1, 2, 3, 4):
                found.totals_shown &= all((table, year, quarter, "totals", t) in numbers for t in _EXEMPT)
    found.shares = dict(found.shares)
