"""Does an empty database become a table with five agencies, ten people and a first meeting through the pages alone?

Nobody touches the database: the code is what the command prints, links are what the pages show. (domain.md, "People")
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import Any
from urllib.parse import urlparse
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from agencies import first_run
from agencies.models import Agency, Member, Standing
from agencies.vocabulary import Role
from privacy.context import acting_as
from situations.meeting import Meeting
from tests.browsers import Browser
from tests.cast import PASSWORD
from tests.journeys.person import Person, browsing
from tests.processes import Served

_MFIPPA = "MFIPPA (Municipal Freedom of Information and Protection of Privacy Act)"
_PHIPA = "PHIPA (Personal Health Information Protection Act): it is a health information custodian"
_AGENCIES = {
    "Town": ("Municipal services", _MFIPPA), "Shelter": ("Social services", "No disclosure statute"),
    "Police": ("Police", _MFIPPA), "Clinic": ("Health", _PHIPA), "School": ("Education", _MFIPPA),
}  # fmt: skip
_PEOPLE = (
    ("Faye", "Town", "facilitator"), ("Rex", "Town", "recorder"), ("Olive", "Town", "privacy_officer"),
    ("Sam", "Shelter", "representative"), ("Lea", "Shelter", "agency_lead"), ("Pia", "Police", "agency_lead"),
    ("Cleo", "Clinic", "agency_lead"), ("Carl", "Clinic", "alternate"), ("Skye", "School", "agency_lead"),
)  # fmt: skip


def _somebody(name: str) -> Member:
    """Who a browser signs in as; the row itself is made by the pages."""
    return Member(email=f"{name.lower()}@example.net", name=f"{name} Invented")


@pytest.fixture(scope="class")
def committed_db_with_keys(nobody_db: None) -> None:
    """The web process of this class serves a database in which nobody is known."""


@pytest.mark.usefixtures("committed_db_with_keys")
class TestFirstRun:
    def test_from_nobody_to_the_first_meeting(self, served: Served, chromium: Browser, django_db_blocker: Any) -> None:
        with django_db_blocker.unblock():
            assert not Member.objects.exists()
            code = first_run.code()
        with ExitStack() as stack:
            administrator = stack.enter_context(browsing(chromium, served.url, _somebody("Ada")))
            outside = stack.enter_context(browsing(chromium, served.url, _somebody("Outside")))
            self._claim(administrator, code)
            self._add_agencies(administrator)
            self._import_people(administrator)
            self._prepare_agreements(administrator)
            for link in self._links(administrator, "signs an agreement"):
                self._sign_for_the_agency(outside, link)
            for name, link in zip(
                [p[0] for p in _PEOPLE], self._links(administrator, "chooses a password"), strict=True
            ):
                self._join(outside, name, link)
            administrator.goto("/to-sign/")
            self._undertake(administrator)
            self._hold_the_first_meeting(outside)
            administrator.goto("/setting-up/")
            administrator.sees("5 agencies have signed", "0 people have not signed", "0 seats wait")
            administrator.fits_a_telephone()
            assert administrator.broken == outside.broken == []
        with django_db_blocker.unblock():
            assert Agency.objects.count() == len(_AGENCIES)
            assert Member.objects.count() == len(_PEOPLE) + 1
            assert Standing.objects.count() == len(_PEOPLE) + 1
            assert Standing.objects.in_roles(Role.ADMINISTRATOR).count() == 1
            chair = Standing.objects.in_roles(Role.FACILITATOR)[0].member
            with acting_as(chair):
                assert Meeting.objects.get().state == "sitting"

    def _claim(self, ada: Person, code: str) -> None:
        ada.goto()
        ada.follow("Set up this installation")
        ada.fits_a_telephone()
        ada.fill("Code of this installation", "AAAA-AAAA-AAAA-AAAA")
        for label, words in {
            "Your name": ada.name, "Your e-mail at work": ada.member.email, "Choose a password": PASSWORD,
            "Your agency, in English": "Town", "Code of the table": "NEW", "Name of the table, in English": "New table",
            "Name of the table, in French": "Nouvelle table", "Region, in English": "North",
            "Region, in French": "Nord", "Quorum": "2",
        }.items():  # fmt: skip
            ada.fill(label, words)
        ada.choose("Sector", "Municipal services")
        ada.tick("MFIPPA (Municipal Freedom of Information and Protection of Privacy Act)")
        ada.press("Set it up")
        ada.sees("That is not the code of this installation.")
        ada.fill("Code of this installation", code)
        ada.fill("Choose a password", PASSWORD)
        ada.press("Set it up")
        ada.sees("The installation is yours to set up")
        ada.sign_in_here()

    def _add_agencies(self, ada: Person) -> None:
        ada.follow("Add the agencies")
        for name, (sector, statute) in list(_AGENCIES.items())[1:]:
            ada.press("Add an agency")
            ada.fill("Name in English", name)
            ada.choose("Sector", sector)
            ada.tick(statute)
            ada.press("Add the agency")
            ada.sees(name)

    def _import_people(self, ada: Person) -> None:
        ada.follow("People", within=ada.page.get_by_role("navigation", name="Who belongs"))
        ada.follow("Import people from a file")
        lines = [f"{name} Invented;{name.lower()}@example.net;{agency};NEW;{role};" for name, agency, role in _PEOPLE]
        ada.fill("Or its lines", "\n".join(["name;e-mail;agency;table;role;until", *lines]))
        ada.press("Check the file")
        ada.sees(f"{len(_PEOPLE)} seats would be proposed")
        ada.fits_a_telephone()
        ada.press("Propose all of them")
        ada.sees(f"{len(_PEOPLE)} seats are proposed", "Waits for both sides")

    def _prepare_agreements(self, ada: Person) -> None:
        ada.go("Agreements")
        for name in _AGENCIES:
            ada.press("Prepare an agreement")
            ada.main.get_by_role("combobox", name="Agency", exact=True).select_option(label=name)
            ada.fill("Or somebody else, by a one-time link", f"director.{name.lower()}@example.net")
            ada.press("Prepare and ask the signatory")
            ada.sees("It is prepared")

    def _links(self, ada: Person, what: str) -> list[str]:
        """A link for each invitation of a kind, as the page shows it, once."""
        found = []
        ada.goto("/invitations/")
        rows = ada.main.get_by_role("article").filter(has_text=what)
        for n in range(rows.count()):
            with ada.page.expect_navigation(wait_until="domcontentloaded"):
                rows.nth(n).get_by_role("button").click()
            link = ada.main.locator(".one-time").get_attribute("href")
            assert link
            found.append(urlparse(link).path)
            ada.follow("Back to the invitations")
        return found

    def _sign_for_the_agency(self, outside: Person, link: str) -> None:
        outside.goto(link)
        outside.fill("Your name", "Dee Rector")
        outside.fill("Your office", "Director")
        outside.tick("I have read it")
        outside.press("Sign")
        outside.sees("Who sits for")
        for group in outside.main.get_by_role("group").all():
            group.get_by_label("Yes, for my agency").check()
        outside.press("Send my answers")
        outside.sees("Thank you.")

    def _join(self, outside: Person, name: str, link: str) -> None:
        outside.page.context.clear_cookies()
        outside.member = _somebody(name)
        outside.goto(link)
        outside.fill("Choose a password", PASSWORD)
        outside.press("Save the password")
        outside.sign_in_here()
        expect(outside.page.get_by_role("heading", level=1)).to_have_text("To sign")
        outside.main.get_by_role("link", name="A seat for you").click()
        outside.press("Accept this seat")
        outside.sees("You have accepted this seat.")
        self._undertake(outside)

    def _undertake(self, person: Person) -> None:
        person.follow("Your undertaking: New table")
        person.tick("I have read it, and I promise it")
        person.fill("Your password, again", PASSWORD)
        person.press("Sign")
        person.sees("You have signed. Thank you.")

    def _hold_the_first_meeting(self, outside: Person) -> None:
        outside.page.context.clear_cookies()
        outside.member = _somebody("Faye")
        outside.sign_in()
        outside.go("Meetings")
        outside.fill("When", datetime.now(ZoneInfo("America/Toronto")).strftime("%Y-%m-%d %H:%M"))
        outside.press("Plan the meeting")
        outside.sees("The meeting is planned")
        outside.press("It was read: start the meeting")
