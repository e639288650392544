"""On whose authority does identity leave an agency, and what does that authority demand? (R10, R18, R24-R32)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.vocabulary import Statute
from privacy import disclosure
from privacy.context import acting_as
from privacy.models import Disclosure, LegalAuthority
from privacy.vocabulary import Category, Element, Medium, Purpose
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import projection
from situations.intervention import Consent, NoticeTask
from situations.vocabulary import (
    ConsentForm,
    ConsentGiver,
    ConsentOutcome,
    ContactResult,
    NoticeExcuse,
    NoticeMethod,
    State,
)
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.laws.test_threshold import refused
from tests.pages.browsing import Browser

#: What each statute lets an agency rely on, from the reference list's own words; consent without a statute: everybody.
_BY_STATUTE = {
    Statute.MFIPPA: {"mfippa-32-h", "mfippa-32-b"},
    Statute.FIPPA: {"fippa-42-1-h", "fippa-42-1-b"},
    Statute.PHIPA: {"phipa-40-1", "phipa-consent"},
    Statute.CYFSA: {"cyfsa-292-1-g"},
    Statute.PIPEDA: {"pipeda-7-3-e"},
    Statute.YCJA: set(),
    Statute.CSPA: set(),
    Statute.NONE: {"agreement-only"},
}
_CONSENTS = {"mfippa-32-b", "fippa-42-1-b", "phipa-consent", "consent-only"}
_GROUNDS_NEEDED = {"mfippa-32-h", "fippa-42-1-h", "phipa-40-1", "cyfsa-292-1-g", "pipeda-7-3-e"}
#: authority -> days until its notice is due.
_NOTICE = {"mfippa-32-h": 30, "fippa-42-1-h": 30, "pipeda-7-3-e": 0}


def disclose(
    walk: Walk, code: str, *, to: tuple[str, ...] = ("housing",), grounds: str = "grounds", **changes: Any
) -> str:
    """The shelter discloses the name; returns the code of the refusal, or ''."""
    data = {
        "subject": 1, "elements": [Element.NAME], "recipients": [walk.engagement(a, "shelter_rep") for a in to],
        "purpose": Purpose.RECOGNISE, "authority": walk.cast.authority(code), "medium": Medium.SCREEN,
        "grounds": grounds,
    } | changes  # fmt: skip
    return refused(walk, "shelter_rep", "disclose", **data)


def bound_by(agency: Agency, *statutes: Statute) -> None:
    """Change an agency's statute profile."""
    Agency.objects.filter(pk=agency.pk).update(statutes=[str(s) for s in statutes])


def consent(walk: Walk, *agencies: str, by: str = "crisis_rep", days: int = 30) -> Consent:
    """A consent of the person to sharing with these agencies."""
    today = timezone.localdate()
    walk.act(
        by, "consent", given_on=today - timedelta(days=1), giver=ConsentGiver.PERSON, form=ConsentForm.WRITTEN,
        scope=[Category.IDENTIFIERS], agencies=[walk.cast.agencies[a] for a in agencies],
        purpose=Purpose.PROVIDE_SERVICE, expires_on=today + timedelta(days=days),
    )  # fmt: skip
    with acting_as(walk.cast.people[by]):
        return Consent.objects.get(situation_id=walk.id)


def contacted(walk: Walk, outcome: ConsentOutcome) -> None:
    """The lead reached the person and asked."""
    walk.act(
        "crisis_rep", "contact", contacted_at=timezone.now(), result=ContactResult.REACHED, consent_outcome=outcome
    )


@pytest.mark.usefixtures("committed_db_with_keys", "never_happened")
class TestAuthority:
    cast: ClassVar[Cast]
    limited: ClassVar[Walk]
    f4: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.limited, cls.f4 = builders.behind_the_door(committed_cast), builders.intervening(committed_cast)

    def test_the_reference_list_is_what_this_law_speaks_of(self) -> None:
        listed = {a.code for a in LegalAuthority.objects.all()}
        assert listed == set().union(*_BY_STATUTE.values()) | {"consent-only", "ycja-125-6", "mfippa-32-g", "cspa-80"}

    @pytest.mark.parametrize("statutes", [(s,) for s in Statute] + [(Statute.FIPPA, Statute.PHIPA), ()])
    def test_an_agency_relies_on_its_own_statutes_and_on_no_others(self, statutes: tuple[Statute, ...]) -> None:
        bound_by(self.cast.agencies["school"], *statutes)
        agency = Agency.objects.get(pk=self.cast.agencies["school"].pk)
        may = {"consent-only"}.union(*(_BY_STATUTE[s] for s in statutes or (Statute.NONE,)))
        covered = disclosure.Consent("c", frozenset({1}), frozenset({str(Category.IDENTIFIERS)}))
        for authority in LegalAuthority.objects.all():
            decision = disclosure.may_rely_on(
                agency, authority, grounds="grounds", consent=covered, recipients=[1]
            )  # fmt: skip
            assert decision.allowed == (authority.code in may), authority.code
            assert decision.allowed or decision.code == "authority-not-ours"

    @pytest.mark.parametrize("code", sorted(_GROUNDS_NEEDED | _CONSENTS | {"agreement-only"}))
    def test_grounds_and_consent_are_asked_where_the_authority_asks(self, code: str) -> None:
        bound_by(self.cast.agencies["shelter"], *(s for s, codes in _BY_STATUTE.items() if code in codes))
        without = disclose(self.limited, code, grounds="  ")
        wanted = "grounds-missing" if code in _GROUNDS_NEEDED else "no-consent" if code in _CONSENTS else ""
        assert without == wanted
        if code in _GROUNDS_NEEDED:
            assert disclose(self.limited, code) == ""

    def test_another_agencys_statute_is_refused_through_the_act_too(self) -> None:
        for code in ("mfippa-32-h", "phipa-40-1", "cspa-80", "ycja-125-6"):
            assert disclose(self.limited, code) == "authority-not-ours"
        with acting_as(self.cast.shelter_rep):
            assert not Disclosure.objects.filter(access_id=self.limited.id).exists()

    def test_a_disclosure_names_persons_elements_and_only_what_was_entered(self) -> None:
        assert disclose(self.limited, "agreement-only", recipients=[]) == "recipients"
        assert disclose(self.limited, "agreement-only", to=("shelter",)) == "recipients"
        assert disclose(self.limited, "agreement-only", elements=[]) == "elements"
        assert disclose(self.limited, "agreement-only", elements=[Element.SAFE_CONTACT]) == "not-entered"
        assert disclose(self.limited, "agreement-only", subject=2) == "no-such-person"

    def test_a_voice_disclosure_is_recorded_like_one_on_screen(self) -> None:
        assert disclose(self.limited, "agreement-only", medium=Medium.VOICE) == ""
        with acting_as(self.cast.housing_rep):
            row = Disclosure.objects.get(access_id=self.limited.id)
            assert (row.medium, row.elements, row.recipients.get().member) == (
                "voice", ["name"], self.cast.housing_rep,
            )  # fmt: skip

    @pytest.mark.parametrize("code", sorted(_GROUNDS_NEEDED | {"agreement-only"}))
    def test_the_notice_an_authority_demands_is_owed_and_blocks_the_conclusion(self, code: str) -> None:
        bound_by(self.cast.agencies["shelter"], *(s for s, codes in _BY_STATUTE.items() if code in codes))
        assert disclose(self.limited, code) == ""
        assert disclose(self.limited, code, to=("crisis",)) == ""
        with acting_as(self.cast.shelter_rep):
            owed = list(NoticeTask.objects.filter(situation_id=self.limited.id))
        assert len(owed) == (1 if code in _NOTICE else 0)
        reason = CatalogueEntry.objects.filter(code_list=CodeList.CONCLUSION_REASON, category_code="other")[0]
        if not owed:
            assert refused(self.limited, "shelter_rep", "conclude", reason=reason) == ""
            return
        assert owed[0].due_on == timezone.localdate() + timedelta(days=_NOTICE[code])
        assert refused(self.limited, "shelter_rep", "conclude", reason=reason) == "open-notice"
        assert refused(self.limited, "housing_rep", "notice", notice=owed[0]) == "no-open-notice"
        assert refused(self.limited, "shelter_rep", "notice", notice=owed[0], excuse=NoticeExcuse.DANGER) == ""
        assert refused(self.limited, "shelter_rep", "conclude", reason=reason) == ""

    def test_a_notice_given_is_recorded_with_day_and_method(self) -> None:
        bound_by(self.cast.agencies["shelter"], Statute.MFIPPA)
        disclose(self.limited, "mfippa-32-h")
        with acting_as(self.cast.shelter_rep):
            task = NoticeTask.objects.get(situation_id=self.limited.id)
        self.limited.act(
            "shelter_rep", "notice", notice=task, done_on=timezone.localdate(), method=NoticeMethod.COUNSEL
        )
        with acting_as(self.cast.shelter_rep):
            task.refresh_from_db()
        assert (task.method, task.done_on, task.closed_by) == (
            "counsel", timezone.localdate(), self.cast.shelter_rep,
        )  # fmt: skip

    # Consent ----------------------------------------------------------------------------------------------------------
    def test_consent_to_one_agency_covers_no_other(self) -> None:
        consent(self.f4, "housing")
        assert disclose(self.f4, "consent-only", to=("crisis",)) == "beyond-consent"
        assert disclose(self.f4, "consent-only", to=("housing", "crisis")) == "beyond-consent"
        assert disclose(self.f4, "consent-only") == ""
        assert disclose(self.f4, "agreement-only", to=("crisis",)) == ""

    def test_consent_to_one_kind_of_information_covers_no_other(self) -> None:
        for elements, covered in (
            ([Element.NAME], True),
            ([Element.NAME, Element.SAFE_CONTACT], False),
            (["plan:1"], False),
        ):
            found = disclosure.Consent("c", frozenset({1}), frozenset({str(Category.IDENTIFIERS)}))
            decision = disclosure.may_rely_on(
                self.cast.agencies["shelter"], self.cast.authority("consent-only"), grounds="", consent=found,
                recipients=[1], elements=elements,
            )  # fmt: skip
            assert (decision.allowed, decision.code) == ((True, "allowed") if covered else (False, "beyond-consent"))

    def test_an_expired_consent_is_none(self) -> None:
        consent(self.f4, "housing", days=-1)
        assert disclose(self.f4, "consent-only") == "no-consent"

    def test_a_withdrawn_consent_is_none_at_once(self) -> None:
        row = consent(self.f4, "housing")
        self.f4.act("crisis_rep", "withdraw_consent", consent=row)
        assert disclose(self.f4, "consent-only") == "no-consent"
        assert refused(self.f4, "crisis_rep", "withdraw_consent", consent=row) == "no-consent"

    def test_who_relied_on_consent_alone_loses_access_when_it_is_withdrawn(self) -> None:
        row = consent(self.f4, "hospital")
        self.f4.act("crisis_rep", "add_agency", agency=self.cast.agencies["hospital"], necessity="offered")
        self.f4.act("hospital_rep", "name_person", person=self.cast.hospital_rep)
        assert disclose(self.f4, "consent-only", to=("hospital",)) == ""
        assert self._reads("hospital_rep") == {"name"}
        self.f4.act("crisis_rep", "withdraw_consent", consent=row)
        assert self._reads("hospital_rep") == set()
        assert self._reads("housing_rep") >= {"name", "birth", "location"}, "housing has it on another authority"

    def test_after_the_end_a_mistake_and_a_withdrawn_consent_still_end_access(self) -> None:
        """Who is named reads until retention is over; the pages offer it, and the situation stays concluded."""
        row = consent(self.f4, "hospital")
        self.f4.act("crisis_rep", "add_agency", agency=self.cast.agencies["hospital"], necessity="offered")
        self.f4.act("hospital_rep", "name_person", person=self.cast.hospital_rep)
        assert disclose(self.f4, "consent-only", to=("hospital",)) == ""
        contacted(self.f4, ConsentOutcome.GIVEN)
        builders.close_notices(self.f4)
        reason = builders.entry(CodeList.CONCLUSION_REASON, "connected-to-services")
        self.f4.act("crisis_rep", "conclude", reason=reason)
        assert self._reads("hospital_rep") == {"name"}
        for key, name in (("crisis_rep", "withdraw_consent"), ("shelter_rep", "recall")):
            page = Browser(self.cast.people[key]).get("situation", self.f4.id).content.decode()
            assert f"/{name}" in page
        assert self.f4.act("crisis_rep", "withdraw_consent", consent=row).state == State.CONCLUDED
        assert self._reads("hospital_rep") == set()
        assert self._reads("housing_rep") >= {"name", "birth", "location"}
        with acting_as(self.cast.shelter_rep):
            told = list(Disclosure.objects.filter(access_id=self.f4.id, agency=self.cast.shelter_rep.agency))
        for made in [d for d in told if d.recalled_at is None]:
            assert self.f4.act("shelter_rep", "recall", disclosure=made).state == State.CONCLUDED
        assert self._reads("housing_rep") == set()

    def test_a_person_who_declines_is_shared_no_further_without_an_authority(self) -> None:
        consent(self.f4, "housing")
        contacted(self.f4, ConsentOutcome.REFUSED)
        assert disclose(self.f4, "consent-only") == "declined"
        aid = {"agency": self.cast.agencies["aid"], "necessity": "legal_duty"}
        phipa = self.cast.authority("phipa-40-1")
        for authority, code in ((None, "declined"), (self.cast.authority("phipa-consent"), "declined"), (phipa, "")):
            assert refused(self.f4, "crisis_rep", "add_agency", authority=authority, **aid) == code
        assert disclose(self.f4, "agreement-only") == ""

    def test_a_conclusion_needs_the_outcome_of_asking_for_consent(self) -> None:
        reason = CatalogueEntry.objects.filter(code_list=CodeList.CONCLUSION_REASON, category_code="other")[0]
        assert refused(self.f4, "crisis_rep", "conclude", reason=reason) == "no-consent-outcome"
        contacted(self.f4, ConsentOutcome.GIVEN)
        assert refused(self.f4, "crisis_rep", "conclude", reason=reason) == ""

    def _reads(self, key: str) -> set[str]:
        """The elements of the subject's compartment that PostgreSQL would reveal to somebody now."""
        member = self.cast.people[key]
        with acting_as(member):
            seen = projection.see(self.f4.id, by=member)
        return {item for c in seen.compartments if c.kind == "subject" for item, _label in c.elements}
