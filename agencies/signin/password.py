"""How does a member show that it is the own password, and change it? Wrong ones count as at the sign-in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.refusal import NotPossible
from agencies.signin import factor, sessions, tries
from agencies.signin.of_request import sign_in_of


def change(request: HttpRequest, *, old: str, new: str, by: Member) -> None:
    """Change it. PostgreSQL ends every session of the member, this one included, so this one begins anew;
    the calendar address ends with them.

    Where there is a second factor the new session is as sure as the one before: the password is no code.
    """
    before = sign_in_of(request)
    check(request, old, field="old_password", by=by)
    by.set_password(new)
    by.save(update_fields=["password"])
    sessions.end_kept(by)
    confirmed_at = before.confirmed_at if factor.of(by) is not None else None
    sessions.begin(request, by, second_factor=before.second_factor, confirmed_at=confirmed_at)


def check(request: HttpRequest, given: str, *, field: str, by: Member) -> None:
    """NotPossible, counted, when it is not the member's password. Outside a transaction that the refusal undoes."""
    counted = tries.count(by.email, tries.address_of(request))
    if counted.until:
        raise NotPossible(counted.words, field)
    if not by.check_password(given):
        counted.wrong()
        raise NotPossible(counted.words if counted.until else _("This is not your password."), field)
