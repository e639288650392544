"""What can be computed from some told counts of one year? The attacker's program: no code of the protector's in it.

One variable for each table, quarter, figure and category; the equations and inequalities that follow from what was
told, and from what our rules give away of each withheld count. HiGHS finds the least and greatest value of every
withheld count, rounded inwards; it begins each time where it ended the time before. A solution shows a value of every
count: one seen with three values is not asked again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeAlias

import highspy
import numpy as np

#: scope, year, quarter (0: the year), figure, category
Name: TypeAlias = tuple[str, int, int, str, str]


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


#: figure -> the total that its categories partition; a figure of several a discussion has none.
PARTS = {
    "rejection": "rejected", "type": "met", "originating": "met", "lead": "met", "first-contact": "met",
    "age": "persons", "sex": "persons", "service": "services", "service-result": "services",
    "consent": "intervened", "notice": "intervened",
    "originating-rejected": "rejected",
}  # fmt: skip
#: Totals that may be withheld.
SHARED = {"persons", "services", "intervened"}
WITHIN = {"risk-category": "met", "protective-category": "met", "study-flag": "met", "assisting": "met"}
#: Categories of which a discussion may have several, with their mentions and their single factors: mentions are the sum
#: of the factors, no factor is more than its category, and no category more than its mentions.
_NESTED = {"risk-category": ("risk-mention", "risk-factor"),
           "protective-category": ("protective-mention", "protective-factor")}  # fmt: skip
#: Figures that share a total which may be withheld, or that bound each other, are attacked together.
TOGETHER = (("age", "sex"), ("service", "service-result"), ("rejection",), ("type",), ("originating",),
            ("lead", "first-contact", "consent", "notice"), ("conclusion", "conclusion-reason"),
            ("originating-rejected",),
            ("risk-category", "risk-mention", "risk-factor", "risk-outcome"),
            ("protective-category", "protective-mention", "protective-factor"))  # fmt: skip
#: Figures whose categories have nothing to do with each other: each is attacked by itself.
ALONE = ("study-flag", "assisting")


class Program:
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
        shared = {PARTS[f] for f in figures & set(PARTS)} & SHARED
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
            base = WITHIN.get(name[3])
            if base and (*name[:3], "totals", base) in told:
                self.less.append((form, told[*name[:3], "totals", base]))
        for scope, year, quarter in {n[:3] for n in names}:
            self._add_up(scope, year, quarter, figures, codes)
        for scope, year, quarter in {n[:3] for n in self.at}:
            self._nest(scope, year, quarter, codes)

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
        for figure in figures & set(PARTS):
            total: Name = (scope, year, quarter, "totals", PARTS[figure])
            sums: dict[int, float] = {}
            for f, code in codes:
                if f == figure:
                    sums |= self._form((scope, year, quarter, figure, code))
            if total in self.told:
                self.equal.append((sums, self.told[total]))
            elif PARTS[figure] in SHARED:
                self.equal.append((sums | dict.fromkeys(self._form(total), -1.0), 0))
        intervened: Name = (scope, year, quarter, "totals", "intervened")
        for figure in figures & {"lead", "first-contact"}:
            # Whoever had a lead or a contact had an intervention.
            none: Name = (scope, year, quarter, figure, "")
            met = self.told.get((scope, year, quarter, "totals", "met"))
            if met is not None:
                left = -met + self.told.get(intervened, 0)
                of = {} if intervened in self.told else dict.fromkeys(self._form(intervened), -1.0)
                self.less.append((dict.fromkeys(self._form(none), -1.0) | of, left))
                if of:
                    self.less.append((dict.fromkeys(of, 1.0), met))
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

    def _nest(self, scope: str, year: int, quarter: int, codes: set[tuple[str, str]]) -> None:
        """What holds between categories and what splits them, in one quarter of one table."""

        def form(figure: str, code: str, factor: float = 1.0) -> dict[int, float]:
            return dict.fromkeys(self._form((scope, year, quarter, figure, code)), factor)

        for category, (mention, factor) in _NESTED.items():
            for whole in {code for figure, code in codes if figure in (category, mention)}:
                parts = [code for figure, code in codes if figure == factor and code.split("/", 1)[0] == whole]
                if not parts:
                    continue
                sums = form(mention, whole, -1.0)
                for part in parts:
                    sums |= form(factor, part)
                    if part.split("/", 1)[-1] and (category, whole) in codes:  # not of what is in no list
                        self.less.append((form(factor, part) | form(category, whole, -1.0), 0))
                self.equal.append((sums, 0))
                if (category, whole) in codes:
                    self.less.append((form(category, whole) | form(mention, whole, -1.0), 0))
        for whole in {code for figure, code in codes if figure == "risk-category"}:
            ends = [code for figure, code in codes if figure == "risk-outcome" and code.split("/", 1)[0] == whole]
            if ends:
                sums = form("risk-category", whole, -1.0)
                for end in ends:
                    sums |= form("risk-outcome", end)
                self.equal.append((sums, 0))

    def _sum_of_told(self, name: Name) -> bool:
        """Whether its reader was told every part of it: a committee that adds its own number to those that partners
        were told of every other table of its region learns nothing that it did not know.
        """
        return name[0] == "region" and all((table, *name[1:]) in self.told for table in self.tables)

    def attack(self, found: Found, asked: list[Name], true: dict[Name, int], who: str) -> None:
        """Least and greatest whole value of each asked count, as far as is needed."""
        width = len(self.at)
        forms = {name: self._form(name) for name in asked}
        assert len(self.at) == width, "an asked count stands in no equation"
        solver = _Solver(width, self.equal, self.less)
        low, high = dict.fromkeys(asked, math.inf), dict.fromkeys(asked, -math.inf)

        def solve(aim: np.ndarray) -> float:
            counts, least = solver.least(aim)
            for name, form in forms.items():
                value = sum(counts[n] * f for n, f in form.items())
                low[name], high[name] = min(low[name], value), max(high[name], value)
            return least

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
            if (base is not None and base < 2) or self._sum_of_told(name):
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
    base = PARTS.get(figure) or WITHIN.get(figure, "")
    if base == "intervened" and (*name[:3], "totals", base) not in told:
        base = "met"  # which no interventions exceed
    return told.get((*name[:3], "totals", base))


class _Solver:
    """The constraints of one program, kept by HiGHS between two questions."""

    def __init__(
        self, width: int, equal: list[tuple[dict[int, float], float]], less: list[tuple[dict[int, float], float]]
    ) -> None:
        rows = [*(form for form, _v in equal), *(form for form, _v in less)]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = width, len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(width), np.zeros(width), np.full(width, 100_000.0)
        lp.row_lower_ = np.array([*(v for _f, v in equal), *(-highspy.kHighsInf for _row in less)], dtype=float)
        lp.row_upper_ = np.array([v for _f, v in (*equal, *less)], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(form) for form in rows)])
        lp.a_matrix_.index_ = np.array([n for form in rows for n in form])
        lp.a_matrix_.value_ = np.array([f for form in rows for f in form.values()])
        self._every = np.arange(width, dtype=np.int32)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # of the library
        self._highs.setOptionValue("output_flag", False)
        self._highs.passModel(lp)

    def least(self, aim: np.ndarray) -> tuple[list[float], float]:
        """A solution in which the aim is least, and that least value."""
        self._highs.changeColsCost(len(aim), self._every, aim)
        self._highs.run()
        found = self._highs.getModelStatus()
        assert found == highspy.HighsModelStatus.kOptimal, found
        return list(self._highs.getSolution().col_value), float(self._highs.getInfo().objective_function_value)
