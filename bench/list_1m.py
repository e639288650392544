"""Proof: does the list stay as fast as its plain query, and its number of queries constant, in a whole province?

A million situations, a hundred tables, ten thousand people (architecture.md, "Visibility that stays fast"). The list
page is asked as one of its members, through the whole program: middleware, row policies, projection, template. The
floor is the query that a program without any rule would ask (`table_id`, newest first, the same columns), by a
superuser whom no row policy touches. Both are timed in turns in one run; the figure is the ratio of their medians.
"""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client

from agencies.models import Member, Table
from bench.list_world import SIZE, fill
from bench.proof import SEED, Proof
from situations.models import Situation
from situations.views.listing import PAGE
from situations.vocabulary import OPEN_STATES
from tests.cast import assemble
from tests.db.raw import as_superuser
from tests.entry import enter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGET = 1.5
ROUNDS = 60
SHOWN = ("open", "ended")


def run() -> Proof:
    """Fill, ask in turns, compare."""
    cast = assemble()
    began = time.perf_counter()
    member, table = fill(cast)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    ratios: dict[str, float] = {}
    for show in SHOWN:
        floor, ours, parts = _in_turns(member, table, show)
        queries = _page(member, table, show)[1]
        ratios[show] = ours / floor
        said = ", ".join(f"{name} {value:.1f} ms" for name, value in parts.items())
        print(
            f"{show}: plain {floor:.2f} ms, with every rule {ours:.2f} ms; {len(queries)} queries; {said}", flush=True
        )
    few, many = (_queries_for(member, table, rows) for rows in (5, PAGE))
    worst = max(ratios.values())
    return Proof(
        "list-1m",
        f"{worst:.2f} x the plain table query (target {TARGET}), {many} queries whether {5} or {PAGE} rows",
        SIZE.situations,
        SEED,
        worst <= TARGET and few == many,
        f"Open: {ratios['open']:.2f}, ended: {ratios['ended']:.2f}. {SIZE.tables} tables, {SIZE.people:,} people."
        " Ratio of the list's row query as the app role under row-level security to the same query by a superuser.",
    )


@contextmanager
def _watched(queries: list[tuple[str, Any, float]]) -> Iterator[None]:
    def note(execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(statement, params, many, context)
        finally:
            queries.append((statement, params, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(note):
        yield


def _page(member: Member, table: Table, show: str) -> tuple[float, list[tuple[str, Any, float]]]:
    """One list page through the whole program: milliseconds, and its queries."""
    client = Client()
    queries: list[tuple[str, Any, float]] = []
    enter(client, member)
    with _watched(queries):
        began = time.perf_counter()
        answer = client.get("/situations/", {"table": table.code, "show": show})
        took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200
    return took, queries


def _rows_query(queries: list[tuple[str, Any, float]]) -> tuple[str, Any, float]:
    return next(q for q in queries if 'FROM "situations_situation"' in q[0] and "ORDER BY" in q[0])


def _in_turns(member: Member, table: Table, show: str) -> tuple[float, float, dict[str, float]]:
    """Medians of the plain query and of ours, and where a page's time goes."""
    floor: list[float] = []
    ours: list[float] = []
    whole: list[float] = []
    database: list[float] = []
    plain = _plain(table, show)
    with as_superuser() as cursor:
        for turn in range(ROUNDS + 10):
            began = time.perf_counter()
            cursor.execute(*plain)
            cursor.fetchall()
            alone = (time.perf_counter() - began) * 1000
            took, queries = _page(member, table, show)
            if turn < 10:  # caches warm for both
                continue
            floor.append(alone)
            ours.append(_rows_query(queries)[2])
            whole.append(took)
            database.append(sum(q[2] for q in queries))
    parts = {
        "page": statistics.median(whole),
        "all its queries": statistics.median(database),
        "program and template": statistics.median(w - d for w, d in zip(whole, database, strict=True)),
    }
    return statistics.median(floor), statistics.median(ours), parts


def _plain(table: Table, show: str) -> tuple[str, Any]:
    """What a program without rules would ask: one table's newest rows in these states, the same columns."""
    rows = Situation.objects.filter(table_id=table.pk)
    rows = rows.filter(state__in=OPEN_STATES) if show == "open" else rows.exclude(state__in=[*OPEN_STATES, "draft"])
    found = rows.select_related("discussion_type").order_by("-opened_at", "-id")[: PAGE + 1]
    statement, params = found.query.sql_with_params()
    return statement, params


def _queries_for(member: Member, table: Table, rows: int) -> int:
    """How many queries a page asks that shows so many rows."""
    import situations.views.listing as listing

    kept = listing.PAGE
    listing.PAGE = rows
    try:
        return len(_page(member, table, "open")[1])
    finally:
        listing.PAGE = kept
