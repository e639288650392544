"""Does a device follow the meeting, keep what was typed, close at the door and empty itself when it is cut off?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from playwright.sync_api import expect

from privacy.context import acting_as
from situations import turns
from tests import builders
from tests.browsers import Browser
from tests.builders import CANARY_SUMMARY, Walk
from tests.cast import Cast
from tests.journeys.company import Company
from tests.journeys.person import Person, browsing
from tests.live.cable import cabled
from tests.processes import Served

#: Milliseconds after the last sign of life until a screen must be empty; the ten seconds, and a busy machine's delay.
BLANK_WITHIN = 16_000
#: The smallest type of all words that stand on a page.
_SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && !e.closest(".vh, .blank, template"))
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


def at_the_table(person: Person, walk: Walk, page: str = "now") -> None:
    person.goto(f"/meetings/{walk.meeting.pk}/{page}/")
    expect(person.page.locator("#live-state")).to_have_class("live live")


@pytest.mark.usefixtures("committed_db_with_keys")
class TestDevices:
    @pytest.fixture(scope="class")
    @classmethod
    def company(cls, committed_cast: Cast, served: Served, chromium: Browser) -> Iterator[Company]:
        with ExitStack() as stack:
            yield Company(committed_cast, chromium, served.url, stack)

    def test_everybody_follows_the_turn_and_at_the_door_it_closes_for_the_unchosen(
        self, committed_cast: Cast, company: Company
    ) -> None:
        walk = builders.chosen(committed_cast)
        school, crisis = company.gather("school_rep", "crisis_rep")
        for person in (school, crisis):
            at_the_table(person, walk)
            person.sees(walk.situation().number, CANARY_SUMMARY)
        walk.act("facilitator", "pass_door")
        expect(school.page.get_by_role("heading", level=1)).to_contain_text("is now with the intervening agencies")
        school.does_not_see(CANARY_SUMMARY, "Risk factors")
        expect(school.page.locator("#live-said")).to_contain_text(walk.situation().number)
        expect(crisis.page.get_by_role("link", name="Open the huddle")).to_be_visible()
        crisis.does_not_see(CANARY_SUMMARY)
        following = builders.presented(committed_cast, walk.meeting)
        with acting_as(committed_cast.facilitator):
            turns.turn_to(walk.meeting, builders.item_of(following), by=committed_cast.facilitator)
        expect(school.page.get_by_role("heading", level=1)).to_have_text(following.situation().number)
        assert not school.broken + crisis.broken

    def test_the_shared_screen_follows_and_is_read_from_three_metres(
        self, committed_cast: Cast, company: Company
    ) -> None:
        walk = builders.chosen(committed_cast)
        wall = company["crisis_rep"]
        wall.page.set_viewport_size({"width": 1920, "height": 1080})
        at_the_table(wall, walk, "screen")
        wall.sees(walk.situation().number, builders.factors()[0].label)
        assert wall.page.evaluate(_SMALLEST) >= 40
        assert wall.page.locator("a, form, input").count() == 0
        walk.act("facilitator", "pass_door")
        expect(wall.main).to_contain_text("Nothing of it is shown in this room any more")
        wall.does_not_see(builders.factors()[0].label)
        assert wall.page.evaluate(_SMALLEST) >= 40
        wall.page.set_viewport_size({"width": 1440, "height": 900})

    def test_what_is_ticked_and_in_focus_stays_and_goes_with_the_item(
        self, committed_cast: Cast, company: Company
    ) -> None:
        walk = builders.discussed(committed_cast)
        chair = company["facilitator"]
        at_the_table(chair, walk, "control")
        first = chair.page.get_by_role("checkbox", name="Something vital is at stake")
        first.check()
        walk.act("crisis_rep", "stand")
        chair.sees("1 agency, 2 needed")
        expect(first).to_be_checked()
        expect(first).to_be_focused()
        following = builders.discussed(committed_cast, walk.meeting)
        expect(chair.page.get_by_role("heading", level=1)).to_have_text(following.situation().number)
        expect(first).not_to_be_checked()

    def test_a_page_that_follows_fits_a_telephone_in_french(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        walk = builders.discussed(committed_cast)
        with browsing(chromium, served.url, committed_cast.facilitator) as chair:
            chair.be_signed_in()
            cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "fr", "url": served.url}
            chair.page.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own typed dict
            for page in ("control", "now"):
                at_the_table(chair, walk, page)
                expect(chair.page.locator("#live-state")).to_have_class("live live")
                chair.fits_a_telephone()
                chair.page.evaluate("document.getElementById('live-state').className = 'live waiting'")
                chair.fits_a_telephone()

    def test_on_a_telephone_the_strip_moves_to_the_item_at_each_turn_and_the_page_stays(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        walk = builders.discussed(committed_cast)
        others = [builders.presented(committed_cast, walk.meeting) for _ in range(5)]
        by = committed_cast.facilitator
        with browsing(chromium, served.url, by) as chair:
            chair.be_signed_in()
            chair.page.set_viewport_size({"width": 390, "height": 844})
            for there in (others[-1], walk, others[2]):
                with acting_as(by):
                    turns.turn_to(walk.meeting, builders.item_of(there), by=by)
                if there is others[-1]:
                    at_the_table(chair, walk, "control")
                    expect(chair.page.locator(".strip .on")).to_be_in_viewport(ratio=1)
                    chair.page.evaluate("window.scrollTo(0, 60), document.querySelector('.strip ol').scrollLeft = 0")
                    continue
                current = chair.page.locator(".strip .on")
                expect(current).to_contain_text(there.situation().number)
                expect(current).to_be_in_viewport(ratio=1)
                assert chair.page.evaluate("window.scrollY") == 60
            chair.page.evaluate("document.querySelector('.strip ol').scrollLeft = 0")
            items = chair.page.locator(".strip li")
            many = items.count()
            builders.presented(committed_cast, walk.meeting)
            expect(items).to_have_count(many + 1)
            assert chair.page.evaluate("document.querySelector('.strip ol').scrollLeft") == 0, "looked along by hand"
        with browsing(chromium, served.url, by, java_script_enabled=False) as chair:
            chair.be_signed_in()
            chair.page.set_viewport_size({"width": 390, "height": 844})
            chair.goto(f"/meetings/{walk.meeting.pk}/control/")
            box = chair.page.locator(".strip .on").bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= 390 - box["width"]

    def test_a_screen_without_contact_empties_itself_and_comes_back_with_what_was_ticked(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        walk = builders.discussed(committed_cast)
        with cabled(served.url) as cable, browsing(chromium, cable.url, committed_cast.facilitator) as chair:
            chair.be_signed_in()
            at_the_table(chair, walk, "control")
            second = chair.page.get_by_role("checkbox", name="Harm is very likely, and soon")
            second.check()
            cable.cut()
            expect(chair.main).to_contain_text("This screen is paused", timeout=BLANK_WITHIN)
            assert CANARY_SUMMARY not in chair.page.content()
            expect(chair.page.locator("#live-state")).to_have_class("live off")
            walk.act("crisis_rep", "stand")
            cable.mend()
            chair.sees(CANARY_SUMMARY, "1 agency, 2 needed")
            expect(second).to_be_checked()
            expect(chair.page.locator("#live-state")).to_have_class("live live")

    def test_without_streams_it_asks_by_itself_and_a_lost_right_ends_the_page(
        self, committed_cast: Cast, company: Company
    ) -> None:
        walk = builders.discussed(committed_cast)
        police = company["police_rep"]
        police.page.route("**/live/**", lambda route: route.fulfill(status=503))
        at_the_table(police, walk)
        police.sees(walk.situation().number)
        walk.act("police_rep", "recuse")
        expect(police.page.get_by_role("heading", level=1)).to_have_text(
            "The table is on an item you do not take part in"
        )
        police.does_not_see(CANARY_SUMMARY)
        police.goto(f"/situations/{builders.discussed(committed_cast, walk.meeting).id}/")
        police.sees(CANARY_SUMMARY)
        police.page.context.clear_cookies()
        expect(police.page.get_by_role("heading", level=1)).to_have_text("This page is closed to you")
        assert CANARY_SUMMARY not in police.page.content()
