"""Where do the files of a clone lie? In memory, where the machine has room for them; else beside their template.

A clone is a thousand small files that are thrown away seconds later. On a disk the file system looks, for every new
file, past all those deleted in the last minutes: with a hundred clones in ten minutes that was most of a clone's cost.
Templates stay on the disk, and so do the clones of proofs, which measure a server as it runs elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from psycopg2 import sql

from dev.pg import Server, os_user

#: Linux's own file system in memory. Containers often give it 64 MB: then there is no room.
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own in it, which nobody else enters
_NEEDED = 1 << 30
_NAME = "clones"
#: What PostgreSQL calls the place beside the template.
_BESIDE = "pg_default"


def prepare(server: Server) -> None:
    """Before a start: a server that was killed may look for its clones again, and goes on without them."""
    if there_is_room():
        place(server).mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(place(server), os_user().pw_uid)


def take(*servers: Server) -> None:
    """Have clones made in memory from now on, by this process and its children. The servers run."""
    os.environ["ST_CLONES"] = _BESIDE
    if not there_is_room():
        return
    for server in servers:
        give_back(server)
        prepare(server)
        with server.superuser() as connection, connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(
                    sql.Identifier(_NAME), sql.Literal(str(place(server)))
                )
            )
    os.environ["ST_CLONES"] = _NAME


def give_back(server: Server) -> None:
    """Drop what a run left behind, and its place. The server runs."""
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database JOIN pg_tablespace s ON s.oid = dattablespace WHERE spcname = %s", [_NAME]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("DROP TABLESPACE IF EXISTS {}").format(sql.Identifier(_NAME)))
    shutil.rmtree(place(server), ignore_errors=True)


def chosen() -> str:
    """The tablespace of clones, by its name."""
    return os.environ.get("ST_CLONES", _BESIDE)


def place(server: Server) -> Path:
    """A folder of the server's own: several runs may go on side by side."""
    return _MEMORY / f"situation-table-{hashlib.sha256(os.fsencode(server.home)).hexdigest()[:12]}"


def there_is_room() -> bool:
    """Whether this machine keeps files in memory, and enough of them."""
    return _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _NEEDED
