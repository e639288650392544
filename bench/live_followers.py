"""A program of many followers: each holds a stream and fetches its page at every "changed", as static/js/live.js does.

`python -m bench.live_followers` reads one line of JSON (host, port, path of the stream, path of the page, cookies) and
writes a line for every page that came: which follower, when the last byte was there, which item stands on it. A process
of its own, so that what is measured is the web process and not the one that measures.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import sys
import time
from dataclasses import dataclass

#: Seconds: the jitter of live.js, and until a stream or page is given up and asked for again.
JITTER, PATIENCE = 0.25, 8.0
_ITEM = re.compile(rb"<h1>([^<]+)</h1>")


@dataclass
class Follower:
    """One device."""

    name: int
    host: str
    port: int
    stream: str
    page: str
    cookie: str
    chance: random.Random
    owed: bool = False

    async def run(self) -> None:
        """Follow for ever; a stream that breaks is opened again after a second, as a browser does."""
        news = asyncio.Event()
        fetching = asyncio.create_task(self._fetch_what_is_owed(news))
        try:
            while True:
                with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                    await self._listen(news)
                await asyncio.sleep(1)
        finally:
            fetching.cancel()

    async def _listen(self, news: asyncio.Event) -> None:
        reader, writer = await self._ask(self.stream, "text/event-stream")
        try:
            while line := await asyncio.wait_for(reader.readline(), 10):
                if line.strip() == b"event: changed":
                    news.set()
        finally:
            writer.close()

    async def _fetch_what_is_owed(self, news: asyncio.Event) -> None:
        while True:
            await news.wait()
            await asyncio.sleep(self.chance.uniform(0, JITTER))
            news.clear()
            try:
                body = await asyncio.wait_for(self._page(), PATIENCE)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                news.set()
                continue
            found = _ITEM.search(body)
            item = found.group(1).decode() if found else "-"
            print(self.name, f"{time.monotonic():.4f}", item, flush=True)

    async def _page(self) -> bytes:
        reader, writer = await self._ask(self.page, "text/html")
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise ValueError("no page")
            return await reader.read()
        finally:
            writer.close()

    async def _ask(self, path: str, wanted: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        lines = (
            f"GET {path} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Cookie: {self.cookie}", f"Accept: {wanted}",
            "X-Live: 1", "Connection: close",
        )  # fmt: skip
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        return reader, writer


async def main(given: dict[str, object]) -> None:
    """Every cookie is one follower."""
    host, port, stream, page = str(given["host"]), int(str(given["port"])), str(given["stream"]), str(given["page"])
    names = given["cookies"]
    assert isinstance(names, dict)
    chance = random.Random(int(str(given["seed"])))  # only when each asks
    await asyncio.gather(
        *(
            Follower(int(name), host, port, stream, page, str(cookie), random.Random(chance.random())).run()
            for name, cookie in names.items()
        )
    )


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))
