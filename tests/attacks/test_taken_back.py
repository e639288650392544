"""Is a decision typed in the moment in which the typing is taken back? Never: who comes second sees what came first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from privacy.context import acting_as, set_member
from privacy.decision import Denied
from situations import turns
from situations.lifecycle import perform
from situations.vocabulary import State
from tests import builders
from tests.attacks.test_races import somebody_waits
from tests.cast import Cast


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTakenBack:
    def test_a_decision_waits_for_the_one_who_takes_over_and_is_refused(self, committed_cast: Cast) -> None:
        cast, walk = committed_cast, builders.discussed(committed_cast)
        with acting_as(cast.facilitator):
            turns.hand_over(walk.meeting, cast.recorder, by=cast.facilitator)
        taken = Event()

        def take_back() -> None:
            try:
                with transaction.atomic():
                    set_member(cast.facilitator.pk)
                    turns.take_over(walk.meeting, by=cast.facilitator)
                    taken.set()
                    somebody_waits()
            finally:
                connections.close_all()

        def type_it() -> str:
            try:
                taken.wait(10)
                with transaction.atomic():
                    set_member(cast.recorder.pk)
                    perform("stop", walk.id, by=cast.recorder, reason="duplicate")
            except Denied as refused:
                return refused.decision.code
            finally:
                connections.close_all()
            return "done"

        with ThreadPoolExecutor(2) as threads:
            first, second = threads.submit(take_back), threads.submit(type_it)
            first.result(20)
            assert second.result(20) == "not-handed"
        assert walk.situation("facilitator").state == State.PRESENTED
