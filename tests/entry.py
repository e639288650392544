"""How does a test sign somebody in without the page? A session and its row, as the pages leave them.

`Client.force_login` of the tests is this (tests/conftest.py): Django's own makes a session that is nobody's here.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from agencies.models import Member, SignIn
from privacy.context import acting_as

_BACKEND = "agencies.signin.backend.Members"
_django = Client.force_login


def enter(client: Client, member: Member, backend: str | None = None, **state: Any) -> None:
    """Sign the member in; `state`: fields of the session's row that differ."""
    _django(client, member, backend or _BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with acting_as(member):
        SignIn.objects.update_or_create(session_key=key, defaults={"member": member, **state})


def sign_in_of(client: Client, member: Member) -> SignIn:
    """The row of a client's session."""
    with acting_as(member):
        return SignIn.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def change(client: Client, member: Member, **state: Any) -> None:
    """Make the session older, locked, or otherwise than it is."""
    with acting_as(member):
        SignIn.objects.filter(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value).update(**state)
