"""How does a test speak to PostgreSQL past the program? As the app role with a raw cursor, or as the superuser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2.extensions import cursor as Cursor  # noqa: N812  # a class that psycopg2 spells in lower case

from agencies.models import Member
from tests.databases import installation


@contextmanager
def as_superuser(alias: str = "default") -> Iterator[Cursor]:
    """A superuser's cursor on the database under test, each statement committed by itself."""
    made = installation()
    server = made.main if alias == "default" else made.keys
    with server.superuser(str(connections[alias].settings_dict["NAME"])) as raw, raw.cursor() as cursor:
        yield cursor


@contextmanager
def as_app(member: Member | None, *, role: str = "") -> Iterator[CursorWrapper]:
    """The app role's cursor in a transaction of its own, on a member's behalf; nothing of it is kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('st.member', %s, true)", [str(member.pk) if member else ""])
        if role:
            cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        transaction.set_rollback(True)


def row_secured() -> dict[str, list[str]]:
    """Every row-secured table in public with its columns of type uuid."""
    with as_superuser() as cursor:
        cursor.execute(
            "SELECT c.relname, coalesce(array_agg(a.attname::text) FILTER (WHERE a.atttypid = 'uuid'::regtype), '{}')"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relrowsecurity GROUP BY 1 ORDER BY 1"
        )
        return dict(cursor.fetchall())


@contextmanager
def superuser_transaction(*, keep: bool, alias: str = "default") -> Iterator[Cursor]:
    """A superuser's cursor in one transaction, committed or rolled back at the end."""
    made = installation()
    server = made.main if alias == "default" else made.keys
    with server.superuser(str(connections[alias].settings_dict["NAME"])) as raw:
        raw.autocommit = False
        with raw.cursor() as cursor:
            yield cursor
        if keep:
            raw.commit()
        else:
            raw.rollback()
