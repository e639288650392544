"""How does a test ask the second door, as one of the cast?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from agencies.models import Member
from tests.entry import enter

V1 = "/api/v1/"


class Door:
    """A signed-in program (or nobody's). Answers are Django's, with their JSON."""

    def __init__(self, member: Member | None) -> None:
        self.client = Client()
        if member is not None:
            enter(self.client, member)

    def get(self, path: str, **query: str | list[str]) -> Any:
        """Read."""
        return self.client.get(V1 + path, query)

    def post(self, path: str, body: Any = None, *, key: str | None = "") -> Any:
        """Write, with a new idempotency key unless one is given (None: without any)."""
        headers = {} if key is None else {"Idempotency-Key": key or uuid4().hex}
        return self.client.post(V1 + path, body or {}, content_type="application/json", headers=headers)
