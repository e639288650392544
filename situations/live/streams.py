"""At which addresses can a device follow, and what does it receive? The word that something changed, and a heartbeat.

Server-sent events on the ASGI side (`/live/`). Opening asks for the right as the page does; the hub asks again at every
heartbeat. The database connections of the opening are given back before the stream begins (situation_table/asgi.py).
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import AsyncIterator
from typing import Literal
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from agencies.models import Member
from privacy.context import acting_as, outside_transaction
from privacy.decision import Denied, hide
from situations.live import rights
from situations.live.hub import Follower, hub
from situations.live.rights import Right

#: Milliseconds before a browser opens a stream again that broke.
_RETRY = b"retry: 1000\n\n"


@outside_transaction
@require_safe
async def meeting_stream(request: HttpRequest, meeting_id: UUID) -> StreamingHttpResponse:
    """Follow a meeting: whoever may open its page."""
    return await _stream(request, "meeting", meeting_id)


@outside_transaction
@require_safe
async def situation_stream(request: HttpRequest, situation_id: UUID) -> StreamingHttpResponse:
    """Follow a situation as the table sees it: whoever may know that it exists."""
    return await _stream(request, "situation", situation_id)


@outside_transaction
@require_safe
async def huddle_stream(request: HttpRequest, situation_id: UUID) -> StreamingHttpResponse:
    """Follow a huddle: its named persons."""
    return await _stream(request, "huddle", situation_id)


async def _stream(
    request: HttpRequest, kind: Literal["meeting", "situation", "huddle"], ref: UUID
) -> StreamingHttpResponse:
    right = await sync_to_async(_right)(request, kind, ref)
    answer = StreamingHttpResponse(_events(Follower(right)), content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def _right(request: HttpRequest, kind: Literal["meeting", "situation", "huddle"], ref: UUID) -> Right:
    member, key = request.user, request.session.session_key
    if not isinstance(member, Member) or key is None:
        raise Denied(hide())
    asked = Right(kind, ref, member.pk, key, member.get_session_auth_hash())
    with acting_as(member):
        return dataclasses.replace(asked, table_id=rights.table_of(asked, member))


async def _events(follower: Follower) -> AsyncIterator[bytes]:
    hub.join(follower)
    try:
        yield _RETRY + _event("changed")  # whatever happened between the page and the stream
        while True:
            news = await follower.news()
            if "over" in news:
                yield _event("over")
                return
            for what in ("changed", "beat"):
                if what in news:
                    yield _event(what)
    finally:
        hub.leave(follower)


def _event(what: str) -> bytes:
    """One event: a word and an opaque version, never content."""
    return f"event: {what}\ndata: {secrets.token_hex(4)}\n\n".encode()
