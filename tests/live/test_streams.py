"""Who hears of a change, how fast, and when does a stream end? Real web process, real connections (issue 4)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from agencies import seats
from agencies.models import Member, Seat, SignIn
from privacy.context import acting_as
from situations import presence
from situations.live import events
from situations.live.hub import HEARTBEAT
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.databases import installation
from tests.live.following import Following, cookie_of
from tests.processes import Served


@contextmanager
def following(web: Served, member: Member, path: str) -> Iterator[Following]:
    found = Following(web, path, cookie_of(member))
    try:
        if found.status == 200:
            found.next("changed")  # the first word of every stream: fetch once
            found.next("beat")
        yield found
    finally:
        found.close()


@pytest.mark.usefixtures("committed_db_with_keys")
class TestStreams:
    walk: Walk

    @pytest.fixture
    def walk_(self, committed_cast: Cast) -> Walk:
        if not hasattr(type(self), "walk"):
            type(self).walk = builders.discussed(committed_cast)
        return self.walk

    def test_a_change_reaches_who_may_follow_within_a_second_and_says_nothing(
        self, served: Served, committed_cast: Cast, walk_: Walk
    ) -> None:
        with following(served, committed_cast.school_rep, f"/live/meetings/{walk_.meeting.pk}/") as school:
            assert school.kind == "text/event-stream"
            began = time.monotonic()
            walk_.act("crisis_rep", "stand")
            assert school.next("changed") - began < 1
            with acting_as(committed_cast.recorder):
                presence.mark_present(walk_.meeting, committed_cast.recorder, by=committed_cast.recorder)
            school.next("changed")
            assert b"NIA-" not in school.received
            assert str(walk_.id).encode() not in school.received

    def test_a_change_that_is_rolled_back_is_not_heard(self, served: Served, committed_cast: Cast, walk_: Walk) -> None:
        with following(served, committed_cast.school_rep, f"/live/meetings/{walk_.meeting.pk}/") as school:
            with transaction.atomic():
                events.table_changed(committed_cast.nia.pk)
                transaction.set_rollback(True)
            assert school.quiet()

    def test_who_may_not_open_it_cannot_follow_it(self, served: Served, committed_cast: Cast, walk_: Walk) -> None:
        meeting, situation = f"/live/meetings/{walk_.meeting.pk}/", f"/live/situations/{walk_.id}/"
        for key in ("other_table", "stranger", "manager", "administrator", "ended_seat", "lapsed_undertaking"):
            for path in (meeting, situation, f"/live/huddles/{walk_.id}/"):
                assert Following(served, path, cookie_of(committed_cast.people[key])).status == 404, (key, path)
        # Nobody is in a huddle before the door, the one who brought it included.
        huddle = Following(served, f"/live/huddles/{walk_.id}/", cookie_of(committed_cast.shelter_rep))
        assert huddle.status == 404
        assert Following(served, meeting, "").status in (302, 403)

    def test_past_the_door_the_table_hears_of_nothing_and_the_huddle_of_everything(
        self, served: Served, committed_cast: Cast
    ) -> None:
        walk = builders.chosen(committed_cast)
        with (
            following(served, committed_cast.school_rep, f"/live/meetings/{walk.meeting.pk}/") as school,
            following(served, committed_cast.police_rep, f"/live/situations/{walk.id}/") as police,
        ):
            walk.act("facilitator", "pass_door")
            school.next("changed")
            police.next("changed")
            with following(served, committed_cast.crisis_rep, f"/live/huddles/{walk.id}/") as crisis:
                walk.act("shelter_rep", "enter_identifiers", subject=1, name="N", birth="", location="")
                crisis.next("changed")
                item = builders.item_of(walk)
                with acting_as(committed_cast.crisis_rep):
                    presence.leave(item, committed_cast.crisis_rep.pk)
                    presence.enter_huddle(item, committed_cast.crisis_rep, by=committed_cast.crisis_rep)
                crisis.next("changed")
            assert school.quiet()
            assert police.quiet()

    def test_a_lost_right_ends_the_stream_within_one_heartbeat(
        self, served: Served, committed_cast: Cast, walk_: Walk
    ) -> None:
        meeting = f"/live/meetings/{walk_.meeting.pk}/"
        with (
            following(served, committed_cast.hospital_rep, meeting) as hospital,
            following(served, committed_cast.aid_rep, meeting) as aid,
            following(served, committed_cast.police_rep, f"/live/situations/{walk_.id}/") as police,
            following(served, committed_cast.housing_rep, meeting) as housing,
            following(served, committed_cast.recorder, meeting) as recorder,
            following(served, committed_cast.recorder, meeting) as recorder_elsewhere,
        ):
            with acting_as(committed_cast.recorder):
                SignIn.objects.filter(session_key=recorder.session_key).update(locked_at=timezone.now())
            seats.end_seat(Seat.objects.get(member=committed_cast.hospital_rep))
            Session.objects.filter(session_key=aid.session_key).delete()
            walk_.act("police_rep", "recuse")
            began = time.monotonic()
            for lost in (hospital, aid, police, recorder):
                assert lost.next("over", within=HEARTBEAT + 2) - began < HEARTBEAT + 1
                lost.next("end")
            housing.next("beat")
            recorder_elsewhere.next("beat")
            walk_.act("housing_rep", "stand")
            housing.next("changed")

    def test_after_its_connection_was_cut_it_listens_again_and_everybody_looks_again(
        self, served: Served, committed_cast: Cast, walk_: Walk
    ) -> None:
        with following(served, committed_cast.school_rep, f"/live/meetings/{walk_.meeting.pk}/") as school:
            assert _cut_listeners() == 1
            school.next("changed", within=3)
            walk_.act("crisis_rep", "stand")
            school.next("changed")

    def test_streams_hold_no_connection_but_the_one_that_listens(
        self, served: Served, committed_cast: Cast, walk_: Walk
    ) -> None:
        cookie, before = cookie_of(committed_cast.school_rep), _backends()
        open_ = [Following(served, f"/live/meetings/{walk_.meeting.pk}/", cookie) for _ in range(20)]
        for one in open_:
            one.next("beat")
        # Besides: the hub's question and the ticker, each while it asks.
        assert _backends() <= before + 2
        for one in open_:
            one.close()


def _sessions(where: str) -> list[int]:
    with installation().main.superuser() as superuser, superuser.cursor() as cursor:
        cursor.execute(
            f"SELECT pid FROM pg_stat_activity WHERE datname = %s AND {where}",  # our own words
            [connection.settings_dict["NAME"]],
        )
        return [int(pid) for (pid,) in cursor.fetchall()]


def _backends() -> int:
    return len(_sessions("true"))


def _cut_listeners() -> int:
    pids = _sessions("query LIKE 'LISTEN %%'")
    with installation().main.superuser() as superuser, superuser.cursor() as cursor:
        for pid in pids:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    return len(pids)
