"""Do the pages hold when people are not lucky: no script, a mistake, a colleague at the same text, a small screen?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import filing, sitting
from tests.journeys.company import Company
from tests.journeys.person import Person

MINE = "Sleeps in a stairwell since Monday. We fear the cold."
THEIRS = "Sleeps in a car since Tuesday. We fear the fumes."


@pytest.fixture(scope="class")
def draft(company: Company) -> str:
    """The address of a complete draft of the shelter's."""
    shelter = company["shelter_rep"]
    filing.file(shelter, words="A first summary.", tried="A bed was offered.")
    return shelter.page.url.removeprefix(shelter.wire.url)


@pytest.mark.browser
@pytest.mark.journey
class TestOtherWays:
    def test_what_was_typed_stays_beside_a_mistake(self, company: Company, draft: str) -> None:
        shelter = company["shelter_rep"]
        shelter.goto(f"{draft}edit/acute/")
        for box in shelter.group("Which agencies are likely needed?").get_by_role("checkbox").all():
            box.uncheck()
        shelter.fill("What your agency tried", "three beds, and a call")
        shelter.press("Save and continue")
        _says(shelter, "This section is not complete yet", "Choose at least one agency besides your own")
        expect(shelter.main.get_by_label("What your agency tried")).to_have_value("three beds, and a call")
        beside = shelter.group("Which agencies are likely needed?")
        expect(beside).to_contain_text("Choose at least one agency besides your own")
        assert shelter.titles[-1].startswith("Error:")
        # The link of the summary leads to the first control of the group.
        shelter.page.get_by_role("alert").get_by_role("link").first.click()
        expect(beside.get_by_role("checkbox").first).to_be_focused()
        shelter.tick("Lakemoor Crisis Team")
        shelter.press("Save and continue")
        assert shelter.heading == "Risk factors"

    def test_two_colleagues_at_one_summary_get_both_versions(self, company: Company, draft: str) -> None:
        # Without a script nothing is saved before the button is pressed (tests/filing/test_typing.py: with one).
        first, second = company["shelter_rep"], company.another("shelter_colleague", java_script_enabled=False)
        for person in (first, second):
            person.goto(f"{draft}edit/summary/")
        field = "What is happening, without saying who"
        first.fill(field, MINE)
        first.press("Save and continue")
        second.fill(field, THEIRS)
        second.press("Save and continue")
        assert second.wire.exchanges[-1].status == 409 or any(e.status == 409 for e in second.wire.exchanges[-9:])
        _says(second, "A colleague saved this draft too", "Yours is still in the fields")
        expect(second.main.get_by_label(field)).to_have_value(THEIRS)
        expect(second.section("What is saved there now")).to_contain_text(MINE)
        second.press("Save mine and continue")
        first.goto(f"{draft}edit/summary/")
        expect(first.main.get_by_label(field)).to_have_value(THEIRS)

    def test_filing_and_accepting_work_without_javascript(self, company: Company) -> None:
        plain = {
            key: company.another(key, java_script_enabled=False)
            for key in ("shelter_rep", "crisis_rep", "housing_rep", "facilitator", "school_rep")
        }
        shelter, crisis, housing, facilitator, late = plain.values()
        filing.file(shelter, words=MINE, tried="A bed was offered.")
        number = filing.present(shelter, twice=True)
        sitting.plan(facilitator)
        sitting.begin(facilitator, shelter, crisis, housing, late)
        facilitator.press("Open for discussion")
        for person in (crisis, housing):
            sitting.stand_behind(person, number)
        facilitator.open_situation(number)
        # Three of the four are not enough, and stay ticked.
        sitting.tick_criteria(facilitator, 3)
        facilitator.press("Threshold met: choose agencies")
        _says(facilitator, "This page is not complete yet", "criteria")
        assert facilitator.main.get_by_role("checkbox", checked=True).count() == 3
        facilitator.follow("Go back")
        late.open_situation(number)  # without scripts a page does not follow: what it offers may be over
        sitting.accept(facilitator, number)
        late.press("We stand behind it")
        late.sees("This is not possible now")
        late.follow("Go back")
        assert late.heading == number
        shelter.go("Situations")
        assert shelter.main.get_by_role("link", name="NIA-").count() == 1

    @pytest.mark.parametrize(
        ("key", "paths"),
        [
            ("shelter_rep", ["/", "/situations/", "/situations/new/", "/meetings/", "/how-information-is-shared/"]),
            ("facilitator", ["/", "/meetings/", "/quarter/"]),
            ("privacy_officer", ["/", "/ledger/"]),
        ],
    )
    def test_no_page_scrolls_sideways_on_a_telephone(
        self, company: Company, draft: str, key: str, paths: list[str]
    ) -> None:
        person = company[key]
        sections = [f"{draft}edit/{name}/" for name in ("whom", "acute", "factors", "protective", "summary")]
        drafts = [draft, *sections, f"{draft}do/present/"] if key == "shelter_rep" else []
        for path in (*paths, *drafts):
            person.goto(path)
            person.fits_a_telephone()


def _says(person: Person, title: str, error: str) -> None:
    """The summary on top holds the title and the mistake."""
    summary = person.page.get_by_role("alert")
    expect(summary).to_contain_text(title)
    expect(summary).to_contain_text(error)
