"""How does a province's worth of situations come to be in a minute? Set by set in SQL, as the superuser.

Only what the list reads is made: coded rows, access states and affected persons in the proportions of the published
rates (a tenth open, four in a hundred not accepted). Nothing else measures with these rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agencies.models import Member, Table
from tests.cast import Cast
from tests.db.raw import as_superuser


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each."""

    situations: int = 1_000_000
    tables: int = 100
    people: int = 10_000


SIZE = Size()

#: Copies a row with every column it has, some of them changed: new columns need no word here.
_COPY = """
INSERT INTO {table} ({columns}) SELECT {values} FROM {table} original, {source}
"""


def fill(cast: Cast) -> tuple[Member, Table]:
    """Fill the province; the member who asks (a representative at three tables) and the table asked for."""
    with as_superuser() as raw:
        cursor: Any = raw
        cursor.execute("SET synchronous_commit = off")
        _copy(
            cursor,
            "agencies_table",
            f"generate_series(1, {SIZE.tables - 2}) n WHERE original.id = {cast.nia.pk}",
            {"code": "'X' || lpad(n::text, 3, '0')"},
        )
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM agencies_table")
        tables = cursor.fetchone()[0]
        everywhere = f"unnest(ARRAY{tables}::bigint[]) t WHERE t <> {cast.nia.pk} AND original.table_id = {cast.nia.pk}"
        _copy(cursor, "agencies_sharingagreement", everywhere, {"table_id": "t"})
        _copy(
            cursor,
            "agencies_member",
            f"generate_series(1, {SIZE.people}) n WHERE original.id = {cast.shelter_rep.pk}",
            {"email": "'m' || n || '@region.example'"},
        )
        people = "agencies_member m, generate_series(0, 2) k"
        table_of = f"(ARRAY{tables}::bigint[])[1 + (m.id * 7 + k * 13) % {len(tables)}]"
        asked = f"m.email LIKE 'm%@region.example' AND original.member_id = {cast.shelter_rep.pk}"
        for paper in ("agencies_undertaking", "agencies_seat"):
            _copy(
                cursor,
                paper,
                f"{people} WHERE {asked} AND original.table_id = {cast.nia.pk}",
                {"member_id": "m.id", "table_id": table_of},
            )
        _situations(cursor, tables, cast)
        cursor.execute("ANALYZE")
        cursor.execute("SELECT member_id, table_id FROM agencies_seat ORDER BY id DESC LIMIT 1")
        member, table = cursor.fetchone()
    return Member.objects.get(pk=member), Table.objects.get(pk=table)


def _situations(cursor: Any, tables: list[int], cast: Cast) -> None:
    agencies = [a.pk for a in cast.agencies.values()]
    cursor.execute(
        """
        CREATE TEMPORARY TABLE made AS
        SELECT gen_random_uuid() AS id, (%(tables)s::bigint[])[1 + n %% %(t)s] AS table_id,
               (%(agencies)s::bigint[])[1 + (n / 7919) %% %(a)s] AS agency_id, n,
               CASE WHEN k.nth < 3 THEN 'draft' WHEN k.nth < 10 THEN 'presented' WHEN k.nth < 12 THEN 'choosing'
                    WHEN k.nth < 16 THEN 'limited' WHEN k.nth < 40 THEN 'intervening'
                    WHEN k.nth < 80 THEN 'rejected' ELSE 'concluded' END AS state,
               now() - (n %% 100000) * interval '13 minutes' AS at
          FROM generate_series(1, %(n)s) n, LATERAL (SELECT (n / %(t)s) %% 1000 AS nth) k
        """,
        {"tables": tables, "t": len(tables), "agencies": agencies, "a": len(agencies), "n": SIZE.situations},
    )
    cursor.execute("SELECT id FROM risk_catalogueentry WHERE code_list = 'age_group' ORDER BY id LIMIT 1")
    age = cursor.fetchone()[0]
    cursor.execute("SELECT id FROM risk_catalogueentry WHERE code_list = 'sex' ORDER BY id LIMIT 1")
    sex = cursor.fetchone()[0]
    cursor.execute("SELECT id FROM risk_catalogueentry WHERE code_list = 'discussion_type' ORDER BY id LIMIT 1")
    kind = cursor.fetchone()[0]
    cursor.execute(
        """
        SET session_replication_role = replica;
        INSERT INTO privacy_accessstate (ref, table_id, originating_agency_id, filter, presented, frozen, held, version)
        SELECT id, table_id, agency_id,
               CASE state WHEN 'draft' THEN 'f1' WHEN 'presented' THEN 'f2' WHEN 'choosing' THEN 'f3a'
                          WHEN 'limited' THEN 'f3b' WHEN 'intervening' THEN 'f4' WHEN 'rejected' THEN 'closed'
                          ELSE 'concluded' END,
               state <> 'draft', false, false, 1 FROM made;
        INSERT INTO situations_situation (id, table_id, originating_agency_id, state, presented, number,
            discussion_type_id, screening, duty_to_report_acknowledged, opened_at, summary_written, ending_group,
            ending_reason, deferrals, objections_counted, transferred_from, statistics_id, version)
        SELECT id, table_id, agency_id, state, state <> 'draft', CASE WHEN state = 'draft' THEN '' ELSE 'P-' || n END,
            %(kind)s, '{}', false, at, true, '', '', 0, 0, '', gen_random_uuid(), 1 FROM made;
        INSERT INTO situations_affectedperson (situation_id, table_id, ordinal, age_group_id, sex_id, part)
        SELECT id, table_id, 1, %(age)s, %(sex)s, 'subject' FROM made WHERE state <> 'rejected';
        RESET session_replication_role;
        """,
        {"kind": kind, "age": age, "sex": sex},
    )


def _copy(cursor: Any, table: str, source: str, changed: dict[str, str]) -> None:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attidentity = ''",
        [table],
    )
    columns = [row[0] for row in cursor.fetchall()]
    values = [changed.get(c, f"original.{c}") for c in columns]
    cursor.execute(_COPY.format(table=table, columns=", ".join(columns), values=", ".join(values), source=source))
