"""What runs the clock's verbs where no worker does? One thread of the web process, in the demo."""

from __future__ import annotations

import threading
import time

import structlog
from django.db import connections

from situation_table.sweeps import SWEEPS, Sweep

log = structlog.get_logger(__name__)

TICK_SECONDS = 2.0


class Ticker:
    """Runs every sweep when it is due. A failing one is logged, kept, and tried again at its next turn."""

    def __init__(self, sweeps: tuple[Sweep, ...] = SWEEPS, tick: float = TICK_SECONDS) -> None:
        self._sweeps = sweeps
        self._tick = tick
        self._due = dict.fromkeys(sweeps, 0.0)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> Ticker:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Let the running verb finish, then end."""
        self._stopping.set()
        self._thread.join(5)

    def run_due(self, now: float) -> int:
        """Run what is due at `now`; returns how many ran without an error."""
        done = 0
        for sweep in self._sweeps:
            if now < self._due[sweep]:
                continue
            self._due[sweep] = now + sweep.every
            try:
                sweep.run()
                done += 1
            except Exception:  # the next verb and the next turn must still run
                log.exception("sweep-failed", verb=sweep.verb)
        return done

    def _run(self) -> None:
        while not self._stopping.wait(self._tick):
            self.run_due(time.monotonic())
            connections.close_all()


def start() -> Ticker:
    """Start ticking in this process."""
    return Ticker().start()
