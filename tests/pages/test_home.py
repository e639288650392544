"""Does the first page count exactly what it lists, for the person who enters, and nothing of others?"""

from __future__ import annotations

import re

import pytest

from situations.vocabulary import State
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def counts(page: str) -> list[int]:
    """The figures of the tally: due, waiting, drafts."""
    return [int(n) for n in re.findall(r'<span class="n">(\d+)</span>', page)]


def listed(page: str) -> list[int]:
    """How many rows each of the three lists holds."""
    parts = [re.search(rf'id="{name}">(.*?)</section>', page, re.S) for name in ("actions", "waiting", "drafts")]
    return [part.group(1).count('class="row"') if part else -1 for part in parts]


@pytest.mark.parametrize("state", [State.DRAFT, State.CHOOSING, State.LIMITED, State.INTERVENING, State.CONCLUDED])
def test_each_number_opens_exactly_its_rows(cast: Cast, state: State) -> None:
    builders.TO_STATE[state](cast)
    for key in ("shelter_rep", "crisis_rep", "crisis_lead", "housing_rep", "school_rep"):
        page = text(Browser(cast.people[key]).get("home"))
        assert counts(page) == listed(page), key


def test_what_waits_follows_the_situation_through_the_filters(cast: Cast) -> None:
    walk = builders.accepted(cast)
    shelter = Browser(cast.shelter_rep)
    assert "Name the person who will act" in text(shelter.get("home"))
    assert "Name the person who will act" not in text(Browser(cast.school_rep).get("home"))
    walk = builders.disclosed(cast, walk.meeting)
    crisis = text(Browser(cast.crisis_rep).get("home"))
    assert "Answer a disclosure made to you" in crisis
    assert "Confirm that you lead" in crisis
    assert "Answer a disclosure" not in text(Browser(cast.crisis_colleague).get("home"))
    walk.act("crisis_rep", "answer", answer="ours")
    assert "Answer a disclosure" not in text(Browser(cast.crisis_rep).get("home"))
    walk.act("crisis_rep", "confirm_lead")
    assert "Make first contact" in text(Browser(cast.crisis_rep).get("home"))


def test_a_draft_is_counted_and_listed_for_its_own_agency_only(cast: Cast) -> None:
    walk = builders.draft(cast)
    code = walk.id.hex[:4].upper()
    assert f"Draft {code}" in text(Browser(cast.shelter_colleague).get("home"))
    for key in ("facilitator", "crisis_rep", "privacy_officer", "manager", "administrator", "other_table", "stranger"):
        for name, query in (("home", ""), ("situations", ""), ("situations", "?show=drafts")):
            assert code not in text(Browser(cast.people[key]).get(name, query=query)), key


def test_the_facilitator_reads_whether_the_meeting_can_start(cast: Cast) -> None:
    builders.presented(cast)
    page = text(Browser(cast.facilitator).get("home"))
    assert "Quorum can be reached" in page
    assert "New: 1" in page


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("manager", "never a situation"),
        ("administrator", "never a situation"),
        ("privacy_officer", "Open the ledger"),
        ("stranger", "There is nothing for you to do here."),
    ],
)
def test_everybody_else_reads_what_they_may_do(cast: Cast, key: str, words: str) -> None:
    assert words in text(Browser(cast.people[key]).get("home"))
