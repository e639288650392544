"""How does a test sign somebody in without the page? A session and its row, as the pages leave them.

`Client.force_login` of the tests is this (tests/conftest.py): Django's own makes a session that is nobody's here.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.test import Client
from django.utils.crypto import get_random_string

from agencies.models import Member, SignIn
from agencies.signin.store import SessionStore
from privacy.context import acting_as

_BACKEND = "agencies.signin.backend.Members"
_django = Client.force_login


def enter(client: Client, member: Member, backend: str | None = None, **state: Any) -> None:
    """Sign the member in; `state`: fields of the session's row that differ."""
    again = settings.SESSION_COOKIE_NAME in client.cookies  # somebody was here before: Django's own way
    (_django if again else _begin)(client, member, backend or _BACKEND)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with acting_as(member):
        if again:
            SignIn.objects.update_or_create(session_key=key, defaults={"member": member, **state})
        else:
            SignIn.objects.create(session_key=key, member=member, **state)


def _begin(client: Client, member: Member, backend: str) -> None:
    """What Django writes of a new session, in one statement instead of six: thousands of browsers begin in a run."""
    request = HttpRequest()
    request.session = session = SessionStore()
    session.update({
        SESSION_KEY: str(member.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: member.get_session_auth_hash(),
    })  # fmt: skip
    session._session_key = get_random_string(32)  # now: one that has a key is looked for first
    session.save(must_create=True)
    client._set_login_cookies(request)  # type: ignore[attr-defined]  # as `force_login` does


def sign_in_of(client: Client, member: Member) -> SignIn:
    """The row of a client's session."""
    with acting_as(member):
        return SignIn.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def change(client: Client, member: Member, **state: Any) -> None:
    """Make the session older, locked, or otherwise than it is."""
    with acting_as(member):
        SignIn.objects.filter(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value).update(**state)
