"""Do things that happen at the same moment happen in some order? Real threads, real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from agencies.models import Member
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment, Engagement
from privacy.vocabulary import Answer, Purpose
from risk.vocabulary import CodeList
from situations import meetings, presence, undoing
from situations.lifecycle import Stale, perform
from situations.meeting import AgendaItem, ItemPresence, Meeting, MeetingPresence
from situations.models import Determination, History, Situation
from situations.vocabulary import MeetingState, State
from tests import builders
from tests.cast import Cast

#: What a refused one of several may hear.
REFUSED = (Denied, Stale)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all of them at once, each on a connection of its own; what became of each: "done" or the refusal."""
    ready = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> str:
        try:
            ready.wait(10)
            deed()
        except REFUSED as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def somebody_waits() -> None:
    """Until somebody waits for the end of this transaction."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("nobody waits")


def deed(member: Member, work: Callable[[], object]) -> Callable[[], object]:
    """Something a member does, in a transaction of its own."""

    def run() -> object:
        with acting_as(member):
            return work()

    return run


@pytest.mark.usefixtures("committed_db_with_keys")
class TestAtTheSameMoment:
    @pytest.mark.parametrize("_again", range(2))
    def test_accept_reject_withdraw_stop_decide_once(self, committed_cast: Cast, _again: int) -> None:
        cast = committed_cast
        walk = builders.discussed(cast)
        for key in ("crisis_rep", "housing_rep"):
            walk.act(key, "stand")
        for key in ("police_rep", "school_rep"):
            walk.act(key, "agree_reject")
        version = walk.situation().version
        no = builders.entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone")
        asked: list[tuple[Member, str, dict[str, Any]]] = [
            (cast.facilitator, "accept", {"criteria": builders.ALL_AFFIRMED}),
            (cast.facilitator, "reject", {"reason": no}),
            (cast.shelter_rep, "withdraw", {}),
            (cast.facilitator, "stop", {"reason": "duplicate"}),
        ]
        said = at_once(
            *(deed(by, partial(perform, act, walk.id, by=by, seen_version=version, **data)) for by, act, data in asked)
        )
        assert said.count("done") == 1, said
        decided = {"accept", "reject", "withdraw", "stop"}
        with acting_as(cast.facilitator):
            assert History.objects.filter(situation_id=walk.id, act__in=decided).count() == 1
            assert Determination.objects.filter(situation_id=walk.id).count() <= 1

    def test_the_meeting_ends_while_items_are_decided(self, committed_cast: Cast) -> None:
        """No deadlock, and nothing is decided in a meeting that is over."""
        cast = committed_cast
        walks = [builders.discussed(cast) for _ in range(3)]
        for walk in walks:
            walk.act("crisis_rep", "stand")
            walk.act("housing_rep", "stand")
        facilitator, meeting = cast.facilitator, walks[0].meeting
        said = at_once(
            *(
                deed(facilitator, partial(perform, "accept", w.id, by=facilitator, criteria=builders.ALL_AFFIRMED))
                for w in walks
            ),
            deed(cast.recorder, lambda: meetings.end(meeting, by=cast.recorder)),
        )
        assert said[-1] == "done"
        assert set(said[:-1]) <= {"done", "not-in-discussion"}
        with acting_as(facilitator):
            meeting.refresh_from_db()
            assert meeting.state == MeetingState.HELD
            assert not ItemPresence.objects.filter(item__meeting=meeting, left_at__isnull=True).exists()
            for walk, what in zip(walks, said, strict=False):
                state = Situation.objects.get(pk=walk.id).state
                assert state == (State.CHOOSING if what == "done" else State.PRESENTED)

    def test_every_verb_of_a_meeting_takes_its_locks_in_one_order(self, committed_cast: Cast) -> None:
        """Situations, meeting, then presence and items: whoever waits for one holds none of those that come after."""
        cast, chair = committed_cast, committed_cast.facilitator
        walk = builders.presented(cast)
        meeting, item = walk.meeting, builders.item_of(walk)
        presences = MeetingPresence.objects.filter(meeting=meeting, member=cast.school_rep)
        situations = Situation.objects.filter(pk=walk.id)
        meetings_ = Meeting.objects.filter(pk=meeting.pk)
        items = AgendaItem.objects.filter(pk=item.pk)
        for held, wanted, work in (
            (meetings_, presences, lambda: presence.mark_present(meeting, cast.school_rep, by=chair)),
            (meetings_, presences, lambda: presence.mark_gone(meeting, cast.school_rep, by=chair)),
            (situations, meetings_, lambda: undoing.undo(meeting, by=chair)),
            (meetings_, items, lambda: perform("discuss", walk.id, by=chair)),
            (situations, meetings_, lambda: meetings.end(meeting, by=chair)),
        ):
            with ThreadPoolExecutor(1) as pool:
                with acting_as(chair):
                    list(held.select_for_update(no_key=True))
                    waits = pool.submit(at_once, deed(chair, work))
                    somebody_waits()
                    assert list(wanted.select_for_update(nowait=True)), "it would be a deadlock"
                assert waits.result(10) == ["done"]

    def test_two_meetings_are_started_and_one_sits(self, committed_cast: Cast) -> None:
        """The second hears why; it does not end in a fault."""
        cast, facilitator = committed_cast, committed_cast.facilitator
        with acting_as(facilitator):
            for sitting in Meeting.objects.filter(table=cast.nia, state=MeetingState.SITTING):
                meetings.end(sitting, by=facilitator)
            planned = [meetings.plan(table=cast.nia, starts_at=timezone.now(), by=facilitator) for _ in range(3)]
        said = at_once(*(deed(facilitator, partial(meetings.start, m, by=facilitator)) for m in planned))
        assert sorted(said) == ["another-sits", "another-sits", "done"]
        with acting_as(facilitator):
            meetings.end(planned[said.index("done")], by=facilitator)

    def test_a_name_and_the_door(self, committed_cast: Cast) -> None:
        """Replacing the person while the door closes: whoever is named afterwards has the grants, nobody else."""
        cast = committed_cast
        walk = builders.chosen(cast)
        at_once(
            deed(
                cast.crisis_lead,
                lambda: perform("name_person", walk.id, by=cast.crisis_lead, person=cast.crisis_colleague),
            ),
            deed(cast.facilitator, lambda: perform("pass_door", walk.id, by=cast.facilitator)),
            deed(cast.school_rep, lambda: presence.mark_present(walk.meeting, cast.school_rep, by=cast.school_rep)),
        )
        item = builders.item_of(walk)
        with acting_as(cast.facilitator):
            named = set(Engagement.objects.filter(access_id=walk.id).values_list("person_id", flat=True))
            here = ItemPresence.objects.filter(item=item, left_at__isnull=True)
            assert set(here.values_list("member_id", flat=True)) <= named

    def test_two_confirm_and_one_says_not_ours(self, committed_cast: Cast) -> None:
        """One lead at most; the one that answered "not ours" does not lead."""
        cast = committed_cast
        walk = builders.disclosed(cast)
        at_once(
            deed(cast.crisis_rep, lambda: perform("confirm_lead", walk.id, by=cast.crisis_rep)),
            deed(cast.crisis_rep, lambda: perform("confirm_lead", walk.id, by=cast.crisis_rep)),
            deed(
                cast.shelter_rep,
                lambda: perform("propose_lead", walk.id, by=cast.shelter_rep, agency=cast.agencies["housing"]),
            ),
            deed(cast.housing_rep, lambda: perform("answer", walk.id, by=cast.housing_rep, answer=Answer.NOT_OURS)),
        )
        with acting_as(cast.facilitator):
            rows = Engagement.objects.filter(access_id=walk.id)
            leads = [e for e in rows if e.lead_confirmed_at is not None]
            assert len(leads) <= 1
            assert all(e.status == Engagement.Status.ENGAGED for e in leads)

    def test_a_receipt_and_the_end_of_the_right(self, committed_cast: Cast) -> None:
        """A receipt is used once; after the freeze, the recall or "not ours" it opens nothing."""
        cast = committed_cast
        walk = builders.disclosed(cast)
        with acting_as(cast.crisis_rep):
            compartment = Compartment.objects.get(access_id=walk.id, kind="subject")

        def ask() -> object:
            with acting_as(cast.crisis_rep):
                return gate.authorise(compartment, purpose=Purpose.RECOGNISE)

        receipt = ask()
        said = at_once(*(deed(cast.crisis_rep, lambda: gate.reveal(receipt)) for _ in range(4)))  # type: ignore[arg-type]
        assert sorted(said) == ["done", *["receipt-refused"] * 3]
        for before, after in ((("privacy_officer", "freeze"), ("privacy_officer", "unfreeze")),):
            receipt = ask()
            walk.act(*before)
            with acting_as(cast.crisis_rep), pytest.raises(Denied):
                gate.reveal(receipt)  # type: ignore[arg-type]
            with acting_as(cast.crisis_rep), pytest.raises(Denied):
                gate.authorise(compartment, purpose=Purpose.RECOGNISE)
            walk.act(*after)
        receipt = ask()
        for other in (cast.housing_rep, cast.crisis_colleague, cast.facilitator):
            with acting_as(other), pytest.raises(Denied):
                gate.reveal(receipt)  # type: ignore[arg-type]
        walk.act("crisis_rep", "recuse")
        with acting_as(cast.crisis_rep), pytest.raises(Denied):
            gate.reveal(receipt)  # type: ignore[arg-type]
