"""Filter 2: who can decide, on what, and how often may it be put off? (R8, R9, R11, R13)"""

from __future__ import annotations

from itertools import product
from typing import Any, ClassVar

import pytest

from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import AccessState
from risk.models import CatalogueEntry
from risk.threshold import Affirmed
from risk.vocabulary import CodeList
from situations import agenda, meetings, presence
from situations.meeting import Meeting
from situations.models import Determination, Objection, Situation
from situations.vocabulary import State
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast

_AGENCIES_IN_THE_ROOM = (
    "shelter_rep",
    "crisis_rep",
    "police_rep",
    "housing_rep",
    "hospital_rep",
    "school_rep",
    "aid_rep",
)


def refused(walk: Walk, who: str, act: str, **data: Any) -> str:
    """The code an act is refused with; '' when it is done."""
    try:
        walk.act(who, act, **data)
    except Denied as why:
        found = why.decision
    else:
        return ""
    assert found.hidden or str(found.reason)
    return found.code


@pytest.mark.usefixtures("committed_db_with_keys", "never_happened")
class TestThreshold:
    cast: ClassVar[Cast]
    walk: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast, cls.walk = committed_cast, builders.discussed(committed_cast)

    def _two_behind(self, act: str = "stand") -> None:
        self.walk.act("crisis_rep", act)
        self.walk.act("housing_rep", act)

    def _reason(self, group: str = "rejected") -> CatalogueEntry:
        return CatalogueEntry.objects.filter(code_list=CodeList.CONCLUSION_REASON, category_code=group)[0]

    @pytest.mark.parametrize("criteria", list(product((False, True), repeat=4)))
    def test_only_all_four_criteria_open_filter_3(self, criteria: tuple[bool, bool, bool, bool]) -> None:
        self._two_behind()
        names = ("significant_interest", "high_probability", "severe_intensity", "multi_agency")
        code = refused(self.walk, "facilitator", "accept", criteria=Affirmed(**dict(zip(names, criteria, strict=True))))
        assert code == ("" if all(criteria) else "criteria")
        assert self.walk.situation().state == (State.CHOOSING if all(criteria) else State.PRESENTED)

    def test_the_decision_records_criteria_chair_presence_and_dissent(self) -> None:
        self._two_behind()
        self.walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
        with acting_as(self.cast.recorder):
            row = Determination.objects.get(situation_id=self.walk.id)
        assert (row.chair, row.meeting_id, row.act, row.dissent) == (
            self.cast.facilitator, self.walk.meeting.pk, "accept", 0,
        )  # fmt: skip
        assert (row.significant_interest, row.multi_agency) == (True, True)
        present = {self.cast.people[k].agency_id for k in (*_AGENCIES_IN_THE_ROOM, "facilitator")}
        assert set(row.agencies_present) == present

    @pytest.mark.parametrize(
        ("behind", "enough"),
        [
            ((), False),
            (("crisis_rep",), False),
            (("crisis_rep", "crisis_colleague"), False),  # one agency twice
            (("crisis_rep", "facilitator"), True),  # one of them may be the facilitator's
            (("crisis_rep", "housing_rep"), True),
        ],
    )
    @pytest.mark.parametrize(("stance", "decide"), [("stand", "accept"), ("agree_reject", "reject")])
    def test_two_agencies_besides_the_originating_one_stand_behind_it(
        self, behind: tuple[str, ...], *, enough: bool, stance: str, decide: str
    ) -> None:
        for key in behind:
            self.walk.act(key, stance)
        data = {"criteria": builders.ALL_AFFIRMED} if decide == "accept" else {"reason": self._reason()}
        code = refused(self.walk, "facilitator", decide, **data)
        assert code == ("" if enough else "backing" if decide == "accept" else "backing-rejection")

    def test_the_agency_that_brought_it_backs_nothing(self) -> None:
        for key in ("shelter_rep", "shelter_colleague", "shelter_lead"):
            assert refused(self.walk, key, "stand") == refused(self.walk, key, "agree_reject") == "own-filing"

    def test_who_changed_sides_counts_once(self) -> None:
        self._two_behind("agree_reject")
        self.walk.act("crisis_rep", "stand")
        assert refused(self.walk, "facilitator", "reject", reason=self._reason()) == "backing-rejection"

    @pytest.mark.parametrize("stance", ["stand", "agree_reject"])
    @pytest.mark.parametrize("agencies", [3, 4])
    def test_the_quorum_is_of_agencies_present_for_the_item(self, stance: str, agencies: int) -> None:
        self._two_behind(stance)
        for key in ("facilitator", *_AGENCIES_IN_THE_ROOM)[agencies:]:
            with acting_as(self.cast.facilitator):
                presence.mark_gone(self.walk.meeting, self.cast.people[key], by=self.cast.facilitator)
        act = "accept" if stance == "stand" else "reject"
        data = {"criteria": builders.ALL_AFFIRMED} if act == "accept" else {"reason": self._reason()}
        assert refused(self.walk, "facilitator", act, **data) == (
            "" if agencies >= self.cast.nia.quorum else "no-quorum"
        )

    def test_an_open_objection_blocks_acceptance_until_that_agency_withdraws_it(self) -> None:
        self._two_behind()
        self.walk.act("school_rep", "object")
        assert refused(self.walk, "facilitator", "accept", criteria=builders.ALL_AFFIRMED) == "open-objection"
        assert refused(self.walk, "police_rep", "resolve_objection") == "no-objection"
        assert refused(self.walk, "facilitator", "resolve_objection") == "not-your-role"
        self.walk.act("school_rep", "resolve_objection")
        assert refused(self.walk, "facilitator", "accept", criteria=builders.ALL_AFFIRMED) == ""

    def test_objections_do_not_block_a_rejection_and_are_counted(self) -> None:
        self._two_behind("agree_reject")
        self.walk.act("school_rep", "object")
        self.walk.act("hospital_rep", "object")
        self.walk.act("facilitator", "reject", reason=self._reason())
        assert self.walk.situation().objections_counted == 2
        with acting_as(self.cast.facilitator):
            assert not Objection.objects.filter(situation_id=self.walk.id).exists()
            assert Determination.objects.get(situation_id=self.walk.id).dissent == 2

    @pytest.mark.parametrize("group", ["overall-risk-lowered", "still-aer", "other"])
    def test_a_rejection_has_a_reason_of_its_own_list(self, group: str) -> None:
        self._two_behind("agree_reject")
        assert refused(self.walk, "facilitator", "reject", reason=self._reason(group)) == "reason"

    def test_deciding_needs_the_item_open_in_a_sitting_meeting(self) -> None:
        with acting_as(self.cast.facilitator):
            meetings.end(self.walk.meeting, by=self.cast.facilitator)
        for act in ("accept", "reject", "defer"):
            assert refused(self.walk, "facilitator", act) == "not-in-discussion"
        for act in ("stand", "object"):
            assert refused(self.walk, "crisis_rep", act) == "not-in-discussion"

    def test_the_third_deferral_with_an_objection_means_reject(self) -> None:
        for turn in (1, 2):
            self.walk.act("facilitator", "defer")
            assert self.walk.situation().deferrals == turn
            self._next_meeting()
            self.walk.act("facilitator", "discuss")
        self.walk.act("school_rep", "object")
        assert refused(self.walk, "facilitator", "defer") == "third-deferral"
        self.walk.act("school_rep", "resolve_objection")
        assert refused(self.walk, "facilitator", "defer") == ""

    def test_a_deferral_asks_everybody_anew(self) -> None:
        self._two_behind()
        self.walk.act("facilitator", "defer")
        self._next_meeting()
        self.walk.act("facilitator", "discuss")
        assert refused(self.walk, "facilitator", "accept", criteria=builders.ALL_AFFIRMED) == "backing"

    def _next_meeting(self) -> None:
        with acting_as(self.cast.facilitator):
            meetings.end(Meeting.objects.get(state="sitting"), by=self.cast.facilitator)
        meeting = builders.sitting_meeting(self.cast)
        with acting_as(self.cast.facilitator):
            agenda.add_to_agenda(meeting, Situation.objects.get(pk=self.walk.id), by=self.cast.facilitator)

    def test_nothing_goes_back_once_it_is_discussed(self) -> None:
        assert refused(self.walk, "facilitator", "return", reason="unclear") == "discussion-begun"

    def test_a_returned_filing_keeps_its_number_and_leaves_the_tables_sight(self) -> None:
        walk = builders.presented(self.cast)
        number = walk.situation().number
        walk.act("facilitator", "return", reason="unclear")
        assert refused(walk, "facilitator", "return", reason="unclear") == "not-found"
        assert walk.situation().state == State.DRAFT
        walk.act("shelter_rep", "present")
        assert walk.situation("facilitator").number == number

    def test_a_frozen_item_is_not_decided(self) -> None:
        self._two_behind()
        self.walk.act("privacy_officer", "freeze")
        assert refused(self.walk, "facilitator", "accept", criteria=builders.ALL_AFFIRMED) == "frozen"

    def test_before_the_door_no_compartment_exists(self) -> None:
        """There is nowhere to write a name (R7)."""
        self._two_behind()
        self.walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
        with acting_as(self.cast.shelter_rep):
            assert not AccessState.objects.get(pk=self.walk.id).compartments.exists()
        assert refused(self.walk, "shelter_rep", "enter_identifiers", subject=1, name="X") == "not-your-role"

    def test_a_conclusion_reason_is_not_taken_from_another_list(self) -> None:
        self._two_behind("agree_reject")
        assert refused(self.walk, "facilitator", "reject", reason=entry(CodeList.SEX, "male")) == "reason"
