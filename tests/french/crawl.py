"""What does one person reach by following every link from the first page, and what do those pages say to be read?"""

from __future__ import annotations

import html
import re
from urllib.parse import urldefrag

from django.conf import settings
from django.http import HttpResponse

from agencies.models import Member
from tests.pages.browsing import Browser, text

_LINK = re.compile(r'href="(/[^"]*)"')
#: Acts are many times the same page: each is opened once.
_ACT = re.compile(r"/situations/[0-9a-f-]{36}/do/([a-z_]+)/.*")
_READ_ALOUD = re.compile(r'(?:aria-label|title|alt|placeholder|data-words)="([^"]*)"')
#: Files and doors for programs; each language is called by its own name; the sign-in page is for who is not in.
_LEAVE_OUT = re.compile(r"^/(static|api|sign-out|language)/|^/sign-in/$|/(csv|xlsx|pdf)/")


class FrenchBrowser(Browser):
    """A browser whose language is set to French, by the cookie the language button sets."""

    def __init__(self, member: Member) -> None:
        super().__init__(member)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    def open(self, address: str) -> HttpResponse:
        """A page by its address."""
        return self.client.get(address)  # type: ignore[return-value]  # the client's own type

    def crawl(self) -> dict[str, str]:
        """What can be read on every page within reach, by address. Each act once."""
        waiting, pages, kinds = ["/"], {}, set()
        while waiting:
            address = waiting.pop(0)
            kind = _ACT.sub(r"\1", address)
            if kind in kinds:
                continue
            kinds.add(kind)
            answer = self.open(address)
            assert answer.status_code == 200, address
            assert answer["Content-Language"] == "fr", address
            pages[address] = readable(text(answer))
            links = (urldefrag(html.unescape(link)).url for link in _LINK.findall(text(answer)))
            waiting += [link for link in links if link and not _LEAVE_OUT.search(link)]
        return pages


def readable(page: str) -> str:
    """The words of a page: its text and what is read aloud, one line an element."""
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<button[^>]*\blang="en"[^>]*>.*?</button>', "", page, flags=re.DOTALL)
    aloud = "\n".join(_READ_ALOUD.findall(page))
    return html.unescape(re.sub(r"<[^>]*>", "\n", page) + "\n" + aloud)
