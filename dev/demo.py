"""How does the whole product run on one laptop, and leave nothing behind? (`make demo`)

Two PostgreSQL servers and one web process, children of this one: whatever ends it ends them. Owner rights go to the
migrating process only; the web process signs in as the app role. What has not changed is not done again.
"""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.error import URLError

from dev import messages
from dev.installation import ROOT, Installation
from dev.pg import CannotStart, die_with_parent

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Somebody asked us to stop."""


def main() -> int:
    """Run until stopped; returns the exit status."""
    for number in _STOPPING:
        signal.signal(number, _stop)
    installation = Installation(home())
    web: subprocess.Popen[bytes] | None = None
    try:
        installation.prepare()
        with _only_one(installation.home), _listening(_port()) as listening:
            try:
                web = _start(installation, listening)
                return web.wait()
            finally:
                for number in _STOPPING:  # a second Ctrl-C must not cut the stop short
                    signal.signal(number, signal.SIG_IGN)
                _end(web)
                for server in reversed(installation.servers):
                    server.stop()
                print("Stopped.", flush=True)
    except Stop:
        return 0
    except CannotStart as sentence:
        print(sentence, file=sys.stderr)
        return 1


def _start(installation: Installation, listening: socket.socket) -> subprocess.Popen[bytes]:
    began = time.monotonic()
    for server in installation.servers:
        server.start()
    installation.bootstrap()
    stamps = installation.home / "done"
    stamps.mkdir(exist_ok=True)
    with _unless_done(stamps / "migrated", _digest("**/migrations/*.py", "dev/bootstrap.py")) as needed:
        if needed:
            print("Migrating both databases", flush=True)
            # What is checked before the first is checked for both.
            for alias, *less in (("default",), ("keys", "--skip-checks")):
                _manage(installation, "migrate", "--database", alias, "--verbosity", "0", *less, owner=True)
    messages.compile_all()
    with _unless_done(stamps / "reference", _digest("**/reference/*.csv", "**/load_reference.py")) as needed:
        if needed:
            print("Loading the reference data", flush=True)
            # In force since before the demo's invented history.
            # Migrating has checked everything a moment before.
            _manage(installation, "load_reference", "--on", "2020-01-01", "--skip-checks", owner=True)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    if _empty():
        web = _serve(installation, listening)
        said = _first_run(installation, url)
    else:
        # The demo's meeting is today's: another day, another meeting. Seeding twice changes nothing.
        sign_ins = installation.home / "sign-ins.txt"
        with _unless_done(stamps / "seeded", f"{dt.date.today()}") as needed:  # noqa: DTZ011  # the laptop's own day
            if needed:
                print("Seeding an invented region (once a day)", flush=True)
                _manage(installation, "seed_demo")
            if needed or not sign_ins.exists():  # kept: a second start waits for one process less
                sign_ins.write_text(_manage(installation, "seed_demo", "--print", quiet=True), encoding="utf-8")
        web = _serve(installation, listening)
        said = sign_ins.read_text(encoding="utf-8").strip()
    try:
        _wait_until_healthy(url, web)
    except BaseException:  # also Ctrl-C: the servers must not stop under a process that lives
        _end(web)
        raise
    print(f"\n{said}\n\nReady after {time.monotonic() - began:.1f} s: {url}   (Ctrl-C stops everything)")
    sys.stdout.flush()
    return web


def home() -> Path:
    """The folder of the demo that is meant: DEMO_DIR, or one under var/ for the region and one for nobody."""
    return Path(os.environ.get("DEMO_DIR", ROOT / "var" / ("empty" if _empty() else "demo")))


def _empty() -> bool:
    """Whether an installation without anybody was asked for: `make demo EMPTY=1`."""
    return os.environ.get("EMPTY", "") not in ("", "0")


def _first_run(installation: Installation, url: str) -> str:
    """What to do first on an installation without anybody; where somebody has done it, where to sign in."""
    try:
        code = _manage(installation, "first_run_code", quiet=True).strip()
    except CannotStart:
        return f"This installation is set up already. Sign in: {url}/"
    return f"Nobody belongs here yet. Set it up: {url}/first-run/\nCode of this installation: {code}"


def _serve(installation: Installation, listening: socket.socket) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "uvicorn", "situation_table.asgi:application", "--fd", str(listening.fileno()),
        "--no-access-log", "--timeout-graceful-shutdown", "2",
    ]  # fmt: skip
    log = (installation.home / "web.log").open("ab")
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(installation),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=(listening.fileno(),),
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),
    )


def _manage(installation: Installation, *arguments: str, owner: bool = False, quiet: bool = False) -> str:
    """Run a management command to its end. Raises CannotStart with the end of what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=_environment(installation, owner=owner),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM),
    )
    if done.returncode:
        raise CannotStart(f"`manage.py {arguments[0]}` failed:\n{done.stderr.strip()[-2000:]}")
    return done.stdout or ""


def _environment(installation: Installation, *, owner: bool = False) -> dict[str, str]:
    made = installation.environment(owner=owner)
    # One web process and no broker: its ticker runs what a worker would.
    return {
        **made,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "situation_table.settings",
        "PUBLIC_URL": f"http://127.0.0.1:{_port()}",
    }


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("The demo is already running from this folder. Stop it first (Ctrl-C there).") from None
        yield


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """Take the port before anything else, and hand it to the web process."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        patience = time.monotonic() + 3  # a web process whose demo was killed needs a moment to let go
        while True:
            try:
                taken.bind(("127.0.0.1", port))
                taken.listen(128)
                break
            except OSError as refused:
                if refused.errno == errno.EACCES:
                    raise CannotStart(f"Port {port} needs more rights. Choose another: make demo PORT=8000") from None
                if time.monotonic() > patience:
                    raise CannotStart(
                        f"Port {port} is taken by another program. Stop it, or choose another: "
                        f"make demo PORT={port + 1}"
                    ) from None
                time.sleep(0.1)
        yield taken


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65535:
        raise CannotStart("PORT must be a number between 1 and 65534.")
    return int(given)


@contextmanager
def _unless_done(stamp: Path, state: str) -> Iterator[bool]:
    """Whether a step is needed; remembered only when the step did not fail."""
    needed = not stamp.exists() or stamp.read_text(encoding="utf-8") != state
    yield needed
    if needed:
        stamp.write_text(state, encoding="utf-8")


def _digest(*patterns: str) -> str:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted({p for pattern in patterns for p in _ours(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _ours(pattern: str) -> list[Path]:
    if not pattern.startswith("**/"):
        return list(ROOT.glob(pattern))
    rooms = [p for p in ROOT.iterdir() if p.is_dir() and p.name not in {".venv", ".git", "var", "node_modules"}]
    return [path for room in rooms for path in room.glob(pattern)]


def _wait_until_healthy(url: str, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5):  # noqa: S310  # our own loopback
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise CannotStart(f"The web process did not come up; {home() / 'web.log'} says where it stopped.")


def _end(web: subprocess.Popen[bytes] | None) -> None:
    if web is None or web.poll() is not None:
        return
    web.terminate()
    try:
        web.wait(5)
    except subprocess.TimeoutExpired:
        web.kill()
        web.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


if __name__ == "__main__":
    sys.exit(main())
