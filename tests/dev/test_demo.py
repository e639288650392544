"""Does `make demo` start from nothing, start again quickly, and leave no process behind however it ends?"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from dev.installation import ROOT

#: Seconds of a second start on a machine that does nothing else; on a busy one, so many starts of a bare Django.
_SECOND_START_WITHIN, _BARE_STARTS = 5.0, 4


class Demo:
    """A running demo, and every process it started."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.said = ""
        inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dev.demo"],
            cwd=ROOT,
            env={**inherited, "DEMO_DIR": str(folder), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ready after"):
                break
        ready = re.search(r"Ready after ([0-9.]+) s", self.said)
        assert ready, self.said
        self.seconds = float(ready[1])
        self.children = _descendants(self.process.pid)

    def end(self, number: signal.Signals) -> None:
        """Send the signal and wait; every child must be gone soon after."""
        self.process.send_signal(number)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        deadline = time.monotonic() + 10
        while (left := [pid for pid in self.children if _runs(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == []


def _descendants(pid: int) -> set[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    found = {int(child) for child in children}
    return found.union(*(_descendants(child) for child in found))


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _bare_start() -> float:
    """Seconds that one start of the product's settings and apps takes here and now, without any server."""
    began = time.monotonic()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dev.check_settings"}
    subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return time.monotonic() - began


def test_it_starts_from_nothing_and_again_quickly_and_always_ends_whole(short_folder: Path) -> None:
    port = _free_port()
    first = Demo(short_folder, port)
    try:
        assert len(first.children) >= 3  # two servers and the web process, at least
        with urllib.request.urlopen(f"{first.url}/sign-in/", timeout=10) as page:  # noqa: S310  # our own loopback
            assert page.status == 200
        # The sign-ins are printed by role; the web process itself holds no owner's password.
        assert "facilitator" in first.said.lower()
        owner = (short_folder / "secrets" / "OWNER_PASSWORD").read_text(encoding="ascii")
        environments = [Path(f"/proc/{pid}/environ").read_bytes() for pid in first.children if _runs(pid)]
        assert any(b"st_app" in environment for environment in environments)
        assert not any(owner.encode() in environment for environment in environments)
    finally:
        first.end(signal.SIGKILL)  # the worst end: the servers must follow, and the next start recover
    second = Demo(short_folder, port)
    second.end(signal.SIGTERM)
    assert second.seconds < _SECOND_START_WITHIN or second.seconds < _BARE_STARTS * _bare_start()
    assert "Migrating" not in second.said
    third = Demo(short_folder, port)
    third.end(signal.SIGINT)
    assert third.process.returncode == 0
