"""Is it still the person? The lock of an idle session, and the code or password given again before a reveal.

A session is locked when its page says so, or when nothing came from it for its idle time. It is sure for ten minutes
after the last factor was given: the code where there is a second factor, else the password.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, SignIn
from agencies.refusal import NotPossible
from agencies.signin import factor, tries
from agencies.signin.entry import WRONG_CODE

#: So long the last factor counts for what asks to be sure.
SURE = timedelta(minutes=10)


def locked(sign_in: SignIn) -> bool:
    """Whether the session opens nothing until it is unlocked."""
    idle = timezone.now() - sign_in.seen_at > timedelta(minutes=sign_in.idle_minutes)
    return sign_in.locked_at is not None or idle


def lock(sign_in: SignIn) -> None:
    """Lock it now."""
    if sign_in.locked_at is None:
        sign_in.locked_at = timezone.now()
        sign_in.save(update_fields=["locked_at"])


def sure(sign_in: SignIn) -> bool:
    """Whether the last factor was given lately: in a session from before a second factor, the password was not it."""
    lately = timezone.now() - sign_in.confirmed_at <= SURE
    return lately and (sign_in.second_factor or factor.of(sign_in.member) is None)


def give(request: HttpRequest, sign_in: SignIn, secret: str, *, by: Member, strict: bool) -> None:
    """Unlock the session by code or password; `strict`: be sure again, which with a second factor only a code does.

    NotPossible, counted as at the sign-in, when it is neither.
    """
    counted = tries.count(by.email, tries.address_of(request))
    if counted.until:
        raise NotPossible(counted.words, "secret")
    has_factor = factor.of(by) is not None
    by_code = has_factor and factor.accepts(by, secret)
    by_password = not by_code and not (strict and has_factor) and by.check_password(secret)
    if not (by_code or by_password):
        counted.wrong()
        said = WRONG_CODE if has_factor else _("This is not your password.")
        raise NotPossible(counted.words if counted.until else said, "secret")
    counted.right()
    sign_in.locked_at, sign_in.seen_at = None, timezone.now()
    if by_code or not has_factor:
        sign_in.confirmed_at = sign_in.seen_at
        sign_in.second_factor = sign_in.second_factor or by_code
    sign_in.save(update_fields=["locked_at", "seen_at", "confirmed_at", "second_factor"])
