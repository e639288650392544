"""Can an agency file a situation in the pages, without losing a word, and does nobody else learn of it?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from privacy import vault
from privacy.context import acting_as
from situations.models import History, Situation
from situations.vocabulary import ScreeningQuestion
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WHOM = {"discussion_type": "person", "rows": "1", "person_1_age": "18-24", "person_1_sex": "male",
        "person_1_part": "subject"}  # fmt: skip


def test_a_situation_is_filed_section_by_section_and_presented(cast: Cast) -> None:
    browser = Browser(cast.shelter_rep)
    seat = f"{cast.nia.pk}-{cast.agencies['shelter'].pk}"
    assert "File a situation" in text(browser.get("draft_new"))
    sent_twice = hidden(browser.get("draft_new")) | {"seat": seat}
    made, again = (browser.post("draft_new", **sent_twice) for _ in range(2))
    assert made["Location"] == again["Location"], "one draft, though the button was pressed twice"
    with acting_as(cast.shelter_rep):
        ref = Situation.objects.get().pk
    assert made["Location"] == f"/situations/{ref}/edit/whom/"
    crisis = str(cast.agencies["crisis"].pk)
    sent: dict[str, dict[str, Any]] = {
        "whom": WHOM,
        "acute": {"screening": list(ScreeningQuestion.values), "tried": "called", "likely_agencies": [crisis]},
        "factors": {"risk_factors": ["suicide:person-current-suicide-risk", "drugs:drug-use-by-person"]},
        "protective": {"study_flags": ["homelessness"]},
        "summary": {"summary": "sleeps in a stairwell"},
    }
    following = ["acute", "factors", "protective", "summary", ""]
    for (section, data), after in zip(sent.items(), following, strict=True):
        page = browser.get("draft_section", ref, section)
        answer = browser.post("draft_section", ref, section, **(hidden(page) | data))
        assert answer["Location"] == (f"/situations/{ref}/edit/{after}/" if after else f"/situations/{ref}/"), section
    tasks = text(browser.get("situation", ref))
    assert "5 of 6 sections done" in tasks
    check = text(browser.get("act", ref, "present"))
    assert "sleeps in a stairwell" in check
    assert "called" not in check.split("The table will read")[1].split("What stays with your agency")[0]
    assert browser.act(ref, "present").status_code == 302
    shown = text(Browser(cast.police_rep).get("situation", ref))
    assert "sleeps in a stairwell" in shown
    assert "Person current suicide risk" in shown


def test_nobody_outside_the_agency_can_open_any_page_of_a_draft(cast: Cast) -> None:
    ref = builders.draft(cast).id
    for key in (
        "police_rep",
        "facilitator",
        "privacy_officer",
        "manager",
        "shelter_privacy",
        "other_table",
        "stranger",
    ):
        browser = Browser(cast.people[key])
        for answer in (
            browser.get("situation", ref), browser.get("draft_section", ref, "summary"),
            browser.get("act", ref, "present"), browser.post("act", ref, "discard"),
            browser.post("draft_section", ref, "summary", summary="x"),
        ):  # fmt: skip
            assert answer.status_code == 404, key
            assert builders.CANARY_SUMMARY not in text(answer)


def test_what_is_missing_is_said_beside_its_field_and_what_was_chosen_stays(cast: Cast) -> None:
    ref = builders.draft(cast).id
    browser = Browser(cast.shelter_rep)
    page = browser.get("draft_section", ref, "whom")
    answer = browser.post(
        "draft_section", ref, "whom",
        **(hidden(page) | {"discussion_type": "family", "person_1_age": "30-39", "person_1_part": "harmed"}),
    )  # fmt: skip
    assert answer.status_code == 200
    assert "This section is not complete yet" in text(answer)
    assert "Choose one, or “Unknown”" in field_error(answer, "person_1_sex")
    assert '<option value="30-39" selected>' in text(answer)
    assert re.search(r'value="family"[^>]* checked', text(answer))
    assert 'href="#id_person_1_sex"' in text(answer)


def test_a_person_is_added_without_losing_the_first(cast: Cast) -> None:
    ref = builders.draft(cast).id
    browser = Browser(cast.shelter_rep)
    page = browser.get("draft_section", ref, "whom")
    answer = browser.post(
        "draft_section", ref, "whom", **(hidden(page) | WHOM | {"person_1_age": "60-plus", "more": "1"})
    )
    assert answer["Location"] == f"/situations/{ref}/edit/whom/?rows=2#id_person_2_age"
    page = browser.get("draft_section", ref, "whom", query="?rows=2")
    assert '<option value="60-plus" selected>' in text(page)
    two = {"rows": "2", "person_2_age": "0-5", "person_2_sex": "female", "person_2_part": "subject"}
    browser.post("draft_section", ref, "whom", **(hidden(page) | WHOM | two))
    with acting_as(cast.shelter_rep):
        ages = Situation.objects.get(pk=ref).persons.values_list("age_group__code", flat=True)
        assert list(ages) == ["18-24", "0-5"]


def test_half_a_section_can_be_kept_for_later_and_the_list_says_what_is_missing(cast: Cast) -> None:
    ref = builders.draft(cast).id
    browser = Browser(cast.shelter_rep)
    page = browser.get("draft_section", ref, "acute")
    answer = browser.post("draft_section", ref, "acute", **(hidden(page) | {"screening": ["imminent"], "later": "1"}))
    assert answer["Location"] == f"/situations/{ref}/"
    tasks = text(browser.get("situation", ref))
    assert "4 answers missing" in tasks
    assert "Continue with section 2" in tasks
    assert browser.get("act", ref, "present").status_code == 403


def test_both_texts_are_shown_and_nothing_is_overwritten(cast: Cast) -> None:
    ref = builders.draft(cast).id
    mine, colleague = Browser(cast.shelter_rep), Browser(cast.shelter_colleague)
    page = mine.get("draft_section", ref, "summary")
    theirs = colleague.get("draft_section", ref, "summary")
    colleague.post("draft_section", ref, "summary", **(hidden(theirs) | {"summary": "theirs stands"}))
    answer = mine.post("draft_section", ref, "summary", **(hidden(page) | {"summary": "mine is kept"}))
    assert answer.status_code == 409
    assert "Saved " not in text(answer), "a tick would say the opposite of the page"
    assert "Saved " in text(mine.get("draft_section", ref, "summary"))
    assert "mine is kept" in text(answer).split("</textarea>")[0]
    assert "theirs stands" in text(answer).split("<h2>What is saved there now")[1]
    with acting_as(cast.shelter_rep):
        assert vault.read_screened(ref, vault.F1)["summary"][0] == "theirs stands"
    again = mine.post("draft_section", ref, "summary", **(hidden(answer) | {"summary": "mine is kept"}))
    assert again.status_code == 302
    with acting_as(cast.shelter_rep):
        assert vault.read_screened(ref, vault.F1)["summary"][0] == "mine is kept"


def test_codes_a_colleague_changed_are_shown_beside_mine(cast: Cast) -> None:
    ref = builders.draft(cast).id
    mine, colleague = Browser(cast.shelter_rep), Browser(cast.shelter_colleague)
    page, theirs = mine.get("draft_section", ref, "factors"), colleague.get("draft_section", ref, "factors")
    colleague.post("draft_section", ref, "factors", **(hidden(theirs) | {"risk_factors": ["mental-health:grief"]}))
    answer = mine.post(
        "draft_section", ref, "factors", **(hidden(page) | {"risk_factors": ["suicide:affected-by-suicide"]})
    )
    assert answer.status_code == 409
    assert "Grief" in text(answer).split("<h2>What is saved there now")[1]
    assert 'value="suicide:affected-by-suicide"' in text(answer)


def test_a_form_sent_twice_saves_once(cast: Cast) -> None:
    ref = builders.draft(cast).id
    browser = Browser(cast.shelter_rep)
    sent = hidden(browser.get("draft_section", ref, "summary")) | {"summary": "once"}
    first = browser.post("draft_section", ref, "summary", **sent)
    second = browser.post("draft_section", ref, "summary", **sent)
    assert first["Location"] == second["Location"]
    with acting_as(cast.shelter_rep):
        assert vault.read_screened(ref, vault.F1)["summary"] == ("once", 2)
        assert History.objects.filter(situation_id=ref, act="save").count() == 2  # the builder's, and this one
