"""Are sentences in a table read on a telephone without moving anything sideways, and are they still a table?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from agencies.models import Member
from privacy.policy import POLICY
from tests import builders
from tests.cast import Cast
from tests.entry import enter
from tests.processes import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_MOVES = """() => [document.documentElement, ...document.querySelectorAll("main .scroll")]
    .filter(e => e.scrollWidth > e.clientWidth).length"""


@pytest.mark.browser
class TestNarrow:
    @pytest.mark.parametrize(("path", "rows"), [("/how-information-is-shared/", len(POLICY)), ("/ledger/", 1)])
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_cells_stand_under_one_another_and_nothing_moves_sideways(
        self, committed_cast: Cast, served: Served, chromium: Browser, path: str, rows: int, language: str
    ) -> None:
        builders.disclosed(committed_cast)
        _stands(served, chromium, committed_cast.privacy_officer, path, rows, language)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_the_actions_of_a_plan_show_their_state_and_how_to_close_them(
        self, committed_cast: Cast, served: Served, chromium: Browser, language: str
    ) -> None:
        walk = builders.intervening(committed_cast)
        _stands(served, chromium, committed_cast.crisis_rep, f"/situations/{walk.id}/", 1, language)

    @pytest.mark.parametrize("touch", [False, True])
    def test_in_a_narrow_window_arrows_choose_in_a_closed_select(
        self, committed_cast: Cast, served: Served, chromium: Browser, touch: bool
    ) -> None:
        """A keyboard is as likely there as a finger: in an enlarged window, or beside a tablet."""
        draft = builders.draft(committed_cast)
        with _narrow(served, chromium, committed_cast.shelter_rep, "en", touch=touch) as page:
            page.goto(f"{served.url}/situations/{draft.id}/edit/whom/")
            select = page.locator('select[name="person_1_sex"]')
            select.focus()
            before = select.input_value()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Tab")
            assert select.input_value() != before


def _stands(served: Served, chromium: Browser, who: Member, path: str, rows: int, language: str) -> None:
    with _narrow(served, chromium, who, language) as page:
        answer = page.goto(served.url + path)
        assert answer is not None
        assert answer.status == 200
        assert page.evaluate(_MOVES) == 0
        first = page.locator("tbody tr").first
        lefts = {round(cell.bounding_box()["x"]) for cell in first.locator("th, td").all()}  # type: ignore[index]  # shown
        assert len(lefts) == 1, "under one another"
        assert page.get_by_role("rowheader").count() >= rows, "to a screen reader it is a table as before"


@contextmanager
def _narrow(served: Served, chromium: Browser, who: Member, language: str, *, touch: bool = False) -> Iterator[Page]:
    enter(client := Client(), who)
    cookies: Any = [{"name": name, "value": morsel.value, "url": served.url} for name, morsel in client.cookies.items()]
    with chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=touch, is_mobile=touch) as context:
        spoken: Any = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": served.url}
        context.add_cookies([*cookies, spoken])
        yield context.new_page()
