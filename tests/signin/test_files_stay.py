"""In a real browser: does a file that was chosen stay chosen, whatever stands between it and the server?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from agencies.models import SignIn
from agencies.signin import sessions
from privacy.context import acting_as
from tests.browsers import Browser
from tests.cast import PASSWORD, Cast
from tests.journeys.person import Person, browsing
from tests.processes import Served
from tests.records.test_past import EXAMPLE

_PEOPLE = (
    "name,e-mail,agency,table,role,until\n"
    "A. Newcomer,a@example.net,Harbour Street Shelter,NIA,Agency representative,2099-01-31\n"
)
#: What a browser holds of the chosen file.
_CHOSEN = "() => [...document.querySelector('input[type=file]').files].map(f => f.name)"
#: Whether anything but the cover can be reached by the keyboard or is read out.
_BEHIND = """() => [...document.body.children].filter(e => !e.matches('.idle') && (!e.inert || e.checkVisibility()))
  .map(e => e.tagName)"""


def _choose(person: Person, name: str, content: bytes) -> None:
    chosen: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
    person.page.locator("input[type=file]").set_input_files(chosen)


def _cover(page: Page) -> Any:
    return page.get_by_role("dialog", name="Your screen is locked")


def _unlock(page: Page) -> None:
    cover = _cover(page)
    cover.get_by_label("Your password").fill(PASSWORD)
    cover.get_by_role("button", name="Unlock").click()
    expect(cover).to_have_count(0)


def _press(person: Person, label: str) -> None:
    """A button of a form whose page stays."""
    person.main.get_by_role("button", name=label, exact=True).click()


def _locked(person: Person) -> None:
    with acting_as(person.member):
        SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=20))


@pytest.mark.browser
class TestFilesStay:
    @pytest.fixture
    def administrator(self, committed_cast: Cast, served: Served, chromium: Browser) -> Iterator[Person]:
        with browsing(chromium, served.url, committed_cast.administrator) as person:
            person.be_signed_in()
            person.goto("/people/import/")
            yield person
            assert person.broken == []

    def test_locking_by_hand_covers_the_page_and_leaves_it_as_it_is(self, administrator: Person) -> None:
        person, page = administrator, administrator.page
        _choose(person, "people.csv", _PEOPLE.encode())
        person.fill("Or its lines", "typed beside it")
        page.locator("summary").filter(has_text=person.name).click()
        with page.expect_response("**/lock/"):
            page.get_by_role("button", name="Lock the screen").click()
        expect(_cover(page)).to_be_visible()
        assert page.evaluate(_BEHIND) == []
        page.keyboard.press("F9")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('.idle') !== null")
        with acting_as(person.member):
            assert SignIn.objects.get().locked_at is not None
        _unlock(page)
        assert page.evaluate(_CHOSEN) == ["people.csv"]
        assert page.get_by_label("Or its lines").input_value() == "typed beside it"
        assert page.evaluate("() => [...document.body.children].filter(e => e.inert).length") == 0

    def test_what_the_server_locked_is_sent_on_with_its_file(self, administrator: Person) -> None:
        person, page = administrator, administrator.page
        _choose(person, "people.csv", _PEOPLE.encode())
        _locked(person)
        _press(person, "Check it, change nothing")
        expect(_cover(page)).to_be_visible()
        _unlock(page)
        person.sees("1 seat would be proposed")

    def test_a_sign_in_that_ended_is_made_again_beside_the_page(self, administrator: Person) -> None:
        person, page = administrator, administrator.page
        _choose(person, "people.csv", _PEOPLE.encode())
        sessions.end_all(person.member)
        _press(person, "Check it, change nothing")
        expect(_cover_of_a_signed_out(page)).to_contain_text("You are signed out")
        assert page.evaluate(_BEHIND) == []
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in, in a window of its own").click()
        beside = opened.value
        beside.get_by_label("Email").fill(person.member.email)
        beside.get_by_label("Password").fill(PASSWORD)
        beside.get_by_role("button", name="Sign in").click()
        expect(beside.get_by_role("heading", level=1)).not_to_have_text("Sign in")
        beside.close()
        page.bring_to_front()
        expect(_cover_of_a_signed_out(page)).to_have_count(0)
        person.sees("1 seat would be proposed")

    def test_a_spreadsheet_is_chosen_once_and_checked_and_imported(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        with browsing(chromium, served.url, committed_cast.recorder) as person:
            person.be_signed_in()
            person.goto("/record/NIA/import/")
            _choose(person, "past.csv", b"Opened\n2025-01-01\n")
            _press(person, "Check the file")
            person.sees("This column is missing")
            assert person.page.evaluate(_CHOSEN) == ["past.csv"]
            assert person.page.evaluate("() => document.activeElement.id") == "main"
            expect(person.page.locator("#not-sent")).to_be_hidden()
            _choose(person, "past.csv", EXAMPLE)
            _press(person, "Check the file")
            person.sees("3 discussions can be imported", "Nothing is kept yet: import it.")
            assert person.page.evaluate(_CHOSEN) == ["past.csv"]
            person.press("Import it")
            person.sees("3 discussions are imported")
            assert person.broken == []

    def test_without_javascript_the_page_says_that_only_the_file_is_to_be_chosen_again(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        with browsing(chromium, served.url, committed_cast.administrator, java_script_enabled=False) as person:
            person.be_signed_in()
            person.goto("/people/import/")
            _choose(person, "people.csv", _PEOPLE.encode())
            person.fill("Or its lines", "typed beside it")
            _locked(person)
            person.press("Check it, change nothing")
            person.sees("What you were sending is kept", "Only the file is not kept")
            person.fill("Your password", PASSWORD)
            person.press("Unlock")
            assert person.page.get_by_label("Or its lines").input_value() == "typed beside it"

    def test_without_javascript_a_sign_in_that_ended_loses_nothing_typed(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        member = committed_cast.administrator
        with browsing(chromium, served.url, member, java_script_enabled=False) as person:
            person.be_signed_in()
            person.goto("/people/import/")
            person.fill("Or its lines", "typed before it ended")
            sessions.end_all(member)
            person.press("Check it, change nothing")
            assert person.heading == "You are signed out"
            with person.page.context.expect_page() as opened:
                person.page.get_by_role("link", name="Sign in, in a window of its own").click()
            beside = opened.value
            beside.get_by_label("Email").fill(member.email)
            beside.get_by_label("Password").fill(PASSWORD)
            beside.get_by_role("button", name="Sign in").click()
            expect(beside.get_by_role("heading", level=1)).not_to_have_text("Sign in")
            person.press("Send it again")
            assert person.heading == "This was not sent"
            person.sees(f"You are signed in as {member.name}")
            person.press("Send it again")
            assert person.page.get_by_label("Or its lines").input_value() == "typed before it ended"


def _cover_of_a_signed_out(page: Page) -> Any:
    return page.locator(".idle")
