"""Who drives a meeting, what does a turn do, and what does the control screen offer to whom?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from agencies import agreements
from agencies.models import Member, SharingAgreement, Standing
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.context import acting_as
from situations import meetings, on_file
from situations import scene as scenes
from situations.meeting import Meeting
from tests import builders
from tests import cast as people
from tests.builders import CANARY_SUMMARY, Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def again(walk: Walk, by: Member | None = None) -> Meeting:
    with acting_as(by or walk.cast.facilitator):
        return Meeting.objects.select_related("current").get(pk=walk.meeting.pk)


def turn(browser: Browser, walk: Walk, **asked: object) -> int:
    return browser.post("meeting_turn", walk.meeting.pk, back="control", **asked).status_code


def test_the_driver_turns_forward_and_back_and_everybody_is_on_that_item(cast: Cast) -> None:
    first = builders.presented(cast)
    second = builders.presented(cast, first.meeting)
    chair, school = Browser(cast.facilitator), Browser(cast.school_rep)
    assert "The table is on no item yet" in text(school.get("meeting_now", first.meeting.pk))
    assert turn(chair, first, way="next") == 302
    assert first.situation().number in text(school.get("meeting_now", first.meeting.pk))
    turn(chair, first, way="next")
    assert again(first).current == builders.item_of(second)
    turn(chair, first, way="previous")
    assert again(first).current == builders.item_of(first)
    turn(chair, first, item=builders.item_of(second).pk)
    assert again(first).current == builders.item_of(second)


def test_a_turn_pressed_twice_turns_once(cast: Cast) -> None:
    first = builders.presented(cast)
    second = builders.presented(cast, first.meeting)
    builders.presented(cast, first.meeting)
    chair = Browser(cast.facilitator)
    turn(chair, first, way="next")
    stood_on = builders.item_of(first).pk
    for _ in range(2):
        turn(chair, first, way="next", seen=stood_on)
    assert again(first).current == builders.item_of(second)


def test_after_the_last_item_comes_what_was_passed_over_and_then_the_end(cast: Cast) -> None:
    first = builders.discussed(cast)
    second = builders.discussed(cast, first.meeting)
    chair, waits = Browser(cast.facilitator), f"Go to {first.situation().number}, still waiting"
    to_next = '<button class="btn" type="submit" name="way" value="next">'
    with acting_as(cast.facilitator):
        items = builders.item_of(first), builders.item_of(second)
    second.act("facilitator", "defer")
    turn(chair, first, item=items[1].pk)
    page = text(chair.get("meeting_control", first.meeting.pk))
    assert waits in page
    assert to_next not in page, "there is none"
    found = re.search(r'name="item" value="([^"]+)"><button class="btn" type="submit">Go to', page)
    assert found
    turn(chair, first, item=found[1])
    assert again(first).current == items[0]
    first.act("facilitator", "defer")
    assert to_next in text(chair.get("meeting_control", first.meeting.pk))
    turn(chair, first, item=items[1].pk)
    page = text(chair.get("meeting_control", first.meeting.pk))
    assert waits not in page
    assert page.count("End the meeting now") == 1
    assert page.index("It was the last item.") < page.index("End the meeting now") < page.index("Who types")


def test_a_turn_discloses_nothing_and_opens_nothing_before_the_door(cast: Cast) -> None:
    walk = builders.presented(cast)
    turn(Browser(cast.facilitator), walk, way="next")
    item = builders.item_of(walk)
    assert (item.opened_at, walk.situation().discussed_at) == (None, None)
    assert not item.presences.exists()


def test_who_stepped_away_is_named_before_the_door_alone(cast: Cast) -> None:
    """Past it, to have stepped away says that one knows the person: nobody who is not named reads it."""
    chair, said = Browser(cast.facilitator), "stepped away from this item"
    for build, found in ((builders.presented, True), (builders.behind_the_door, False)):
        walk = build(cast)
        turn(chair, walk, item=builders.item_of(walk).pk)
        walk.act("school_rep", "recuse")
        page = text(chair.get("meeting_control", walk.meeting.pk))
        assert walk.situation().number in page
        assert (said in page or "Stepped away" in page) is found


def test_only_who_drives_turns_and_taking_over_is_explicit(cast: Cast) -> None:
    walk = builders.presented(cast)
    second = people.seated(cast, "second_chair", cast.agencies["town"], cast.nia, Role.FACILITATOR)
    other, recorder, school = Browser(second), Browser(cast.recorder), Browser(cast.school_rep)
    for browser in (other, recorder, school):
        assert turn(browser, walk, way="next") == 403
    assert f"{cast.facilitator.name} is driving" in text(other.get("meeting_control", walk.meeting.pk))
    assert recorder.post("meeting_drive", walk.meeting.pk).status_code == 403, "the recorder is handed it"
    assert school.post("meeting_drive", walk.meeting.pk).status_code == 403
    assert other.post("meeting_drive", walk.meeting.pk, back="control").status_code == 302
    assert turn(other, walk, way="next") == 302
    assert turn(Browser(cast.facilitator), walk, way="next") == 403


def test_the_typing_is_handed_to_the_recorder_and_taken_back(cast: Cast) -> None:
    walk = builders.presented(cast)
    chair, recorder = Browser(cast.facilitator), Browser(cast.recorder)
    school, nobody = Browser(cast.school_rep), 10**9
    for to in (cast.school_rep.pk, cast.other_table.pk, nobody):
        assert chair.post("meeting_drive", walk.meeting.pk, to=to).status_code == 404, "who cannot run it is nobody"
        assert school.post("meeting_drive", walk.meeting.pk, to=to).status_code == 403, "asked before it is looked up"
    assert chair.post("meeting_drive", walk.meeting.pk, to=cast.recorder.pk).status_code == 302
    assert turn(recorder, walk, way="next") == 302
    page = text(recorder.get("meeting_control", walk.meeting.pk))
    assert "Open for discussion" in page
    walk.act("facilitator", "discuss")
    assert 'name="significant_interest"' in text(recorder.get("meeting_control", walk.meeting.pk)), (
        "typed for the chair"
    )
    chair.post("meeting_drive", walk.meeting.pk)
    assert (again(walk).driver_id, again(walk).handed_by_id) == (cast.facilitator.pk, None)
    assert 'name="significant_interest"' not in text(recorder.get("meeting_control", walk.meeting.pk))


def test_the_control_screen_is_for_those_who_run_the_meeting(cast: Cast) -> None:
    walk = builders.discussed(cast)
    for member in (cast.school_rep, cast.shelter_lead, cast.manager, cast.other_table, cast.stranger):
        assert Browser(member).get("meeting_control", walk.meeting.pk).status_code == 404


def test_present_and_the_quorum_say_one_number_of_agencies(cast: Cast) -> None:
    """The agency of those who run the meeting is among them, whoever else sits for it; a guest's is not."""
    walk = builders.discussed(cast)
    with acting_as(cast.facilitator):
        here = set(walk.meeting.presences.filter(left_at__isnull=True, guest=False).values_list("agency_id", flat=True))
        seats = Standing.objects.at(cast.nia.pk).in_roles(*SEATED_ROLES)
        able = set(seats.values_list("agency_id", flat=True))
    assert cast.agencies["town"].pk in here, "nobody of it but who runs the meeting"
    page = text(Browser(cast.facilitator).get("meeting_control", walk.meeting.pk))
    assert f"{len(here)} of {len(able)} agencies" in page
    assert f"of {len(able)} agencies, no name" in page, "who may see it, in the band"
    assert "Their agencies count for the quorum too." in page
    assert f"{len(here)} agencies take part, {cast.nia.quorum} needed" in page


def test_who_lost_the_seat_during_the_meeting_sits_there_for_nobody(cast: Cast) -> None:
    """The agreement of an agency ends while its person sits there: its name is on no list, and it makes no quorum."""
    walk = builders.discussed(cast)
    with acting_as(cast.facilitator):
        before = scenes.load(walk.id, by=cast.facilitator)
        assert cast.agencies["hospital"].pk in on_file.present(before)
    with acting_as(cast.administrator):
        agreement = SharingAgreement.objects.get(agency=cast.agencies["hospital"], table=cast.nia)
        agreements.end(agreement, by=cast.administrator)
    with acting_as(cast.facilitator):
        assert cast.agencies["hospital"].pk not in on_file.present(scenes.load(walk.id, by=cast.facilitator))
    page = text(Browser(cast.facilitator).get("meeting_control", walk.meeting.pk))
    assert "7 of 7 agencies" in page
    assert "of 7 agencies, no name" in page
    assert "7 agencies take part, 4 needed" in page
    assert "Quorum is met: 7 agencies are here, 4 are needed." in text(
        Browser(cast.facilitator).get("meeting", walk.meeting.pk)
    )
    assert "7 agencies are present; 4 are needed." in text(Browser(cast.facilitator).get("home"))


def test_no_quorum_is_counted_of_an_item_that_is_not_open(cast: Cast) -> None:
    """Nobody takes part in it yet, however many sit at the table."""
    walk = builders.presented(cast)
    assert "No quorum yet" not in text(Browser(cast.facilitator).get("situation", walk.id))
    walk.act("facilitator", "discuss")
    assert "Quorum is met" in text(Browser(cast.facilitator).get("situation", walk.id))


def test_the_control_screen_offers_each_act_in_place_and_says_why_not(cast: Cast) -> None:
    walk = builders.discussed(cast)
    page = text(Browser(cast.facilitator).get("meeting_control", walk.meeting.pk))
    assert CANARY_SUMMARY in page
    assert "Two agencies, other than the one that brought it, must stand behind it." in page
    assert 'name="significant_interest"' in page
    for act in ("defer", "stop"):
        assert f'action="/situations/{walk.id}/do/{act}/"' in page
    assert f'action="/situations/{walk.id}/do/reject/"' not in page
    assert "Not possible now" in page


def test_an_act_from_the_control_screen_leads_back_to_it(cast: Cast) -> None:
    walk = builders.discussed(cast)
    chair = Browser(cast.facilitator)
    done = chair.post("act", walk.id, "defer", back="control", key="one", seen_version=walk.situation().version)
    assert done["Location"] == f"/meetings/{walk.meeting.pk}/control/"
    assert "Deferred" in text(chair.get("meeting_control", walk.meeting.pk))


def test_past_the_door_the_meeting_s_pages_hold_the_number_and_nothing_else(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    for member in (cast.school_rep, cast.crisis_rep, cast.facilitator):
        browser = Browser(member)
        pages = [browser.get("meeting_now", walk.meeting.pk)]
        pages += [browser.get("meeting_control", walk.meeting.pk)] if member == cast.facilitator else []
        for page in pages:
            assert walk.situation().number in text(page)
            for canary in (CANARY_SUMMARY, *builders.IDENTIFIERS, "18-24"):
                assert canary not in text(page)
    assert "Open the huddle" in text(Browser(cast.crisis_rep).get("meeting_now", walk.meeting.pk))


def test_a_follow_up_is_dealt_with_by_turning_to_it_and_away(cast: Cast) -> None:
    earlier = builders.intervening(cast)
    chair = Browser(cast.facilitator)
    chair.post("meeting_do", earlier.meeting.pk, "end")
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        followed = walk.meeting.items.get(situation=earlier.id)
    turn(chair, walk, item=followed.pk)
    assert "Being reported on" in text(chair.get("meeting_control", walk.meeting.pk))
    turn(chair, walk, item=builders.item_of(walk).pk)
    with acting_as(cast.facilitator):
        followed.refresh_from_db()
    assert followed.opened_at
    assert followed.closed_at
    assert "Still open" in text(chair.get("meeting_control", walk.meeting.pk))


def test_asked_again_by_a_page_that_follows_only_the_parts_that_change_are_sent(cast: Cast) -> None:
    walk = builders.discussed(cast)
    browser = Browser(cast.school_rep)
    path = f"/meetings/{walk.meeting.pk}/now/"
    whole, parts = browser.client.get(path), browser.client.get(path, headers={"X-Live": "1"})
    assert CANARY_SUMMARY in whole.content.decode()
    assert CANARY_SUMMARY in parts.content.decode()
    assert "<header" not in parts.content.decode()


def test_what_is_dealt_with_leads_on_to_the_next_item(cast: Cast) -> None:
    deferred = builders.discussed(cast)
    others = [build(cast, deferred.meeting) for build in (builders.rejected, builders.behind_the_door)]
    chair = Browser(cast.facilitator)
    deferred.act("facilitator", "defer")
    read = {}
    for walk in (deferred, *others):
        turn(chair, walk, item=builders.item_of(walk).pk)
        read[walk.id] = text(chair.get("meeting_control", walk.meeting.pk))
    assert "It comes again at the next meeting." in read[deferred.id]
    assert "Rejected: " not in read[others[0].id], "the status is not said twice"
    assert "It is in its huddle" in read[others[1].id]
    assert "The lead says aloud" not in read[others[1].id], "nobody reports on what passed the door today"
    leads_on = [('value="next">Next item' in page) for page in read.values()]
    assert leads_on == [True, True, False], "the last one leads to the end"
    assert "It was the last item." in read[others[1].id]


def test_a_lead_is_proposed_by_one_tap_on_a_chosen_agency(cast: Cast) -> None:
    walk = builders.accepted(cast)
    chair = Browser(cast.facilitator)
    turn(chair, walk, item=builders.item_of(walk).pk)
    walk.act("facilitator", "choose", agency=cast.agencies["crisis"], necessity="provides_service")
    page = text(chair.get("meeting_control", walk.meeting.pk))
    assert page.count("Propose it") == 1, "the agency that brought it is not put forward"
    offered = page.split("Which of them leads?")[1].split("</ul>")[0]
    asked = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', offered))
    assert chair.post("act", walk.id, "choose", **asked).status_code == 302
    page = text(chair.get("meeting_control", walk.meeting.pk))
    assert "Proposed lead" in page
    assert "Propose it" not in page


def test_before_a_meeting_ends_it_says_what_is_not_dealt_with(cast: Cast) -> None:
    walk = builders.discussed(cast)
    chair = Browser(cast.facilitator)
    for name in ("meeting_control", "meeting"):
        assert "1 item is not dealt with." in text(chair.get(name, walk.meeting.pk)), name
    walk.act("facilitator", "defer")
    for name in ("meeting_control", "meeting"):
        page = text(chair.get(name, walk.meeting.pk))
        assert "not dealt with" not in page, name
        assert "End the meeting now" in page, name


def test_the_chair_reads_for_whom_a_tap_speaks_and_what_was_said(cast: Cast) -> None:
    walk = builders.discussed(cast)
    chair = Browser(cast.facilitator)
    turn(chair, walk, item=builders.item_of(walk).pk)
    page = text(chair.get("meeting_control", walk.meeting.pk))
    assert f"For <b>{cast.agencies['town'].name}</b>" in page
    assert "(said)" not in page
    walk.act("facilitator", "stand")
    assert "(said)" in text(chair.get("meeting_control", walk.meeting.pk))


def test_a_meeting_of_another_day_says_so_before_it_starts_and_leads_to_its_record_once_held(cast: Cast) -> None:
    chair, said = Browser(cast.facilitator), "planned for another day"
    now = timezone.now()
    with acting_as(cast.facilitator):
        far = meetings.plan(table=cast.nia, starts_at=now + timedelta(days=3), by=cast.facilitator)
        today = meetings.plan(table=cast.nia, starts_at=now, by=cast.facilitator)
    for name in ("meeting_control", "meeting"):
        assert said in text(chair.get(name, far.pk)), name
        assert said not in text(chair.get(name, today.pk)), name
    for verb in ("start", "end"):
        chair.post("meeting_do", today.pk, verb, back="control")
    assert f"/meetings/{today.pk}/record/" in text(chair.get("meeting_control", today.pk))


def test_who_brought_an_item_reads_that_it_waits(cast: Cast) -> None:
    walk = builders.presented(cast)
    assert "It waits for the meeting" in text(Browser(cast.shelter_rep).get("situation", walk.id))
    walk.act("facilitator", "discuss")
    assert "It waits for the meeting" not in text(Browser(cast.shelter_rep).get("situation", walk.id))
