"""Do lists, the sharing page and the ledger page show what the policy says, to whom it says?"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from privacy.context import acting_as
from privacy.policy import POLICY
from privacy.vocabulary import LedgerKind
from situations import on_file
from situations import scene as scenes
from situations.seen import SeenLedgerEntry
from situations.views import listing, log
from situations.views.log import sentence
from situations.vocabulary import State, StopReason
from tests import builders
from tests.cast import Cast
from tests.laws import stages
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("state", list(builders.TO_STATE))
def test_every_stage_has_a_page_for_each_kind_of_person_or_nothing(cast: Cast, state: State) -> None:
    walk = builders.TO_STATE[state](cast)
    opened = 0
    for key in ("shelter_rep", "crisis_rep", "school_rep", "facilitator", "privacy_officer", "crisis_lead", "manager"):
        answer = Browser(cast.people[key]).get("situation", walk.id)
        assert answer.status_code in (200, 404), key
        opened += answer.status_code == 200
        if key in ("school_rep", "facilitator", "privacy_officer", "manager", "crisis_lead"):
            body = text(answer)
            assert not any(secret in body for secret in (*builders.IDENTIFIERS, *builders.F4_TEXTS)), key
    assert opened >= 1


def test_open_and_ended_situations_are_listed_apart_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    meeting = builders.sitting_meeting(cast)
    numbers = [builders.presented(cast, meeting).situation().number for _ in range(3)]
    ended = builders.withdrawn(cast, meeting).situation().number
    browser = Browser(cast.school_rep)
    first = text(browser.get("situations"))
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = browser.client.get(following).content.decode()
    seen = [n for page in (first, second) for n in numbers if n in page]
    assert sorted(seen) == sorted(numbers)
    assert ended not in first + second
    assert ended in text(browser.get("situations", query="?show=ended"))
    assert numbers[0] not in text(Browser(cast.other_table).get("situations"))
    assert numbers[0] not in text(Browser(cast.other_table).get("situations", query="?table=NIA"))


def test_the_sharing_page_says_every_rule_of_the_policy(cast: Cast) -> None:
    page = text(Browser(cast.stranger).get("sharing"))
    for rule in POLICY.values():
        assert str(rule.because).replace("'", "&#x27;") in page
    assert page.count('scope="row"') == len(POLICY)


def test_the_ledger_is_the_privacy_officers_alone_and_names_people_not_ids(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    page = text(Browser(cast.privacy_officer).get("ledger"))
    assert walk.situation().number in page
    shelter = f"{cast.shelter_rep.name} ({cast.agencies['shelter'].name})"
    assert f"{shelter} disclosed to " in page
    assert cast.crisis_rep.name in page
    runs = cast.facilitator.agency
    assert runs is not None
    assert f"{cast.facilitator.name} ({runs.name}) presented it to " in page
    assert ": coded facts, screened summary; by voice." in page
    assert not any(secret in page for secret in (*builders.IDENTIFIERS, builders.CANARY_GROUNDS))
    for key in ("facilitator", "shelter_rep", "shelter_privacy", "manager", "administrator", "other_table"):
        assert Browser(cast.people[key]).get("ledger").status_code == 404, key


def test_who_reveals_something_is_not_said_to_tell_it_to_themselves(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    crisis = Browser(cast.crisis_rep)
    with acting_as(cast.crisis_rep):
        room = next(c for c in on_file.compartments(scenes.load(walk.id, by=cast.crisis_rep)) if c.kind == "subject")
    assert crisis.post("reveal", walk.id, compartment=room.pk, purpose="recognise").status_code in (200, 302)
    page = text(crisis.get("situation", walk.id))
    line = re.search(rf"{cast.crisis_rep.name} \(Lakemoor Crisis Team\) had this shown on screen[^<]*", page)
    assert line is not None
    assert line.group().count(cast.crisis_rep.name) == 1


def test_in_a_huddle_no_answer_is_waited_for_of_who_brought_it_or_leads(cast: Cast) -> None:
    walk = builders.intervening(cast)
    page = text(Browser(cast.housing_rep).get("situation", walk.id))
    assert page.count("Not answered yet") == 1, "housing’s own"
    assert "brought it" in page
    walk = builders.disclosed(cast, walk.meeting)
    assert "Answer the disclosure" not in text(Browser(cast.shelter_rep).get("situation", walk.id)), "it disclosed"


def test_acts_that_one_reason_keeps_back_stand_together(cast: Cast) -> None:
    walk = builders.presented(cast)
    for key, reason in (
        ("crisis_rep", "The facilitator opens this item in the meeting first."),
        ("facilitator", "Open it for discussion first."),
    ):
        assert text(Browser(cast.people[key]).get("situation", walk.id)).count(reason) == 1, key


def test_a_list_says_once_that_something_is_over(cast: Cast) -> None:
    builders.concluded(cast)
    page = text(Browser(cast.school_rep).get("situations", query="?show=ended"))
    assert page.split('<p class="facts">')[1].split("</p>")[0].count("Concluded") == 1


def test_opening_a_de_identified_item_is_written_down_once_and_not_for_its_own_agency(cast: Cast) -> None:
    walk = builders.presented(cast)
    for key in ("school_rep", "school_rep", "shelter_colleague"):
        Browser(cast.people[key]).get("situation", walk.id)
    page = text(Browser(cast.privacy_officer).get("ledger"))
    opened = "opened the de-identified item on screen: screened summary."
    assert page.count(f"{cast.school_rep.name} ({cast.agencies['school'].name}) {opened}") == 1
    assert page.count(opened) == 1, "and not by a colleague of the agency that brought it"


def test_a_transfer_names_the_agency_it_went_to(cast: Cast) -> None:
    """A disclosure to no person yet is one to an agency; to nobody it would be no disclosure."""
    stages.transferred(cast)
    page = text(Browser(cast.privacy_officer).get("ledger"))
    to = cast.agencies["elsewhere"].name
    assert f"disclosed to {to}: coded facts; reason: provide a service; authority: " in page


def test_under_a_hold_the_page_says_what_is_gone_and_what_is_kept(cast: Cast) -> None:
    """Destroyed and "nothing of it is destroyed" on one page cannot both be answered to a court (R12, R44)."""
    meeting = builders.sitting_meeting(cast)
    gone, held = builders.rejected(cast, meeting), builders.discussed(cast, meeting)
    held.act("privacy_officer", "hold")
    officer = Browser(cast.privacy_officer)
    assert "nothing of it is destroyed until the hold is released" in text(officer.get("situation", held.id))
    held.act("facilitator", "stop", reason=StopReason.DUPLICATE)
    gone.act("privacy_officer", "hold")
    for walk in (held, gone):
        page = text(officer.get("situation", walk.id))
        assert "nothing of it is destroyed" not in page
        assert "are left" not in page
        assert "The coded facts were destroyed before" in page
        assert "Sealed text that was still there when the hold was placed is kept" in page
    assert "hold" not in text(Browser(cast.school_rep).get("situation", held.id)), "the table is not told of a hold"


def test_no_number_of_a_requirement_is_shown_to_who_reads_the_policy(cast: Cast) -> None:
    page = text(Browser(cast.stranger).get("sharing"))
    assert re.search(r"\(R\d", page) is None
    assert any(re.search(r"\(R\d", rule.signed) for rule in POLICY.values()), "the page that is signed has them"


def test_every_kind_of_the_ledger_has_its_sentence() -> None:
    assert set(log._SAID) == set(LedgerKind)


def test_what_the_clock_destroyed_is_an_act_of_nobody() -> None:
    nobody = SeenLedgerEntry(
        at=timezone.now(), kind=LedgerKind.ERASED, what="", actor="", agency="", recipients=(), elements=(), purpose="",
        authority="", medium="",
    )  # fmt: skip
    assert sentence(nobody) == "The sealed text was destroyed, its time being over."
