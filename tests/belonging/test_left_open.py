"""Is a situation whose named person has left marked, and does it wait for whoever names another? (R19)"""

from __future__ import annotations

import pytest

from agencies import seats
from agencies.models import Member, Seat
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("how", ["seat", "account"])
def test_who_acts_for_my_agency_marks_who_has_left_and_it_waits_for_who_names_another(cast: Cast, how: str) -> None:
    walk = builders.intervening(cast)
    lead, colleague = Browser(cast.crisis_lead), Browser(cast.crisis_colleague)
    marked, waits = "has no seat any more: name another person", "Name another person who will act"
    page = text(lead.get("home"))
    assert cast.crisis_rep.name in page
    assert (marked in page, waits in page) == (False, False)
    if how == "seat":
        seats.end_seat(Seat.objects.get(member=cast.crisis_rep))
    else:
        Member.objects.filter(pk=cast.crisis_rep.pk).update(is_active=False)
    page = text(lead.get("home"))
    assert cast.crisis_rep.name in page
    assert (marked in page, waits in page) == (True, True)
    assert f"/situations/{walk.id}/do/name_person/" in page
    assert waits not in text(colleague.get("home")), "past the door its lead alone names another"
    for other in ("shelter_lead", "housing_rep", "police_rep"):
        assert waits not in text(Browser(cast.people[other]).get("home")), other
    walk.act("crisis_lead", "name_person", person=cast.crisis_colleague)
    page = text(lead.get("home"))
    assert (marked in page, waits in page) == (False, False)


def test_before_the_door_every_colleague_may_name_another_and_finds_it_waiting(cast: Cast) -> None:
    walk = builders.chosen(cast)
    seats.end_seat(Seat.objects.get(member=cast.crisis_rep))
    for key in ("crisis_lead", "crisis_colleague"):
        page = text(Browser(cast.people[key]).get("home"))
        assert "Name another person who will act" in page, key
        assert f"/situations/{walk.id}/do/name_person/" in page, key
    assert (
        Browser(cast.crisis_colleague).act(walk.id, "name_person", person=str(cast.crisis_lead.pk)).status_code == 302
    )
