"""What stands on the screen that everybody in the room looks at? The same whoever put it up, and filter 2 at most."""

from __future__ import annotations

import re
from typing import ClassVar

import pytest
from django.urls import reverse

from agencies.models import Member
from agencies.vocabulary import Role
from privacy.context import acting_as
from situations import presence, turns
from situations.vocabulary import State
from tests import builders, cast
from tests.builders import Walk
from tests.cast import Cast
from tests.laws import stages
from tests.pages.browsing import Browser, text

#: Who may put it up: everybody seated at the table in good standing, one of each kind; and nobody else.
MAY = (
    "facilitator", "recorder", "shelter_rep", "shelter_lead", "crisis_rep", "crisis_lead", "crisis_colleague",
    "housing_rep", "school_rep",
)  # fmt: skip
MAY_NOT = sorted(stages.NEVER | {"privacy_officer", stages.PRIVACY_LEAD})
_DE_IDENTIFIED = {State.PRESENTED, State.CHOOSING}
_CLOCK = re.compile(r'data-seconds="\d+"|>\d+:\d\d<|\bover\b|\bnear\b')
#: Words of the coded facts of the walks, and of who was chosen for them.
_FACTS = ("18-24", "Brought by", "Harbour Street Shelter", "Lakemoor Crisis Team", "Nia River Housing")
_NEVER = (builders.CANARY_SUMMARY, builders.CANARY_TRIED, *builders.IDENTIFIERS, *builders.F4_TEXTS, 'href="/situ')


def shown(member: Member, walk: Walk) -> str:
    """The whole page and the part that is fetched again, without the running clock."""
    browser = Browser(member)
    whole = browser.get("meeting_screen", walk.meeting.pk)
    again = browser.client.get(reverse("meeting_screen", args=[walk.meeting.pk]), headers={"X-Live": "1"})
    assert (whole.status_code, again.status_code) == (200, 200)
    return _CLOCK.sub("", text(whole) + again.content.decode())


def put_on_the_table(walk: Walk) -> None:
    chair = walk.cast.facilitator
    with acting_as(chair):
        turns.turn_to(walk.meeting, walk.meeting.items.get(situation_id=walk.id), by=chair)


def names_of(walk: Walk) -> set[str]:
    return {p.name for p in walk.cast.people.values()}


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheSharedScreen:
    walks: ClassVar[dict[str, Walk]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.walks = stages.walk_all(committed_cast, tuple(s for s in stages.STAGES if s.state != State.DRAFT))

    @pytest.mark.parametrize("stage", [s for s in stages.STAGES if s.state != State.DRAFT], ids=lambda s: s.name)
    def test_everybody_who_may_put_it_up_gets_the_same_and_nothing_beyond_filter_2(self, stage: stages.Stage) -> None:
        walk = self.walks[stage.name]
        put_on_the_table(walk)
        bodies = {key: shown(walk.cast.people[key], walk) for key in MAY}
        first = bodies["facilitator"]
        assert [key for key, body in bodies.items() if body != first] == []
        assert [words for words in (*_NEVER, *names_of(walk)) if words in first] == []
        assert walk.situation("facilitator").number in first
        labels = [f.label for f in builders.factors()]
        if stage.state in _DE_IDENTIFIED:
            assert all(label in first for label in labels)
            assert "Brought by Harbour Street Shelter" in first
        else:
            assert [words for words in (*_FACTS, *labels) if words in first] == []

    def test_nobody_else_can_put_it_up(self) -> None:
        walk = self.walks["presented"]
        for key in MAY_NOT:
            assert Browser(walk.cast.people[key]).get("meeting_screen", walk.meeting.pk).status_code == 404, key

    def test_what_went_back_to_its_agency_is_gone_from_everybodys_screen(self, committed_cast: Cast) -> None:
        walk = builders.presented(committed_cast)
        number = walk.situation().number
        put_on_the_table(walk)
        walk.act("facilitator", "return", reason="incomplete")
        bodies = {shown(committed_cast.people[key], walk) for key in MAY}
        assert len(bodies) == 1
        assert number not in bodies.pop()

    def test_whoever_stepped_away_puts_up_a_screen_without_the_item(self, committed_cast: Cast) -> None:
        walk = builders.discussed(committed_cast)
        walk.act("school_rep", "recuse")
        own = shown(committed_cast.school_rep, walk)
        assert "This item is not shown here" in own
        assert walk.situation().number not in own
        assert walk.situation().number in shown(committed_cast.police_rep, walk)

    def test_it_shows_no_more_than_the_guests_in_the_room_may_know(self, committed_cast: Cast) -> None:
        walk = builders.chosen(committed_cast)
        put_on_the_table(walk)
        number = walk.situation().number
        assert number in shown(committed_cast.police_rep, walk)
        guest = stages.add_guest(committed_cast)
        assert number not in shown(committed_cast.police_rep, walk), "a guest hears nothing from filter 3 on"
        assert Browser(guest).get("meeting_screen", walk.meeting.pk).status_code == 404
        earlier = builders.discussed(committed_cast, walk.meeting)
        seen = shown(committed_cast.police_rep, earlier)
        assert builders.factors()[0].label in seen
        assert "stand behind it" not in seen, "who stands behind it is the table's"
        called = cast.seated(
            committed_cast, "called", committed_cast.agencies["town"], committed_cast.nia, Role.GUEST,
            meeting=walk.meeting.pk, item=walk.id,
        )  # fmt: skip
        with acting_as(committed_cast.facilitator):
            presence.mark_present(walk.meeting, called, by=committed_cast.facilitator)
        assert "This item is not shown here" in shown(committed_cast.police_rep, earlier), "called for another item"
