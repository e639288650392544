"""Does a section save itself, without one colleague ever overwriting another unseen, through both doors?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from privacy import vault
from privacy.context import acting_as
from situations.models import History
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WHOM = {"discussion_type": "person", "rows": "1", "person_1_age": "18-24", "person_1_sex": "male",
        "person_1_part": "subject"}  # fmt: skip
#: What two colleagues say in the same section, and how what is saved reads afterwards.
SECTIONS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "whom": (WHOM, {**WHOM, "person_1_age": "60-plus"}, "persons"),
    "acute": ({"screening": ["imminent"], "tried": "a"}, {"screening": ["beyond"], "tried": "a"}, "screening"),
    "factors": ({"risk_factors": ["mental-health:grief"]}, {"risk_factors": ["suicide:affected-by-suicide"]}, "facts"),
    "protective": ({"study_flags": ["homelessness"]}, {"study_flags": ["hoarding"]}, "facts"),
    "summary": ({"summary": "mine"}, {"summary": "theirs"}, "text"),
}  # fmt: skip


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A draft both colleagues have open."""
    return builders.draft(cast)


def _quietly(browser: Browser, walk: Walk, section: str, page: HttpResponse, said: dict[str, Any]) -> HttpResponse:
    return browser.post(
        "draft_section", walk.id, section, **(hidden(page) | said | {"later": "1", "autosave": "1"})
    )  # fmt: skip


def _saved(walk: Walk, section: str) -> Any:
    with acting_as(walk.cast.shelter_rep):
        s = walk.situation()
        found = {
            "persons": list(s.persons.values_list("age_group__code", flat=True)),
            "screening": s.screening,
            "facts": sorted(s.facts.values_list("entry__code", flat=True)),
            "text": vault.read_screened(walk.id, vault.F1)["summary"][0],
        }
        return found[SECTIONS[section][2]]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_colleague_at_the_same_section_is_never_overwritten_unseen(walk: Walk, section: str) -> None:
    mine, colleague = Browser(walk.cast.shelter_rep), Browser(walk.cast.shelter_colleague)
    said, theirs, _what = SECTIONS[section]
    page, other = mine.get("draft_section", walk.id, section), colleague.get("draft_section", walk.id, section)
    assert _quietly(colleague, walk, section, other, theirs).status_code == 200
    stands = _saved(walk, section)
    answer = _quietly(mine, walk, section, page, said)
    assert answer.status_code == 409
    heard = json.loads(answer.content)
    assert "What is saved there now" in heard["html"]
    assert "a colleague changed this section" in heard["said"]
    assert _saved(walk, section) == stands, "nothing was overwritten"
    # Read and decided: with the versions of the answer, mine is kept.
    again = mine.post("draft_section", walk.id, section, **(hidden(page) | heard["fields"] | said | {"later": "1"}))
    assert again.status_code == 302
    assert _saved(walk, section) != stands


def test_colleagues_at_different_sections_do_not_meet(walk: Walk) -> None:
    mine, colleague = Browser(walk.cast.shelter_rep), Browser(walk.cast.shelter_colleague)
    pages = {name: (mine if n % 2 else colleague) for n, name in enumerate(SECTIONS)}
    opened = {name: browser.get("draft_section", walk.id, name) for name, browser in pages.items()}
    for name, browser in pages.items():
        assert _quietly(browser, walk, name, opened[name], SECTIONS[name][0]).status_code == 200, name


def test_it_says_when_it_saved_and_saves_on_with_the_versions_it_was_given(walk: Walk) -> None:
    mine = Browser(walk.cast.shelter_rep)
    page = mine.get("draft_section", walk.id, "summary")
    first = json.loads(_quietly(mine, walk, "summary", page, {"summary": "one"}).content)
    assert first["said"].startswith("Saved ")
    sent = hidden(page) | first["fields"] | {"later": "1", "autosave": "1"}
    assert mine.post("draft_section", walk.id, "summary", **(sent | {"summary": "one, two"})).status_code == 200
    assert _saved(walk, "summary") == "one, two"
    page = mine.get("draft_section", walk.id, "summary")
    assert "one, two" in text(page), "and stands there on another device"
    assert "data-saved-words>Saved " in text(page)


def test_a_save_sent_twice_is_one_save(walk: Walk) -> None:
    mine = Browser(walk.cast.shelter_rep)
    page = mine.get("draft_section", walk.id, "factors")
    for _time in range(2):
        answer = _quietly(mine, walk, "factors", page, {"risk_factors": ["mental-health:grief"]})
        assert answer.status_code == 200
    with acting_as(walk.cast.shelter_rep):
        assert History.objects.filter(situation_id=walk.id, act="save").count() == 2  # the builder's, and this one


def test_what_cannot_be_kept_is_said_and_changes_nothing(walk: Walk) -> None:
    mine = Browser(walk.cast.shelter_rep)
    before = _saved(walk, "whom")
    page = mine.get("draft_section", walk.id, "whom", query="?rows=2")
    answer = _quietly(mine, walk, "whom", page, {**WHOM, "rows": "2", "person_1_sex": ""})
    assert answer.status_code == 422
    assert json.loads(answer.content)["said"] == "Not saved yet: something here is not complete."
    assert _saved(walk, "whom") == before


def test_nobody_else_saves_or_hears_anything(walk: Walk) -> None:
    page = Browser(walk.cast.shelter_rep).get("draft_section", walk.id, "summary")
    for key in ("police_rep", "facilitator", "stranger"):
        answer = _quietly(Browser(walk.cast.people[key]), walk, "summary", page, {"summary": "x"})
        assert answer.status_code == 404, key
    assert _saved(walk, "summary") == builders.CANARY_SUMMARY


def test_the_second_door_is_refused_by_the_version_it_saw(walk: Walk) -> None:
    seen = walk.situation().version
    mine, colleague = Door(walk.cast.shelter_rep), Door(walk.cast.shelter_colleague)
    path = f"situations/{walk.id}/acts/save/"
    assert colleague.post(path, {"seen_version": seen, "risk_factors": ["mental-health:grief"]}).status_code == 200
    refused = mine.post(path, {"seen_version": seen, "risk_factors": ["suicide:affected-by-suicide"]})
    assert refused.status_code == 409
    assert "grief" in _saved(walk, "factors")


def test_a_page_and_a_program_do_not_overwrite_one_another_either(walk: Walk) -> None:
    mine, program = Browser(walk.cast.shelter_rep), Door(walk.cast.shelter_colleague)
    page = mine.get("draft_section", walk.id, "factors")
    body = {"seen_version": walk.situation().version, "risk_factors": ["mental-health:grief"]}
    assert program.post(f"situations/{walk.id}/acts/save/", body).status_code == 200
    answer = _quietly(mine, walk, "factors", page, {"risk_factors": ["suicide:affected-by-suicide"]})
    assert answer.status_code == 409
    assert "Grief" in json.loads(answer.content)["html"]
