"""How does one process serve pages and live streams?

Pages run as WSGI on a bounded pool of threads, so they are fast and reuse their connections; under Django's own ASGI
every request would get a thread and a database connection of its own (60 clients: 40 of 300 requests failed). Only
`/live/` is Django's ASGI application (architecture.md, "Serving").
"""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from situation_table import ticker
from situation_table.wsgi import application as pages  # sets Django up

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[Any], Awaitable[None]]

LIVE_PREFIX = "/live/"
#: At a turn of the meeting eight threads spent a fifth of the processor on waiting for one another; four do not.
PAGE_WORKERS = 4


class LiveHandler(ASGIHandler):
    """Django's ASGI application that gives its database connections back before a stream begins.

    A stream lives for hours; without this it would hold one idle backend for as long (30 streams, 30 backends).
    """

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        response = await super().get_response_async(request)
        await sync_to_async(connections.close_all, thread_sensitive=True)()
        return response


# The two libraries name the same protocol with types of their own.
_wsgi: Any = pages
_pages: Any = WSGIMiddleware(_wsgi, workers=PAGE_WORKERS)
_live = LiveHandler()

# What is loaded by now stays: looking through it again and again costs a tenth of every page at a turn of the meeting.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer the lifespan, send `/live/` to the ASGI side and everything else to the pages."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1003})
    elif scope["path"].startswith(LIVE_PREFIX):
        await _live(scope, receive, send)
    else:
        await _pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    """Start the ticker where no worker runs; stop it with the process."""
    ticking = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if not settings.REDIS_URL:
                ticking = ticker.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if ticking:
                ticking.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
