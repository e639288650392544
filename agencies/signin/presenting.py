"""Is this browser's screen being shared? While it is, nothing beyond filter 2 opens in the session. (docs/adr/0043)

Kept with the session's row on the server: no other tab, program or cookie of the session can say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import SignIn

#: Why a page or a program gets nothing, and what to do.
NOT_WHILE_SHARED = _(
    "This screen is being shared, so nothing beyond filter 2 opens in this session. Nothing was shown or recorded. End "
    "the sharing first, with the button at the top of every page."
)


def on(sign_in: SignIn) -> bool:
    """Whether the session's screen is being shared."""
    return sign_in.presenting_since is not None


def begin(sign_in: SignIn) -> None:
    """From now on, in every tab of this browser."""
    if not on(sign_in):
        sign_in.presenting_since = timezone.now()
        sign_in.save(update_fields=["presenting_since"])


def end(sign_in: SignIn) -> None:
    """The screen is one's own again."""
    sign_in.presenting_since = None
    sign_in.save(update_fields=["presenting_since"])


def among(session_keys: Collection[str]) -> set[str]:
    """Those of some of the member's own sessions whose screen is being shared: no huddle's stream goes on in them."""
    found = SignIn.objects.filter(session_key__in=session_keys, presenting_since__isnull=False)
    return set(found.values_list("session_key", flat=True))
