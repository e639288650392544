"""Can an agency say that it should be involved, what becomes of it, and who reads it? (R15, R17)"""

from __future__ import annotations

import pytest

from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import Necessity
from situations.models import Offer
from situations.projection import see
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def offers(walk: Walk, who: str) -> list[str]:
    with acting_as(walk.cast.people[who]):
        talk = see(walk.id, by=walk.cast.people[who]).discussion
        return [f"{o.agency}: {o.code}" for o in talk.offers] if talk else []


def left(walk: Walk) -> int:
    with acting_as(walk.cast.facilitator):
        return Offer.objects.filter(situation_id=walk.id).count()


def test_an_agency_says_why_it_should_be_involved_and_the_table_reads_it(cast: Cast) -> None:
    walk = builders.discussed(cast)
    walk.act("hospital_rep", "offer", necessity=Necessity.KNOWN_EXPERTISE)
    walk.act("hospital_rep", "offer", necessity=Necessity.LEGAL_DUTY)
    assert offers(walk, "school_rep") == ["Lakemoor Hospital: legal_duty"]


def test_to_offer_oneself_is_not_to_be_chosen(cast: Cast) -> None:
    walk = builders.accepted(cast)
    walk.act("hospital_rep", "offer", necessity=Necessity.KNOWN_EXPERTISE)
    with pytest.raises(Denied):
        walk.act("hospital_rep", "name_person", person=cast.hospital_rep)


def test_who_takes_part_already_has_nothing_to_offer(cast: Cast) -> None:
    walk = builders.chosen(cast)
    for who in ("shelter_rep", "crisis_rep"):
        with pytest.raises(Denied):
            walk.act(who, "offer", necessity=Necessity.LEGAL_DUTY)


@pytest.mark.parametrize("ending", ["pass_door", "defer", "stop"])
def test_offers_go_at_the_door_with_a_deferral_and_with_the_end(cast: Cast, ending: str) -> None:
    walk = builders.chosen(cast) if ending == "pass_door" else builders.discussed(cast)
    walk.act("hospital_rep", "offer", necessity=Necessity.LEGAL_DUTY)
    assert left(walk) == 1
    walk.act("facilitator", ending, **({"reason": "duplicate"} if ending == "stop" else {}))
    assert left(walk) == 0


def test_what_an_agency_offered_is_chosen_from_the_control_screen_by_one_tap(cast: Cast) -> None:
    walk = builders.accepted(cast)
    walk.act("hospital_rep", "offer", necessity=Necessity.LEGAL_DUTY)
    chair = Browser(cast.facilitator)
    page = text(chair.get("meeting_control", walk.meeting.pk))
    assert "It has a legal duty here" in page
    chair.post("act", walk.id, "choose", agency=cast.agencies["hospital"].pk, necessity="legal_duty", back="control")
    assert walk.engagement("hospital").necessity == "legal_duty"
