"""Do marked words leave the agency only with a reason, through both doors, and does screening tell nobody anything?"""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from privacy import ledger
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import LedgerKind, MarksReason
from situations.lifecycle import perform
from situations.pace import Pace
from situations.views import screening
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NAME, PHONE = "Devin Quillmore", "905-555-0143"
MARKED = f"{NAME} stopped his treatment. His mother can be reached at {PHONE}."
CLEAN = "The person stopped the treatment and talks of ending it."


def _draft(cast: Cast, summary: str, **changes: Any) -> Walk:
    return builders.draft(cast, texts={"summary": summary, "tried": "a bed"}, **changes)


# --- presenting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["page", "api", "verb"])
@pytest.mark.parametrize(
    ("summary", "reason"),
    [(MARKED, ""), (MARKED, "not-a-reason"), (MARKED, MarksReason.COMMON_WORDS.value), (CLEAN, "")],
    ids=["no reason", "a made-up reason", "a listed reason", "nothing marked"],
)
def test_marked_words_leave_the_agency_only_with_a_listed_reason(
    cast: Cast, door: str, reason: str, summary: str
) -> None:
    walk = _draft(cast, summary)
    status = {"page": _by_page, "api": _by_api, "verb": _by_verb}[door](cast, walk, reason)
    presented = summary is CLEAN or reason == MarksReason.COMMON_WORDS
    assert walk.situation().presented is presented
    assert (status < 400) is presented or (door == "page" and status == 200 and not presented)


def _by_page(cast: Cast, walk: Walk, reason: str) -> int:
    sent = {"marks_reason": reason} if reason else {}
    return Browser(cast.shelter_rep).act(walk.id, "present", **sent).status_code


def _by_api(cast: Cast, walk: Walk, reason: str) -> int:
    body: dict[str, Any] = {"seen_version": walk.situation().version} | ({"marks_reason": reason} if reason else {})
    return int(Door(cast.shelter_rep).post(f"situations/{walk.id}/acts/present/", body).status_code)


def _by_verb(cast: Cast, walk: Walk, reason: str) -> int:
    try:
        with acting_as(cast.shelter_rep):
            sent: dict[str, Any] = {"marks_reason": reason} if reason else {}
            perform("present", walk.id, by=cast.shelter_rep, **sent)
    except Denied:
        return 403
    return 302


def test_the_ledger_says_how_many_of_which_kind_and_why_and_never_the_words(cast: Cast) -> None:
    walk = _draft(cast, MARKED)
    assert _by_page(cast, walk, MarksReason.NEEDED) == 302
    with acting_as(cast.privacy_officer):
        rows = [e for e in ledger.entries(walk.id) if e.kind == LedgerKind.OVERRIDE]
    assert [(r.elements, r.purpose, r.actor_id, r.filter) for r in rows] == [
        (("mark:person:1", "mark:phone:1"), MarksReason.NEEDED, cast.shelter_rep.pk, "f2")
    ]
    page = text(Browser(cast.privacy_officer).get("ledger"))
    assert "presented it with marked words left: " in page
    assert "left: name of a person: 1, " in page
    assert "reason: the table cannot judge the risk without them." in page
    assert NAME not in page
    assert "1 summary of this table was presented with marked words left" in page


def test_nothing_is_recorded_where_nothing_was_marked(cast: Cast) -> None:
    walk = _draft(cast, CLEAN)
    _by_page(cast, walk, "")
    with acting_as(cast.privacy_officer):
        assert LedgerKind.OVERRIDE not in [e.kind for e in ledger.entries(walk.id)]


def test_the_refusal_says_kinds_and_places_and_repeats_no_word(cast: Cast) -> None:
    walk = _draft(cast, MARKED)
    answer = Door(cast.shelter_rep).post(
        f"situations/{walk.id}/acts/present/", {"seen_version": walk.situation().version}
    )
    assert answer.status_code == 400
    said = answer.json()["errors"]["marks_reason"][0]
    assert f"Name of a person (characters 0 to {len(NAME)})" in said
    assert "Phone number (characters" in said
    assert NAME not in answer.content.decode()
    assert PHONE not in answer.content.decode()


def test_the_page_shows_the_marks_before_presenting_and_asks_beside_the_field(cast: Cast) -> None:
    walk = _draft(cast, MARKED)
    browser = Browser(cast.shelter_rep)
    page = text(browser.get("act", walk.id, "present"))
    assert "2 marks that may say who this is" in page
    assert "Why may the marked words stay?" in page
    answer = browser.act(walk.id, "present")
    assert "2 marks are left" in field_error(answer, "marks_reason")
    clean = text(browser.get("act", _draft(cast, CLEAN).id, "present"))
    assert "Why may the marked words stay?" not in clean


def test_words_of_a_youth_justice_record_are_marked_for_12_to_17_only(cast: Cast) -> None:
    words = "The person is on probation and sleeps outside."
    asks = {
        age: "Why may the marked words stay?"
        in text(Browser(cast.shelter_rep).get("act", _draft(cast, words, age=age).id, "present"))
        for age in ("12-17", "18-24")
    }
    assert asks == {"12-17": True, "18-24": False}


def test_a_summary_returned_and_presented_again_is_asked_again(cast: Cast) -> None:
    walk = _draft(cast, MARKED)
    _by_page(cast, walk, MarksReason.OTHER)
    walk.act("facilitator", "return", reason="identifying-words")
    assert _by_verb(cast, walk, "") == 403
    assert _by_verb(cast, walk, MarksReason.OTHER) == 302


# --- the address that screens ---------------------------------------------------------------------------------------


def test_what_is_typed_is_marked_and_neither_kept_nor_logged(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = _draft(cast, CLEAN)
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    before = walk.situation().version
    try:
        answer = Browser(cast.shelter_rep).post("draft_screen", walk.id, text=MARKED)
    finally:
        logging.getLogger().removeHandler(handler)
    marks = json.loads(answer.content)["marks"]
    assert [(MARKED[m["start"] : m["end"]], m["kind"], m["direct"]) for m in marks] == [
        (NAME, "person", True),
        (PHONE, "phone", True),
    ]
    assert NAME not in answer.content.decode()
    assert NAME not in log.getvalue() + caplog.text
    assert walk.situation().version == before
    page = text(Browser(cast.shelter_rep).get("draft_section", walk.id, "summary"))
    assert NAME not in page, "nothing of it was saved"


@pytest.mark.parametrize("key", ["police_rep", "facilitator", "privacy_officer", "manager", "other_table", "stranger"])
def test_to_everybody_else_the_draft_does_not_exist(cast: Cast, key: str) -> None:
    walk = _draft(cast, CLEAN)
    answer = Browser(cast.people[key]).post("draft_screen", walk.id, text=MARKED)
    absent = Browser(cast.people[key]).post("draft_screen", "00000000-0000-4000-8000-000000000000", text=MARKED)
    assert answer.status_code == absent.status_code == 404


def test_it_asks_for_a_sign_in_the_post_and_the_token_of_the_page(cast: Cast) -> None:
    url = reverse("draft_screen", args=[_draft(cast, CLEAN).id])
    assert Client().post(url, {"text": MARKED}).status_code == 403  # a form that nobody signed in has sent waits
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.shelter_rep, backend="agencies.signin.backend.Members")
    assert strict.post(url, {"text": MARKED}).status_code in {400, 403}
    assert Browser(cast.shelter_rep).get("draft_screen", url.split("/")[2]).status_code == 405


def test_no_more_than_a_person_can_type(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = _draft(cast, CLEAN)
    monkeypatch.setattr(screening, "_PACE", Pace(times=3, seconds=60))
    browser = Browser(cast.shelter_rep)
    codes = [browser.post("draft_screen", walk.id, text="x").status_code for _n in range(4)]
    assert codes == [200, 200, 200, 429]
    assert Browser(cast.shelter_colleague).post("draft_screen", walk.id, text="x").status_code == 200
    assert browser.post("draft_screen", walk.id, text="x" * 4001).status_code == 413


def test_a_presented_item_is_no_longer_screened(cast: Cast) -> None:
    walk = builders.presented(cast)
    assert Browser(cast.shelter_rep).post("draft_screen", walk.id, text="x").status_code == 403
