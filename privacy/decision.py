"""What is a decision? A value that is truthy when allowed and always says why.

Computed once, used for the button, for the refusal and in the tests (house-style.md, 9).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.functional import Promise

Text: TypeAlias = str | Promise


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or refused, with a stable code and a reason a person can act on.

    `hidden` marks a refusal whose very existence is not the member's to know: doors answer it with 404.
    """

    allowed: bool
    code: str
    reason: Text
    hidden: bool = field(default=False)

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise Denied unless allowed."""
        if not self.allowed:
            raise Denied(self)


class Denied(Exception):
    """A refused act. Its text is the code only, so no log or traceback carries more."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.code)
        self.decision = decision


def allow(code: str = "allowed", reason: Text = "") -> Decision:
    """An affirmative decision."""
    return Decision(True, code, reason)


def deny(code: str, reason: Text) -> Decision:
    """A refusal that says why."""
    return Decision(False, code, reason)


def hide(code: str = "not-found") -> Decision:
    """A refusal that looks like absence."""
    return Decision(False, code, "", hidden=True)
