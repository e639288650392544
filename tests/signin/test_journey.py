"""In a real browser: a second factor from its picture to the reveal, and a screen that nobody is at."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import SignIn
from agencies.signin import totp
from privacy.context import acting_as
from tests import builders
from tests.browsers import Browser
from tests.cast import PASSWORD, Cast
from tests.journeys import filing
from tests.journeys.person import Person, browsing
from tests.processes import Served


@pytest.mark.browser
class TestOnePersonsDay:
    @pytest.fixture
    def person(self, committed_cast: Cast, served: Served, chromium: Browser) -> Iterator[Person]:
        with browsing(chromium, served.url, committed_cast.crisis_rep) as found:
            yield found

    def test_a_second_factor_from_its_picture_to_the_reveal(self, committed_cast: Cast, person: Person) -> None:
        walk, member = builders.disclosed(committed_cast), committed_cast.crisis_rep
        number = walk.situation("crisis_rep").number or ""
        person.sign_in()
        person.goto("/my-sign-in/")
        person.press("Set it up")
        person.page.wait_for_function("() => document.querySelector('img.qr').naturalWidth > 100")
        secret = base64.b32decode(person.page.locator(".secret").inner_text().replace(" ", ""))
        now = totp.step_at(time.time())
        person.fill("Code that the app shows now", totp.code(secret, now))
        person.press("Switch it on")
        codes = re.findall(r"[a-z2-9]{5}-[a-z2-9]{5}", person.main.inner_text())
        assert len(codes) == 10
        person.fits_a_telephone()
        person.goto("/my-sign-in/")
        person.page.locator("summary").filter(has_text=person.name).click()
        person.page.get_by_role("button", name="Sign out").first.click()
        # Once more, with both: the code of now was used, the next one is early by less than a step.
        person.fill("E-mail", member.email)
        person.fill("Password", PASSWORD)
        person.press("Sign in")
        person.fill("Code", totp.code(secret, now))
        person.press("Sign in")
        person.sees("This code does not open")
        person.fill("Code", totp.code(secret, now + 1))
        person.press("Sign in")
        with acting_as(member):
            SignIn.objects.update(confirmed_at=timezone.now() - timedelta(minutes=11))
        person.open_situation(number)
        who = person.page.get_by_role("region", name="Who: person 1")
        person.press("Reveal for 60 seconds", within=who)
        assert person.heading == "Is it still you?"
        person.fits_a_telephone()
        person.fill("Code", codes[0])
        person.press("Go on")
        person.sees("Shown to you alone", builders.CANARY_NAME)

    def test_an_idle_screen_is_covered_and_gives_back_what_was_typed(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        with browsing(chromium, served.url, committed_cast.shelter_rep) as person:
            person.sign_in()
            person.page.clock.install()
            person.goto("/my-sign-in/password/")
            field = person.page.get_by_label("New password", exact=True)
            field.fill("typed before the lock")
            person.page.clock.fast_forward("10:00")
            field.press("End")
            person.page.clock.fast_forward("10:00")
            expect(field).to_be_visible()
            with person.page.expect_response("**/lock/"):
                person.page.clock.fast_forward("06:00")
            cover = person.page.get_by_role("dialog", name="Your screen is locked")
            expect(cover).to_be_visible()
            expect(field).to_be_hidden()
            assert not person.main.is_visible()
            person.fits_a_telephone()
            with acting_as(committed_cast.shelter_rep):
                assert SignIn.objects.get().locked_at is not None
            cover.get_by_label("Your password").fill("wrong")
            cover.get_by_role("button", name="Unlock").click()
            expect(cover).to_contain_text("This is not your password.")
            cover.get_by_label("Your password").fill(PASSWORD)
            cover.get_by_role("button", name="Unlock").click()
            expect(cover).to_have_count(0)
            expect(field).to_be_visible()
            assert field.input_value() == "typed before the lock"
            assert person.broken == []

    def test_without_javascript_what_was_sent_into_the_lock_arrives(
        self, committed_cast: Cast, served: Served, chromium: Browser
    ) -> None:
        member = committed_cast.shelter_colleague
        with browsing(chromium, served.url, member, java_script_enabled=False) as person:
            person.sign_in()
            filing.start(person)
            with acting_as(member):
                SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=20))
            filing.whom(person)
            assert person.heading.strip() == "Your screen is locked"
            person.sees("What you were sending is kept")
            person.fill("Your password", PASSWORD)
            person.press("Unlock")
            assert person.heading == filing.SECTIONS[1]
