"""How does somebody come in? By e-mail and password, then by a code where there is a second factor.

Every wrong try is counted and answered alike, whether or not there is such an account; who must wait is told how long.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.refusal import NotPossible
from agencies.signin import factor, sessions, tries

#: Seconds between the password and the code.
_PENDING_SECONDS = 10 * 60
_PENDING = "signin_pending"


@dataclass(frozen=True, slots=True)
class Pending:
    """Whose password was right and whose code is asked for now, and where to go then."""

    member: Member
    next: str


def by_password(request: HttpRequest, *, email: str, password: str) -> Member:
    """The member whose password this is. NotPossible, counted, when it is nobody's."""
    counted = tries.count(email, tries.address_of(request))
    if counted.until:
        raise NotPossible(counted.words, "password")
    member = Member.objects.filter(email__iexact=email.strip()).first()
    if member is None:
        Member().set_password(password)  # as slow as a wrong password
    elif member.check_password(password) and member.is_active:
        return member
    counted.wrong()
    raise NotPossible(
        counted.words if counted.until else _("This e-mail address and password do not belong together. Check both."),
        "password",
    )


def go_on(request: HttpRequest, member: Member, *, where: str) -> bool:
    """After the right password: True when the member is in, False when the code is asked for first."""
    if factor.of(member) is not None:
        request.session[_PENDING] = {
            "member": member.pk, "hash": member.get_session_auth_hash(), "at": time.time(), "next": where,
        }  # fmt: skip
        return False
    _in(request, member, second_factor=False)
    return True


def pending(session: SessionBase) -> Pending | None:
    """Who is between the two steps in this browser; None: nobody, or too long ago, or the password changed since."""
    kept = session.get(_PENDING)
    if not kept or time.time() - kept["at"] > _PENDING_SECONDS:
        return None
    member = Member.objects.filter(pk=kept["member"], is_active=True).first()
    if member is None or member.get_session_auth_hash() != kept["hash"]:
        return None
    return Pending(member, kept["next"])


def by_code(request: HttpRequest, who: Pending, *, code: str) -> None:
    """The second step. NotPossible, counted, when it is no code of theirs or was used before."""
    counted = tries.count(who.member.email, tries.address_of(request))
    if counted.until:
        raise NotPossible(counted.words, "code")
    if not factor.accepts(who.member, code):
        counted.wrong()
        raise NotPossible(counted.words if counted.until else WRONG_CODE, "code")
    del request.session[_PENDING]
    _in(request, who.member, second_factor=True)


def _in(request: HttpRequest, member: Member, *, second_factor: bool) -> None:
    tries.count(member.email, tries.address_of(request)).right()
    sessions.begin(request, member, second_factor=second_factor)


WRONG_CODE = _(
    "This code does not open. A code counts once and for half a minute: wait for the next one, or use a recovery code."
)
