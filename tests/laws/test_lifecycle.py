"""Does the lifecycle do what domain.md says? Every stage, every act, everybody - decided, and carried out.

`decide` is what a button asks, `perform` what a submit gets; both must agree with the agreement written down by hand
in lifecycle_by_hand.py, on situations walked through real verbs.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

import pytest

from privacy.context import acting_as
from privacy.decision import Denied
from situations import lifecycle, scene
from situations.acts import ACTS
from situations.models import Situation
from tests.builders import Walk
from tests.cast import Cast
from tests.laws import stages
from tests.laws.lifecycle_by_hand import LAWS, SUCCEEDS, WHILE_FROZEN
from tests.laws.lifecycle_product import FROZEN, HIDDEN, refusal, try_cell
from tests.laws.sharing_product import expected

#: Of the cells that nobody could do anything in, one in so many is submitted here; the proof submits them all.
_ONE_IN = 23


def test_the_acts_are_those_of_the_agreement() -> None:
    assert set(ACTS) == set(LAWS)
    for name, law in LAWS.items():
        act = ACTS[name]
        assert (set(act.sources), set(act.who)) == (set(law.sources), set(law.who)), name
        assert (act.target, act.erases) == (law.target, law.erases), name
        assert act.while_frozen == (name in WHILE_FROZEN), name


def test_what_succeeds_is_a_stage_and_a_member_of_the_cast() -> None:
    known = {s.name: s for s in stages.STAGES}
    for name, by_stage in SUCCEEDS.items():
        for stage, keys in by_stage.items():
            assert keys, name
            assert not {refusal(name, key, known[stage]) for key in keys} - {""}, (name, stage)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestEveryActAtEveryStageByEverybody:
    cast: ClassVar[Cast]
    walks: ClassVar[dict[str, Walk]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        stages.add_guest(committed_cast)
        cls.cast, cls.walks = committed_cast, stages.walk_all(committed_cast)

    @pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
    def test_the_button_says_what_the_agreement_says(self, stage: stages.Stage) -> None:
        walk = self.walks[stage.name]
        for key, member in self.cast.everybody.items():
            with acting_as(member):
                if not expected(key, stage.state):
                    with pytest.raises(Denied) as hidden:
                        scene.load(walk.id, by=member)
                    assert hidden.value.decision.hidden, key
                    continue
                seen = scene.load(walk.id, by=member)
                offered = lifecycle.decisions(seen)
                for name in LAWS:
                    why = refusal(name, key, stage)
                    assert (name in offered) == (why in ("", FROZEN)), (key, name)
                    decision = offered.get(name) or lifecycle.decide(ACTS[name], seen)
                    if why:
                        assert (decision.allowed, decision.code) == (False, why), (key, name)
                    assert decision.allowed or str(decision.reason), (key, name)

    @pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
    def test_the_submit_does_what_the_agreement_says(self, stage: stages.Stage) -> None:
        walk, wrong, tried = self.walks[stage.name], {}, 0
        cells = [(key, name) for name in LAWS for key in self.cast.everybody]
        for number, (key, name) in enumerate(cells):
            why = refusal(name, key, stage)
            if why and number % _ONE_IN:
                continue
            tried += 1
            found = try_cell(walk, stage, key, self.cast.people[key], name)
            if found:
                wrong[key, name] = found
        assert not wrong
        assert tried >= len(cells) // _ONE_IN
        with acting_as(self.cast.shelter_rep):  # every cell was undone
            assert Situation.objects.get(pk=walk.id).state == stage.state

    def test_every_act_succeeds_somewhere(self) -> None:
        """A law that no stage could ever carry out would prove nothing. Those not in SUCCEEDS are tried here."""
        for name in set(LAWS) - set(SUCCEEDS):
            assert any(self._succeeds(name, stage) for stage in stages.STAGES), name

    def _succeeds(self, name: str, stage: stages.Stage) -> bool:
        walk = self.walks[stage.name]
        for key, member in self.cast.everybody.items():
            if not refusal(name, key, stage):
                with acting_as(member):
                    if lifecycle.decide(ACTS[name], scene.load(walk.id, by=member)):
                        return True
        return False

    def test_hidden_looks_like_absent(self) -> None:
        """Nobody learns from a refusal that a draft exists."""
        for ref in (self.walks["draft"].id, uuid4()):
            with acting_as(self.cast.police_rep), pytest.raises(Denied) as refused:
                lifecycle.perform("present", ref, by=self.cast.police_rep)
            assert (refused.value.decision.code, refused.value.decision.hidden) == (HIDDEN, True)
            assert not str(refused.value.decision.reason)
