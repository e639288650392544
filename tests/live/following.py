"""How does a test follow a stream? As a browser does, over a real connection, event by event."""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import threading
import time
from urllib.parse import urlparse

from django.conf import settings
from django.test import Client

from agencies.models import Member
from tests.entry import enter
from tests.processes import Served


def cookie_of(member: Member) -> str:
    """A session of a member, as the browser sends it."""
    client = Client()
    enter(client, member)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Following:
    """One open stream, read in a thread of its own."""

    def __init__(self, web: Served, path: str, cookie: str) -> None:
        where = urlparse(web.url)
        self.session_key = cookie.partition("=")[2]
        self._link = http.client.HTTPConnection(str(where.hostname), where.port, timeout=30)
        self._link.request("GET", path, headers={"Cookie": cookie, "Accept": "text/event-stream"})
        self._answer = self._link.getresponse()
        self.status = self._answer.status
        self.kind = self._answer.headers.get("Content-Type", "")
        #: Everything that came, as it came.
        self.received = b""
        self.ended_after: float | None = None
        self._events: queue.Queue[tuple[str, float]] = queue.Queue()
        self._began = time.monotonic()
        self._reader = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self._reader.start()

    def _read(self) -> None:
        try:
            while line := self._answer.readline():
                self.received += line
                if line.startswith(b"event: "):
                    self._events.put((line[7:].decode().strip(), time.monotonic()))
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # closed by us
        self.ended_after = time.monotonic() - self._began
        self._events.put(("end", time.monotonic()))

    def next(self, *wanted: str, within: float = 5.0) -> float:
        """Wait for one of these events; when it came (monotonic). Fails when it does not come in time."""
        until = time.monotonic() + within
        while True:
            try:
                what, at = self._events.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {wanted} within {within} s; received {self.received!r}") from None
            if what in wanted:
                return at

    def quiet(self, seconds: float = 0.5, *, but: tuple[str, ...] = ("beat",)) -> bool:
        """Whether nothing but these events comes for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                what, _at = self._events.get(timeout=left)
            except queue.Empty:
                return True
            if what not in but:
                return False
        return True

    def close(self) -> None:
        """Go away without a word."""
        if self._link.sock is not None:
            with contextlib.suppress(OSError):
                self._link.sock.shutdown(socket.SHUT_RDWR)  # or closing would wait for the reader
        self._link.close()
