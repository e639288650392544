"""Proof: does the pack take about as long as the best hand-written SQL for the same figures?

One table with a million discussions in a year, whose pack is made whole for its committee: counted by quarters, held
against every page before it, protected, written down as a document. And a province's quarter, a hundred tables with
91,000 situations, counted table by table, as the pages of the quarter are made of it. The floor is one statement of the
same figures (`pack_floor.sql`) and one of the year's pairs (`pack_floor_pairs.sql`), by a superuser, best of the rounds
of each, taken in turns in one run; it counts and does nothing else, and it must count the same.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from django.utils import timezone

from agencies.models import Table
from bench.disclosure_history import Draws, a_year
from bench.proof import SEED, Proof
from privacy.context import in_role
from reports.models import CodedRecord, ImportBatch
from reports.pack import document, pair_levels, scopes
from reports.pack.audience import Audience
from reports.pack.counting import Counted, roll_up, together
from reports.pack.pages import Lists
from reports.pack.periods import Period, parse
from tests.cast import assemble
from tests.db.raw import as_superuser

ONE_TABLE, PROVINCE = 1.3, 1.5
DISCUSSIONS = int(os.environ.get("PACK_SPEED_DISCUSSIONS", "1000000"))
TABLES = int(os.environ.get("PACK_SPEED_TABLES", "100"))
ROUNDS = int(os.environ.get("PACK_SPEED_ROUNDS", "5"))
#: Discussions a year of each of the province's tables: 91,000 a quarter of a hundred.
_A_YEAR = 3640
_DRAWN = 4000
_YEAR, _QUARTER = parse("2024"), parse("2024Q2")
_FLOOR, _PAIRS = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("pack_floor.sql", "pack_floor_pairs.sql")
)


def run() -> Proof:
    """Fill, time in turns, compare."""
    cast = assemble()
    began = time.perf_counter()
    tables = _filled(cast.nia)
    print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
    made: dict[str, Any] = {}
    floor, whole = _in_turns(
        lambda: made.update(floor=_floor([cast.nia.pk], _YEAR), pairs=_floor([cast.nia.pk], _YEAR, _PAIRS)),
        lambda: made.update(pack=_pack(cast.nia)),
    )
    alone = min(_timed(lambda: roll_up([cast.nia.pk], _YEAR.quarters)) for _round in range(2))
    wrong = _differing(made["floor"], [cast.nia.pk], _YEAR) + _unpaired(made["pairs"], cast.nia.pk)
    print(f"one table: floor {floor:.2f} s, pack {whole:.2f} s, of that counting {alone:.2f} s", flush=True)
    quarter_floor, quarter = _in_turns(
        lambda: made.update(quarter=_floor(tables, _QUARTER)), lambda: roll_up(tables, [_QUARTER])
    )
    wrong += _differing(made["quarter"], tables, _QUARTER)
    print(f"province's quarter: floor {quarter_floor:.2f} s, counted {quarter:.2f} s; {wrong} differ", flush=True)
    one, province = whole / floor, quarter / quarter_floor
    return Proof(
        "pack-speed",
        f"one table's pack {one:.2f} x the hand-written SQL (target {ONE_TABLE}), the province's quarter"
        f" {province:.2f} x (target {PROVINCE})",
        DISCUSSIONS,
        SEED,
        one <= ONE_TABLE and province <= PROVINCE and not wrong,
        f"One table: {floor:.2f} s by hand, {whole:.2f} s the whole pack, of which {alone:.2f} s counting. Quarter of"
        f" {TABLES} tables: {quarter_floor:.2f} s by hand, {quarter:.2f} s. {wrong} counts differ.",
    )


def _filled(one: Table) -> list[int]:
    """A year of one table, and a year of each of the province's: drawn rows, copied with keys of their own."""
    draws = Draws(random.Random(SEED))  # repeatable on purpose
    other = Table.objects.create(code="PPP", name_en="P", name_fr="P", region_en="P", region_fr="P")
    for table, many in ((one, min(_DRAWN, DISCUSSIONS)), (other, _A_YEAR)):
        with in_role("st_worker"):
            batch = ImportBatch.objects.create(
                table=table, digest=f"speed/{table.code}", rows=many, first_day=date(2024, 1, 1),
                last_day=date(2024, 12, 31),
            )  # fmt: skip
            CodedRecord.objects.bulk_create(a_year(table, batch, draws, 2024, many), batch_size=1000)
    with as_superuser() as raw:
        cursor: Any = raw
        cursor.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        _copies(cursor, one.pk, "original.table_id", f"generate_series(2, {max(1, DISCUSSIONS // _DRAWN)}) n")
        cursor.execute(
            "INSERT INTO agencies_table (code, name_en, name_fr, region_en, region_fr, time_zone, quorum,"
            " contact_clock_hours, contact_clock_counts_weekends, retention_days, retention_basis,"
            " youth_codes_before_f4, youth_codes_assessment, idle_minutes, review_after_meetings)"
            " SELECT 'Y' || lpad(n::text, 3, '0'), 'Y', 'Y', 'Y', 'Y', time_zone, quorum, contact_clock_hours,"
            " contact_clock_counts_weekends, retention_days, retention_basis, youth_codes_before_f4,"
            " youth_codes_assessment, idle_minutes, review_after_meetings FROM agencies_table,"
            " generate_series(2, %s) n WHERE id = %s RETURNING id",
            [TABLES, other.pk],
        )
        tables = [other.pk, *(row[0] for row in cursor.fetchall())]
        _copies(cursor, other.pk, "n", f"unnest(ARRAY{tables[1:]}::bigint[]) n")
        cursor.execute("ANALYZE reports_codedrecord")
    return tables


def _copies(cursor: Any, table: int, table_of: str, source: str) -> None:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'reports_codedrecord'::regclass AND attnum > 0"
        " AND NOT attisdropped"
    )
    columns = [row[0] for row in cursor.fetchall()]
    made = {"statistics_id": "gen_random_uuid()", "table_id": table_of}
    values = ", ".join(made.get(name, f"original.{name}") for name in columns)
    cursor.execute(
        f"INSERT INTO reports_codedrecord ({', '.join(columns)}) SELECT {values} FROM reports_codedrecord original,"
        f" {source} WHERE original.table_id = {table}"
    )


def _pack(table: Table) -> document.Document:
    scope = scopes.of_table(table.code)
    return document.make(scope, _YEAR, Audience.COMMITTEE, made_by="", now=timezone.now())


def _floor(tables: list[int], period: Period, statement: str = _FLOOR) -> list[tuple[int, str, str, int]]:
    with as_superuser() as raw:
        cursor: Any = raw
        # As the product has it for its own: memory to group in, and workers that hand on what they counted.
        cursor.execute("SET work_mem = '64MB'; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0")
        cursor.execute(statement, {"tables": tables, "first": period.first_day, "last": period.last_day})
        return [(table, figure, code or "", int(many)) for table, figure, code, many in cursor.fetchall()]


def _differing(by_hand: list[tuple[int, str, str, int]], tables: list[int], period: Period) -> int:
    """How many counts the two do not agree on."""
    made, lists = roll_up(tables, period.quarters), Lists()
    wrong = 0
    for table in tables:
        counted: Counted = lists.settle(together(made, [table], period.quarters))
        ours = {cell: many for cell, many in counted.counts.items() if many}
        lengths = (("days-open", counted.days_open), ("contact-hours", counted.contact_hours))
        days = {(of, str(length)): many for of, found in lengths for length, many in found.items() if many}
        theirs = {(figure, code): many for of, figure, code, many in by_hand if of == table and many}
        wrong += sum((ours | days).get(cell) != theirs.get(cell) for cell in {*ours, *days, *theirs})
    return wrong


def _unpaired(by_hand: list[tuple[int, str, str, int]], table: int) -> int:
    """How many pairs of the year are counted otherwise."""
    ours: Counter[tuple[str, str]] = Counter()
    for (_table, figure), found in pair_levels.patterns([table], _YEAR).items():
        for pattern in found:
            codes = sorted(item.split("/", 1) for item in pattern.has)
            for one, other in product(codes, codes):
                if (one[0] == "lead" and other[0] == "assisting") or (figure == "risk-pairs" and one[1] < other[1]):
                    ours[figure, f"{one[1]}+{other[1]}"] += pattern.many
    theirs = {(figure, code): many for _of, figure, code, many in by_hand}
    return sum(ours[cell] != theirs.get(cell, 0) for cell in {*ours, *theirs})


def _in_turns(by_hand: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
    """The best of some rounds of each, in turns; the first round of both warms the caches."""
    times = [(_timed(by_hand), _timed(ours)) for _round in range(ROUNDS + 1)][1:]
    return min(one for one, _other in times), min(other for _one, other in times)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
