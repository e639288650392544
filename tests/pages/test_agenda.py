"""Is the time of each item planned on the agenda, before the meeting and while it sits, by who runs it alone?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from privacy.context import acting_as
from risk.vocabulary import CodeList
from situations import agenda, meetings
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation
from situations.vocabulary import ItemKind
from tests import builders
from tests.api.door import Door
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def to_come(cast: Cast) -> Meeting:
    """A planned meeting with two items on its agenda."""
    sitting = builders.sitting_meeting(cast)
    walks = [builders.presented(cast, sitting) for _ in range(2)]
    with acting_as(cast.facilitator):
        meetings.end(sitting, by=cast.facilitator)
        planned = meetings.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=1), by=cast.facilitator)
        for walk in walks:
            agenda.add_to_agenda(planned, Situation.objects.get(pk=walk.id), by=cast.facilitator)
    return planned


def items(cast: Cast, meeting: Meeting) -> list[AgendaItem]:
    with acting_as(cast.facilitator):
        return list(meeting.items.order_by("position"))


@pytest.mark.parametrize("who", ["facilitator", "recorder"])
@pytest.mark.parametrize("sits", [False, True])
def test_the_minutes_of_each_item_and_their_sum_stand_on_the_agenda_and_are_set_there(
    cast: Cast, who: str, sits: bool
) -> None:
    meeting, browser = to_come(cast), Browser(cast.people[who])
    if sits:
        browser.post("meeting_do", meeting.pk, "start")
    first, second = items(cast, meeting)
    page = text(browser.get("meeting", meeting.pk))
    assert page.count("7 minutes planned") == 2
    assert "These items need 14 minutes; the meeting has 90." in page
    for item in (first, second):
        assert re.search(rf'<label for="m{item.pk}">.*?<input[^>]*type="number" id="m{item.pk}"', page), "by keyboard"
    planned = browser.post("meeting_minutes", meeting.pk, item=first.pk, minutes="20")
    assert planned["Location"] == f"/meetings/{meeting.pk}/#m{first.pk}"
    page = text(browser.get("meeting", meeting.pk))
    assert "20 minutes planned" in page
    assert "These items need 27 minutes" in page


def test_everybody_else_reads_them_and_sets_none(cast: Cast) -> None:
    meeting = to_come(cast)
    item = items(cast, meeting)[0]
    school = Browser(cast.school_rep)
    page = text(school.get("meeting", meeting.pk))
    assert "These items need 14 minutes" in page
    assert f'id="m{item.pk}"' not in page
    assert school.post("meeting_minutes", meeting.pk, item=item.pk, minutes="20").status_code == 403
    assert Browser(cast.other_table).post("meeting_minutes", meeting.pk, item=item.pk, minutes="20").status_code == 404
    refused = Browser(cast.facilitator).post("meeting_minutes", meeting.pk, item=item.pk, minutes="0")
    assert (refused.status_code, "Plan between 1 and 90 minutes." in text(refused)) == (403, True)


def test_what_a_member_stepped_away_from_is_in_no_sum_of_theirs(cast: Cast) -> None:
    meeting = to_come(cast)
    walk = builders.Walk(cast, items(cast, meeting)[0].situation_id, meeting)
    walk.act("school_rep", "recuse")
    assert "These items need 7 minutes" in text(Browser(cast.school_rep).get("meeting", meeting.pk))


def test_nothing_is_planned_for_a_meeting_that_is_over(cast: Cast) -> None:
    meeting = to_come(cast)
    chair = Browser(cast.facilitator)
    first = items(cast, meeting)[0]
    for verb in ("start", "end"):
        chair.post("meeting_do", meeting.pk, verb)
    assert f'id="m{first.pk}"' not in text(chair.get("meeting", meeting.pk))
    assert chair.post("meeting_minutes", meeting.pk, item=first.pk, minutes="9").status_code == 403


def test_a_program_orders_the_agenda_and_plans_its_time(cast: Cast) -> None:
    meeting = to_come(cast)
    first, second = items(cast, meeting)
    chair, school, stranger = Door(cast.facilitator), Door(cast.school_rep), Door(cast.other_table)
    path = f"meetings/{meeting.pk}/agenda/"
    seen = chair.post(f"{path}minutes/", {"item": str(first.pk), "minutes": 30}).json()["agenda"]
    assert [i["planned_minutes"] for i in seen] == [30, 7]
    for position in (2, 2, 99):
        seen = chair.post(f"{path}order/", {"item": str(first.pk), "position": position}).json()["agenda"]
        assert [i["id"] for i in seen] == [str(second.pk), str(first.pk)], "the same when sent twice"
    other = to_come(cast)
    for wanted in ({"minutes": 0}, {"minutes": 91}, {}):
        wrong = chair.post(f"{path}minutes/", {"item": str(first.pk), **wanted})
        assert (wrong.status_code, [*wrong.json()["errors"]]) == (400, ["minutes"])
    for body, name in (({"minutes": 5}, "minutes"), ({"position": 1}, "order")):
        mine = {"item": str(first.pk), **body}
        assert school.post(f"{path}{name}/", mine).json()["code"] == "facilitator-only"
        assert stranger.post(f"{path}{name}/", mine).status_code == 404
        assert chair.post(f"meetings/{other.pk}/agenda/{name}/", mine).status_code == 404, "an item of another agenda"


def test_what_is_over_neither_waits_nor_can_be_moved(cast: Cast) -> None:
    """An intervention ended before its follow-up was called; a deferred one can be taken up again."""
    gone, deferred, waits = builders.contacted(cast), builders.discussed(cast), builders.presented(cast)
    deferred.act("facilitator", "defer")
    with acting_as(cast.facilitator):
        AgendaItem.objects.filter(situation_id=gone.id).update(kind=ItemKind.FOLLOW_UP, opened_at=None, closed_at=None)
    page = text(Browser(cast.facilitator).get("meeting", gone.meeting.pk))
    assert "Waiting" in _row(page, builders.item_of(gone))
    builders.close_notices(gone)
    ended = builders.entry(CodeList.CONCLUSION_REASON, "connected-to-services")
    gone.act("crisis_rep", "conclude", reason=ended)
    page = text(Browser(cast.facilitator).get("meeting", gone.meeting.pk))
    assert "Concluded" in _row(page, builders.item_of(gone))
    assert "Waiting" not in _row(page, builders.item_of(gone))
    for over in (gone, deferred):
        assert "Plan it" not in _row(page, builders.item_of(over))
        assert "Move up" not in _row(page, builders.item_of(over))
    assert "Open for discussion" in _row(page, builders.item_of(deferred))
    assert "Plan it" in _row(page, builders.item_of(waits))


def _row(page: str, item: AgendaItem) -> str:
    return page.split(f'<article class="row" data-key="{item.pk}">')[1].split("</article>")[0]


def test_nothing_is_chosen_before_somebody_chooses(cast: Cast) -> None:
    """What would be added or named stands on no first line, and an empty choice says what to do."""
    meeting, chair = builders.sitting_meeting(cast), Browser(cast.facilitator)
    walk = builders.presented(cast, meeting)
    with acting_as(cast.facilitator):
        AgendaItem.objects.filter(situation_id=walk.id).delete()
    page = text(chair.get("meeting", meeting.pk))
    for name in ("situation", "sector", "kind"):
        assert re.search(rf'<select[^>]*name="{name}" required><option value="">', page), name
    for verb, said in (("add", "Nothing was added."), ("issue", "Nothing was named.")):
        assert chair.post("meeting_do", meeting.pk, verb, situation="", sector="", kind="").status_code == 302
        assert said in text(chair.get("meeting", meeting.pk))
