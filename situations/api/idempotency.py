"""Which key does a program send with each intention, so that sent twice it has one effect?

What the key does is the verbs' business: `lifecycle.perform` for acts, `situations.once` for what has no situation yet.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

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
