"""When eight people act on one item at once, is it decided once, and is nothing lost? Real connections and commits."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import connections

from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from reports.models import CodedRecord, CodedRecordVersion
from risk.vocabulary import CodeList
from situations.lifecycle import Outcome, Stale, perform
from situations.models import Determination, Situation, Stand
from situations.vocabulary import State
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast
from tests.db.raw import as_superuser

AT_ONCE = 8


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """All acts in the same moment, each in a thread with connections of its own; refusals are results."""
    ready = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return act()
        except (Denied, Stale) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


@pytest.mark.usefixtures("committed_db_with_keys")
class TestConcurrency:
    cast: ClassVar[Cast]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        builders.sitting_meeting(committed_cast)

    def _act(self, walk: Walk, who: str, name: str, key: str = "", **data: Any) -> Callable[[], Outcome]:
        member = self.cast.people[who]

        def act() -> Outcome:
            with acting_as(member):
                return perform(name, walk.id, by=member, key=key, **data)

        return act

    def _ready_for_anything(self) -> Walk:
        """Two agencies for it, two against it: accept, reject, stop, withdraw and defer are all possible."""
        walk = builders.discussed(self.cast)
        for key, act in (
            ("crisis_rep", "stand"), ("housing_rep", "stand"), ("police_rep", "agree_reject"),
            ("hospital_rep", "agree_reject"),
        ):  # fmt: skip
            walk.act(key, act)
        return walk

    @pytest.mark.parametrize("turn", range(5))
    def test_eight_decisions_at_once_are_one(self, turn: int) -> None:
        walk = self._ready_for_anything()
        reason = entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone", "rejected")
        ways: list[tuple[str, str, dict[str, Any]]] = [
            ("facilitator", "accept", {"criteria": builders.ALL_AFFIRMED}),
            ("facilitator", "reject", {"reason": reason}),
            ("facilitator", "stop", {"reason": "duplicate"}),
            ("shelter_rep", "withdraw", {}),
        ]
        acts = [self._act(walk, who, name, **data) for who, name, data in (ways * 2)[turn:] + (ways * 2)[:turn]]
        results = together(acts)
        done = [r for r in results if isinstance(r, Outcome)]
        leaving = {State.REJECTED, State.STOPPED, State.WITHDRAWN, State.CHOOSING}
        # Accepted first, it can still be withdrawn or stopped: that is a second decision, made on the new state.
        assert 1 <= len(done) <= 2
        assert len(done) == 1 or {o.state for o in done} in (
            {State.CHOOSING, State.STOPPED}, {State.CHOOSING, State.WITHDRAWN},
        )  # fmt: skip
        assert all(o.state in leaving for o in done)
        with as_superuser() as cursor:
            cursor.execute(
                "SELECT from_state, to_state FROM situations_history WHERE situation_id = %s AND from_state <> to_state"
                " AND act <> 'present' ORDER BY version", [str(walk.id)],
            )  # fmt: skip
            moves = cursor.fetchall()
        assert len(moves) == len(done)
        assert all(first[1] == second[0] for first, second in itertools.pairwise(moves))
        with acting_as(self.cast.recorder):
            row = Situation.objects.get(pk=walk.id)
            record = CodedRecord.objects.get(pk=str(row.statistics_id))
            assert CodedRecordVersion.objects.filter(record=record).count() == record.version == 1 + len(done)
            decided = Determination.objects.filter(situation=row)
            assert {d.act for d in decided} <= {"accept", "reject", "stop"}
        assert row.state == moves[-1][1]
        assert row.version == 1 + self._acts_on(walk)

    @staticmethod
    def _acts_on(walk: Walk) -> int:
        with as_superuser() as cursor:
            cursor.execute("SELECT count(*) FROM situations_history WHERE situation_id = %s", [str(walk.id)])
            return int((cursor.fetchone() or (0,))[0])

    def test_seven_agencies_standing_at_once_are_all_counted(self) -> None:
        walk = builders.discussed(self.cast)
        keys = ("crisis_rep", "police_rep", "housing_rep", "hospital_rep", "aid_rep", "school_rep", "facilitator")
        results = together([self._act(walk, key, "stand") for key in keys])
        assert [type(r) for r in results] == [Outcome] * len(keys)
        with acting_as(self.cast.recorder):
            assert Stand.objects.filter(situation_id=walk.id, stance="accept").count() == len(keys)
            assert Situation.objects.get(pk=walk.id).version == 1 + self._acts_on(walk)

    def test_one_key_has_one_effect_however_often_it_comes(self) -> None:
        walk, key = builders.discussed(self.cast), uuid4().hex
        results = together([self._act(walk, "facilitator", "defer", key) for _ in range(AT_ONCE)])
        assert sorted(r.repeated for r in results) == [False] + [True] * (AT_ONCE - 1)
        assert walk.situation().deferrals == 1

    def test_a_key_is_not_accepted_for_another_act(self) -> None:
        walk, key = builders.discussed(self.cast), uuid4().hex
        self._act(walk, "facilitator", "defer", key)()
        with pytest.raises(Stale):
            self._act(walk, "facilitator", "stop", key, reason="duplicate")()
        assert walk.situation().state == State.PRESENTED

    def test_who_decided_on_an_older_version_is_told(self) -> None:
        walk = self._ready_for_anything()
        version = walk.situation().version
        walk.act("school_rep", "object")
        with pytest.raises(Stale):
            walk.act("facilitator", "stop", reason="duplicate", seen_version=version)
        walk.act("facilitator", "stop", reason="duplicate", seen_version=version + 1)

    def test_eight_presentations_at_once_get_eight_numbers_in_a_row(self) -> None:
        drafts = [builders.draft(self.cast) for _ in range(AT_ONCE)]
        results = together([self._act(walk, "shelter_rep", "present") for walk in drafts])
        assert {type(r) for r in results} == {Outcome}
        sequence = sorted(int(walk.situation().number.rsplit("-", 1)[1]) for walk in drafts)
        assert sequence == list(range(sequence[0], sequence[0] + AT_ONCE))

    def test_one_lead_however_many_confirm(self) -> None:
        walk = builders.disclosed(self.cast)
        results = together(
            [self._act(walk, key, "confirm_lead") for key in ("crisis_rep", "housing_rep", "shelter_rep") * 2]
        )
        assert sum(isinstance(r, Outcome) for r in results) == 1
        with as_superuser() as cursor:
            cursor.execute(
                "SELECT count(*) FROM privacy_engagement WHERE access_id = %s AND lead_confirmed_at IS NOT NULL",
                [str(walk.id)],
            )
            assert cursor.fetchone() == (1,)

    def test_two_writers_of_one_text_lose_nothing(self) -> None:
        """Of those who saved on what they had seen, one wins; the others are told and keep what they typed."""
        walk = builders.draft(self.cast)
        results = together(
            [
                self._act(
                    walk, key, "save", texts={"summary": f"words of {key}"}, seen={"summary": 1}
                )
                for key in ("shelter_rep", "shelter_colleague", "shelter_lead")
            ]
        )  # fmt: skip
        assert sorted(type(r).__name__ for r in results) == ["Outcome", "Stale", "Stale"]

    def test_eight_reveals_of_one_receipt_are_one(self) -> None:
        walk = builders.disclosed(self.cast)
        with acting_as(self.cast.crisis_rep):
            receipt = gate.authorise(
                Compartment.objects.get(access_id=walk.id, kind="subject"), purpose=Purpose.RECOGNISE
            )

        def reveal() -> int:
            with acting_as(self.cast.crisis_rep):
                return len(gate.reveal(receipt).texts)

        results = together([reveal] * AT_ONCE)
        assert sorted(r for r in results if isinstance(r, int)) == [3]
        assert sum(isinstance(r, Denied) for r in results) == AT_ONCE - 1
