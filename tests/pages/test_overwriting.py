"""Does a page that was opened earlier overwrite what was written since? Never silently, through either door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from privacy import gate
from privacy.context import acting_as
from privacy.models import Compartment
from privacy.vocabulary import CompartmentKind
from situations import meetings, planning
from situations.meeting import Meeting
from situations.series_model import MeetingSeries
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def versions(walk: Walk, subject: int = 1) -> dict[str, int]:
    """How often each text of a person was written, as the shelter's person may know it."""
    with acting_as(walk.cast.shelter_rep):
        room = Compartment.objects.get(access_id=walk.id, kind=CompartmentKind.SUBJECT, subject=subject)
        return gate.versions(room)


class TestSealedWords:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> Walk:
        return builders.intervening(shared_cast)

    @pytest.mark.parametrize(
        ("act", "element", "first", "second"),
        [
            ("enter_identifiers", "name", {"name": "Early Typed"}, {"name": "Late Typed"}),
            ("safe_contact", "safe_contact", {"instructions": "Early typed"}, {"instructions": "Late typed"}),
        ],
    )
    def test_a_stale_tab_is_told_and_keeps_what_was_typed(
        self, walk: Walk, act: str, element: str, first: dict[str, str], second: dict[str, str]
    ) -> None:
        browser, before = Browser(walk.cast.shelter_rep), versions(walk)[element]
        stale = browser.get("act", walk.id, act)
        assert browser.act(walk.id, act, **first).status_code == 302
        met = browser.post("act", walk.id, act, **(hidden(stale) | second))
        assert met.status_code == 409
        assert "Somebody wrote here after you opened the page." in text(met)
        assert next(iter(second.values())) in text(met), "nothing typed is lost"
        assert next(iter(first.values())) not in text(met), "what is sealed is revealed by a reveal alone"
        assert versions(walk)[element] == before + 1
        assert browser.post("act", walk.id, act, **(hidden(met) | second)).status_code == 302, "confirmed, knowing it"
        assert versions(walk)[element] == before + 2

    def test_a_form_without_the_versions_overwrites_nothing(self, walk: Walk) -> None:
        before, sent = versions(walk), {"subject": "1", "name": "Typed blindly"}
        for seen in ({}, {"seen_texts": ""}, {"seen_texts": "1:name:x 1:name 1:name:0"}):
            answer = Browser(walk.cast.shelter_rep).post("act", walk.id, "enter_identifiers", **sent, **seen)
            assert answer.status_code == 409, seen
        assert versions(walk) == before

    @pytest.mark.parametrize(
        ("act", "body"), [("enter_identifiers", {"subject": 1, "name": "N"}), ("safe_contact", {"instructions": "I"})]
    )
    def test_a_program_sends_the_version_it_looked_at(self, walk: Walk, act: str, body: dict[str, Any]) -> None:
        door, path = Door(walk.cast.shelter_rep), f"situations/{walk.id}/acts/{act}/"
        asked = door.get(path).json()
        assert asked["version_required"] is True
        assert [f["name"] for f in asked["fields"] if f["name"].startswith("seen_")] == []
        assert door.post(path, body).json()["errors"].keys() == {"seen_version"}
        assert door.post(path, body | {"seen_version": asked["version"]}).status_code == 200
        again = door.post(path, body | {"seen_version": asked["version"]})
        assert (again.status_code, again.json()["code"]) == (409, "stale")
        assert door.post(path, body | {"seen_texts": "1:name:1", "seen_version": 1}).status_code == 400


def test_what_a_colleague_did_elsewhere_stands_in_nobodys_way(cast: Cast) -> None:
    """The other field, the other person's room: only the words that are written over count."""
    walk = builders.partners(cast)
    browser = Browser(cast.shelter_rep)
    page = browser.get("act", walk.id, "enter_identifiers")
    walk.act("shelter_rep", "enter_identifiers", subject=2, name="Another")
    walk.act("shelter_rep", "enter_identifiers", subject=1, location="Elsewhere")
    sent = hidden(page) | {"subject": "1", "name": "Typed"}
    assert browser.post("act", walk.id, "enter_identifiers", **sent).status_code == 302
    assert browser.post("act", walk.id, "enter_identifiers", **(sent | {"subject": "2", "key": "x"})).status_code == 409


def planned(cast: Cast) -> Meeting:
    with acting_as(cast.facilitator):
        return meetings.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=2), by=cast.facilitator)


def test_a_meeting_somebody_moved_meanwhile_is_not_moved_again_unseen(cast: Cast) -> None:
    meeting, chair = planned(cast), Browser(cast.facilitator)
    stale = chair.get("meeting_change", meeting.pk)
    with acting_as(cast.recorder):
        planning.move(meeting, starts_at=meeting.starts_at, minutes=45, by=cast.recorder)
    sent = {"starts_at": f"{timezone.localtime(meeting.starts_at):%Y-%m-%d} 07:05", "minutes": "50"}
    met = chair.post("meeting_change", meeting.pk, **(hidden(stale) | sent))
    assert met.status_code == 409
    assert "for 45 minutes; yours is still in the fields" in text(met)
    assert all(value in text(met) for value in sent.values())
    assert chair.post("meeting_change", meeting.pk, **sent).status_code == 409, "nothing said of what was seen"
    assert chair.post("meeting_change", meeting.pk, **(hidden(met) | sent)).status_code == 302
    with acting_as(cast.facilitator):
        meeting.refresh_from_db()
    assert (meeting.minutes, meeting.moves) == (50, 2)


def test_a_program_moves_the_meeting_it_looked_at(cast: Cast) -> None:
    meeting, door = planned(cast), Door(cast.facilitator)
    body = {"starts_at": meeting.starts_at.isoformat(), "minutes": 20}
    assert door.post(f"meetings/{meeting.pk}/change/", body).json()["errors"].keys() == {"seen_moves"}
    moved = door.post(f"meetings/{meeting.pk}/change/", body | {"seen_moves": 0})
    assert (moved.status_code, moved.json()["moves"]) == (200, 1)
    stale = door.post(f"meetings/{meeting.pk}/change/", body | {"seen_moves": 0, "minutes": 25})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_a_weekly_rule_somebody_set_meanwhile_is_not_replaced_unseen(cast: Cast) -> None:
    chair, rule = Browser(cast.facilitator), {"at": "09:30", "minutes": "60", "starts_on": "2031-01-01"}
    stale = hidden(chair.get("meetings_weekly", "NIA"))
    theirs = Browser(cast.recorder)
    set_first = hidden(theirs.get("meetings_weekly", "NIA")) | rule | {"weekday": "1"}
    assert theirs.post("meetings_weekly", "NIA", **set_first).status_code == 302
    met = chair.post("meetings_weekly", "NIA", **(stale | rule | {"weekday": "3", "minutes": "75"}))
    assert met.status_code == 409
    assert "Every Tuesday at 09:30, 60 minutes" in text(met), "theirs"
    assert 'value="75"' in text(met), "mine"
    with acting_as(cast.facilitator):
        assert MeetingSeries.objects.get(ends_on__isnull=True).weekday == 1
    again = chair.post("meetings_weekly", "NIA", **(hidden(met) | rule | {"weekday": "3", "minutes": "75"}))
    assert again.status_code == 302
    with acting_as(cast.facilitator):
        assert MeetingSeries.objects.get(ends_on__isnull=True).weekday == 3
