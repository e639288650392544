"""Does who serves the person causing harm learn that, when and with what the person harmed was helped? (R27, R51, R52)

The same situation as in `test_kept_apart`: housing knows the person harmed (1), the crisis team, which leads, only the
person causing harm (2). And: does what was told after a mistake end with the mistake, and can safe contact be put right
when its author has gone?
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection

from agencies.models import Seat
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment, Disclosure
from privacy.vocabulary import Category, Purpose
from risk.vocabulary import CodeList
from situations import scene
from situations.models import Situation
from situations.projection import see
from situations.seen import SeenSituation
from situations.views.waiting import waiting
from situations.vocabulary import ConsentForm, ConsentGiver, ConsentOutcome, NotSought
from tests import builders
from tests.api.door import Door
from tests.attacks.test_kept_apart import HARMED, HARMING, code, contact, disclose, items, plan, safe_contact, today
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text


def mobilize(walk: Walk, who: str, subject: int | None, service: str = "housing") -> None:
    walk.act(
        who, "mobilize", subject=subject, category=builders.entry(CodeList.SERVICE_CATEGORY, service),
        result=builders.entry(CodeList.MOBILIZATION_TYPE, "connected-to-service"),
    )  # fmt: skip


def consent(walk: Walk, who: str, subject: int | None, **data: Any) -> None:
    walk.act(
        who, "consent", subject=subject, given_on=today(), giver=ConsentGiver.PERSON, form=ConsentForm.ORAL,
        scope=[Category.IDENTIFIERS, Category.PLAN], agencies=list(walk.cast.agencies.values()),
        purpose=Purpose.MAKE_CONTACT, expires_on=today() + timedelta(days=30), **data,
    )  # fmt: skip


def seen_by(walk: Walk, who: str) -> SeenSituation:
    with acting_as(walk.cast.people[who]):
        return see(walk.id, by=walk.cast.people[who])


def due(walk: Walk, who: str) -> list[str]:
    member = walk.cast.people[who]
    with acting_as(member):
        from privacy.access import standing_of

        return [row["title"] for row in waiting(member, standing_of(member)).actions]


@pytest.mark.usefixtures("committed_db_with_keys")
class TestHelpForOneIsNotShownToWhoServesTheOther:
    cast: ClassVar[Cast]
    walk: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast, cls.walk = committed_cast, builders.partners(committed_cast)
        safe_contact(cls.walk)
        contact(cls.walk, "housing_rep", HARMED, consent_outcome=ConsentOutcome.GIVEN, not_sought_reason="")
        consent(cls.walk, "housing_rep", HARMED)
        mobilize(cls.walk, "housing_rep", HARMED)

    def test_the_projection_shows_it_to_who_knows_the_person_alone(self) -> None:
        for who, shown in (("housing_rep", 1), ("shelter_rep", 1), ("crisis_rep", 0)):
            seen = seen_by(self.walk, who)
            assert seen.contact is not None
            assert seen.services is not None
            assert seen.notices is not None
            assert len(seen.contact.contacts) == len(seen.contact.consents) == len(seen.services) == shown
            assert (seen.contact.first_contact_at is not None) == bool(shown)
            assert {n.subject for n in self._notices(who)} == ({HARMED} if shown else set())

    def _notices(self, who: str) -> list[Any]:
        """What stands behind the notices shown, read by the shelter, which knows both."""
        shown = {n.id for n in seen_by(self.walk, who).notices or ()}
        with acting_as(self.cast.shelter_rep):
            return list(Situation.objects.get(pk=self.walk.id).notices.filter(pk__in=shown))

    def test_pages_and_programs_are_told_the_same(self) -> None:
        words = "Shelter or housing: Connected to service"
        for who, shown in (("housing_rep", True), ("crisis_rep", False)):
            page = text(Browser(self.cast.people[who]).get("situation", self.walk.id))
            assert ("Consent on record" in page, "Tried, not reached" in page) == (shown, shown), words
            told = Door(self.cast.people[who]).get(f"situations/{self.walk.id}/").json()
            assert bool(told["contact"]["contacts"]) == shown
            assert bool(told["services"]) == shown
            assert (told["contact"]["first_contact_at"] is not None) == shown

    def test_the_clock_of_the_lead_runs_on_and_its_home_still_asks(self) -> None:
        assert "Make first contact" in due(self.walk, "crisis_rep")
        with pytest.raises(Denied) as refused:
            self.walk.act(
                "crisis_rep", "conclude", reason=builders.entry(CodeList.CONCLUSION_REASON, "connected-to-services")
            )
        assert code(refused) == ("no-consent-outcome", False)

    def test_nobody_records_anything_about_a_person_it_does_not_know(self) -> None:
        for act in (contact, consent, mobilize):
            for subject, found in ((HARMED, "not-our-person"), (0, "which-person"), (None, "which-person")):
                with pytest.raises(Denied) as refused:
                    act(self.walk, "crisis_rep", subject)
                assert code(refused) == (found, False), (act, subject)

    def test_the_forms_offer_known_persons_only(self) -> None:
        for act in ("contact", "consent", "mobilize"):
            fields = {
                f["name"]: f
                for f in Door(self.cast.crisis_rep).get(f"situations/{self.walk.id}/acts/{act}/").json()["fields"]
            }
            assert [c["value"] for c in fields["subject"]["choices"]] == [str(HARMING)]

    def test_a_consent_of_one_is_no_consent_of_the_other(self) -> None:
        by_consent = next(a for a in self._authorities() if a.is_consent)
        with pytest.raises(Denied) as refused:
            self.walk.act(
                "shelter_rep", "disclose", subject=HARMING, elements=["name"],
                recipients=[self.walk.engagement("housing")],
                purpose=Purpose.RECOGNISE, authority=by_consent, medium="screen", grounds="",
            )  # fmt: skip
        assert code(refused) == ("no-consent", False)

    def _authorities(self) -> Any:
        from privacy import authorities

        with acting_as(self.cast.shelter_rep):
            return authorities.for_agency(self.cast.agencies["shelter"])


@pytest.mark.django_db(databases=["default", "keys"])
class TestWhatFollowed:
    def _told_by_mistake(self, cast: Cast) -> Walk:
        """The person harmed named to the crisis team by mistake, and entries made on the strength of it."""
        walk = builders.partners(cast)
        disclose(walk, HARMED, "crisis")
        safe_contact(walk)
        plan(walk, "housing_rep", subject=HARMED)
        plan(walk, "shelter_rep", subject=HARMED, owner=cast.agencies["crisis"])
        plan(walk, "shelter_rep", subject=HARMING)
        assert items(walk, "crisis_rep", 0) == {"plan:1:1", "plan:2:1", "plan:3:2"}
        return walk

    def _mistake(self, walk: Walk) -> Disclosure:
        with acting_as(walk.cast.shelter_rep):
            return Disclosure.objects.get(
                access_id=walk.id, compartment__subject=HARMED, elements=["name"],
                recipients__agency=walk.cast.agencies["crisis"],
            )  # fmt: skip

    def test_plan_entries_end_with_a_recall_and_no_author_acts(self, cast: Cast) -> None:
        walk = self._told_by_mistake(cast)
        walk.act("shelter_rep", "recall", disclosure=self._mistake(walk))
        assert items(walk, "crisis_rep", HARMED) == set()
        assert items(walk, "crisis_rep", 0) == {"plan:3:2"}
        assert [a.number for a in seen_by(walk, "crisis_rep").plan or ()] == [3]
        assert items(walk, "housing_rep", 0) == {"plan:1:1", "plan:2:1"}
        assert "Do action 2 of the plan" not in due(walk, "crisis_rep")

    def test_also_while_frozen_and_afterwards(self, cast: Cast) -> None:
        walk = self._told_by_mistake(cast)
        walk.act("privacy_officer", "freeze")
        walk.act("shelter_rep", "recall", disclosure=self._mistake(walk))
        assert [a.number for a in seen_by(walk, "crisis_rep").plan or ()] == [3]
        walk.act("privacy_officer", "unfreeze")
        assert items(walk, "crisis_rep", 0) == {"plan:3:2"}

    def test_an_agency_cannot_tell_itself_who_it_is(self, cast: Cast) -> None:
        """With SQL in hand it records a disclosure of its own, to itself: the wall counts the originating agency's."""
        walk = self._told_by_mistake(cast)
        mistake = self._mistake(walk)
        walk.act("shelter_rep", "recall", disclosure=mistake)
        with acting_as(cast.crisis_rep), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO privacy_disclosure (id, access_id, table_id, compartment_id, discloser_id, agency_id,"
                " elements, purpose, authority_id, medium, filter, consent, in_error, at) SELECT gen_random_uuid(),"
                " access_id, table_id, compartment_id, %s, %s, elements, purpose, authority_id, medium, filter,"
                " consent, false, now()"
                " FROM privacy_disclosure WHERE id = %s RETURNING id",
                [cast.crisis_rep.pk, cast.agencies["crisis"].pk, mistake.pk],
            )
            row = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO privacy_disclosurerecipient (disclosure_id, table_id, agency_id, member_id, answer)"
                " VALUES (%s, %s, %s, %s, 'pending')",
                [row, cast.nia.pk, cast.agencies["crisis"].pk, cast.crisis_rep.pk],
            )
        assert items(walk, "crisis_rep", 0) == {"plan:3:2"}

    def test_a_refusal_of_one_stops_nothing_about_the_other(self, cast: Cast) -> None:
        walk = builders.partners(cast)
        safe_contact(walk)
        contact(walk, "crisis_rep", HARMING, consent_outcome=ConsentOutcome.REFUSED, not_sought_reason="")
        assert seen_by(walk, "crisis_rep").contact.declined  # type: ignore[union-attr]
        assert not seen_by(walk, "housing_rep").contact.declined  # type: ignore[union-attr]
        consent(walk, "housing_rep", HARMED)
        contact(
            walk, "crisis_rep", HARMING, consent_outcome=ConsentOutcome.NOT_SOUGHT, not_sought_reason=NotSought.UNSAFE
        )
        assert seen_by(walk, "crisis_rep").contact.declined  # type: ignore[union-attr]


@pytest.mark.django_db(databases=["default", "keys"])
class TestTheAuthorHasGone:
    def _refused(self, walk: Walk, who: str, **data: Any) -> str:
        with pytest.raises(Denied) as refused:
            safe_contact(walk, who, words="anew", **data)
        return code(refused)[0]

    def _leaves(self, cast: Cast, who: str) -> None:
        Seat.objects.filter(member=cast.people[who]).update(ends_on=today() - timedelta(days=1))

    def test_nobody_overwrites_an_agency_that_can_act(self, cast: Cast) -> None:
        walk = builders.intervening(cast)
        assert self._refused(walk, "crisis_rep", subject=1) == "anothers-words"

    def test_a_colleague_named_in_their_place_rewrites_them(self, cast: Cast) -> None:
        walk = builders.disclosed(cast)
        walk.act("crisis_rep", "confirm_lead")
        walk.act("crisis_rep", "record_authority", authority=cast.authority("phipa-40-1"))
        safe_contact(walk, "crisis_rep", subject=1)
        self._leaves(cast, "crisis_rep")
        walk.act("crisis_lead", "name_person", person=cast.crisis_colleague)
        safe_contact(walk, "crisis_colleague", words="canarysafe anew", subject=1)
        assert "safe_contact" in items(walk, "housing_rep", 1)

    def test_else_the_lead_does_and_the_words_are_its_own(self, cast: Cast) -> None:
        walk = builders.intervening(cast)
        self._leaves(cast, "shelter_rep")
        assert self._refused(walk, "housing_rep", subject=1) in ("authority-first", "anothers-words")
        safe_contact(walk, "crisis_rep", words="canarysafe anew", subject=1)
        with acting_as(cast.crisis_rep):
            box = Compartment.objects.get(access_id=walk.id, subject=1)
        for who in ("crisis_rep", "housing_rep"):
            with acting_as(cast.people[who]):
                assert "safe_contact" in gate.versions(box)

    def test_where_the_lead_does_not_know_the_person_the_agency_that_brought_it_does(self, cast: Cast) -> None:
        walk = builders.partners(cast)
        safe_contact(walk)
        assert self._refused(walk, "shelter_rep") == "anothers-words"
        walk.act("housing_rep", "answer", answer="not_ours")
        assert self._refused(walk, "crisis_rep") == "not-our-person"
        safe_contact(walk, "shelter_rep", words="canarysafe anew")
        with acting_as(cast.shelter_rep):
            assert scene.load(walk.id, by=cast.shelter_rep).situation.intervention.safe_contact_for == [HARMED]
