"""How does a change reach the followers of this process? One LISTEN connection, and a heartbeat that has proved it.

LISTEN ignores row-level security, so nothing but topics is sent and each follower is asked for its right (`rights`).
Every `HEARTBEAT` seconds the rights are asked anew and a beat is sent through PostgreSQL; only when it comes back on
the listening connection do the followers get theirs. Where the database, the connection or the question fails there is
no heartbeat, and devices blank themselves after ten seconds: a screen never claims to be live without being it.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
import structlog
from django.db import DatabaseError, connections

from situations.live import events, lately, rights
from situations.live.rights import Right

#: Seconds between heartbeats. A device blanks itself after ten without one.
HEARTBEAT = 3.0
#: Seconds between two beats at least.
BETWEEN = 0.2
#: Seconds before the listening connection is opened again, doubled each time up to the second.
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
log = structlog.get_logger(__name__)


class Follower:
    """One open stream. News that nobody has fetched yet is kept once, so a slow reader holds up nobody."""

    def __init__(self, right: Right) -> None:
        self.right = right
        self._news: set[str] = set()
        self._ready = asyncio.Event()

    def tell(self, what: str) -> None:
        """Something for the stream: `changed`, `beat` or `over`."""
        self._news.add(what)
        self._ready.set()

    async def news(self) -> set[str]:
        """Wait for the next news."""
        await self._ready.wait()
        self._ready.clear()
        news, self._news = self._news, set()
        return news


class Hub:
    """The followers of one process and what they hear. All methods run on the event loop."""

    def __init__(self) -> None:
        self.followers: set[Follower] = set()
        self._beat = f"b{secrets.token_hex(8)}"
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: asyncio.Task[None] | None = None
        #: Set when the next heartbeat is due before its time: somebody new, or the connection is gone.
        self._turn = asyncio.Event()
        self._deaf = False

    def join(self, follower: Follower) -> None:
        """Begin to tell a follower; the first one starts the hub."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._running is None or self._running.done():
            self.followers.clear()
            self._loop, self._turn, self._deaf = loop, asyncio.Event(), False
            self._running = loop.create_task(self._run())
        self.followers.add(follower)
        self._turn.set()

    def leave(self, follower: Follower) -> None:
        """Tell it no more."""
        self.followers.discard(follower)

    async def _run(self) -> None:
        wait = FIRST_WAIT
        while True:
            listening, socket = None, -1
            try:
                listening = await self._in_thread(_listen)
                socket = listening.fileno()
                self._loop_now().add_reader(socket, self._hear, listening, socket)
                lately.hear(on=True)
                self._tell_all("changed")  # whatever happened while nobody listened
                wait = FIRST_WAIT
                await self._beat_until_deaf()
            except (psycopg2.Error, DatabaseError):
                log.warning("live-listening-failed")
            finally:
                lately.hear(on=False)
                self._deaf = False
                if listening is not None:
                    self._stop_hearing(listening, socket)
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    async def _beat_until_deaf(self) -> None:
        while not self._deaf:
            self._turn.clear()
            lately.prune()
            if self.followers:
                await self._ask_rights()
            await asyncio.sleep(BETWEEN)  # many who come at once are asked together
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._turn.wait(), HEARTBEAT - BETWEEN)

    async def _ask_rights(self) -> None:
        """Close the streams whose right is lost, then send a beat. An error is a missed beat, never a right."""
        try:
            lost = await self._in_thread(_ask, [f.right for f in self.followers], self._beat)
        except (psycopg2.Error, DatabaseError):
            log.warning("live-heartbeat-failed")
            return
        for follower in [f for f in self.followers if f.right in lost]:
            follower.tell("over")
            self.leave(follower)

    def _hear(self, listening: Any, socket: int) -> None:
        try:
            listening.poll()
        except psycopg2.Error:
            self._loop_now().remove_reader(socket)  # or it would spin
            lately.hear(on=False)
            self._deaf = True
            self._turn.set()
            return
        while listening.notifies:
            self._deliver(listening.notifies.pop(0).payload)

    def _deliver(self, payload: str) -> None:
        if payload == self._beat:
            self._tell_all("beat")
        elif not payload.startswith("b"):
            lately.forget()
            for follower in self.followers:
                if follower.right.topic == payload:
                    follower.tell("changed")

    def _tell_all(self, what: str) -> None:
        for follower in self.followers:
            follower.tell(what)

    def _stop_hearing(self, listening: Any, socket: int) -> None:
        self._loop_now().remove_reader(socket)
        with contextlib.suppress(psycopg2.Error):
            listening.close()

    def _loop_now(self) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def _in_thread(self, work: Any, *given: Any) -> Coroutine[Any, Any, Any] | asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *given)


def _listen() -> Any:
    """A connection of its own, outside Django's, that listens."""
    wrapper = connections["default"].copy()
    found = psycopg2.connect(**wrapper.get_connection_params())
    found.autocommit = True
    with found.cursor() as cursor:
        cursor.execute(f'LISTEN "{events.CHANNEL}"')
    return found


def _ask(followed: list[Right], payload: str) -> set[Right]:
    """In the hub's own thread: which rights are lost; then one beat. The connection is given back."""
    try:
        lost = rights.lost(followed)
        rights.beat(payload)
        return lost
    finally:
        connections.close_all()


#: The hub of this process.
hub = Hub()
