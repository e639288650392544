"""Are sentences in a table read on a telephone without moving anything sideways, and are they still a table?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from privacy.policy import POLICY
from tests import builders
from tests.cast import Cast
from tests.entry import enter
from tests.processes import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MOVES = """() => [document.documentElement, ...document.querySelectorAll("main .scroll")]
    .filter(e => e.scrollWidth > e.clientWidth).length"""


@pytest.mark.browser
class TestNarrow:
    @pytest.mark.parametrize(("path", "rows"), [("/how-information-is-shared/", len(POLICY)), ("/ledger/", 1)])
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_cells_stand_under_one_another_and_nothing_moves_sideways(
        self, committed_cast: Cast, served: Served, chromium: Browser, path: str, rows: int, language: str
    ) -> None:
        officer = committed_cast.privacy_officer
        builders.disclosed(committed_cast)
        enter(client := Client(), officer)
        cookies: Any = [
            {"name": name, "value": morsel.value, "url": served.url} for name, morsel in client.cookies.items()
        ]
        with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
            spoken: Any = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": served.url}
            context.add_cookies([*cookies, spoken])
            page = context.new_page()
            answer = page.goto(served.url + path)
            assert answer is not None
            assert answer.status == 200
            assert page.evaluate(_MOVES) == 0
            first = page.locator("tbody tr").first
            lefts = {round(cell.bounding_box()["x"]) for cell in first.locator("th, td").all()}  # type: ignore[index]  # shown
            assert len(lefts) == 1, "under one another"
            assert page.get_by_role("rowheader").count() >= rows, "to a screen reader it is a table as before"
