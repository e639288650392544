"""How does every test get a database that was migrated as in production, in a tenth of a second?

Three template databases per server and per hash of what makes them, built once by subprocesses: `bare` as migrated,
one that holds the code lists as well, and `peopled`, where the cast sits; cloned per worker and per class that commits.
The tests run as the app role. Nothing is ever flushed: TRUNCATE is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.metadata import version
from pathlib import Path

from psycopg2 import sql

from dev.bootstrap import rights_on_database
from dev.installation import ROOT, Installation
from dev.pg import Server
from tests import room

#: Since when the code lists of the tests are valid.
LONG_AGO = date(2024, 1, 1)

ALIASES = ("default", "keys")
_MAKERS = ("django", "django-guardian", "django-auditlog")


def installation() -> Installation:
    """The installation of this test run."""
    return Installation(Path(os.environ["ST_TEST_RUN"]), fast=True)


def _server(made: Installation, alias: str) -> Server:
    return made.main if alias == "default" else made.keys


def template_name() -> str:
    """Names the template by everything that makes it: migrations, roles and grants, people, versions, and the day,
    since when the cast's papers are signed."""
    digest = hashlib.sha256(date.today().isoformat().encode())  # noqa: DTZ011  # the cast's own day
    makers = (
        "*/migrations/*.py", "*/*/migrations/*.py", "*/reference/*.csv", "dev/bootstrap.py", "agencies/**/*.py",
        "tests/cast.py", "tests/peopling.py",
    )  # fmt: skip
    for path in sorted(path for pattern in makers for path in ROOT.glob(pattern)):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(repr([(name, version(name)) for name in _MAKERS]).encode())
    return f"tpl_{digest.hexdigest()[:12]}"


def bare(name: str) -> str:
    """The name of the template without code lists that belongs to a template."""
    return f"{name}_bare"


def peopled(name: str) -> str:
    """The name of the template in which the cast sits that belongs to a template."""
    return f"{name}_cast"


def build_templates(made: Installation) -> str:
    """Build the templates unless they are there; drop older ones and clones left from a crash."""
    name = template_name()
    whole = (bare(name), name, peopled(name))
    missing = [server for server in made.servers if not _keep_only(server, *whole)]
    if missing:
        unfinished = f"{name}_x"
        for server in made.servers:
            for database in (unfinished, *whole):
                _drop(server, database)
        made.bootstrap(unfinished)
        with ThreadPoolExecutor() as both:  # two servers, two processes: neither waits for the other
            migrate = ("migrate", "--verbosity", "0", "--skip-checks", "--database")  # tests/dev checks
            list(both.map(lambda alias: _manage(made, unfinished, *migrate, alias), ALIASES))
        _keep(made, unfinished, bare(name))
        _manage(made, unfinished, "load_reference", "--on", LONG_AGO.isoformat(), "--skip-checks")
        _keep(made, unfinished, name)
        _people(made, unfinished)
        for server in made.servers:  # renamed last: a half-built set is never used
            with server.superuser() as connection, connection.cursor() as cursor:
                old, new = sql.Identifier(unfinished), sql.Identifier(peopled(name))
                cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, new))
            _mark(server, peopled(name))
    return name


def _keep(made: Installation, unfinished: str, name: str) -> None:
    """What has been built so far, as a template."""
    for server in made.servers:
        _copy(server, unfinished, name)
        _mark(server, name)


def _manage(made: Installation, database: str, *arguments: str) -> None:
    """A management command as owner, in a process of its own."""
    environment = made.environment(owner=True, main=database, keys=database)
    _run("manage.py", *arguments, environment={**environment, "DJANGO_SETTINGS_MODULE": "situation_table.settings"})


def _people(made: Installation, database: str) -> None:
    """The cast takes its seats, as the app role."""
    environment = made.environment(main=database, keys=database)
    _run("-m", "tests.peopling", environment={**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"})


def _run(*command: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env={**environment, "REDIS_URL": ""},
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _copy(server: Server, template: str, name: str, tablespace: str = "pg_default") -> None:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER st_owner STRATEGY FILE_COPY TABLESPACE {}").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(tablespace)
            )
        )


def _mark(server: Server, name: str) -> None:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))


@contextlib.contextmanager
def cloned(name: str, aliases: tuple[str, ...] = ALIASES, *, template: str = "") -> Iterator[None]:
    """Point the aliases at clones of a template (the one with code lists unless another is named), and back again."""
    from django.db import connections

    made, before = installation(), {}
    for alias in aliases:
        server = _server(made, alias)
        _drop(server, name)
        _copy(server, template or os.environ["ST_TEMPLATE"], name, room.chosen())
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


def _keep_only(server: Server, *names: str) -> bool:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'tpl\_%' OR datname LIKE 'w\_%'")
        found = {row[0] for row in cursor.fetchall()}
    for other in found - {*names}:
        _drop(server, other)
    return found >= {*names}


def _drop(server: Server, name: str) -> None:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
        if found is None:
            return
        if found[0]:
            cursor.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
