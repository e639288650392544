"""Do a refusal, a withdrawal and a flag against mail hold once they are recorded? (R21, R26, R27, R30, R52)"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.clock import today_at
from agencies.models import Table
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment, Disclosure
from privacy.vocabulary import Answer, Category, CompartmentKind, Element, Medium, Necessity, Purpose
from risk.vocabulary import CodeList
from situations.intervention import Consent
from situations.models import Situation
from situations.projection import see
from situations.vocabulary import ConsentOutcome, ContactResult, NoticeMethod, NotSought
from tests import builders
from tests.api.door import Door
from tests.builders import CANARY_NAME, Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def revealable(walk: Walk, key: str, kind: CompartmentKind = CompartmentKind.SUBJECT, subject: int = 1) -> set[str]:
    """The texts one of the cast could open now."""
    with acting_as(walk.cast.people[key]):
        rows = Compartment.objects.filter(access_id=walk.id, kind=kind)
        rows = rows.filter(subject=subject) if kind == CompartmentKind.SUBJECT else rows
        return {item for c in rows for item in gate.versions(c)}


def contact(walk: Walk, outcome: ConsentOutcome, why: str = "") -> None:
    """Record a contact with what came of asking."""
    walk.act(
        "crisis_rep", "contact", contacted_at=timezone.now(), result=ContactResult.ATTEMPTED, consent_outcome=outcome,
        not_sought_reason=why,
    )  # fmt: skip


def consent(
    walk: Walk, *agencies: str, scope: tuple[Category, ...] = (Category.IDENTIFIERS, Category.PLAN),
    until: date | None = None,
) -> Consent:  # fmt: skip
    """Record a consent for some agencies."""
    today = until or timezone.localdate()
    walk.act(
        "crisis_rep", "consent", given_on=today, giver="person", form="oral", scope=list(scope),
        agencies=[walk.cast.agencies[a] for a in agencies], purpose=Purpose.PROVIDE_SERVICE,
        expires_on=until or today + timedelta(days=30),
    )  # fmt: skip
    with acting_as(walk.cast.crisis_rep):
        return Situation.objects.get(pk=walk.id).consents.last()  # type: ignore[return-value]


def disclose(walk: Walk, *agencies: str, authority: str = "consent-only", subject: int = 1) -> None:
    """The shelter discloses a name."""
    walk.act(
        "shelter_rep", "disclose", subject=subject, elements=[Element.NAME],
        recipients=[walk.engagement(a) for a in agencies], purpose=Purpose.RECOGNISE,
        authority=walk.cast.authority(authority), medium=Medium.SCREEN,
    )  # fmt: skip


def add(walk: Walk, agency: str, key: str) -> None:
    """The lead adds an agency, which names its person."""
    walk.act("crisis_rep", "add_agency", agency=walk.cast.agencies[agency], necessity=Necessity.OFFERED)
    walk.act(key, "name_person", person=walk.cast.people[key])


class TestAtFilter4:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> Walk:
        return builders.intervening(shared_cast)

    def test_an_attempt_that_failed_does_not_lift_a_refusal(self, walk: Walk) -> None:
        """After "no", only a "yes" or another authority lets sharing go on (R26)."""
        consent(walk, "crisis", "housing")
        contact(walk, ConsentOutcome.REFUSED)
        contact(walk, ConsentOutcome.NOT_SOUGHT, NotSought.NOT_REACHED)
        with pytest.raises(Denied) as refused:
            disclose(walk, "housing")
        assert refused.value.decision.code == "declined"
        contact(walk, ConsentOutcome.GIVEN)
        disclose(walk, "housing")

    def test_after_a_refusal_no_entry_is_disclosed_on_consent(self, walk: Walk) -> None:
        """The plan is shared too: it needs an authority other than consent as every disclosure does (R26)."""
        consent(walk, "shelter", "housing")
        walk.act("crisis_rep", "record_authority", authority=walk.cast.authority("phipa-consent"))
        contact(walk, ConsentOutcome.REFUSED)
        with pytest.raises(Denied) as refused:
            walk.act("crisis_rep", "plan", words="x", due_on=timezone.localdate())
        assert refused.value.decision.code == "declined"

    def test_a_consent_covers_what_it_says_and_no_more(self, walk: Walk) -> None:
        """A consent to share the plan is none to share a name (R24)."""
        consent(walk, "crisis", "housing", scope=(Category.PLAN,))
        with pytest.raises(Denied) as refused:
            disclose(walk, "housing")
        assert refused.value.decision.code == "beyond-consent"

    def test_an_agency_added_again_inherits_nothing_from_a_withdrawn_consent(self, walk: Walk) -> None:
        """Police hears a name on consent alone; consent is withdrawn; police is added again (R21, R27)."""
        add(walk, "police", "police_rep")
        given = consent(walk, "police")
        disclose(walk, "police")
        assert revealable(walk, "police_rep") == {"name"}
        walk.act("crisis_rep", "withdraw_consent", consent=given)
        add(walk, "police", "police_rep")
        assert revealable(walk, "police_rep") == set()

    def test_a_withdrawn_consent_carries_nothing_even_where_something_else_was_disclosed(self, walk: Walk) -> None:
        """Police keeps the plan it got on the crisis team's statute, not the name it got on consent (R27)."""
        add(walk, "police", "police_rep")
        given = consent(walk, "police")
        disclose(walk, "police")
        walk.act("crisis_rep", "plan", words="w", due_on=timezone.localdate(), grounds="g")
        walk.act("police_rep", "record_authority", authority=walk.cast.authority("mfippa-32-h"))
        walk.act("crisis_rep", "withdraw_consent", consent=given)
        assert revealable(walk, "police_rep") == set()
        assert revealable(walk, "police_rep", CompartmentKind.PLAN) == {"plan:2"}

    def test_an_agency_that_said_not_ours_inherits_nothing_when_added_again(self, walk: Walk) -> None:
        """ "Not ours" ended its access for good; the new engagement starts from nothing (R21)."""
        walk.act("housing_rep", "answer", answer=Answer.NOT_OURS)
        walk.act("crisis_rep", "add_agency", agency=walk.cast.agencies["housing"], necessity=Necessity.OFFERED)
        assert walk.engagement("housing").person is None
        walk.act("housing_rep", "name_person", person=walk.cast.housing_rep)
        walk.act("crisis_rep", "plan", words="w", due_on=timezone.localdate(), grounds="g")
        assert revealable(walk, "housing_rep", CompartmentKind.PLAN) == set()
        walk.act(
            "shelter_rep", "disclose", subject=1, elements=[Element.BIRTH], recipients=[walk.engagement("housing")],
            purpose=Purpose.RECOGNISE, authority=walk.cast.authority("agreement-only"), medium=Medium.SCREEN,
            grounds="g",
        )  # fmt: skip
        walk.act("housing_rep", "answer", answer=Answer.OURS)
        assert revealable(walk, "housing_rep") == {"birth"}


def test_what_is_flagged_against_mail_before_the_lead_is_confirmed_is_not_lost(cast: Cast) -> None:
    """Safe-contact instructions belong to filter 4: written earlier, their flag had nowhere to stay (R30, R52)."""
    walk = builders.disclosed(cast)
    walk.act("shelter_rep", "record_authority", authority=cast.authority("agreement-only"))
    with pytest.raises(Denied) as refused:
        walk.act("shelter_rep", "safe_contact", instructions="never by mail", mail_blocked=True)
    assert refused.value.decision.code == "not-now"


def test_no_notice_is_closed_as_mailed_where_mail_is_blocked(cast: Cast) -> None:
    """The alternative is recorded instead (R30)."""
    walk = builders.behind_the_door(cast)
    agency = cast.agencies["shelter"]
    agency.statutes = ["mfippa"]
    agency.save()
    walk.act(
        "shelter_rep", "disclose", subject=1, elements=[Element.NAME],
        recipients=[walk.engagement("crisis"), walk.engagement("housing")], purpose=Purpose.RECOGNISE,
        authority=cast.authority("mfippa-32-h"), medium=Medium.SCREEN, grounds="g",
    )  # fmt: skip
    walk.act("crisis_rep", "confirm_lead")
    walk.act("crisis_rep", "record_authority", authority=cast.authority("phipa-40-1"))
    walk.act("crisis_rep", "safe_contact", instructions="no mail", mail_blocked=True, grounds="g")
    with acting_as(cast.shelter_rep):
        notice = Situation.objects.get(pk=walk.id).notices.get(agency=agency)
    today = timezone.localdate()
    with pytest.raises(Denied) as refused:
        walk.act("shelter_rep", "notice", notice=notice, done_on=today, method=NoticeMethod.MAILED)
    assert refused.value.decision.code == "mail-blocked"
    walk.act("shelter_rep", "notice", notice=notice, done_on=today, method=NoticeMethod.HANDED)


def at_the_table(cast: Cast, zone: str) -> date:
    """The table keeps the days of a zone; the day there. From the first of these to the last is a day or two."""
    Table.objects.filter(pk=cast.nia.pk).update(time_zone=zone)
    cast.nia.refresh_from_db()
    return today_at(cast.nia)


_EARLY, _LATE = "Etc/GMT+12", "Etc/GMT-14"


def test_what_rests_on_a_consent_is_opened_until_its_last_day_and_no_longer(cast: Cast) -> None:
    walk = builders.intervening(cast)
    add(walk, "police", "police_rep")
    consent(walk, "police", until=at_the_table(cast, _EARLY))
    disclose(walk, "police")
    assert revealable(walk, "police_rep") == {"name"}, "its last day is a day of it"
    with acting_as(cast.police_rep):
        room = Compartment.objects.get(access_id=walk.id, kind=CompartmentKind.SUBJECT)
    asked = {"compartment": str(room.pk), "purpose": Purpose.RECOGNISE}
    at_the_table(cast, _LATE)
    assert revealable(walk, "police_rep") == set()
    with acting_as(cast.police_rep), pytest.raises(Denied):
        gate.authorise(room, purpose=Purpose.RECOGNISE)
    browser = Browser(cast.police_rep)
    page = browser.post("reveal", walk.id, **asked)
    assert page.status_code == 403
    assert "in force until" in text(page)
    assert "in force until" in text(browser.get("situation", walk.id))
    answer = Door(cast.police_rep).post(f"situations/{walk.id}/reveals/", asked)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent-over")
    # Nobody else is told that there was a consent.
    assert Browser(cast.school_rep).post("reveal", walk.id, **asked).status_code == 404
    assert Door(cast.school_rep).post(f"situations/{walk.id}/reveals/", asked).status_code == 404
    # What is written from now on does not reach them either, and another authority opens it again.
    walk.act("crisis_rep", "record_authority", authority=cast.authority("phipa-40-1"))
    walk.act("crisis_rep", "plan", subject=1, words="meet", due_on=timezone.localdate(), grounds="a grave risk")
    assert revealable(walk, "police_rep", CompartmentKind.PLAN) == set()
    with pytest.raises(Denied) as refused:
        disclose(walk, "police")
    assert refused.value.decision.code == "no-consent"
    consent(walk, "police")
    disclose(walk, "police")
    assert revealable(walk, "police_rep") == {"name"}


def test_what_was_told_in_error_on_a_consent_is_recalled_after_its_end_too(cast: Cast) -> None:
    """The end of a consent leaves what followed on a statute; an error takes it along, whenever it is seen (R27)."""
    walk = builders.intervening(cast)
    add(walk, "police", "police_rep")
    consent(walk, "police", until=at_the_table(cast, _EARLY))
    disclose(walk, "police")
    walk.act("crisis_rep", "plan", words="w", due_on=timezone.localdate(), grounds="g")
    walk.act("police_rep", "record_authority", authority=cast.authority("mfippa-32-h"))
    at_the_table(cast, _LATE)
    (followed,) = revealable(walk, "police_rep", CompartmentKind.PLAN)
    with acting_as(cast.shelter_rep):
        wrong = Disclosure.objects.get(access_id=walk.id, consent_ends_on__isnull=False)
    assert Browser(cast.shelter_rep).act(walk.id, "recall", disclosure=str(wrong.pk)).status_code == 302
    assert followed not in revealable(walk, "police_rep", CompartmentKind.PLAN)
    with pytest.raises(Denied):
        walk.act("shelter_rep", "recall", disclosure=wrong)


def test_what_rested_on_a_consent_waits_for_no_answer_after_its_end(cast: Cast) -> None:
    walk = builders.intervening(cast)
    add(walk, "police", "police_rep")
    consent(walk, "police", until=at_the_table(cast, _EARLY))
    disclose(walk, "police")
    assert "Answer a disclosure made to you" in text(Browser(cast.police_rep).get("home"))
    at_the_table(cast, _LATE)
    assert "Answer a disclosure made to you" not in text(Browser(cast.police_rep).get("home")), "it cannot be given"


def test_the_day_a_consent_ends_is_nobodys_to_move(cast: Cast) -> None:
    walk = builders.intervening(cast)
    add(walk, "police", "police_rep")
    consent(walk, "police")
    disclose(walk, "police")
    longer = "UPDATE privacy_disclosure SET consent_ends_on = NULL WHERE access_id = %s"
    with acting_as(cast.shelter_rep), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(longer, [walk.id])


def test_limits_of_a_consent_are_not_answered_with_not_found(cast: Cast) -> None:
    """Words need the agency's own authority first, and the refusal says so (R31)."""
    walk = builders.disclosed(cast)
    walk.act("crisis_rep", "confirm_lead")
    today = timezone.localdate()
    with pytest.raises(Denied) as refused:
        walk.act(
            "crisis_rep", "consent", given_on=today, giver="person", form="oral", scope=[Category.PLAN],
            agencies=[cast.agencies["crisis"]], purpose=Purpose.PROVIDE_SERVICE, expires_on=today, limits="not at work",
        )  # fmt: skip
    assert (refused.value.decision.hidden, refused.value.decision.code) == (False, "authority-first")


def test_the_other_of_two_subjects_stays_closed(cast: Cast) -> None:
    """Violence between partners: who is named for one subject never opens the other, not even when replaced."""
    persons = [
        (builders.entry(CodeList.AGE_GROUP, "30-39"), builders.entry(CodeList.SEX, "male"), "harming"),
        (builders.entry(CodeList.AGE_GROUP, "30-39"), builders.entry(CodeList.SEX, "female"), "harmed"),
    ]
    walk = builders.behind_the_door(cast, persons=persons)
    walk.act("shelter_rep", "enter_identifiers", subject=2, name=CANARY_NAME + " the other", birth="", location="")
    for subject, agency in ((1, "crisis"), (2, "housing")):
        walk.act(
            "shelter_rep", "disclose", subject=subject, elements=[Element.NAME], recipients=[walk.engagement(agency)],
            purpose=Purpose.RECOGNISE, authority=cast.authority("agreement-only"), medium=Medium.SCREEN, grounds="g",
        )  # fmt: skip
    walk.act("crisis_lead", "name_person", person=cast.crisis_colleague)
    assert revealable(walk, "crisis_colleague", subject=1) == {"name"}
    assert revealable(walk, "crisis_colleague", subject=2) == set()
    assert revealable(walk, "crisis_rep", subject=1) == set()
    assert revealable(walk, "housing_rep", subject=1) == set()
    with acting_as(cast.housing_rep):
        assert {c.subject for c in see(walk.id, by=cast.housing_rep).compartments} == {2}
