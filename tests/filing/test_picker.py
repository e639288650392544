"""Can somebody choose among a hundred codes with a keyboard alone, in both languages, and is told what happened?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from tests.journeys.company import Company
from tests.journeys.person import Person

#: What is typed, what it finds first, what is said when it is added: in the language of the page.
LANGUAGES = {
    "en": {
        "group": "Risk factors",
        "drug": "drug",
        "use": "Drug abuse by person",
        "homeless": "Person does not have access to appropriate housing",
        "added": "Added: Person does not have access to appropriate housing. Chosen: 1.",
        "suicidal": "3 matches. Enter adds: Affected by suicide.",
        "other": "sans-abri",
        "none": "No match for “zzz”.",
        "already": "Already chosen: Grief.",
        "remove": "Remove: Mental health, Grief",
        "removed": "Removed: Grief. Chosen: 1.",
    },
    "fr": {
        "group": "Facteurs de risque",
        "drug": "drogue",
        "use": "Abus de drogues par la personne",
        "homeless": "Personne n’ayant pas accès à un logement convenable",
        "added": "Ajouté\u00a0: Personne n’ayant pas accès à un logement convenable. Choix\u00a0: 1.",
        "suicidal": "3 résultats. Entrée ajoute\u00a0: Personne touchée par un suicide.",
        "other": "homeless",
        "none": "Aucun résultat pour «\u00a0zzz\u00a0».",
        "already": "Déjà choisi\u00a0: Deuil.",
        "remove": "Retirer\u00a0: Santé mentale, Deuil",
        "removed": "Retiré\u00a0: Deuil. Choix\u00a0: 1.",
    },
}


@pytest.fixture(params=["en", "fr"])
def words(request: pytest.FixtureRequest, company: Company, sections: str) -> Iterator[dict[str, str]]:
    """The risk factors of a new draft in each language."""
    shelter = company["shelter_rep"]
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": request.param, "url": shelter.wire.url}
    shelter.page.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own typed dict
    shelter.goto(f"{sections}/factors/")
    yield LANGUAGES[request.param]
    shelter.page.context.clear_cookies(name=settings.LANGUAGE_COOKIE_NAME)


@pytest.mark.browser
class TestPicker:
    def test_enter_adds_the_best_match_by_synonym_of_either_language_and_says_so(
        self, company: Company, words: dict[str, str]
    ) -> None:
        box, said = _box(company, words)
        box.press_sequentially(words["other"])
        box.press("Enter")
        expect(said).to_have_text(words["added"])
        expect(box).to_have_value("")
        expect(_chips(company, words)).to_have_text([words["homeless"]])
        box.press_sequentially("suicid")
        expect(said).to_have_text(words["suicidal"])
        box.press("Escape")
        expect(said).to_have_text("")
        box.press_sequentially("zzz")
        expect(said).to_contain_text(words["none"])
        box.press("Enter")
        assert company["shelter_rep"].page.url.endswith("/factors/"), "a word that finds nothing sends nothing"

    def test_of_equals_the_one_whose_category_is_named_comes_first(
        self, company: Company, words: dict[str, str]
    ) -> None:
        box, _said = _box(company, words)
        box.press_sequentially(words["drug"])
        box.press("Enter")
        expect(_chips(company, words)).to_have_text([words["use"]])

    def test_a_code_is_found_as_it_is_written_and_is_not_added_twice(
        self, company: Company, words: dict[str, str]
    ) -> None:
        box, said = _box(company, words)
        for _time in range(2):
            box.press_sequentially("grief")
            box.press("Enter")
        expect(said).to_have_text(words["already"])
        assert _chips(company, words).count() == 1

    def test_tab_leaves_in_two_steps_and_arrows_walk_the_list(self, company: Company, words: dict[str, str]) -> None:
        page = company["shelter_rep"].page
        box, _said = _box(company, words)
        box.press_sequentially("suicid")
        box.press("ArrowDown")
        first = page.evaluate("document.activeElement.value")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") != first
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        expect(box).to_be_focused()
        stops = 0
        while page.evaluate("document.activeElement.type") != "submit":
            page.keyboard.press("Tab")
            stops += 1
        assert stops == 3, "the list, the chosen ones, the button"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.closest('.chip') !== null")

    def test_what_was_chosen_is_taken_away_by_its_own_button_or_the_delete_key(
        self, company: Company, words: dict[str, str]
    ) -> None:
        shelter = company["shelter_rep"]
        box, said = _box(company, words)
        for word in ("grief", words["other"]):
            box.press_sequentially(word)
            box.press("Enter")
        group = shelter.group(words["group"]).first
        chip = group.get_by_role("button", name=words["remove"])
        chip.focus()
        shelter.page.keyboard.press("Delete")
        expect(said).to_have_text(words["removed"])
        expect(_chips(company, words)).to_have_text([words["homeless"]])
        expect(group.locator(".chip button")).to_be_focused()
        shelter.page.keyboard.press("Enter")
        expect(_chips(company, words)).to_have_count(0)
        expect(box).to_be_focused()


def _box(company: Company, words: dict[str, str]) -> tuple[Locator, Locator]:
    shelter: Person = company["shelter_rep"]
    group = shelter.group(words["group"]).first
    box = group.get_by_role("searchbox")
    box.focus()
    return box, group.get_by_role("status")


def _chips(company: Company, words: dict[str, str]) -> Locator:
    return company["shelter_rep"].group(words["group"]).first.locator(".chip b")
