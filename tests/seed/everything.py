"""What does the main database hold, past every row policy? Read as the superuser, to look for leaks or changes."""

from __future__ import annotations

from psycopg2 import sql

from tests.databases import installation

#: Moves by itself: sign-ins and sessions of the tests.
_NOT_OURS = {"django_session"}


def tables(*schemas: str) -> dict[str, list[str]]:
    """Every row of every table of some schemas of the main database, as text; rows in no particular order."""
    from django.db import connections

    name = str(connections["default"].settings_dict["NAME"])
    found: dict[str, list[str]] = {}
    with installation().main.superuser(name) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema = ANY (%s)",
            [list(schemas)],
        )
        for schema, table in cursor.fetchall():
            if table in _NOT_OURS:
                continue
            cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table)))
            found[f"{schema}.{table}"] = sorted(row[0] for row in cursor.fetchall())
    return found
