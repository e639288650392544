"""When does somebody stop being able to read, and who never could? (R15, R19, R21, R51, R53, R56, R58)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection
from django.utils import timezone

from agencies import seats
from agencies.models import Agency, Member, Seat, SharingAgreement, Undertaking
from agencies.vocabulary import Statute
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment, Recusal
from privacy.vocabulary import Element, Filter, Medium, Purpose
from risk.vocabulary import CodeList
from situations import lifecycle, presence, projection, scene
from situations.models import Situation
from situations.vocabulary import Part
from tests import builders
from tests.builders import Walk, entry, item_of
from tests.cast import Cast
from tests.laws.test_authority import bound_by, disclose
from tests.laws.test_threshold import refused

_YESTERDAY = timezone.localdate() - timedelta(days=1)


def _agreement_ends(member: Member) -> None:
    SharingAgreement.objects.filter(agency=member.agency).update(ends_on=_YESTERDAY)


def _undertaking_ends(member: Member) -> None:
    Undertaking.objects.filter(member=member).update(ends_on=_YESTERDAY)


def _seat_ends(member: Member) -> None:
    seats.end_seat(Seat.objects.get(member=member))


def _account_closed(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)


def _agency_leaves(member: Member) -> None:
    Agency.objects.filter(members=member).update(is_active=False)


def _lead_takes_back(member: Member) -> None:
    Seat.objects.filter(member=member).update(accepted_by_lead_at=None)


_ENDINGS = (_agreement_ends, _undertaking_ends, _seat_ends, _account_closed, _agency_leaves, _lead_takes_back)


@pytest.mark.usefixtures("committed_db_with_keys", "never_happened")
class TestAccessEnds:
    cast: ClassVar[Cast]
    f2: ClassVar[Walk]
    f3b: ClassVar[Walk]
    f4: ClassVar[Walk]
    draft: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.draft, cls.f2 = builders.draft(committed_cast), builders.discussed(committed_cast)
        cls.f3b, cls.f4 = builders.behind_the_door(committed_cast), builders.contacted(committed_cast)

    def _reads(self, walk: Walk, key: str) -> bool:
        """Whether somebody can read anything at all: the row, the projection, the list."""
        member = self.cast.people[key]
        with acting_as(member):
            row = Situation.objects.filter(pk=walk.id).exists()
            listed = bool(projection.see_rows(Situation.objects.filter(pk=walk.id), by=member))
            if not listed:
                with pytest.raises(Denied) as refused_:
                    scene.load(walk.id, by=member)
                assert refused_.value.decision.hidden
                return False
            scene.load(walk.id, by=member)
        assert row
        return True

    def _opens(self, walk: Walk, key: str) -> bool:
        """Whether the gate would open anything."""
        member = self.cast.people[key]
        with acting_as(self.cast.shelter_rep):
            compartments = list(Compartment.objects.filter(access_id=walk.id))
        opened = []
        for c in compartments:
            with acting_as(member):
                try:
                    opened.append(gate.authorise(c, purpose=Purpose.RECOGNISE))
                except Denied:
                    continue
        return bool(opened)

    @pytest.mark.parametrize("end", _ENDINGS)
    @pytest.mark.parametrize("key", ["crisis_rep", "shelter_rep", "police_rep"])
    def test_a_seat_that_no_longer_stands_reads_nothing_at_the_next_request(
        self, end: Callable[[Member], None], key: str
    ) -> None:
        walks = [self.f2, self.f4] + ([self.draft] if key == "shelter_rep" else [])
        assert all(self._reads(w, key) for w in walks)
        end(self.cast.people[key])
        assert not any(self._reads(w, key) for w in walks)
        assert not self._opens(self.f4, key)
        assert refused(self.f4, key, "mobilize") == "not-found"

    @pytest.mark.parametrize("stage", ["f2", "f3b", "f4"])
    def test_who_steps_away_reads_nothing_and_the_reason_is_nowhere(self, stage: str) -> None:
        walk: Walk = getattr(self, stage)
        walk.act("housing_rep", "recuse")
        assert not self._reads(walk, "housing_rep")
        assert not self._opens(walk, "housing_rep")
        assert self._reads(walk, "crisis_rep")
        with acting_as(self.cast.facilitator):
            row = Recusal.objects.get(access_id=walk.id)
        assert {f.name for f in row._meta.fields} == {"id", "access", "table", "member", "at"}

    def test_who_stepped_away_cannot_be_named_again(self) -> None:
        self.f3b.act("housing_rep", "recuse")
        assert refused(self.f3b, "housing_rep", "name_person", person=self.cast.housing_rep) == "not-found"
        assert refused(self.f4, "housing_rep", "name_person", person=self.cast.police_rep) in (
            "lead-names",
            "not-seated",
        )

    # What was not disclosed is not read -------------------------------------------------------------------------------
    def _elements(self, walk: Walk, key: str) -> set[tuple[str, int, str]]:
        member = self.cast.people[key]
        with acting_as(member):
            seen = projection.see(walk.id, by=member)
        return {(c.kind, c.subject, item) for c in seen.compartments for item, _label in c.elements}

    def test_an_agency_added_at_filter_4_sees_only_what_is_disclosed_to_it(self) -> None:
        self.f4.act("crisis_rep", "add_agency", agency=self.cast.agencies["hospital"], necessity="offered")
        self.f4.act("hospital_rep", "name_person", person=self.cast.hospital_rep)
        assert self._elements(self.f4, "hospital_rep") == set()
        assert not self._opens(self.f4, "hospital_rep")
        assert disclose(self.f4, "agreement-only", to=("hospital",)) == ""
        assert self._elements(self.f4, "hospital_rep") == {("subject", 1, "name")}
        assert len(self._elements(self.f4, "housing_rep")) > 3

    def test_a_colleague_of_a_named_person_opens_nothing(self) -> None:
        assert self._opens(self.f4, "crisis_rep")
        assert not any(self._opens(self.f4, key) for key in ("crisis_colleague", "crisis_lead", "shelter_colleague"))

    def test_the_lead_replaces_the_named_person_and_the_former_one_loses_everything(self) -> None:
        before = self._elements(self.f4, "crisis_rep")
        self.f4.act("crisis_lead", "name_person", person=self.cast.crisis_colleague)
        assert not self._opens(self.f4, "crisis_rep")
        assert self._elements(self.f4, "crisis_colleague") == before

    def test_not_ours_ends_access_at_once(self) -> None:
        disclose(self.f3b, "agreement-only")
        assert self._opens(self.f3b, "housing_rep")
        self.f3b.act("housing_rep", "answer", answer="not_ours")
        assert not self._opens(self.f3b, "housing_rep")
        with acting_as(self.cast.housing_rep):
            assert not projection.see(self.f3b.id, by=self.cast.housing_rep).named

    def test_a_recalled_disclosure_is_read_no_more(self) -> None:
        disclose(self.f3b, "agreement-only")
        with acting_as(self.cast.shelter_rep):
            row = scene.load(self.f3b.id, by=self.cast.shelter_rep).access.disclosures.get()
        self.f3b.act("shelter_rep", "recall", disclosure=row)
        assert self._elements(self.f3b, "housing_rep") == set()
        assert not self._opens(self.f3b, "housing_rep")

    def test_grounds_are_read_by_the_agency_that_wrote_them(self) -> None:
        items = {key: {i for _k, _s, i in self._elements(self.f4, key)} for key in ("shelter_rep", "crisis_rep")}
        for key, own in items.items():
            other = items["crisis_rep" if key == "shelter_rep" else "shelter_rep"]
            mine = {i for i in own if i.startswith("grounds:")}
            assert mine
            assert not mine & other

    def test_a_freeze_refuses_every_reveal_until_it_is_lifted(self) -> None:
        self.f4.act("privacy_officer", "freeze")
        assert not any(self._opens(self.f4, key) for key in ("shelter_rep", "crisis_rep", "housing_rep"))
        self.f4.act("privacy_officer", "unfreeze")
        assert self._opens(self.f4, "crisis_rep")

    # Behind the door --------------------------------------------------------------------------------------------------
    @pytest.mark.parametrize("intruder", ["school_rep", "facilitator", "police_rep", "crisis_colleague"])
    def test_nothing_is_disclosed_while_somebody_unselected_is_in_the_huddle(self, intruder: str) -> None:
        item, member = item_of(self.f3b), self.cast.people[intruder]
        with acting_as(self.cast.facilitator):
            presence.enter_huddle(item, member, by=self.cast.facilitator)
        assert disclose(self.f3b, "agreement-only") == "unselected-present"
        with acting_as(self.cast.facilitator):
            presence.leave(item, member.pk)
        assert disclose(self.f3b, "agreement-only") == ""

    def test_two_persons_stay_in_two_compartments(self) -> None:
        """Who intervenes with the person causing harm does not read who was harmed (R51)."""
        adult, sexes = entry(CodeList.AGE_GROUP, "18-24"), entry(CodeList.SEX, "male")
        walk = builders.behind_the_door(
            self.cast, persons=[(adult, sexes, Part.HARMED), (adult, sexes, Part.HARMING)]
        )  # fmt: skip
        walk.act("shelter_rep", "enter_identifiers", subject=2, name="Second Canary", birth="", location="")
        for subject, agency in ((1, "crisis"), (2, "housing")):
            assert disclose(walk, "agreement-only", subject=subject, to=(agency,), elements=[Element.NAME]) == ""
        assert self._elements(walk, "crisis_rep") == {("subject", 1, "name")}
        assert self._elements(walk, "housing_rep") == {("subject", 2, "name")}

    # Police is any other agency ---------------------------------------------------------------------------------------
    def _decisions(self, key: str) -> list[dict[str, tuple[bool, str]] | None]:
        member = self.cast.people[key]
        found: list[dict[str, tuple[bool, str]] | None] = []
        for walk in (self.draft, self.f2, self.f3b, self.f4):
            with acting_as(member):
                try:
                    seen = scene.load(walk.id, by=member)
                except Denied:
                    found.append(None)
                    continue
                found.append({n: (d.allowed, d.code) for n, d in lifecycle.decisions(seen).items()})
                assert projection.project(seen).categories == seen.relation.knows(Filter(seen.access.filter))
        return found

    def test_police_decide_and_see_what_any_seated_agency_does(self) -> None:
        assert self._decisions("police_rep") == self._decisions("school_rep") == self._decisions("aid_rep")

    def test_an_agency_that_becomes_police_gains_and_loses_nothing(self) -> None:
        """By its sector, nothing; by its statutes, the notes that the youth-justice act lets it keep, nothing else."""
        everybody = ("housing_rep", "crisis_rep", "shelter_rep", "school_rep")
        before = {key: self._decisions(key) for key in everybody}
        police = self.cast.agencies["police"]
        for key in ("housing", "crisis", "shelter", "school"):
            Agency.objects.filter(pk=self.cast.agencies[key].pk).update(sector=police.sector)
        assert {key: self._decisions(key) for key in everybody} == before
        for key in ("housing", "crisis", "shelter", "school"):
            bound_by(self.cast.agencies[key], Statute.MFIPPA, Statute.CSPA, Statute.YCJA)
        for key in everybody:
            for was, is_now in zip(before[key], self._decisions(key), strict=True):
                assert (was is None) == (is_now is None)
                assert {n for n, told in (is_now or {}).items() if told != (was or {})[n]} <= {"youth_note"}

    def test_no_rule_of_the_database_knows_a_sector(self) -> None:
        with connection.cursor() as cursor:
            # `reports_issues` and its like of a period tell what meetings named by the sector it concerns, and decide
            # nothing by it.
            cursor.execute(
                "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname IN ('vault', 'ledger', 'public') AND p.prosrc ~* 'sector|police|probation'"
                " AND p.proname NOT IN ('reports_issues', 'reports_issues_between')"
            )
            functions = cursor.fetchone()[0]
            cursor.execute(
                "SELECT count(*) FROM pg_policies WHERE coalesce(qual, '') || with_check ~* 'sector|statute'"
            )
            assert (functions, cursor.fetchone()[0]) == (0, 0)

    def test_voice_needs_the_same_as_screen(self) -> None:
        for medium in Medium:
            assert disclose(self.f3b, "phipa-40-1", medium=medium) == "authority-not-ours"
