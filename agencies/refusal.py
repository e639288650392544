"""How does a verb of this room say no? With a reason for the person, and the field it is about."""

from __future__ import annotations

from django.utils.functional import Promise


class NotPossible(Exception):
    """What was asked may not be: the reason, and the field it is about (empty: none of them)."""

    def __init__(self, reason: Promise | str, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.field = field
