"""Which six digits does an authenticator app show at a moment? (RFC 6238: SHA-1, thirty seconds)"""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

#: Seconds that a code is shown.
STEP = 30
#: A telephone's clock may be one step early or late.
DRIFT = 1
_ISSUER = "Situation table"


def new_secret() -> bytes:
    """160 random bits, as the RFC asks."""
    return secrets.token_bytes(20)


def step_at(seconds: float) -> int:
    """The number of the step at a moment (seconds since 1970)."""
    return int(seconds) // STEP


def code(secret: bytes, step: int) -> str:
    """The code of one step."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def looks_like_one(given: str) -> bool:
    """Six digits. A recovery code is longer, and may be all digits."""
    return len(given) == 6 and given.isascii() and given.isdigit()


def matching_step(secret: bytes, given: str, *, seconds: float, after: int) -> int | None:
    """The step whose code was given, later than `after`. Every step is compared, each in constant time."""
    now, found = step_at(seconds), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code(secret, step).encode(), given.encode()) and step > after:
            found = step
    return found


def as_text(secret: bytes) -> str:
    """The secret as it is typed into an app that cannot read a picture, in groups of four."""
    letters = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def uri(secret: bytes, account: str) -> str:
    """What the picture says."""
    asked = {"secret": base64.b32encode(secret).decode().rstrip("="), "issuer": _ISSUER}
    return f"otpauth://totp/{quote(_ISSUER)}:{quote(account)}?{urlencode(asked, quote_via=quote)}"
