"""Has a member a second factor, how is it switched on and off, and is this its code?"""

from __future__ import annotations

import base64
import time

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, RecoveryCode, SecondFactor, SignIn
from agencies.refusal import NotPossible
from agencies.signin import recovery, required, sealing, totp
from agencies.signin.own_rows import own_rows

#: Where the session keeps, sealed, the secret that is not confirmed yet.
_CANDIDATE = "signin_candidate"


def of(member: Member) -> SecondFactor | None:
    """The member's second factor."""
    with own_rows(member):
        return SecondFactor.objects.filter(member=member).first()


def candidate(session: SessionBase, member: Member) -> bytes:
    """The secret that is being set up in this session: the same until it is confirmed, sealed meanwhile."""
    kept = session.get(_CANDIDATE, "")
    if kept:
        try:
            return sealing.unseal(base64.b64decode(kept), member.pk)
        except sealing.Unreadable:
            pass  # somebody else's who used this browser before
    secret = totp.new_secret()
    session[_CANDIDATE] = base64.b64encode(sealing.seal(secret, member.pk)).decode()
    return secret


def switch_on(session: SessionBase, given: str, *, by: Member) -> list[str]:
    """Confirm the candidate by a code of it; returns the recovery codes. A factor before it is replaced."""
    secret = candidate(session, by)
    step = totp.matching_step(secret, recovery.plain(given), seconds=time.time(), after=0)
    if step is None:
        raise NotPossible(_("This is not the code that the app shows now. Wait for the next one and enter it."), "code")
    del session[_CANDIDATE]
    with own_rows(by):
        SecondFactor.objects.update_or_create(
            member=by, defaults={"secret": sealing.seal(secret, by.pk), "last_step": step}
        )
    return recovery.renew(by)


def switch_off(*, by: Member) -> None:
    """Do without. Refused where a seat of the member requires it."""
    if required.of(by):
        raise NotPossible(_("Your seat requires a second factor. You can replace it, not remove it."))
    forget(by)


def forget(member: Member) -> None:
    """The factor and its recovery codes are gone, and no session counts as one that gave it."""
    with own_rows(member):
        SignIn.objects.filter(member=member).update(second_factor=False)
        SecondFactor.objects.filter(member=member).delete()
        RecoveryCode.objects.filter(member=member).delete()


def accepts(member: Member, given: str) -> bool:
    """Whether it is the app's code of now, used for the first time, or a recovery code. False without a factor."""
    said = recovery.plain(given)
    with own_rows(member):
        found = SecondFactor.objects.select_for_update().filter(member=member).first()
        if found is None:
            return False
        if not totp.looks_like_one(said):
            return recovery.use(member, said)
        secret = sealing.unseal(bytes(found.secret), member.pk)
        step = totp.matching_step(secret, said, seconds=time.time(), after=found.last_step)
        if step is None:
            return False
        found.last_step = step
        found.save(update_fields=["last_step"])
    return True
