"""Who may ask for which address? An address without a row here answers 404.

This is the outermost of the walls: it only says whether a sign-in is needed. What a signed-in member sees is decided
by the loader of each view, the policy and PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class UrlRule:
    """Who may ask, and why that is right."""

    who: Literal["anyone", "member"]
    because: str


URL_POLICY: dict[str, UrlRule] = {
    "login": UrlRule("anyone", "One has to be able to sign in."),
    "logout": UrlRule("member", "Ends one's own session."),
    "set_language": UrlRule("anyone", "Sets a language cookie and nothing else."),
    "health": UrlRule("anyone", "Says that the process and its two servers answer; holds no data."),
}
