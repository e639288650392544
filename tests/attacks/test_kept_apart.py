"""Does who serves the person causing harm read how the person harmed is reached, or what is planned? (R51, R52)

Housing knows the person harmed (1), the crisis team, which leads, only the person causing harm (2). The shelter brought
both. Tried through the verbs, the pages, the API, and with SQL in hand.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment, Disclosure
from privacy.vocabulary import CompartmentKind, Element, Medium, Necessity, Purpose
from risk.vocabulary import CodeList
from situations import scene, who_saw
from situations.models import Situation
from situations.projection import see
from situations.vocabulary import ConsentOutcome, ContactResult, NoticeMethod, NotSought, Part
from tests import builders
from tests.api.door import Door
from tests.builders import CANARY_NAME, CANARY_OTHER, CANARY_PLAN, CANARY_SAFE, Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text

HARMED, HARMING = 1, 2
_THEIR_OWN = "canaryother plan ask about work"


def today() -> Any:
    return timezone.localdate()


def safe_contact(walk: Walk, who: str = "housing_rep", words: str = CANARY_SAFE, **data: Any) -> None:
    walk.act(who, "safe_contact", instructions=words, grounds="g", **({"subject": HARMED} | data))


def plan(walk: Walk, who: str, words: str = "w", **data: Any) -> None:
    walk.act(who, "plan", words=words, due_on=today(), grounds="g", **data)


def disclose(walk: Walk, subject: int, agency: str) -> None:
    walk.act(
        "shelter_rep", "disclose", subject=subject, elements=[Element.NAME], recipients=[walk.engagement(agency)],
        purpose=Purpose.RECOGNISE, authority=walk.cast.authority("agreement-only"), medium=Medium.SCREEN, grounds="g",
    )  # fmt: skip


def contact(walk: Walk, who: str = "crisis_rep", subject: int | None = HARMING, **data: Any) -> None:
    found = {"consent_outcome": ConsentOutcome.NOT_SOUGHT, "not_sought_reason": NotSought.NOT_REACHED} | data
    walk.act(who, "contact", contacted_at=timezone.now(), result=ContactResult.ATTEMPTED, subject=subject, **found)


def room(walk: Walk, subject: int) -> Compartment:
    """A person's compartment; 0: the plan's."""
    with acting_as(walk.cast.shelter_rep):
        return Compartment.objects.get(
            access_id=walk.id, subject=subject, kind__in=(CompartmentKind.SUBJECT, CompartmentKind.PLAN)
        )


def items(walk: Walk, who: str, subject: int) -> set[str]:
    """What a member could reveal of a compartment, their own grounds aside."""
    compartment = room(walk, subject)
    with acting_as(walk.cast.people[who]):
        return {i for i in gate.versions(compartment) if not i.startswith("grounds:")}


def code(refused: pytest.ExceptionInfo[Denied]) -> tuple[str, bool]:
    return refused.value.decision.code, refused.value.decision.hidden


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheTwoStayApart:
    cast: ClassVar[Cast]
    walk: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast, cls.walk = committed_cast, builders.partners(committed_cast)
        safe_contact(cls.walk, mail_blocked=True)
        plan(cls.walk, "housing_rep", CANARY_PLAN, subject=HARMED)
        plan(cls.walk, "crisis_rep", _THEIR_OWN, subject=HARMING)

    def _revealed(self, who: str, subject: int) -> dict[str, str]:
        compartment, member = room(self.walk, subject), self.cast.people[who]
        with acting_as(member):
            receipt = gate.authorise(compartment, purpose=Purpose.MAKE_CONTACT)
        with acting_as(member):
            return gate.reveal(receipt).texts

    def test_each_could_reveal_what_is_about_their_person_alone(self) -> None:
        found = {
            who: [items(self.walk, who, s) for s in (HARMED, HARMING, 0)]
            for who in ("shelter_rep", "housing_rep", "crisis_rep")
        }
        assert found["housing_rep"] == [{"name", "safe_contact"}, set(), {"plan:1:1"}]
        assert found["crisis_rep"] == [set(), {"name"}, {"plan:2:2"}]
        assert found["shelter_rep"] == [
            {"name", "birth", "location", "safe_contact"}, {"name"}, {"plan:1:1", "plan:2:2"}
        ]  # fmt: skip

    def test_who_knows_the_person_harmed_reads_it(self) -> None:
        for who in ("housing_rep", "shelter_rep"):
            assert self._revealed(who, HARMED)["safe_contact"] == CANARY_SAFE
            assert self._revealed(who, 0)["plan:1:1"] == CANARY_PLAN

    def test_the_other_agency_reads_its_own_and_gets_no_receipt_for_more(self) -> None:
        assert self._revealed("crisis_rep", HARMING) == {"name": CANARY_OTHER}
        assert {t for i, t in self._revealed("crisis_rep", 0).items() if i.startswith("plan")} == {_THEIR_OWN}
        with pytest.raises(Denied) as refused:
            self._revealed("crisis_rep", HARMED)
        assert refused.value.decision.hidden

    def test_projection_and_ledger_name_nothing_that_reached_it(self) -> None:
        crisis = self.cast.crisis_rep
        with acting_as(crisis):
            seen = see(self.walk.id, by=crisis)
            lines = who_saw.who_saw(scene.load(self.walk.id, by=crisis))
        assert seen.plan is not None
        assert seen.contact is not None
        assert {c.subject for c in seen.compartments if c.kind == CompartmentKind.SUBJECT} == {HARMING}
        assert [(a.number, a.subject) for a in seen.plan] == [(2, HARMING)]
        assert (seen.contact.mail_blocked, seen.contact.safe_contact_recorded) == (False, False)
        assert lines is not None
        about_harmed = [
            x for x in lines if {str(e) for e in x.elements} & {str(Element.SAFE_CONTACT.label), "Action 1, person 1"}
        ]
        assert about_harmed == []
        assert {x.kind for x in lines} >= {"disclosed", "revealed"}
        with acting_as(self.cast.privacy_officer):
            every = who_saw.who_saw(scene.load(self.walk.id, by=self.cast.privacy_officer))
        assert {x.kind for x in every or () if str(Element.SAFE_CONTACT.label) in {str(e) for e in x.elements}} >= {
            "disclosed"
        }

    def test_the_page_offers_it_to_one_and_not_to_the_other(self) -> None:
        one, other = (
            text(Browser(self.cast.people[w]).get("situation", self.walk.id)) for w in ("housing_rep", "crisis_rep")
        )
        said = ("Person 1: read safe contact", "Action 1, person 1", "Mail is blocked")
        assert all(words in one for words in said)
        assert not any(words in other.split("Who has seen this")[0] for words in said)
        assert "Action 2, person 2" in other
        box = room(self.walk, HARMED).pk
        assert CANARY_SAFE in self._on_screen("housing_rep", box)
        refused = Browser(self.cast.crisis_rep).post("reveal", self.walk.id, compartment=box, purpose="make_contact")
        assert refused.status_code == 404

    def _on_screen(self, who: str, box: object) -> str:
        browser = Browser(self.cast.people[who])
        sent = browser.post("reveal", self.walk.id, compartment=box, purpose="make_contact")
        return browser.client.get(sent["Location"]).content.decode()

    def test_a_program_gets_no_more_than_a_person(self) -> None:
        for who, subject, actions in (("housing_rep", HARMED, [1]), ("crisis_rep", HARMING, [2])):
            door = Door(self.cast.people[who])
            seen = door.get(f"situations/{self.walk.id}/").json()
            assert {c["subject"] for c in seen["compartments"] if c["kind"] == "subject"} == {subject}
            assert [a["number"] for a in seen["plan"]] == actions
            assert (CANARY_SAFE in self._by_program(door)) == (subject == HARMED)

    def _by_program(self, door: Door) -> str:
        body = {"compartment": str(room(self.walk, HARMED).pk), "purpose": "make_contact"}
        asked = door.post(f"situations/{self.walk.id}/reveals/", body)
        if asked.status_code == 404:
            return ""
        return str(door.get(f"reveals/{asked.json()['receipt']}/").json())

    def test_a_program_names_the_person_and_only_one_it_knows(self) -> None:
        door, address = Door(self.cast.crisis_rep), f"situations/{self.walk.id}/acts/plan/"
        words = {
            "words": "w",
            "due_on": today().isoformat(),
            "grounds": "g",
            "owner": str(self.cast.agencies["crisis"].pk),
        }
        asked = {f["name"]: f for f in door.get(address).json()["fields"]}["subject"]
        assert (asked["required"], [c["value"] for c in asked["choices"]]) == (True, [str(HARMING)])
        for wrong in ({}, {"subject": 0}, {"subject": HARMED}):
            assert door.post(address, words | wrong).status_code == 400
        owner = {"owner": str(self.cast.agencies["housing"].pk), "subject": HARMING}
        assert door.post(address, words | owner).status_code in (400, 403)

    def test_sql_in_hand_opens_nothing(self) -> None:
        """It grants itself the compartment and joins the disclosure that carried the instructions to others."""
        crisis, box = self.cast.crisis_rep, room(self.walk, HARMED)
        with acting_as(self.cast.housing_rep):
            row = Disclosure.objects.get(access_id=self.walk.id, elements=["safe_contact"])
        self._sql(
            "INSERT INTO privacy_compartmentgrant (content_object_id, permission_id, user_id) SELECT %s, id, %s"
            " FROM auth_permission WHERE codename = 'open_compartment'", box.pk, crisis.pk,
        )  # fmt: skip
        joined = self._sql(
            "INSERT INTO privacy_disclosurerecipient (disclosure_id, table_id, agency_id, member_id, answer)"
            " VALUES (%s, %s, %s, %s, 'pending')", row.pk, self.cast.nia.pk, crisis.agency_id, crisis.pk,
        )  # fmt: skip
        assert joined is None
        assert self._sql("SELECT item FROM vault.revealable(%s)", box.pk) == []
        assert self._sql("SELECT ciphertext FROM vault.sealed WHERE ref = %s", self.walk.id) is None
        receipt = self._sql("SELECT vault.authorise(%s, 'make_contact')", box.pk)
        opened = self._sql("SELECT * FROM vault.reveal(%s)", receipt[0][0]) if receipt else None
        assert not opened

    def _sql(self, sql: str, *values: Any) -> list[Any] | None:
        """One statement on the crisis team's behalf, committed; None when PostgreSQL refused it."""
        try:
            with acting_as(self.cast.crisis_rep), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
                return list(cursor.fetchall()) if cursor.description else []
        except DatabaseError:
            return None


@pytest.mark.django_db(databases=["default", "keys"])
class TestEntries:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> Walk:
        return builders.partners(shared_cast)

    @pytest.mark.parametrize("subject", [None, 0])
    def test_an_entry_names_its_person(self, walk: Walk, subject: int | None) -> None:
        with pytest.raises(Denied) as refused:
            plan(walk, "shelter_rep", subject=subject)
        assert code(refused) == ("which-person", False)
        with pytest.raises(Denied) as refused:
            safe_contact(walk, "shelter_rep", subject=subject)
        assert code(refused) == ("which-person", False)

    def test_who_does_not_know_the_person_writes_nothing_about_them(self, walk: Walk) -> None:
        with pytest.raises(Denied) as refused:
            safe_contact(walk, "crisis_rep", subject=HARMED)
        assert code(refused) == ("not-our-person", False)
        with pytest.raises(Denied) as refused:
            plan(walk, "crisis_rep", subject=HARMED)
        assert code(refused) == ("not-our-person", False)

    def test_nor_is_an_action_left_to_who_cannot_read_it(self, walk: Walk) -> None:
        with pytest.raises(Denied) as refused:
            plan(walk, "housing_rep", subject=HARMED, owner=walk.cast.agencies["crisis"])
        assert code(refused) == ("owner-knows-not", False)

    def test_contact_waits_for_the_person_harmed_not_for_the_other(self, walk: Walk) -> None:
        """No violence flag is set here: that two are kept apart is enough (R52)."""
        safe_contact(walk, "crisis_rep", subject=HARMING)
        with pytest.raises(Denied) as refused:
            contact(walk)
        assert code(refused) == ("safe-contact-first", False)
        safe_contact(walk)
        contact(walk)

    def test_instructions_for_one_do_not_unblock_the_mail_of_the_other(self, walk: Walk) -> None:
        safe_contact(walk, mail_blocked=True)
        safe_contact(walk, "crisis_rep", subject=HARMING)
        plan(walk, "housing_rep", subject=HARMED)
        with acting_as(walk.cast.housing_rep):
            notice = Situation.objects.get(pk=walk.id).notices.get(agency=walk.cast.agencies["housing"])
        assert notice.subject == HARMED
        with pytest.raises(Denied) as refused:
            walk.act("housing_rep", "notice", notice=notice, done_on=today(), method=NoticeMethod.MAILED)
        assert code(refused) == ("mail-blocked", False)

    def test_who_is_told_later_gets_nothing_written_earlier(self, walk: Walk) -> None:
        """Words written anew reach whoever knows the person by then (R21)."""
        safe_contact(walk)
        plan(walk, "housing_rep", subject=HARMED)
        walk.act("crisis_rep", "add_agency", agency=walk.cast.agencies["aid"], necessity=Necessity.OFFERED)
        walk.act("aid_rep", "name_person", person=walk.cast.aid_rep)
        disclose(walk, HARMED, "aid")
        assert items(walk, "aid_rep", HARMED) == {"name"}
        assert items(walk, "aid_rep", 0) == set()
        safe_contact(walk, words="canarysafe anew")
        assert items(walk, "aid_rep", HARMED) == {"name", "safe_contact"}

    def test_a_disclosure_made_in_error_takes_the_safe_contact_with_it(self, walk: Walk) -> None:
        """Named by mistake to who serves the other, recalled: what followed closes, and nothing new reaches them."""
        disclose(walk, HARMED, "crisis")
        safe_contact(walk)
        assert items(walk, "crisis_rep", HARMED) == {"name", "safe_contact"}
        with acting_as(walk.cast.shelter_rep):
            row = Disclosure.objects.get(
                access_id=walk.id, compartment__subject=HARMED, recipients__agency=walk.cast.agencies["crisis"],
                agency=walk.cast.agencies["shelter"],
            )  # fmt: skip
        walk.act("shelter_rep", "recall", disclosure=row)
        assert items(walk, "crisis_rep", HARMED) == set()
        walk.act("crisis_lead", "name_person", person=walk.cast.crisis_colleague)
        assert items(walk, "crisis_colleague", HARMED) == set()
        assert items(walk, "housing_rep", HARMED) == {"name", "safe_contact"}
        safe_contact(walk, words="canarysafe anew")
        with acting_as(walk.cast.shelter_rep):
            live = Disclosure.objects.filter(access_id=walk.id, elements=["safe_contact"], recalled_at__isnull=True)
            assert {r.agency_id for d in live for r in d.recipients.all()} == {walk.cast.agencies["shelter"].pk}

    def test_safe_contact_asks_for_no_answer(self, walk: Walk) -> None:
        walk.act("housing_rep", "answer", answer="ours")
        safe_contact(walk, "shelter_rep")
        home = text(Browser(walk.cast.housing_rep).get("home"))
        assert "Answer a disclosure made to you" not in home

    def test_where_nobody_is_kept_apart_an_action_may_concern_all(self, cast: Cast) -> None:
        pair = [
            (builders.entry(CodeList.AGE_GROUP, "30-39"), builders.entry(CodeList.SEX, "male"), Part.SUBJECT)
            for _ in range(2)
        ]
        walk = builders.disclosed(cast, persons=pair)
        walk.act("crisis_rep", "confirm_lead")
        walk.act("crisis_rep", "record_authority", authority=cast.authority("phipa-40-1"))
        with pytest.raises(Denied) as refused:
            plan(walk, "crisis_rep", subject=2)
        assert code(refused) == ("not-our-person", False)
        plan(walk, "crisis_rep", subject=0)
        assert items(walk, "housing_rep", 0) == {"plan:1"}
        assert CANARY_NAME not in str(items(walk, "housing_rep", 1))
