"""How far is it from the sign-in page to figures that two people signed off? By pages alone, in few presses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker

from tests.browsers import Browser
from tests.cast import Cast
from tests.journeys.person import NARROW, PATIENCE, Person, browsing
from tests.pack.test_pack import a_year, past
from tests.processes import Served

#: Of both people together, signing in included: pages that are shown, and presses of a button or a link.
MOST_PAGES, MOST_PRESSES = 10, 8


@pytest.fixture(scope="class")
def year(committed_cast: Cast, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> int:
    """A past year of the table, all of it on record."""
    found = timezone.localdate().year - 1
    with django_db_blocker.unblock():
        past(tmp_path_factory.mktemp("past"), a_year(found), committed_cast)
    return found


class Pressing:
    """One person, and how often a button or a link was pressed."""

    def __init__(self, person: Person) -> None:
        self.person, self.many = person, 1  # signing in
        person.sign_in()

    def __call__(self, label: str) -> None:
        self.person.press(label)
        self.many += 1

    def next_step(self, label: str) -> None:
        """The button is in sight where the page begins, and stands once more where the figures end."""
        buttons = self.person.main.get_by_role("button", name=label, exact=True)
        expect(buttons).to_have_count(2)
        box, size = buttons.first.bounding_box(), self.person.page.viewport_size
        assert box
        assert size
        assert box["y"] + box["height"] <= size["height"], (label, box)
        self(label)


@pytest.mark.browser
@pytest.mark.journey
@pytest.mark.parametrize(
    ("period", "options"),
    [("July to September", {}), ("April to June", {"viewport": NARROW, "java_script_enabled": False})],
    ids=["desktop", "telephone without JavaScript"],
)
class TestAQuarter:
    def test_two_people_release_it_in_few_pages_and_presses(
        self, committed_cast: Cast, served: Served, chromium: Browser, year: int, period: str, options: dict[str, Any]
    ) -> None:
        cast, period = committed_cast, f"{period} {year}"
        with (
            browsing(chromium, served.url, cast.manager, **options) as manager,
            browsing(chromium, served.url, cast.privacy_officer, **options) as officer,
        ):
            first = Pressing(manager)
            first("All releases")
            manager.choose("Period", period)
            first("Prepare")
            assert manager.heading == period
            first.next_step("Mark as checked")
            manager.sees("The figures are marked as checked.", "A second person signs off", officer.name)
            expect(manager.main.get_by_role("button", name="Sign off")).to_have_count(0)

            second = Pressing(officer)
            second(f"Figures of {period}")
            officer.sees("You are the second person.", "Checked, not released", manager.name)
            second.next_step("Sign off")
            officer.sees("The figures are signed off.")
            second.next_step("Release")
            officer.sees("The figures are released as number")
            assert first.many + second.many <= MOST_PRESSES
            assert len(manager.titles) + len(officer.titles) <= MOST_PAGES

            manager.goto("/releases/")
            manager.follow(period)
            manager.sees("Nia River", "Released", "Signed off by a second person", officer.name)
            manager.fits_a_telephone()
            for kind, begins in (("PDF", b"%PDF"), ("XLSX", b"PK")):
                with manager.page.expect_download(timeout=3 * PATIENCE) as waiting:
                    manager.main.get_by_role("link", name=kind, exact=True).click()
                assert Path(waiting.value.path()).read_bytes().startswith(begins)
            assert not manager.broken + officer.broken
