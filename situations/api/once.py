"""How does a thing get made once, though a program may send the request twice? By the key it sends with it.

Acts on a situation have this in `lifecycle.perform`; this is the same for what has no situation yet. A twin that
arrives meanwhile waits at the unique constraint for the first one's commit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from agencies.models import Member
from situations.lifecycle import Stale
from situations.models import Performed

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")

PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": f"^{_KEY.pattern}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="Made anew for each intention; the same key again has no second effect.",
)


def key_of(request: Request) -> str:
    """The idempotency key of a request; a 400 that says what is wanted otherwise."""
    key: Any = request.headers.get(HEADER, "")
    if not _KEY.fullmatch(key):
        raise ValidationError({HEADER: [_("Send a new key of 8 to 64 letters, digits, - or _ with each intention.")]})
    return str(key)


def once(key: str, act: str, make: Callable[[], UUID], *, by: Member) -> tuple[UUID, bool]:
    """Make something, unless this member made it with this key before: (its id, whether it is new).

    A key that was used for something else raises Stale, never a silent success.
    """
    try:
        with transaction.atomic():
            claim = Performed.objects.create(member=by, key=key, act=act, ref=uuid4())
    except IntegrityError:
        before = Performed.objects.filter(member=by, key=key, act=act).first()
        if before is None:
            raise Stale("key") from None
        return before.ref, False
    claim.ref = make()
    claim.save(update_fields=["ref"])
    return claim.ref, True
