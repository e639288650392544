"""Who may know what, when: does the policy hold to what was signed, and the projection to the policy?"""

from __future__ import annotations

import contextlib
from typing import ClassVar

import pytest

from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.policy import may_know, rule
from privacy.vocabulary import Audience, Category, Filter, Purpose
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import projection
from situations.vocabulary import State
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.laws import stages
from tests.laws.sharing_product import GRID, differences, expected

A, C, F = Audience, Category, Filter
_PAST_THE_DOOR = (F.F3B, F.F4, F.CONCLUDED)
_IDENTITY = {C.IDENTIFIERS, C.SAFE_CONTACT, C.PLAN, C.YOUTH_JUSTICE}


def test_the_signed_grid_is_whole() -> None:
    assert set(GRID) == {(f, a, c) for f in Filter for a in Audience for c in Category}


@pytest.mark.parametrize("filter_", list(Filter))
@pytest.mark.parametrize("audience", list(Audience))
def test_the_policy_is_what_was_signed(filter_: Filter, audience: Audience) -> None:
    for category in Category:
        assert (category in rule(filter_, audience).categories) == GRID[filter_, audience, category], category
        assert (category in may_know(filter_, [audience])) == GRID[filter_, audience, category], category


class TestWhatDomainMdSaysOfTheGrid:
    """The agreement's own sentences, each over the whole grid."""

    def test_a_draft_is_its_agencys_alone(self) -> None:
        assert {a for (f, a, _c), yes in GRID.items() if f == F.F1 and yes} == {A.ORIGINATING}

    def test_identity_is_for_named_persons_behind_the_door(self) -> None:
        reading = {(f, a) for (f, a, c), yes in GRID.items() if c in _IDENTITY and yes}
        assert reading == {(F.F3B, A.NAMED), (F.F4, A.NAMED), (F.CONCLUDED, A.NAMED)}

    def test_limited_identifiers_come_without_the_plan(self) -> None:
        assert {c for c in _IDENTITY if GRID[F.F3B, A.NAMED, c]} == {C.IDENTIFIERS}

    def test_past_the_door_the_table_sees_existence_and_report_back_only(self) -> None:
        for filter_ in _PAST_THE_DOOR:
            for audience in (A.ORIGINATING, A.SEATED, A.FACILITATOR):
                assert _yes(filter_, audience) == {C.EXISTENCE, C.REPORT_BACK}

    def test_screening_answers_never_leave_the_originating_agency(self) -> None:
        assert {a for (_f, a, c), yes in GRID.items() if c == C.SCREENING and yes} == {A.ORIGINATING}

    def test_a_guest_sees_de_identified_items_of_filter_2_only(self) -> None:
        assert {f for (f, a, _c), yes in GRID.items() if a == A.GUEST and yes} == {F.F2}
        assert _yes(F.F2, A.GUEST) == {C.EXISTENCE, C.CODED, C.SUMMARY}

    def test_managers_administrators_and_outsiders_see_no_situation(self) -> None:
        for audience in (A.MANAGER, A.ADMINISTRATOR, A.OUTSIDER):
            assert not any(yes for (_f, a, _c), yes in GRID.items() if a == audience)

    def test_the_privacy_officer_never_reads_what_a_situation_says(self) -> None:
        for filter_ in Filter:
            assert _yes(filter_, A.PRIVACY_OFFICER) <= {C.EXISTENCE, C.REPORT_BACK, C.LEDGER}
            assert _yes(filter_, A.PRIVACY_LEAD) <= {C.EXISTENCE, C.REPORT_BACK, C.LEDGER}

    def test_the_facilitator_has_no_more_than_any_seated_agency(self) -> None:
        for filter_ in Filter:
            assert _yes(filter_, A.FACILITATOR) <= _yes(filter_, A.SEATED)

    def test_youth_codes_are_the_originating_agencys_before_filter_4(self) -> None:
        reading = {(f, a) for (f, a, c), yes in GRID.items() if c == C.YOUTH_CODES and yes}
        before = {(F.F1, A.ORIGINATING), (F.F2, A.ORIGINATING), (F.F3A, A.ORIGINATING)}
        assert reading == before | {(F.F4, A.NAMED), (F.CONCLUDED, A.NAMED)}

    def test_closed_and_destroyed_items_say_how_they_ended_and_no_more(self) -> None:
        for filter_ in (F.CLOSED, F.DESTROYED):
            for audience in Audience:
                assert _yes(filter_, audience) <= {C.EXISTENCE, C.REPORT_BACK, C.LEDGER}

    def test_knowing_anything_includes_knowing_that_it_exists(self) -> None:
        for filter_ in Filter:
            for audience in Audience:
                assert not _yes(filter_, audience) or C.EXISTENCE in _yes(filter_, audience)

    def test_there_is_no_row_for_police(self) -> None:
        """What any other agency may, and never a role of their own (R53)."""
        assert not {a for a in Audience if "police" in a.value or "probation" in a.value}


def _yes(filter_: Filter, audience: Audience) -> set[Category]:
    return {c for c in Category if GRID[filter_, audience, c]}


@pytest.mark.usefixtures("committed_db_with_keys")
class TestEveryStageForEverybody:
    cast: ClassVar[Cast]
    walks: ClassVar[dict[str, Walk]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        stages.add_guest(committed_cast)
        cls.cast, cls.walks = committed_cast, stages.walk_all(committed_cast)

    @pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
    def test_the_projection_holds_what_was_signed_and_nothing_else(self, stage: stages.Stage) -> None:
        walk = self.walks[stage.name]
        wrong = {key: differences(walk, stage, key, member) for key, member in self.cast.everybody.items()}
        assert {key: found for key, found in wrong.items() if found} == {}
        assert any(expected(key, stage.state) for key in wrong), "somebody sees it"
        assert not any(expected(key, stage.state) for key in stages.NEVER)

    @pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
    def test_the_gate_opens_for_named_persons_only(self, stage: stages.Stage) -> None:
        """Whatever a door did, PostgreSQL itself gives a receipt to nobody else."""
        with acting_as(self.cast.crisis_rep):
            compartments = list(Compartment.objects.filter(access_id=self.walks[stage.name].id))
        allowed = set()
        for key, member in self.cast.everybody.items():
            for compartment in compartments:
                with acting_as(member), contextlib.suppress(Denied):
                    gate.authorise(compartment, purpose=Purpose.RECOGNISE)
                    allowed.add(key)
        open_here = stage.state in (State.LIMITED, State.INTERVENING, State.CONCLUDED) and stage.name != "frozen"
        assert allowed == (stages.NAMED if open_here else set())


@pytest.mark.django_db(databases=["default", "keys"])
class TestYouthCodes:
    """Criminal-involvement codes for ages 12-17 stay with the originating agency before filter 4 (R46)."""

    def _walk(self, cast: Cast, age: str) -> tuple[Walk, CatalogueEntry]:
        hidden = CatalogueEntry.objects.filter(code_list=CodeList.RISK_FACTOR, hidden_for_youth=True)[0]
        facts = {CodeList.RISK_FACTOR: [hidden, *builders.factors(2)]}
        return builders.presented(cast, age=age, facts=facts), hidden

    def _sees(self, walk: Walk, key: str, entry: CatalogueEntry) -> bool:
        member = walk.cast.people[key]
        with acting_as(member):
            coded = projection.see(walk.id, by=member).coded
        assert coded is not None
        shown = any(f.code == entry.code and f.category_code == entry.category_code for f in coded.risk_factors)
        assert coded.youth_codes_hidden != shown
        return shown

    def test_they_are_hidden_from_the_table_at_12_to_17(self, cast: Cast) -> None:
        walk, entry = self._walk(cast, "12-17")
        assert self._sees(walk, "shelter_colleague", entry)
        assert not any(self._sees(walk, key, entry) for key in ("police_rep", "crisis_rep", "facilitator", "recorder"))

    def test_they_are_shown_at_18(self, cast: Cast) -> None:
        walk, entry = self._walk(cast, "18-24")
        member = cast.police_rep
        with acting_as(member):
            coded = projection.see(walk.id, by=member).coded
        assert coded is not None
        assert entry.code in {f.code for f in coded.risk_factors}
        assert not coded.youth_codes_hidden

    def test_a_table_with_a_privacy_assessment_may_show_them(self, cast: Cast) -> None:
        cast.nia.youth_codes_before_f4, cast.nia.youth_codes_assessment = True, "PIA-1"
        cast.nia.save()
        walk, entry = self._walk(cast, "12-17")
        assert self._sees_all(walk, entry)

    @staticmethod
    def _sees_all(walk: Walk, entry: CatalogueEntry) -> bool:
        with acting_as(walk.cast.police_rep):
            coded = projection.see(walk.id, by=walk.cast.police_rep).coded
        return coded is not None and entry.code in {f.code for f in coded.risk_factors}
