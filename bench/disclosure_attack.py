"""Proof: can anybody work out a withheld count from everything the product ever released, knowing how it withholds?

Tables and a region live three years in databases of their own; every page is made by the product's verbs, and each
kind of reader attacks with everything it was told (bench/disclosure_program.py). Nothing may remain determined, nor
confined to two values.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from bench.disclosure_history import YEARS, lived, release_everything
from bench.disclosure_program import ALONE, TOGETHER, Found, Name, Program
from bench.proof import SEED, Proof

SIZES = (20, 42, 100, 220)
EACH = int(os.environ.get("ATTACK_EACH", "15"))
REGIONS = int(os.environ.get("ATTACK_REGIONS", "1"))
_TEN = dict(zip("ABCDEFGHIJ", (20, 20, 42, 42, 42, 42, 60, 100, 100, 220), strict=True))
_K = {"committee": 5, "partner": 11, "public": 20}
_EXEMPT = {"opened", "met", "rejected", "concluded", "still-open", "risk-lowered", "stopped", "withdrawn"}


@dataclass
class Told:
    """What one audience was told, and why the rest was not."""

    numbers: dict[Name, int] = field(default_factory=dict)
    small: dict[Name, int] = field(default_factory=dict)  # fewer than this
    large: dict[Name, int] = field(default_factory=dict)  # at least this
    silent: set[Name] = field(default_factory=set)  # not released at all


def run() -> Proof:
    """Live, release, attack."""
    from django.db import connections
    from django.test.utils import override_settings

    connections.close_all()
    tasks = [(_TEN, f"{SEED}/region/{n}") for n in range(REGIONS)]
    tasks += [({"T": size}, f"{SEED}/{size}/{n}") for n in range(EACH) for size in SIZES]
    found: list[Found] = []
    chance = override_settings(REPORT_ONE_MORE_IN=8, SECRET_KEY=f"{SEED}, the same at every run")
    with chance, ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
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
        + f". Left out: {sum(f.trivial for f in found):,} counts of a base of none or one, or of a region of which the"
        " reader was told every table's.",
    )  # fmt: skip


def _one(task: tuple[dict[str, int], str]) -> Found:
    from tests.databases import cloned

    sizes, seed = task
    with cloned(f"proof_{os.getpid()}"):
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
    groups = [[n for f in figures for n in by_figure[f]] for figures in TOGETHER]
    singles: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for figure in ALONE:
        for name in by_figure[figure]:
            singles[name[3:]].append(name)
    for names in (*groups, *singles.values()):
        asked = [n for n in names if n in hidden]
        if asked:
            Program(names, told, small, large, tables).attack(found, asked, true, who)


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
