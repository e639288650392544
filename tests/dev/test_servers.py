"""Do the two servers, their roles and their end behave as promised?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from dev import bootstrap as bootstrapping
from dev.installation import ROOT, Installation
from dev.pg import CannotStart, Server
from tests import room
from tests.databases import installation

_PARENT = """
import sys, time
from pathlib import Path
from dev.pg import Server
server = Server(Path(sys.argv[1]), fast=True).start()
print(server._process.pid, flush=True)
time.sleep(60)
"""


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _gone(pid: int, within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _alive(pid)


def _start_in_another_process(home: Path) -> tuple[subprocess.Popen[str], int]:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    return parent, int(parent.stdout.readline())


class TestAServer:
    def test_it_ends_when_its_parent_is_killed_and_the_next_start_recovers(self, short_folder: Path) -> None:
        parent, server_pid = _start_in_another_process(short_folder)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        again = Server(short_folder, fast=True).start()  # at once, while the first one still lets go
        try:
            with again.superuser() as connection, connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                assert cursor.fetchone() == (1,)
            assert _gone(server_pid)
        finally:
            again.stop()

    def test_a_pid_file_left_from_a_crash_is_ignored_and_harms_nobody(self, short_folder: Path) -> None:
        parent, server_pid = _start_in_another_process(short_folder)
        os.kill(server_pid, signal.SIGKILL)
        parent.kill()
        parent.wait()
        assert _gone(server_pid)
        bystander = subprocess.Popen(["sleep", "60"])  # noqa: S607  # wherever sleep is
        pid_file = short_folder / "data" / "postmaster.pid"
        lines = pid_file.read_text(encoding="ascii").split("\n")
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]), encoding="ascii")
        again = Server(short_folder, fast=True)
        try:
            again.start()
            assert bystander.poll() is None
        finally:
            again.stop()
            bystander.kill()
            bystander.wait()

    def test_it_asks_everybody_for_a_password(self) -> None:
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(host=str(installation().main.socket), user="postgres", dbname="postgres", password="")

    def test_it_listens_on_no_network(self) -> None:
        with installation().main.superuser() as connection, connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)

    def test_a_folder_one_may_not_write_in_is_told_in_a_sentence(self, short_folder: Path) -> None:
        blocked = short_folder / "a-file"
        blocked.touch()
        with pytest.raises(CannotStart, match="No permission to write"):
            Server(blocked / "main").start()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another user")
    def test_a_private_home_is_told_in_a_sentence(self, short_folder: Path) -> None:
        private = short_folder / "private"
        private.mkdir(mode=0o700)
        with pytest.raises(CannotStart, match="cannot enter"):
            Server(private / "main").start()


class TestRoles:
    @pytest.mark.parametrize("alias", ["main", "keys"])
    def test_the_app_role_has_no_power_of_its_own(self, alias: str) -> None:
        server: Server = getattr(installation(), alias)
        with server.superuser() as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication, rolcanlogin "
                "FROM pg_roles WHERE rolname = 'st_app'"
            )
            assert cursor.fetchone() == (False, True)
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'st%' AND rolcanlogin ORDER BY 1")
            assert cursor.fetchall() == [("st_app",), ("st_owner",)]

    @pytest.mark.parametrize("role", bootstrapping.NARROW_ROLES)
    def test_it_may_step_into_a_narrow_role_but_inherits_nothing_of_it(self, role: str) -> None:
        with installation().main.superuser() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_has_role('st_app', %s, 'SET'), pg_has_role('st_app', %s, 'USAGE')", [role, role])
            assert cursor.fetchone() == (True, False)

    @pytest.mark.parametrize("role", ["st_owner", "st_vault", "postgres"])
    def test_it_may_not_step_into_an_owner(self, role: str) -> None:
        with installation().main.superuser() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_has_role('st_app', %s, 'SET')", [role])
            assert cursor.fetchone() == (False,)

    @pytest.mark.django_db
    def test_the_tests_themselves_run_as_the_app_role(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, session_user")
            assert cursor.fetchone() == ("st_app", "st_app")
            cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
            assert cursor.fetchone() == (False,)

    def test_the_servers_are_two(self) -> None:
        assert len({_identity(server) for server in installation().servers}) == 2

    def test_one_server_posing_as_two_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = installation()
        monkeypatch.setattr(made, "keys", made.main)
        with pytest.raises(CannotStart, match="one and the same server"):
            made.bootstrap("w_never_two")

    def test_the_containers_first_start_runs_the_same_sql(self) -> None:
        committed = (ROOT / "dev" / "first_start.sql").read_text(encoding="utf-8")
        assert committed == bootstrapping.first_start_script(), "python -m dev.bootstrap > dev/first_start.sql"


class TestWhereClonesLie:
    @pytest.mark.usefixtures("django_db_setup")
    def test_in_memory_where_there_is_room_and_their_templates_never(self) -> None:
        from django.db import connection

        for server in installation().servers:
            found = _lie(server)
            assert found[connection.settings_dict["NAME"]] == ("clones" if room.there_is_room() else "pg_default")
            assert {where for name, where in found.items() if name.startswith("tpl_")} == {"pg_default"}

    def test_what_a_run_left_behind_is_dropped_with_its_place(self, short_folder: Path) -> None:
        server = Server(short_folder, fast=True)
        room.prepare(server)
        server.start()
        try:
            with pytest.MonkeyPatch.context() as patched:
                patched.setenv("ST_CLONES", "")
                room.take(server)
                tablespace = room.chosen()
            with server.superuser() as connection, connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE w_left TABLESPACE {tablespace}")
            assert _lie(server)["w_left"] == tablespace
            room.give_back(server)
            assert ("w_left" in _lie(server)) == (tablespace == "pg_default")
            assert not room.place(server).exists()
        finally:
            server.stop()


def _lie(server: Server) -> dict[str, str]:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname, spcname FROM pg_database JOIN pg_tablespace s ON s.oid = dattablespace")
        return dict(cursor.fetchall())


def _identity(server: Server) -> int:
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def test_secrets_are_made_once_and_kept_to_their_owner(short_folder: Path) -> None:
    made = Installation(short_folder / "one")
    made.prepare()
    first = {path.name: path.read_text(encoding="ascii") for path in (short_folder / "one/secrets").iterdir()}
    made.prepare()
    assert {path.name: path.read_text(encoding="ascii") for path in (short_folder / "one/secrets").iterdir()} == first
    assert len(set(first.values())) == len(first) == 5
    assert {path.stat().st_mode & 0o077 for path in (short_folder / "one/secrets").iterdir()} == {0}
