"""What did the server send to one person? Every byte, whatever the browser made of it.

Each person's browser talks to a recorder of its own in front of the web process: redirects, headers, refused pages
and downloads pass through it, which a browser's own events do not all show.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

#: Belong to one connection, not to the message; and no compression, so that bodies can be read.
_NOT_PASSED_ON = frozenset({"connection", "keep-alive", "transfer-encoding", "accept-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer with the address that was asked for."""

    method: str
    path: str
    status: int
    headers: str
    body: bytes

    @property
    def everything(self) -> str:
        """Address, headers and body as one text to search in."""
        return f"{self.method} {self.path}\n{self.status}\n{self.headers}\n\n{self.body.decode('utf-8', 'replace')}"


@dataclass(slots=True)
class Wire:
    """The recorder's own address, and what passed so far."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.exchanges)

    def pages(self, since: int = 0, until: int | None = None) -> list[Exchange]:
        """What passed between two exchanges, without stylesheets, scripts and pictures."""
        return [e for e in self.exchanges[since:until] if not e.path.startswith("/static/")]

    @property
    def text(self) -> str:
        """Everything that passed."""
        return "\n\n".join(e.everything for e in self.exchanges)


@contextmanager
def recording(target: str) -> Iterator[Wire]:
    """A recorder in front of `target`, on a free loopback port."""
    to = urlsplit(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            upstream = HTTPConnection(str(to.hostname), to.port, timeout=30)
            # The Host the browser asked for stays: the origin check compares the two.
            sent = {k: v for k, v in self.headers.items() if k.lower() not in _NOT_PASSED_ON}
            try:
                upstream.request(self.command, self.path, body or None, sent)
                answer = upstream.getresponse()
                if answer.headers.get_content_type() == "text/event-stream":
                    self._stream(answer)
                    return
                content, headers = answer.read(), answer.getheaders()
            except (OSError, HTTPException):  # the web process was ended while a page was on its way
                self.close_connection = True
                return
            finally:
                upstream.close()
            written = "\n".join(f"{k}: {v}" for k, v in headers)
            wire.exchanges.append(Exchange(self.command, self.path, answer.status, written, content))
            self.send_response_only(answer.status)
            for name, value in headers:
                if name.lower() not in _NOT_PASSED_ON:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, answer: HTTPResponse) -> None:
            """Pass a stream on as it comes; what came is recorded when it ends."""
            self.close_connection = True
            self.send_response_only(answer.status)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            content = b""
            try:
                while line := answer.readline():
                    content += line
                    self.wfile.write(line)
            except (OSError, ValueError, HTTPException):
                pass  # the browser, or the web process, went away
            wire.exchanges.append(Exchange(self.command, self.path, answer.status, "", content))

        do_GET = do_POST = _pass  # noqa: N815  # the names http.server looks for

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    wire = Wire(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
