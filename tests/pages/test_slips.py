"""Is a slip undone that disclosed nothing, and none that did? Does an agency that leaves early come first?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies import seats
from agencies.models import Seat
from privacy.context import acting_as
from situations import agenda, presence, slips
from situations.lifecycle import open_draft
from situations.meeting import AgendaItem, Meeting
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text
from tests.pages.test_control import again, turn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def undo(browser: Browser, walk: Walk) -> int:
    return browser.post("meeting_undo", walk.meeting.pk, back="control").status_code


def control(browser: Browser, walk: Walk) -> str:
    return text(browser.get("meeting_control", walk.meeting.pk))


def order(walk: Walk) -> list[AgendaItem]:
    with acting_as(walk.cast.facilitator):
        return list(walk.meeting.items.order_by("position"))


def here(walk: Walk, key: str) -> bool:
    with acting_as(walk.cast.facilitator):
        return walk.meeting.presences.filter(member=walk.cast.people[key], left_at__isnull=True).exists()


def test_a_turn_is_undone_and_the_time_goes_back_to_the_item_that_was_left(cast: Cast) -> None:
    first = builders.presented(cast)
    second = builders.presented(cast, first.meeting)
    chair = Browser(cast.facilitator)
    turn(chair, first, way="next")
    with acting_as(cast.facilitator):
        slips.forget(first.meeting.pk)
        Meeting.objects.filter(pk=first.meeting.pk).update(current_since=timezone.now() - timedelta(seconds=90))
    turn(chair, first, way="next")
    assert f"Undo: turn to {second.situation().number}" in control(chair, first)
    assert undo(chair, first) == 302
    back = again(first)
    assert back.current == builders.item_of(first)
    assert builders.item_of(first).spent_seconds == 0
    assert back.current_since
    assert timezone.now() - back.current_since > timedelta(seconds=89)
    assert undo(chair, first) == 403, "there is nothing left"


def test_a_follow_up_that_was_passed_over_by_a_slip_is_still_to_be_reported_on(cast: Cast) -> None:
    earlier = builders.intervening(cast)
    chair = Browser(cast.facilitator)
    chair.post("meeting_do", earlier.meeting.pk, "end")
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        followed = walk.meeting.items.get(situation=earlier.id)
    turn(chair, walk, item=followed.pk)
    turn(chair, walk, item=builders.item_of(walk).pk)
    undo(chair, walk)
    undo(chair, walk)
    with acting_as(cast.facilitator):
        followed.refresh_from_db()
    assert (followed.opened_at, followed.closed_at) == (None, None)


def test_what_was_heard_stays_heard(cast: Cast) -> None:
    walk = builders.presented(cast)
    chair = Browser(cast.facilitator)
    turn(chair, walk, way="next")
    with acting_as(cast.facilitator):
        presence.mark_gone(walk.meeting, cast.school_rep, by=cast.facilitator)
    chair.post("act", walk.id, "discuss", key="one", seen_version=walk.situation().version)
    assert "Undo:" not in control(chair, walk), "the opening ends what can be undone"
    chair.post("meeting_do", walk.meeting.pk, "present", member=cast.school_rep.pk, back="control")
    assert "Undo:" not in control(chair, walk), "the item is open: who was marked present heard it"
    assert undo(chair, walk) == 403
    assert here(walk, "school_rep")


def test_a_mark_of_presence_is_undone_either_way(cast: Cast) -> None:
    walk = builders.discussed(cast)
    chair, item = Browser(cast.facilitator), builders.item_of(walk)
    chair.post("meeting_do", walk.meeting.pk, "gone", member=cast.school_rep.pk, back="control")
    assert not here(walk, "school_rep")
    assert f"Undo: {cast.school_rep.name} has left" in control(chair, walk)
    undo(chair, walk)
    assert here(walk, "school_rep")
    with acting_as(cast.facilitator):
        assert item.presences.filter(member=cast.school_rep, left_at__isnull=True).count() == 1
    following = builders.presented(cast, walk.meeting)
    walk.act("facilitator", "defer")
    chair.post("meeting_do", walk.meeting.pk, "present", member=cast.crisis_colleague.pk, back="control")
    assert here(walk, "crisis_colleague")
    undo(chair, walk)
    assert not here(walk, "crisis_colleague")
    with acting_as(cast.facilitator):
        assert not walk.meeting.presences.filter(member=cast.crisis_colleague).exists()
    chair.post("meeting_do", walk.meeting.pk, "present", member=cast.crisis_colleague.pk, back="control")
    following.act("facilitator", "discuss")
    assert undo(chair, walk) == 403, "meanwhile the next item was opened, and was heard"


def test_nothing_that_can_be_undone_tells_who_is_in_a_huddle(cast: Cast) -> None:
    """The crisis worker was named and sits in the huddle; the police were not. The line is the same for both."""
    walk = builders.behind_the_door(cast)
    chair = Browser(cast.facilitator)

    def heard() -> list[tuple[object, ...]]:
        with acting_as(cast.facilitator):
            return list(builders.item_of(walk).presences.order_by("pk").values_list("pk", "room", "left_at"))

    for somebody in (cast.police_rep, cast.crisis_rep):
        marked = {"member": somebody.pk, "back": "control"}
        before = heard()
        chair.post("meeting_do", walk.meeting.pk, "present", **marked)
        assert f"Undo: {somebody.name} is here" in control(chair, walk), somebody
        undo(chair, walk)
        assert heard() == before
        chair.post("meeting_do", walk.meeting.pk, "gone", **marked)
        assert f"Undo: {somebody.name} has left" in control(chair, walk), somebody
        before = heard()
        undo(chair, walk)
        assert heard() == before, "a huddle is not put back together from outside"
    assert here(walk, "crisis_rep")


def test_who_comes_back_needs_the_seat_and_stays_out_of_what_they_stepped_away_from(cast: Cast) -> None:
    walk = builders.discussed(cast)
    chair, item = Browser(cast.facilitator), builders.item_of(walk)

    def rows(key: str) -> list[bool]:
        with acting_as(cast.facilitator):
            there = item.presences.filter(member=cast.people[key]).order_by("pk")
            return [left is None for left in there.values_list("left_at", flat=True)]

    for key in ("school_rep", "hospital_rep", "police_rep"):
        chair.post("meeting_do", walk.meeting.pk, "gone", member=cast.people[key].pk, back="control")
    walk.act("hospital_rep", "recuse")
    seats.end_seat(Seat.objects.get(member=cast.police_rep))
    assert f"Undo: {cast.hospital_rep.name} has left" in control(chair, walk), "the police have no seat any more"
    undo(chair, walk)
    assert (here(walk, "hospital_rep"), rows("hospital_rep")) == (True, [False]), "at the meeting, not at this item"
    undo(chair, walk)
    assert (here(walk, "school_rep"), rows("school_rep")) == (True, [False, True]), "the absence between stays"
    assert not here(walk, "police_rep")


def test_the_order_is_undone_and_only_whoever_drives_undoes(cast: Cast) -> None:
    first = builders.presented(cast)
    builders.presented(cast, first.meeting)
    chair, recorder = Browser(cast.facilitator), Browser(cast.recorder)
    before = order(first)
    chair.post("meeting_do", first.meeting.pk, "move", item=before[1].pk, way="up")
    assert order(first) == before[::-1]
    for other in (recorder, Browser(cast.school_rep)):
        assert undo(other, first) == 403
    assert Browser(cast.other_table).post("meeting_undo", first.meeting.pk).status_code == 404
    undo(chair, first)
    assert order(first) == before


def brought_by_the_police(cast: Cast, meeting: Meeting) -> Walk:
    with acting_as(cast.police_rep):
        draft = open_draft(table=cast.nia, agency=cast.agencies["police"], by=cast.police_rep)
    walk = Walk(cast, draft.pk, meeting)
    walk.act("police_rep", "save", **builders.draft_data(cast))
    walk.act("police_rep", "present")
    with acting_as(cast.facilitator):
        agenda.add_to_agenda(meeting, walk.situation("facilitator"), by=cast.facilitator)
    return walk


def test_the_items_of_an_agency_that_leaves_come_next_by_one_confirm(cast: Cast) -> None:
    now = builders.presented(cast)
    other = builders.presented(cast, now.meeting)
    ours = brought_by_the_police(cast, now.meeting)
    chair, police = Browser(cast.facilitator), {"agency": cast.agencies["police"].pk, "back": "control"}
    turn(chair, now, item=builders.item_of(now).pk)
    assert chair.post("meeting_leaves", now.meeting.pk, at="late", **police).status_code == 403
    assert chair.post("meeting_leaves", now.meeting.pk, at="10:30", **police).status_code == 302
    page = control(chair, now)
    assert "until 10:30" in page.replace("\xa0", " ")
    assert "Nia River Police Service leaves at 10:30" in page.replace("\xa0", " ")
    assert f"Its items that wait: {ours.situation('facilitator').number}." in page
    before = [builders.item_of(walk) for walk in (now, other, ours)]
    assert order(now) == before
    chair.post("present_begin", next="/meetings/")
    assert "Its items that wait" not in control(chair, now), "on a shared screen: it would say for what it was chosen"
    chair.post("present_end", next="/meetings/")
    chair.post("meeting_leaves", now.meeting.pk, forward="1", **police)
    assert order(now) == [before[0], before[2], before[1]]
    assert "Nia River Police Service leaves at" not in control(chair, now), "nothing is left to bring forward"
    undo(chair, now)
    assert order(now) == before
    undo(chair, now)
    assert "until 10:30" not in control(chair, now).replace("\xa0", " ")
    assert Browser(cast.school_rep).post("meeting_leaves", now.meeting.pk, at="10:30", **police).status_code == 403
    absent = {"agency": cast.agencies["elsewhere"].pk, "back": "control"}
    assert chair.post("meeting_leaves", now.meeting.pk, at="10:30", **absent).status_code == 404


def test_an_item_the_chair_stepped_away_from_is_neither_counted_nor_moved(cast: Cast) -> None:
    now = builders.presented(cast)
    hidden = brought_by_the_police(cast, now.meeting)
    other = builders.presented(cast, now.meeting)
    ours = brought_by_the_police(cast, now.meeting)
    chair, police = Browser(cast.facilitator), {"agency": cast.agencies["police"].pk, "back": "control"}
    turn(chair, now, item=builders.item_of(now).pk)
    chair.post("meeting_leaves", now.meeting.pk, at="10:30", **police)
    first, second, third, last = (builders.item_of(walk) for walk in (now, hidden, other, ours))
    hidden.act("facilitator", "recuse")
    page = control(chair, now)
    assert f"Its items that wait: {ours.situation('police_rep').number}." in page
    chair.post("meeting_leaves", now.meeting.pk, forward="1", **police)
    assert order(now) == [first, last, second, third]
    ours.act("facilitator", "recuse")
    assert "Nia River Police Service leaves at" not in control(chair, now)


def test_past_the_door_nothing_tells_whose_an_item_is(cast: Cast) -> None:
    """The crisis team leads the follow-up; that it leaves must not move it."""
    earlier = builders.intervening(cast)
    chair = Browser(cast.facilitator)
    chair.post("meeting_do", earlier.meeting.pk, "end")
    first = builders.presented(cast)
    before = order(first)
    crisis = {"agency": cast.agencies["crisis"].pk, "back": "control"}
    chair.post("meeting_leaves", first.meeting.pk, at="10:30", **crisis)
    assert "Its items that wait" not in control(chair, first)
    chair.post("meeting_leaves", first.meeting.pk, forward="1", **crisis)
    assert order(first) == before


def test_the_time_of_an_item_is_planned_anew(cast: Cast) -> None:
    walk = builders.presented(cast)
    chair, item = Browser(cast.facilitator), builders.item_of(walk)
    turn(chair, walk, way="next")
    asked = {"item": item.pk, "back": "control"}
    assert chair.post("meeting_minutes", walk.meeting.pk, minutes="12", **asked).status_code == 302
    assert "of 12:00 planned" in control(chair, walk)
    for wrong in ("0", "91", "", "-3", "many"):
        assert chair.post("meeting_minutes", walk.meeting.pk, minutes=wrong, **asked).status_code == 403, wrong
    assert Browser(cast.school_rep).post("meeting_minutes", walk.meeting.pk, minutes="5", **asked).status_code == 403
    assert builders.item_of(walk).planned_minutes == 12
