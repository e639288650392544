"""Does what must end, end - and can what must go on still go on? Holds, vanished leads, a key server that is away."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from privacy import destruction, vault
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import Answer
from risk.vocabulary import CodeList
from situations import lifecycle, meetings, presence, scene
from situations.vocabulary import ConsentOutcome, ContactResult, NotSought, ReturnReason, State
from tests import builders
from tests.cast import Cast


@pytest.mark.django_db(databases=["default", "keys"])
class TestAHold:
    def test_a_returned_draft_under_a_hold_is_not_discarded(self, cast: Cast) -> None:
        """It would leave sealed text without an owner, unreachable for the end that follows a hold (R44)."""
        walk = builders.presented(cast)
        walk.act("privacy_officer", "hold")
        walk.act("facilitator", "return", reason=ReturnReason.UNCLEAR)
        with pytest.raises(Denied) as refused:
            walk.act("shelter_rep", "discard")
        assert refused.value.decision.code == "held"
        walk.act("shelter_rep", "present")
        walk.act("privacy_officer", "release")
        walk.act("shelter_rep", "withdraw")
        assert walk.outcomes[-1].state == State.WITHDRAWN


@pytest.mark.django_db(databases=["default", "keys"])
class TestALeadThatIsGone:
    def test_the_agency_that_brought_it_concludes_when_the_lead_has_left(self, cast: Cast) -> None:
        """Exactly one lead - but when its access ends the intervention must not be left without any end."""
        walk = builders.intervening(cast)
        walk.act("crisis_rep", "answer", answer=Answer.NOT_OURS)
        walk.act(
            "shelter_rep", "contact", contacted_at=timezone.now(), result=ContactResult.ATTEMPTED,
            consent_outcome=ConsentOutcome.NOT_SOUGHT, not_sought_reason=NotSought.NOT_REACHED,
        )  # fmt: skip
        builders.close_notices(walk)
        reason = builders.entry(CodeList.CONCLUSION_REASON, "connected-to-services")
        with pytest.raises(Denied):
            walk.act("housing_rep", "conclude", reason=reason)
        walk.act("shelter_rep", "conclude", reason=reason)
        assert walk.outcomes[-1].state == State.CONCLUDED

    def test_the_agency_that_discloses_cannot_say_not_ours(self, cast: Cast) -> None:
        """It brought the situation: without it nobody can disclose, correct or end it."""
        walk = builders.intervening(cast)
        with pytest.raises(Denied) as refused:
            walk.act("shelter_rep", "answer", answer=Answer.NOT_OURS)
        assert refused.value.decision.code == "brought-it"


@pytest.mark.django_db(databases=["default", "keys"])
class TestAMeetingThatIsOver:
    def test_nobody_is_marked_present_afterwards(self, cast: Cast) -> None:
        """Who was there is evidence of who heard."""
        walk = builders.presented(cast)
        with acting_as(cast.facilitator):
            meetings.end(walk.meeting, by=cast.facilitator)
            walk.meeting.refresh_from_db()
        with acting_as(cast.recorder), pytest.raises(Denied) as refused:
            presence.mark_present(walk.meeting, cast.recorder, by=cast.recorder)
        assert refused.value.decision.code == "meeting-held"

    def test_a_stranger_to_the_huddle_cannot_enter_it(self, cast: Cast) -> None:
        """An uninvolved member who marks himself present behind the door would stop every disclosure (R15)."""
        walk = builders.behind_the_door(cast)
        item = builders.item_of(walk)
        with acting_as(cast.school_rep), pytest.raises(Denied):
            presence.enter_huddle(item, cast.school_rep, by=cast.school_rep)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheKeyServerIsAway:
    def test_a_decision_stands_and_its_maker_is_told_so(
        self, committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The rejection is committed; an error page would say otherwise. The sweeper ends the keys later."""
        walk = builders.discussed(committed_cast)
        walk.act("crisis_rep", "agree_reject")
        walk.act("police_rep", "agree_reject")

        def away(*_: object, **__: object) -> int:
            raise OperationalError("the key server is away")

        reason = builders.entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone")
        with monkeypatch.context() as patched:
            patched.setattr(vault, "shred", away)
            assert walk.act("facilitator", "reject", reason=reason).state == State.REJECTED
        assert vault.has_keys(walk.id)
        destruction.finish_all()
        assert not vault.has_keys(walk.id)


@pytest.mark.django_db(databases=["default", "keys"])
def test_on_a_frozen_item_nobody_does_more_than_end_access(cast: Cast) -> None:
    """A freeze refuses every act that shares or decides, and says so; what only ends access goes on (R27, R58)."""
    walk = builders.disclosed(cast)
    walk.act("privacy_officer", "freeze")
    with acting_as(cast.crisis_rep):
        decided = lifecycle.decisions(scene.load(walk.id, by=cast.crisis_rep))
        ends = {"recuse", "recall", "withdraw_consent"}
        assert {d.code for name, d in decided.items() if name not in ends} == {"frozen"}
        assert decided["recuse"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM privacy_accessstate WHERE ref = %s AND frozen", [walk.id])
            assert cursor.fetchone()[0] == 1
