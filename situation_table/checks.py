"""Is this installation the one the design asks for? Asked by `migrate` and `check --database`, loud on a difference."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections


@register(Tags.compatibility)
def one_driver(**_: Any) -> list[CheckMessage]:
    """Django silently prefers psycopg 3 where both are installed; our SQL is tried on psycopg2."""
    if find_spec("psycopg") is None:
        return []
    return [Error("psycopg 3 is installed beside psycopg2.", hint="Uninstall psycopg.", id="situation_table.E001")]


@register(Tags.database)
def two_servers(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Keys on the same server would share its write-ahead log and its backups with what they seal."""
    if not databases:
        return []
    try:
        identifiers = {alias: _system_identifier(alias) for alias in ("default", "keys")}
    except DatabaseError:
        return [Error("A database server does not answer.", id="situation_table.E003")]
    if identifiers["default"] == identifiers["keys"]:
        return [
            Error(
                "DATABASE_URL and KEYS_DATABASE_URL lead to the same PostgreSQL server.",
                hint="The keys need a server, and backups, of their own.",
                id="situation_table.E002",
            )
        ]
    return []


def _system_identifier(alias: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
