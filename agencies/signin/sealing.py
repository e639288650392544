"""How is the secret of a second factor kept? Sealed to its member, under a key derived from the installation's own.

The one file of this room that speaks to cryptography. The secret is never a column in the clear: a copy of the
database makes no codes.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class Unreadable(Exception):
    """It was not sealed here, or not for this member."""


def seal(secret: bytes, member_id: int) -> bytes:
    """Nonce and ciphertext, bound to the member."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, secret, _bound_to(member_id))


def unseal(sealed: bytes, member_id: int) -> bytes:
    """The secret. Raises Unreadable."""
    try:
        return AESGCM(_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound_to(member_id))
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _key() -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"situation-table: second factor")
    return derived.derive(settings.KEY_ENCRYPTION_KEY)


def _bound_to(member_id: int) -> bytes:
    return f"second-factor:{member_id}".encode()
