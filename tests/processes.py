"""How do tests run the web process and the workers as what they are: processes of their own?"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from dev.installation import ROOT
from dev.pg import die_with_parent
from tests.databases import installation


@dataclass(frozen=True, slots=True)
class Served:
    """A running web process: where it answers and where it logs."""

    url: str
    log: Path
    pid: int = 0


def environment() -> dict[str, str]:
    """What a child process needs to work on the databases this test works on."""
    from django.db import connections

    names = {alias: str(connections[alias].settings_dict["NAME"]) for alias in ("default", "keys")}
    made = installation().environment(main=names["default"], keys=names["keys"])
    return {**made, "DJANGO_SETTINGS_MODULE": "tests.settings"}


@contextmanager
def serving(name: str = "") -> Iterator[Served]:
    """Uvicorn on a free loopback port, exactly the application the demo serves. `name`: of one among several."""
    log = Path(os.environ["ST_TEST_RUN"]) / f"web-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}{name}.log"
    with socket.socket() as listening, log.open("wb") as output:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [
            sys.executable, "-m", "uvicorn", "situation_table.asgi:application", "--fd", str(listening.fileno()),
            "--no-access-log", "--timeout-graceful-shutdown", "2",
        ]  # fmt: skip
        with _running(command, output.fileno(), pass_fds=(listening.fileno(),)) as process:
            _wait_until_healthy(url, process, log)
            yield Served(url, log, process.pid)


@contextmanager
def working(count: int) -> Iterator[None]:
    """Celery worker processes; the first one also keeps the clock."""
    run, tag = Path(os.environ["ST_TEST_RUN"]), os.environ.get("PYTEST_XDIST_WORKER", "main")
    with ExitStack() as stack:
        for number in range(count):
            log = stack.enter_context((run / f"worker-{tag}-{number}.log").open("wb"))
            schedule = run / f"beat-{tag}"
            command = [
                sys.executable, "-m", "celery", "--app", "situation_table", "worker", "--concurrency", "1",
                "--hostname", f"{tag}-{number}@%h", "--without-mingle", "--without-gossip",
                *(["--beat", "--schedule", str(schedule)] if number == 0 else []),
            ]  # fmt: skip
            schedule.unlink(missing_ok=True)
            stack.enter_context(_running(command, log.fileno()))
        yield


@contextmanager
def _running(command: list[str], output: int, pass_fds: tuple[int, ...] = ()) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=output,
        stderr=output,
        pass_fds=pass_fds,
        preexec_fn=die_with_parent,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5) as answer:  # noqa: S310  # our own loopback
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the web process did not come up; see {log.name}")
