"""How does a test browse as one of the cast? Signed in, through the real middleware."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.models import Member
from tests.entry import enter


class Browser:
    """One member's browser."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.client = Client()
        enter(self.client, member)

    def get(self, name: str, /, *args: object, query: str = "") -> HttpResponse:
        """A page by its address name."""
        return self.client.get(reverse(name, args=args) + query)  # type: ignore[return-value]  # the client's own type

    def post(self, name: str, /, *args: object, **data: Any) -> HttpResponse:
        """Send a form to an address."""
        return self.client.post(reverse(name, args=args), data)  # type: ignore[return-value]  # the client's own type

    def act(self, ref: UUID, act: str, **data: Any) -> HttpResponse:
        """Open the page of an act and send its form, with the hidden fields the page gave."""
        page = self.get("act", ref, act)
        return self.post("act", ref, act, **(hidden(page) | data))


def text(answer: HttpResponse) -> str:
    """The body of an answer."""
    return answer.content.decode()


def hidden(page: HttpResponse, prefix: str = "") -> dict[str, str]:
    """The hidden fields of a page's form: key and versions; of one of several forms by the prefix of its fields."""
    found = dict(re.findall(rf'<input type="hidden" name="({prefix}[a-z_]+)" value="([^"]*)"', text(page)))
    found.pop("csrfmiddlewaretoken", None)
    return found


def field_error(page: Any, field: str) -> str:
    """The message beside one field; empty when there is none."""
    found = re.search(rf'id="id_{field}_error">(.*?)</div></div>', text(page), re.S)
    return re.sub(r"<[^>]+>", "", found.group(1)).strip() if found else ""
