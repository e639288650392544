"""Does a list, a number or a refusal tell of items and people that are not the reader's to know? (R57, R58)"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies import seats
from agencies.clock import today_at
from agencies.models import Letter, Seat
from agencies.paper_letters import WORK_OPEN
from privacy import access
from privacy.context import acting_as
from privacy.decision import Denied
from situations import agenda, issues, meetings, turns
from situations import scene as scenes
from situations.api import pages
from situations.meeting import Meeting
from situations.models import Situation
from situations.views import listing
from situations.views.homes.recorder import unfinished
from situations.vocabulary import IssueKind, MeetingState
from tests import builders
from tests.api.door import Door
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
_NOBODY = 2**40


def test_a_page_of_a_list_is_full_and_its_cursor_names_a_row_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    walks = [builders.presented(cast) for _ in range(5)]
    for away in (walks[1], walks[2], walks[4]):
        away.act("school_rep", "recuse")
    monkeypatch.setattr(listing, "PAGE", 1)
    browser, query, answers = Browser(cast.school_rep), "", []
    for _n in range(5):
        page = browser.get("situations", query=query)
        answers.append(text(page))
        following = re.search(r'href="[^"?]*(\?[^"]*before=[^"]*)"', answers[-1])
        if following is None:
            break
        query = unescape(following[1])
    told = [[n for n, w in enumerate(walks) if f"/{w.id}/" in page] for page in answers]
    assert not any(str(walks[n].id) in page for n in (1, 2, 4) for page in answers)
    assert told == [[3], [0]]


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_privacy_leads_list_reads_no_more_for_what_is_no_concern_of_theirs(
    cast: Cast, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 1)
    monkeypatch.setattr(pages, "PAGE_SIZE", 1)
    seat = Seat.objects.get(member=cast.shelter_privacy)
    Seat.objects.filter(pk=seat.pk).update(agency=cast.agencies["crisis"])
    acting = builders.chosen(cast)

    def asked() -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            if door == "page":
                page = text(Browser(cast.shelter_privacy).get("situations"))
            else:
                page = Door(cast.shelter_privacy).get("situations/", table="NIA").content.decode()
        read = [q for q in queries.captured_queries if 'FROM "situations_situation"' in q["sql"]]
        return [str(w.id) for w in (acting, *others) if str(w.id) in page], len(read)

    others: list[builders.Walk] = []
    before = asked()
    others += [builders.presented(cast) for _ in range(6)]
    assert before[0] == [str(acting.id)]
    assert asked() == before


def test_who_stepped_away_adds_to_no_agenda_and_hears_the_same_as_of_nothing(cast: Cast) -> None:
    walk = builders.presented(cast)
    for who in ("facilitator", "school_rep"):
        walk.act(who, "recuse")
        browser = Browser(cast.people[who])
        answers = {
            browser.post("meeting_do", walk.meeting.pk, "add", situation=ref).status_code for ref in (walk.id, uuid4())
        }
        assert answers == {404}, who


def test_nothing_is_added_to_a_meeting_that_ended_meanwhile(cast: Cast) -> None:
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        stale = Meeting.objects.get(pk=walk.meeting.pk)
        situation = Situation.objects.get(pk=walk.id)
        stale.items.all().delete()
        meetings.end(walk.meeting, by=cast.facilitator)
        assert stale.state == MeetingState.SITTING
        with pytest.raises(Denied):
            agenda.add_to_agenda(stale, situation, by=cast.facilitator)
        assert Situation.objects.get(pk=walk.id).meeting is None


def test_somebody_of_another_table_is_nobody_here(cast: Cast) -> None:
    walk = builders.presented(cast)
    for who, expected in (("facilitator", 404), ("recorder", 404), ("school_rep", 403)):
        for verb in ("present", "gone"):
            answers = {
                Browser(cast.people[who]).post("meeting_do", walk.meeting.pk, verb, member=pk).status_code
                for pk in (cast.other_table.pk, _NOBODY)
            }
            assert answers == {expected}, (who, verb)


def test_positions_are_counted_among_what_is_shown(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    walks = [builders.presented(cast, meeting) for _ in range(3)]
    walks[1].act("school_rep", "recuse")
    shown = Door(cast.school_rep).get(f"meetings/{meeting.pk}/").json()["agenda"]
    assert [item["position"] for item in shown] == [1, 2]


@pytest.mark.parametrize(("door", "body"), [("page", {"way": "down"}), ("api", {"position": 2})])
def test_an_item_moves_among_what_is_shown_to_whoever_moves_it(cast: Cast, door: str, body: dict[str, Any]) -> None:
    """An order that stays as it was tells that something stands between."""
    meeting = builders.sitting_meeting(cast)
    first, between, last = (builders.presented(cast, meeting) for _ in range(3))
    between.act("facilitator", "recuse")
    item = builders.item_of(first)
    if door == "page":
        Browser(cast.facilitator).post("meeting_do", meeting.pk, "move", item=item.pk, **body)
    else:
        Door(cast.facilitator).post(f"meetings/{meeting.pk}/agenda/order/", {"item": str(item.pk), **body})
    shown = Door(cast.facilitator).get(f"meetings/{meeting.pk}/").json()["agenda"]
    assert [i["situation"]["id"] for i in shown] == [str(last.id), str(first.id)]
    with acting_as(cast.recorder):
        order = [i.situation_id for i in meeting.items.order_by("position")]
    assert order == [last.id, between.id, first.id], "what is not theirs to know keeps its place"


@pytest.mark.parametrize("door", ["page", "api"])
def test_the_order_of_a_meeting_that_ended_stays_as_its_record_has_it(cast: Cast, door: str) -> None:
    meeting = builders.sitting_meeting(cast)
    first, last = (builders.discussed(cast, meeting=meeting) for _ in range(2))
    with acting_as(cast.facilitator):
        meetings.end(meeting, by=cast.facilitator)
    for who in ("facilitator", "recorder"):
        if door == "page":
            body = {"item": builders.item_of(last).pk, "way": "up"}
            answer = Browser(cast.people[who]).post("meeting_do", meeting.pk, "move", **body)
        else:
            body = {"item": str(builders.item_of(last).pk), "position": 1}
            answer = Door(cast.people[who]).post(f"meetings/{meeting.pk}/agenda/order/", body)
        assert answer.status_code == 403, who
    with acting_as(cast.recorder):
        order = [i.situation_id for i in meeting.items.order_by("position")]
    assert order == [first.id, last.id]


def test_no_issue_is_named_or_closed_in_a_meeting_that_ended_meanwhile(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    sector = cast.agencies["housing"].sector
    with acting_as(cast.facilitator):
        named = issues.name(meeting, kind=IssueKind.WAITING, sector=sector, by=cast.facilitator)
        stale = Meeting.objects.get(pk=meeting.pk)
        meetings.end(meeting, by=cast.facilitator)
        assert stale.state == MeetingState.SITTING
        with pytest.raises(Denied):
            issues.name(stale, kind=IssueKind.COST, sector=sector, by=cast.facilitator)
        with pytest.raises(Denied):
            issues.close(named, stale, by=cast.facilitator)


def test_no_time_is_planned_in_a_meeting_that_ended_meanwhile(cast: Cast) -> None:
    walk = builders.discussed(cast)
    item = builders.item_of(walk)
    with acting_as(cast.facilitator):
        stale = agenda.item_of(walk.meeting, item.pk, by=cast.facilitator)
        meetings.end(walk.meeting, by=cast.facilitator)
        with pytest.raises(Denied):
            agenda.plan_minutes(stale, 90, by=cast.facilitator)


def test_a_lead_who_stepped_away_is_told_by_no_letter_that_work_is_open(cast: Cast) -> None:
    walk = builders.intervening(cast)
    walk.act("crisis_lead", "recuse")
    seat = Seat.objects.get(member=cast.crisis_rep)

    def told() -> int:
        with transaction.atomic():
            with acting_as(cast.administrator):
                seats.end(seat, on=today_at(cast.nia), by=cast.administrator)
            found = Letter.objects.filter(kind=WORK_OPEN, member=cast.crisis_lead).count()
            transaction.set_rollback(True)
        return found

    assert told() == 0
    other = builders.intervening(cast)
    assert other.id != walk.id
    assert told() == 1, "of what is still theirs to know they are told"


def test_the_recorder_is_not_told_of_an_item_it_stepped_away_from_in_a_number(cast: Cast) -> None:
    walk = builders.discussed(cast)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)

    def counted() -> list[int]:
        with acting_as(cast.recorder):
            return [m.undecided for m in unfinished({cast.nia.pk}, cast.recorder)]  # type: ignore[attr-defined]

    assert counted() == [1]
    walk.act("recorder", "recuse")
    assert counted() == []


def test_an_erased_scene_hands_out_no_agency_that_was_chosen(cast: Cast) -> None:
    walk = builders.chosen(cast)
    with acting_as(cast.facilitator):
        scene = scenes.load(walk.id, by=cast.facilitator, lock=True)
        assert scene.engagements
        access.erase(scene.access)
        scene.forget()
        assert scene.engagements == scene.every_engagement == []


@pytest.mark.parametrize("who", ["facilitator", "recorder", "school_rep", "other_table"])
def test_a_reference_in_a_form_is_answered_as_what_is_nowhere(cast: Cast, who: str) -> None:
    """What an address does not carry a body may: every reference that a meeting's forms take, on both doors."""
    walk = builders.discussed(cast)
    item, member, key = builders.item_of(walk), cast.people[who], walk.meeting.pk
    if who != "other_table":
        walk.act(who, "recuse")
    with acting_as(cast.facilitator):
        turns.hand_over(walk.meeting, cast.recorder, by=cast.facilitator)
        if who == "facilitator":
            turns.take_over(walk.meeting, by=cast.facilitator)

    def page(name: str, *of: object, **body: object) -> object:
        answer = Browser(member).post(name, key, *of, **body)
        return answer.status_code, answer.headers.get("Location", "").partition("#")[0]

    def door(path: str, **body: object) -> object:
        answer = Door(member).post(f"meetings/{key}/{path}", body)
        return answer.status_code, answer.json()

    asks: list[tuple[object, Callable[[object], object]]] = [
        (walk.id, lambda ref: page("meeting_do", "add", situation=ref)),
        (item.pk, lambda ref: page("meeting_do", "move", item=ref, way="up")),
        (item.pk, lambda ref: page("meeting_turn", item=ref)),
        (item.pk, lambda ref: page("meeting_minutes", item=ref, minutes="9")),
        (walk.id, lambda ref: door("agenda/", situation=str(ref))),
        (item.pk, lambda ref: door("agenda/order/", item=str(ref), position=1)),
        (item.pk, lambda ref: door("agenda/minutes/", item=str(ref), minutes=9)),
    ]
    for n, (ref, ask) in enumerate(asks):
        with transaction.atomic():
            real = ask(ref)
            transaction.set_rollback(True)
        assert real == ask(uuid4()), n
