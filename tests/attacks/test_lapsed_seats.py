"""What can a seat that ends during a meeting still do, and what does another seat of the same person then count for?"""

from __future__ import annotations

import pytest

from agencies import agreements
from agencies.models import SharingAgreement
from agencies.vocabulary import Role
from privacy import ledger
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import LedgerKind
from situations import on_file, presence
from situations import scene as scenes
from situations.conditions.door import huddle_clear
from tests import builders
from tests.attacks.test_two_seats import also
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def end(cast: Cast, key: str) -> None:
    """The agreement of an agency ends now."""
    with acting_as(cast.administrator):
        agreement = SharingAgreement.objects.get(agency=cast.agencies[key], table=cast.nia)
        agreements.end(agreement, by=cast.administrator)


def test_whoever_is_marked_present_anew_is_there_for_the_agency_whose_seat_counts(cast: Cast) -> None:
    """Two seats, and the one they came with ends: the item that is open must not go on counting them for it."""
    both = also(cast.hospital_rep, cast.agencies["town"], cast, Role.RECORDER)
    meeting = builders.sitting_meeting(cast, present=("crisis_rep", "police_rep", "shelter_rep"))
    with acting_as(cast.facilitator):
        presence.mark_present(meeting, both, by=cast.facilitator)
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        for key in ("housing_rep", "school_rep", "aid_rep", "facilitator"):
            presence.mark_gone(meeting, cast.people[key], by=cast.facilitator)
    walk.act("facilitator", "discuss")
    end(cast, "hospital")
    with acting_as(cast.facilitator):
        presence.mark_present(meeting, both, by=cast.facilitator)
        here = on_file.present(scenes.load(walk.id, by=cast.facilitator))
    assert here == {cast.agencies[key].pk for key in ("crisis", "police", "shelter", "town")}
    page = text(Browser(cast.facilitator).get("meeting_control", meeting.pk))
    assert "4 of 7 agencies" in page
    assert "4 agencies take part, 4 needed" in page


def test_an_agency_that_no_longer_sits_stands_behind_nothing(cast: Cast) -> None:
    """It said so while it sat; a decision made after it left rests on the agencies that are still there (R9)."""
    walk = builders.discussed(cast)
    walk.act("crisis_rep", "stand")
    walk.act("hospital_rep", "stand")
    end(cast, "hospital")
    with acting_as(cast.facilitator), pytest.raises(Denied) as refused:
        walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
    assert refused.value.decision.code == "backing"
    walk.act("police_rep", "stand")
    walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)


def test_an_objection_outlives_the_seat_of_whoever_made_it(cast: Cast) -> None:
    """Else an agreement that is ended would take away what stands against a decision."""
    walk = builders.discussed(cast)
    for key in ("crisis_rep", "police_rep"):
        walk.act(key, "stand")
    walk.act("hospital_rep", "object")
    end(cast, "hospital")
    with acting_as(cast.facilitator), pytest.raises(Denied) as refused:
        walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
    assert refused.value.decision.code == "open-objection"


def test_whoever_sits_there_without_a_seat_is_shown_to_who_can_mark_them_gone(cast: Cast) -> None:
    """They hear every item that is opened, and the ledger says so: on no list, nobody could end that. Why a seat counts
    no more is not for the others at the table."""
    meeting = builders.sitting_meeting(cast)
    name, said = cast.hospital_rep.name, "Here without a seat that counts"
    chair = Browser(cast.facilitator)
    for page in ("meeting_control", "meeting"):
        assert said not in text(chair.get(page, meeting.pk))
    end(cast, "hospital")
    for page in ("meeting_control", "meeting"):
        shown = text(chair.get(page, meeting.pk))
        assert shown.index(said) < shown.index(name)
    others = text(Browser(cast.school_rep).get("meeting", meeting.pk))
    assert said not in others
    assert name not in others
    assert chair.post("meeting_do", meeting.pk, "gone", member=cast.hospital_rep.pk).status_code == 302
    walk = builders.presented(cast, meeting)
    walk.act("facilitator", "discuss")
    with acting_as(cast.privacy_officer):
        told = next(e for e in ledger.entries(walk.id) if e.kind == LedgerKind.PRESENTED)
    assert cast.hospital_rep.pk not in told.recipients
    assert said not in text(chair.get("meeting_control", meeting.pk))


def test_nothing_is_said_aloud_in_a_huddle_while_somebody_without_a_seat_is_in_it(cast: Cast) -> None:
    """Named they were, and a seat has ended since: what is disclosed there would reach whoever promised nothing."""
    walk = builders.behind_the_door(cast)
    with acting_as(cast.shelter_rep):
        found = scenes.load(walk.id, by=cast.shelter_rep)
        assert found.item is not None
        assert cast.crisis_rep.pk in found.item.presences.filter(left_at__isnull=True).values_list(
            "member_id", flat=True
        )
        assert huddle_clear(found, {})
    end(cast, "crisis")
    said = "The seat no longer counts. Nothing can be disclosed until this person leaves."
    with acting_as(cast.shelter_rep):
        assert huddle_clear(scenes.load(walk.id, by=cast.shelter_rep), {}).code == "unseated-present"
    inside = Browser(cast.shelter_rep)
    assert said in text(inside.get("situation", walk.id))
    assert inside.post("huddle_presence", walk.id, member=cast.crisis_rep.pk, way="out").status_code == 302
    assert said not in text(inside.get("situation", walk.id))
    with acting_as(cast.shelter_rep):
        assert huddle_clear(scenes.load(walk.id, by=cast.shelter_rep), {})
