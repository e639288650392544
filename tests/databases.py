"""How does every test get a database that was migrated as in production, in a tenth of a second?

One template database per server and per hash of what makes it, built once by a `migrate` subprocess as owner; cloned
per worker and per class that commits. The tests run as the app role. Nothing is ever flushed: TRUNCATE is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from psycopg2 import sql

from dev.bootstrap import rights_on_database
from dev.installation import ROOT, Installation
from dev.pg import Server

_MAKERS = ("django", "django-guardian", "django-auditlog")


def installation() -> Installation:
    """The installation of this test run."""
    return Installation(Path(os.environ["ST_TEST_RUN"]), fast=True)


def _server(made: Installation, alias: str) -> Server:
    return made.main if alias == "default" else made.keys


def template_name() -> str:
    """Names the template by everything that makes it: migrations, roles and grants, versions."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py"), ROOT / "dev/bootstrap.py"]):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(repr([(name, version(name)) for name in _MAKERS]).encode())
    return f"tpl_{digest.hexdigest()[:12]}"


def build_templates(made: Installation) -> str:
    """Build both templates unless they are there; drop older ones and clones left from a crash."""
    name = template_name()
    missing = [server for server in made.servers if not _keep_only(server, name)]
    if missing:
        unfinished = f"{name}_x"
        for server in made.servers:
            _drop(server, unfinished)
            _drop(server, name)
        made.bootstrap(unfinished)
        for alias in ("default", "keys"):
            migrated = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--database", alias, "--verbosity", "0"],
                cwd=ROOT,
                check=False,
                capture_output=True,
                text=True,
                env={
                    **made.environment(owner=True, main=unfinished, keys=unfinished),
                    "DJANGO_SETTINGS_MODULE": "situation_table.settings",
                    "REDIS_URL": "",
                },
            )
            if migrated.returncode:
                raise RuntimeError(f"migrate --database {alias} failed:\n{migrated.stdout}{migrated.stderr}")
        for server in made.servers:  # renamed last: a half-built template is never used
            with server.superuser() as connection, connection.cursor() as cursor:
                old, new = sql.Identifier(unfinished), sql.Identifier(name)
                cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, new))
                cursor.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(new))
    return name


@contextlib.contextmanager
def cloned(name: str, aliases: tuple[str, ...] = ("default", "keys")) -> Iterator[None]:
    """Point the aliases at clones of the template, and back again."""
    from django.db import connections

    made, template, before = installation(), os.environ["ST_TEMPLATE"], {}
    for alias in aliases:
        server = _server(made, alias)
        _drop(server, name)
        with server.superuser() as connection, connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER st_owner STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        rights_on_database(server, name)
        connections[alias].close()
        # Changed in place: threads of this process share the dictionary.
        before[alias] = connections[alias].settings_dict["NAME"]
        connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias in aliases:
            connections[alias].settings_dict["NAME"] = before[alias]
            _drop(_server(made, alias), name)


def _keep_only(server: Server, name: str) -> bool:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'tpl\_%' OR datname LIKE 'w\_%'")
        found = {row[0] for row in cursor.fetchall()}
    for other in found - {name}:
        _drop(server, other)
    return name in found


def _drop(server: Server, name: str) -> None:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
        if found is None:
            return
        if found[0]:
            cursor.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
