"""Does a second seat mix rights that belong to different agencies? Each act is done for the agency it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from agencies import seats
from agencies.models import Agency, Member, Seat, SharingAgreement
from agencies.vocabulary import Role
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Engagement
from privacy.vocabulary import LedgerKind, Necessity
from situations import scene
from situations.lifecycle import perform
from tests import builders
from tests.cast import FAR, LONG_AGO, Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def also(member: Member, agency: Agency, cast: Cast, role: Role = Role.REPRESENTATIVE) -> Member:
    """Give somebody a second accepted seat at the same table."""
    seat = Seat(member=member, table=cast.nia, agency=agency, role=role, starts_on=LONG_AGO)
    seat.accepted_by_lead_at = seat.accepted_by_member_at = "2024-01-01T00:00:00Z"
    seat.save()
    return member


def test_one_person_is_named_for_one_agency_only(cast: Cast) -> None:
    """Two engagements of one person would leave it to chance for which agency identity is opened."""
    walk = builders.chosen(cast)
    both = also(cast.housing_rep, cast.agencies["crisis"], cast)
    with acting_as(cast.crisis_rep), pytest.raises(Denied) as refused:
        perform("name_person", walk.id, by=cast.crisis_rep, person=both)
    assert refused.value.decision.code == "named-elsewhere"


def test_a_lead_of_one_agency_does_not_replace_the_person_of_another(cast: Cast) -> None:
    """Past the door only an agency's own lead replaces its person (R19)."""
    walk = builders.disclosed(cast)
    thief = also(cast.shelter_lead, cast.agencies["crisis"], cast)
    with acting_as(thief), pytest.raises(Denied):
        perform("name_person", walk.id, by=thief, person=cast.crisis_colleague)
    assert walk.engagement("crisis").person == cast.crisis_rep


def test_the_persons_other_roles_do_not_count_when_named(cast: Cast) -> None:
    """Somebody with a manager's seat at one chosen agency and a representative's at another is named for the second."""
    walk = builders.chosen(cast)
    leader = also(cast.crisis_lead, cast.agencies["housing"], cast)
    person = also(cast.school_rep, cast.agencies["crisis"], cast, Role.PRIVACY_LEAD)
    also(person, cast.agencies["housing"], cast)
    walk.act(leader, "name_person", person=person)
    assert walk.engagement("crisis").person == cast.crisis_rep
    assert walk.engagement("housing").person == person


def test_a_named_person_closes_and_recalls_for_the_own_engagement_only(cast: Cast) -> None:
    """Named for the crisis team and seated for the shelter: the shelter's disclosures stay the shelter's."""
    walk = builders.disclosed(cast)
    both = also(cast.crisis_rep, cast.agencies["shelter"], cast)
    with acting_as(both):
        found = scene.load(walk.id, by=both)
        row = found.access.disclosures.get()
        with pytest.raises(Denied) as refused:
            perform("recall", walk.id, by=both, disclosure=row)
    assert refused.value.decision.code == "not-our-disclosure"


def test_a_transfer_rests_on_the_authority_of_the_agency_that_brought_it(cast: Cast) -> None:
    """The second agency of the person who transfers lends neither its statute nor its name to the ledger."""
    police = Agency.objects.create(
        pk=0, name_en="Lowest Key Police", sector=cast.agencies["police"].sector, statutes=["mfippa"]
    )
    seats.sign_agreement(agency=police, table=cast.nia, signatory_name="S", starts_on=LONG_AGO, ends_on=FAR)
    both = also(cast.shelter_rep, police, cast)
    walk = builders.presented(cast)
    away: dict[str, Any] = {"table": cast.kes, "agency": cast.agencies["elsewhere"]}
    with acting_as(both), pytest.raises(Denied) as refused:
        perform("transfer", walk.id, by=both, authority=cast.authority("mfippa-32-h"), **away)
    assert refused.value.decision.code == "authority-not-ours"
    walk.act(both, "transfer", authority=cast.authority("agreement-only"), **away)
    with acting_as(cast.privacy_officer):
        from privacy import ledger

        made = [e for e in ledger.entries(walk.id) if e.kind == LedgerKind.DISCLOSED]
    assert [e.agency_id for e in made] == [cast.agencies["shelter"].pk]


def test_the_agency_that_brought_it_is_not_its_own_backing(cast: Cast) -> None:
    """A representative of the originating agency with a second seat backs for the second agency, once."""
    both = also(cast.shelter_rep, cast.agencies["crisis"], cast)
    walk = builders.discussed(cast)
    walk.act(both, "stand")
    walk.act("crisis_rep", "stand")
    with acting_as(cast.facilitator), pytest.raises(Denied) as refused:
        perform("accept", walk.id, by=cast.facilitator, criteria=builders.ALL_AFFIRMED)
    assert refused.value.decision.code == "backing"


def test_an_unchosen_seat_beside_a_privacy_seat_stays_behind_the_door(cast: Cast) -> None:
    """Manager, administrator and privacy officer with a second seat get what that seat gives and no compartment."""
    walk = builders.disclosed(cast)
    for key in ("manager", "administrator", "privacy_officer"):
        member = also(cast.people[key], cast.agencies["crisis"], cast)
        with acting_as(member):
            found = scene.load(walk.id, by=member)
            from situations.projection import project

            seen = project(found)
        assert seen.compartments == ()
        assert seen.coded is None
        assert seen.summary is None


def test_choosing_again_does_not_unsettle(cast: Cast) -> None:
    """A second choice of the same agency changes the reason only; the named person stays."""
    walk = builders.chosen(cast)
    walk.act("facilitator", "choose", agency=cast.agencies["housing"], necessity=Necessity.LEGAL_DUTY)
    assert walk.engagement("housing").person == cast.housing_rep
    assert walk.engagement("housing").status == Engagement.Status.CHOSEN


def test_who_leads_another_agency_is_warned_as_everybody_is_when_an_agreement_ends(cast: Cast) -> None:
    """A number of their own agency's is no answer about this one: "none" would take the warning away."""
    builders.intervening(cast)
    also(cast.administrator, cast.agencies["town"], cast, Role.AGENCY_LEAD)
    agreement = SharingAgreement.objects.get(agency=cast.agencies["crisis"], table=cast.nia)
    page = text(Browser(cast.administrator).get("agreement_end", agreement.pk))
    assert "Situations in which the agency acts stay open in nobody’s hands." in page


def test_what_people_do_for_another_agency_is_not_counted_as_this_ones(cast: Cast) -> None:
    builders.intervening(cast)
    also(cast.crisis_lead, cast.agencies["school"], cast, Role.AGENCY_LEAD)
    also(cast.crisis_rep, cast.agencies["school"], cast)
    agreement = SharingAgreement.objects.get(agency=cast.agencies["school"], table=cast.nia)
    assert "The agency acts in" not in text(Browser(cast.crisis_lead).get("agreement_end", agreement.pk))
