"""Where can a signed-in member go from any page?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Address name and label, in the order of the header.
ENTRIES: tuple[tuple[str, Promise], ...] = (("home", _("Home")),)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the header, as templates/base.html takes it."""

    url: str
    label: Promise
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, empty before sign-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {"nav": [NavItem(url, label, name == here) for name, label in ENTRIES if (url := _address(name))]}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
