"""Who is signed in, each in a browser of its own?"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from tests.browsers import Browser
from tests.cast import Cast
from tests.journeys.person import Person, browsing


class Company:
    """People by their key in the cast; each is signed in when first asked for."""

    def __init__(self, cast: Cast, browser: Browser, url: str, stack: ExitStack) -> None:
        self._cast, self._browser, self._url, self._stack = cast, browser, url, stack
        self._known: dict[str, Person] = {}

    def __getitem__(self, key: str) -> Person:
        if key not in self._known:
            self._known[key] = self.another(key)
        return self._known[key]

    def gather(self, *keys: str) -> tuple[Person, ...]:
        """Several of them, signed in."""
        return tuple(self[key] for key in keys)

    def another(self, key: str, **options: Any) -> Person:
        """The same member in one more browser, for example one without JavaScript."""
        person = self._stack.enter_context(browsing(self._browser, self._url, self._cast.people[key], **options))
        person.be_signed_in()
        return person
