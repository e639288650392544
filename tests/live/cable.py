"""How does a test cut a browser off from the web process, and connect it again? By a cable of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse


class Cable:
    """A relay on a free loopback port. While it is cut, nothing passes and nobody is told."""

    def __init__(self, url: str) -> None:
        where = urlparse(url)
        self._to = (str(where.hostname), int(where.port or 80))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._open = threading.Event()
        self._open.set()
        self._links: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing passes any more: open connections stay open and silent."""
        self._open.clear()

    def mend(self) -> None:
        """Everything passes again, what was held back first."""
        self._open.set()

    def drop(self) -> None:
        """Every open connection breaks."""
        links, self._links = self._links, []
        for link in links:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Put it away."""
        self._open.set()
        self.drop()
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                far = socket.create_connection(self._to)
                self._links += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)


@contextmanager
def cabled(url: str) -> Iterator[Cable]:
    """A cable for as long as the block lasts."""
    cable = Cable(url)
    try:
        yield cable
    finally:
        cable.close()
