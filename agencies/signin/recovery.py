"""Which codes let somebody in whose telephone is lost? Ten, each once; only keyed digests are kept."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from agencies.models import Member, RecoveryCode
from agencies.signin.own_rows import own_rows

HOW_MANY = 10
#: No letter or digit that is read as another one.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


def renew(member: Member) -> list[str]:
    """Ten new codes, shown this once; the old ones are worth nothing any more."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY)]
    with own_rows(member):
        RecoveryCode.objects.filter(member=member).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(member=member, digest=_digest(member, c)) for c in codes])
    return [f"{c[:5]}-{c[5:]}" for c in codes]


def use(member: Member, given: str) -> bool:
    """Whether it is one of the member's codes that was not used yet; it is used by this."""
    with own_rows(member):
        gone, _by_model = RecoveryCode.objects.filter(member=member, digest=_digest(member, plain(given))).delete()
    return gone == 1


def left(member: Member) -> int:
    """How many were not used yet."""
    with own_rows(member):
        return RecoveryCode.objects.filter(member=member).count()


def plain(given: str) -> str:
    """A code as it is compared: people write it with blanks, dashes and capitals."""
    return "".join(given.lower().split()).replace("-", "")


def _digest(member: Member, given: str) -> str:
    key: bytes = settings.KEY_ENCRYPTION_KEY
    return salted_hmac("agencies.signin.recovery", f"{member.pk}:{given}", secret=key, algorithm="sha256").hexdigest()
