"""What does somebody see who types in a real browser: marks under the words, "Saved", a colleague's words beside?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.company import Company

FIELD = "What is happening, without saying who"


@pytest.fixture
def draft(sections: str) -> str:
    """The address of a new draft's summary: what is typed saves itself, also when its page is left."""
    return f"{sections}/summary/"


@pytest.mark.browser
class TestTyping:
    def test_words_are_marked_while_they_are_typed_and_the_list_leads_to_them(
        self, company: Company, draft: str
    ) -> None:
        shelter = company["shelter_rep"]
        shelter.goto(draft)
        field = shelter.main.get_by_label(FIELD)
        field.press_sequentially("🙂 Spoke with Devin Quillmore today.")
        expect(shelter.main.get_by_role("status").filter(has_text="1 mark that may say who this is")).to_be_visible()
        expect(shelter.page.locator(".marks-layer mark")).to_have_text(["Devin Quillmore"])
        aside = shelter.section("1 mark that may say who this is")
        expect(aside).to_contain_text("Name of a person")
        aside.get_by_role("button", name="Go to these words").click()
        shelter.page.keyboard.type("a young man")
        expect(field).to_have_value("🙂 Spoke with a young man today.")
        expect(shelter.main.get_by_role("status").filter(has_text="No marks")).to_be_visible()

    def test_it_saves_itself_and_stands_on_another_device(self, company: Company, draft: str) -> None:
        shelter = company["shelter_rep"]
        shelter.goto(draft)
        field = shelter.main.get_by_label(FIELD)
        with shelter.page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/edit/summary/")):
            field.fill("He sleeps in a stairwell.")
        expect(shelter.page.locator("[data-saved]")).to_contain_text("Saved ")
        other = company.another("shelter_rep")
        other.goto(draft)
        expect(other.main.get_by_label(FIELD)).to_have_value("He sleeps in a stairwell.")

    def test_a_colleague_who_was_there_first_is_shown_beside_and_nothing_is_lost(
        self, company: Company, draft: str
    ) -> None:
        first, second = company["shelter_rep"], company["shelter_colleague"]
        for person in (first, second):
            person.goto(draft)
        first.main.get_by_label(FIELD).fill("Mine stands.")
        expect(first.page.locator("[data-saved]")).to_contain_text("Saved ")
        first.press("Save and continue")
        second.main.get_by_label(FIELD).fill("Theirs is typed.")
        expect(second.section("What is saved there now")).to_contain_text("Mine stands.")
        expect(second.page.locator("[data-saved]")).to_contain_text("Not saved: a colleague changed this section")
        expect(second.main.get_by_label(FIELD)).to_have_value("Theirs is typed.")
        second.press("Save mine and continue")
        first.goto(draft)
        expect(first.main.get_by_label(FIELD)).to_have_value("Theirs is typed.")
