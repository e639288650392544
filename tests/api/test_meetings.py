"""Does a meeting run through the second door as its verbs say, and does its page tell no more than the projection?"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from privacy.context import acting_as
from situations import meetings, series
from situations.meeting import Meeting
from tests import builders
from tests.api.door import Door
from tests.cast import Cast
from tests.pages.browsing import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def wanted() -> dict[str, str]:
    return {"table": "NIA", "starts_at": timezone.now().isoformat()}


def test_a_meeting_is_planned_once_for_one_key(cast: Cast) -> None:
    door, key = Door(cast.facilitator), uuid4().hex
    first, second = (door.post("meetings/", wanted(), key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert len(Door(cast.crisis_rep).get("meetings/", table="NIA").json()["results"]) == 1


def test_only_who_runs_it_plans_starts_and_ends(cast: Cast) -> None:
    for who in ("crisis_rep", "shelter_lead"):
        answer = Door(cast.people[who]).post("meetings/", wanted())
        assert (answer.status_code, answer.json()["code"]) == (403, "facilitator-only")
    meeting = Door(cast.recorder).post("meetings/", wanted()).json()["id"]
    for verb, state in (("start", "sitting"), ("end", "held")):
        assert Door(cast.crisis_rep).post(f"meetings/{meeting}/{verb}/").json()["code"] == "facilitator-only"
        done = Door(cast.facilitator).post(f"meetings/{meeting}/{verb}/")
        assert (done.status_code, done.json()["state"]) == (200, state)
        again = Door(cast.facilitator).post(f"meetings/{meeting}/{verb}/")
        assert (again.status_code, again.json()["code"]) == (403, {"start": "not-planned", "end": "not-sitting"}[verb])


def test_presence_is_ones_own_or_marked_by_who_runs_it(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast, present=())
    path = f"meetings/{meeting.pk}/presence/"
    own = Door(cast.crisis_rep).post(path, {"member": cast.crisis_rep.pk, "mode": "phone"})
    assert (cast.crisis_rep.name, "phone") in [(p["name"], p["mode"]) for p in own.json()["present"]]
    others = Door(cast.crisis_rep).post(path, {"member": cast.police_rep.pk})
    assert (others.status_code, others.json()["code"]) == (403, "facilitator-only")
    assert Door(cast.facilitator).post(path, {"member": cast.police_rep.pk}).status_code == 200
    gone = Door(cast.facilitator).post(path, {"member": cast.police_rep.pk, "present": False})
    assert cast.police_rep.name not in [p["name"] for p in gone.json()["present"]]


def test_people_who_do_not_sit_here_are_no_choice(cast: Cast) -> None:
    """A member of another table and a number nobody has answer alike."""
    path, door = f"meetings/{builders.sitting_meeting(cast).pk}/presence/", Door(cast.facilitator)
    for member in (cast.other_table.pk, cast.ended_seat.pk, cast.stranger.pk, 2_000_000, 2**70, "x", None):
        answer = door.post(path, {"member": member})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["member"])


def test_the_agenda_shows_each_member_what_the_projection_does(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    before, past = builders.discussed(cast, meeting), builders.disclosed(cast, meeting)
    for who, stage in (("police_rep", "door"), ("crisis_rep", "f3b"), ("facilitator", "door")):
        seen = Door(cast.people[who]).get(f"meetings/{meeting.pk}/").json()
        stages = {item["situation"]["id"]: item["situation"]["stage"] for item in seen["agenda"]}
        assert stages == {str(before.id): "f2", str(past.id): stage}
        assert seen["may_run"] is (who == "facilitator")
    Door(cast.school_rep).post(f"situations/{before.id}/acts/recuse/")
    left = Door(cast.school_rep).get(f"meetings/{meeting.pk}/").json()["agenda"]
    assert [item["situation"]["id"] for item in left] == [str(past.id)]


def test_who_is_in_the_huddle_is_not_told(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    builders.disclosed(cast, meeting)
    seen = Door(cast.police_rep).get(f"meetings/{meeting.pk}/")
    assert "huddle" not in seen.content.decode()


def test_only_the_tables_own_open_situations_come_onto_it(cast: Cast) -> None:
    walk = builders.presented(cast)
    draft = builders.draft(cast)
    path, door = f"meetings/{walk.meeting.pk}/agenda/", Door(cast.facilitator)
    for _again in range(2):
        listed = door.post(path, {"situation": str(walk.id)})
        assert [i["situation"]["id"] for i in listed.json()["agenda"]] == [str(walk.id)]
    hidden, absent = door.post(path, {"situation": str(draft.id)}), door.post(path, {"situation": str(uuid4())})
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert Door(cast.crisis_rep).post(path, {"situation": str(walk.id)}).json()["code"] == "facilitator-only"
    ended = builders.withdrawn(cast)
    assert door.post(path, {"situation": str(ended.id)}).json()["code"] == "not-open"


def test_pages_of_a_list_hold_every_row_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from situations.api import pages

    monkeypatch.setattr(pages, "PAGE_SIZE", 3)
    with acting_as(cast.facilitator):
        at = timezone.now()
        made = {meetings.plan(table=cast.nia, starts_at=at, by=cast.facilitator).pk for _ in range(7)}
        assert Meeting.objects.count() == 7
    found: list[str] = []
    sizes: list[int] = []
    cursor: Any = ""
    while cursor is not None:
        body = Door(cast.crisis_rep).get("meetings/", table="NIA", cursor=cursor).json()
        found += [row["id"] for row in body["results"]]
        sizes.append(len(body["results"]))
        cursor = body["next"]
    assert sizes == [3, 3, 1]
    assert sorted(found) == sorted(map(str, made))


def test_a_page_tells_nothing_of_rows_left_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stepped away from the newer ones gets a page filled with the others, and no cursor that counts them."""
    from situations.api import pages

    monkeypatch.setattr(pages, "PAGE_SIZE", 2)
    walks = [builders.presented(cast) for _ in range(5)]
    door = Door(cast.school_rep)
    for walk in walks[2:]:
        door.post(f"situations/{walk.id}/acts/recuse/")
    body = door.get("situations/", table="NIA").json()
    assert [row["id"] for row in body["results"]] == [str(w.id) for w in reversed(walks[:2])]
    assert body["next"] is None


def test_a_cursor_is_one_of_this_list(cast: Cast) -> None:
    for cursor in ("x", "AAAA", "é", "MjAyNi0wMS0wMSB4"):
        answer = Door(cast.crisis_rep).get("situations/", table="NIA", cursor=cursor)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])
    for query in ({}, {"table": "NIA", "state": "secret"}, {"table": "NIA\0"}):
        assert Door(cast.crisis_rep).get("situations/", **query).status_code == 400


def test_a_meeting_is_moved_and_cancelled_and_the_weekly_series_read(cast: Cast) -> None:
    with acting_as(cast.facilitator):
        at = timezone.now() + timedelta(days=3)
        meeting = meetings.plan(table=cast.nia, starts_at=at, by=cast.facilitator)
    chair, school = Door(cast.facilitator), Door(cast.school_rep)
    later = (at + timedelta(days=1)).isoformat()
    assert school.post(f"meetings/{meeting.pk}/change/", {"starts_at": later, "seen_moves": 0}).status_code == 403
    wanted = {"starts_at": later, "minutes": 30, "seen_moves": 0}
    moved = chair.post(f"meetings/{meeting.pk}/change/", wanted).json()
    assert (moved["minutes"], moved["code"]) == (30, f"NIA-{meeting.number}")
    assert chair.post(f"meetings/{meeting.pk}/cancel/").json()["state"] == "cancelled"
    assert chair.post(f"meetings/{meeting.pk}/cancel/").status_code == 403
    assert school.get("meetings/weekly/", table="NIA").status_code == 404
    with acting_as(cast.facilitator):
        series.set_weekly(
            table=cast.nia, weekday=4, at=time(9, 30), minutes=60, starts_on=date.today(), by=cast.facilitator  # noqa: DTZ011
        )  # fmt: skip
    assert school.get("meetings/weekly/", table="NIA").json()["weekday"] == 4
    assert Door(cast.other_table).get("meetings/weekly/", table="NIA").status_code == 404


def test_a_program_hands_the_typing_over_and_takes_it_back(cast: Cast) -> None:
    first = builders.presented(cast)
    second = builders.presented(cast, first.meeting)
    chair, recorder, school = Door(cast.facilitator), Door(cast.recorder), Door(cast.school_rep)
    path = f"meetings/{first.meeting.pk}"
    told = chair.get(f"{path}/driving/").json()
    assert (told["drives"], told["driver"], told["chairs"]) == (True, "", True)
    assert (cast.recorder.pk, "recorder") in [(d["member"], d["role"]) for d in told["hand_to"]]
    told = recorder.get(f"{path}/driving/").json()
    assert (told["drives"], told["driver"], told["may_take"]) == (False, cast.facilitator.name, False)
    refused = recorder.post(f"{path}/take-over/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-handed")
    handed = chair.post(f"{path}/hand-over/", {"member": cast.recorder.pk}).json()
    assert (handed["drives"], handed["driver"], handed["may_take"]) == (False, cast.recorder.name, True)
    assert recorder.get(f"{path}/driving/").json()["types_for"] == cast.facilitator.name
    item = builders.item_of(second).pk
    assert chair.post(f"{path}/turn/", {"item": str(item)}).json()["code"] == "not-driving"
    for _again in range(2):
        assert recorder.post(f"{path}/turn/", {"item": str(item)}).json()["current"] == str(item)
    assert school.get(f"{path}/").json()["current"] == str(item)
    for _again in range(2):
        back = chair.post(f"{path}/take-over/").json()
        assert (back["drives"], back["types_for"]) == (True, "")
    assert recorder.post(f"{path}/turn/", {"item": str(item)}).json()["code"] == "not-driving"


def test_who_drives_is_told_to_those_who_run_the_meeting_alone(cast: Cast) -> None:
    """As the control screen; and whom one could choose is asked after whether one may."""
    meeting = builders.sitting_meeting(cast)
    path = f"meetings/{meeting.pk}"
    for key, who in cast.everybody.items():
        opens = Browser(who).get("meeting_control", meeting.pk).status_code
        told = Door(who).get(f"{path}/driving/").status_code
        assert (told == 200) == (opens == 200) == (key in ("facilitator", "recorder")), key
        assert told in (200, 404), key
    for member in (cast.school_rep.pk, cast.other_table.pk, 10**9, "x", None):
        answer = Door(cast.facilitator).post(f"{path}/hand-over/", {"member": member})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["member"])
        answer = Door(cast.school_rep).post(f"{path}/hand-over/", {"member": member})
        assert (answer.status_code, answer.json()["code"]) == (403, "facilitator-only")


def test_the_item_the_table_is_on_is_not_told_to_who_stepped_away(cast: Cast) -> None:
    walk = builders.presented(cast)
    path, item = f"meetings/{walk.meeting.pk}", builders.item_of(walk).pk
    absent = Door(cast.facilitator).post(f"{path}/turn/", {"item": str(uuid4())})
    assert Door(cast.facilitator).post(f"{path}/turn/", {"item": str(item)}).status_code == 200
    walk.act("school_rep", "recuse")
    assert Door(cast.school_rep).get(f"{path}/").json()["current"] is None
    hidden = Door(cast.school_rep).post(f"{path}/turn/", {"item": str(item)})
    assert (hidden.status_code, hidden.content) == (404, absent.content)
