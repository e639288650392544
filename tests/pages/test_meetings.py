"""Can a meeting be planned, run and ended from its page, by those who run it and by nobody else?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.vocabulary import Role
from privacy.context import acting_as
from situations import meetings as verbs
from situations.meeting import Meeting
from situations.vocabulary import MeetingState
from tests import builders
from tests import cast as people
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def planned(cast: Cast) -> Meeting:
    with acting_as(cast.facilitator):
        return verbs.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=1), by=cast.facilitator)


def test_the_facilitator_plans_starts_and_ends_a_meeting(cast: Cast) -> None:
    browser = Browser(cast.facilitator)
    sent_twice = hidden(browser.get("meetings")) | {"table": str(cast.nia.pk), "starts_at": "2031-02-27 09:30"}
    made, again = (browser.post("meetings", **sent_twice) for _ in range(2))
    assert made["Location"] == again["Location"], "one meeting, though the button was pressed twice"
    with acting_as(cast.facilitator):
        meeting = Meeting.objects.get()
    assert made["Location"] == f"/meetings/{meeting.pk}/"
    for verb, state in (("start", MeetingState.SITTING), ("end", MeetingState.HELD)):
        assert browser.post("meeting_do", meeting.pk, verb).status_code == 302
        with acting_as(cast.facilitator):
            meeting.refresh_from_db()
        assert meeting.state == state
        listed = text(browser.get("meetings"))
        assert (">Now</h2>" in listed) is (verb == "start"), "what sits is not to come"


def test_a_meeting_without_a_time_is_refused_beside_the_field(cast: Cast) -> None:
    answer = Browser(cast.facilitator).post("meetings", table=str(cast.nia.pk), starts_at="soon")
    assert answer.status_code == 200
    assert field_error(answer, "starts_at")
    assert 'value="soon"' in text(answer)


def test_members_mark_themselves_and_the_facilitator_marks_anybody(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast, present=("facilitator",))
    mine = Browser(cast.school_rep)
    assert mine.post("meeting_do", meeting.pk, "present", member=cast.school_rep.pk).status_code == 302
    assert mine.post("meeting_do", meeting.pk, "present", member=cast.police_rep.pk).status_code == 403
    assert mine.post("meeting_do", meeting.pk, "end").status_code == 403
    chair = Browser(cast.facilitator)
    assert chair.post("meeting_do", meeting.pk, "present", member=cast.police_rep.pk, mode="phone").status_code == 302
    assert chair.post("meeting_do", meeting.pk, "gone", member=cast.school_rep.pk).status_code == 302
    page = text(chair.get("meeting", meeting.pk))
    assert "2 agencies are here, 4 are needed." in page
    assert "(by phone)" in page


def test_the_agenda_is_moved_and_an_item_is_opened_from_it(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    first, second = builders.presented(cast, meeting), builders.presented(cast, meeting)
    browser = Browser(cast.facilitator)
    item = builders.item_of(second)
    browser.post("meeting_do", meeting.pk, "move", item=item.pk, way="up")
    page = text(browser.get("meeting", meeting.pk))
    assert page.index(second.situation().number) < page.index(first.situation().number)
    assert browser.post("act", second.id, "discuss", key="one-tap").status_code == 302
    assert "In discussion" in text(Browser(cast.school_rep).get("meeting", meeting.pk))


def test_who_does_not_sit_there_does_not_learn_of_it_and_a_guest_only_while_it_sits(cast: Cast) -> None:
    meeting = planned(cast)
    guest = people.seated(cast, "guest", cast.agencies["elsewhere"], cast.nia, Role.GUEST, meeting=meeting.pk)
    for member in (cast.other_table, cast.stranger, cast.administrator, cast.manager, guest):
        assert Browser(member).get("meeting", meeting.pk).status_code == 404
    with acting_as(cast.facilitator):
        verbs.start(meeting, by=cast.facilitator)
    assert Browser(guest).get("meeting", meeting.pk).status_code == 200
    assert Browser(guest).post("meeting_do", meeting.pk, "end").status_code == 403


def test_past_the_door_the_meeting_page_shows_the_number_and_nothing_else(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    page = text(Browser(cast.school_rep).get("meeting", walk.meeting.pk))
    assert walk.situation().number in page
    assert "With intervening agencies" in page
    assert "18-24" not in page


def test_nobody_is_told_to_tell_themselves(cast: Cast) -> None:
    walk, said = builders.disclosed(cast), "Tell the facilitator"
    with acting_as(cast.facilitator):
        Meeting.objects.filter(pk=walk.meeting.pk).update(current=builders.item_of(walk))
    for who, told in (("school_rep", True), ("facilitator", False)):
        browser = Browser(cast.people[who])
        assert (said in text(browser.get("situation", walk.id))) is told, who
        assert (said in text(browser.get("meeting_now", walk.meeting.pk))) is told, who


def test_a_meeting_that_is_over_leads_to_its_record_and_warns_of_nothing(cast: Cast) -> None:
    walk = builders.discussed(cast)
    browser = Browser(cast.facilitator)
    browser.post("meeting_do", walk.meeting.pk, "end")
    assert "Read the record" in text(browser.get("meeting_now", walk.meeting.pk))
    page = text(browser.get("meeting_control", walk.meeting.pk))
    assert not [said for said in ("No quorum", "Shared screen") if said in page]


def test_a_named_person_enters_the_huddle_and_somebody_unchosen_cannot(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    mine = Browser(cast.crisis_rep)
    assert mine.post("huddle_presence", walk.id, member=cast.crisis_rep.pk, way="out").status_code == 302
    assert "I am in the huddle" in text(mine.get("situation", walk.id))
    assert mine.post("huddle_presence", walk.id, member=cast.crisis_rep.pk, way="in").status_code == 302
    assert "I am in the huddle" not in text(mine.get("situation", walk.id))
    assert mine.post("huddle_presence", walk.id, member=cast.school_rep.pk, way="in").status_code == 404
    assert Browser(cast.school_rep).post("huddle_presence", walk.id, member=cast.school_rep.pk).status_code == 404
