"""What does the record of a meeting say, to whom, and what can be added to it? (R12, R39, R57, R61, R63)"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from agencies.models import Sector
from privacy.context import acting_as
from privacy.decision import Denied
from situations import issues, meeting_record, meetings, paper
from situations.meeting import AgendaItem, Meeting
from situations.meeting_record import MeetingRecord
from situations.models import RecordCorrection, Situation
from situations.vocabulary import IssueKind, MeetingState, Told
from tests import builders
from tests.api.door import Door
from tests.builders import CANARY_SUMMARY, IDENTIFIERS
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def ended(cast: Cast, meeting: Meeting) -> Meeting:
    with acting_as(cast.facilitator):
        meetings.end(meeting, by=cast.facilitator)
        return Meeting.objects.select_related("table").get(pk=meeting.pk)


def read(cast: Cast, meeting: Meeting, who: str = "school_rep") -> MeetingRecord:
    with acting_as(cast.people[who]):
        return meeting_record.record(meeting.pk, by=cast.people[who])


def outcomes(seen: MeetingRecord) -> dict[str, list[str]]:
    return {i.number: [str(o) for o in i.outcomes] for i in seen.items}


def test_the_record_says_numbers_decisions_and_presence_and_nothing_of_anybody(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    door, rejected, deferred, waits = (
        builders.disclosed(cast, meeting), builders.rejected(cast, meeting), builders.discussed(cast, meeting),
        builders.presented(cast, meeting),
    )  # fmt: skip
    deferred.act("facilitator", "defer")
    ended(cast, meeting)
    seen = read(cast, meeting)
    assert outcomes(seen) == {
        door.situation().number: ["Threshold met", "Handed to the intervening agencies"],
        rejected.situation().number: ["Rejected"],
        deferred.situation().number: ["Deferred"],
        waits.situation().number: ["Not reached"],
    }
    assert {a.name: a.people for a in seen.agencies}["Lakemoor Hospital"] == 1
    assert next(i for i in seen.items if i.situation == rejected.id).agencies_present == 8
    # Past the door nobody at the table knows the discussion any more: not whose objections, and not how many.
    known = {i.situation: (i.agencies_present, i.objections) for i in seen.items}
    assert known[door.id] == (None, None)
    assert known[deferred.id] == (8, 0)
    rows = Door(cast.school_rep).get(f"meetings/{meeting.pk}/record/").json()["items"]
    told_by_door = {r["situation"]: (r["agencies_present"], r["objections"]) for r in rows}
    assert told_by_door == {str(ref): heard for ref, heard in known.items()}
    page = Browser(cast.school_rep).get("meeting_record", meeting.pk)
    pdf = Browser(cast.school_rep).get("meeting_record_pdf", meeting.pk)
    told = BytesIO(pdf.content)
    printed = "\n".join(sheet.extract_text() for sheet in PdfReader(told).pages)
    assert PdfReader(told).trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged"  # type: ignore[index]  # pypdf's own type
    for words in (text(page), printed):
        for number in outcomes(seen):
            assert number in words
        assert "Handed to the intervening agencies" in words
        for secret in (*IDENTIFIERS, CANARY_SUMMARY, "18-24", "Male", "homeless", cast.crisis_rep.name):
            assert secret not in words, secret


def test_who_does_not_sit_there_finds_no_record_and_nobody_one_of_a_meeting_that_sits(cast: Cast) -> None:
    walk = builders.rejected(cast)
    assert Browser(cast.facilitator).get("meeting_record", walk.meeting.pk).status_code == 404
    ended(cast, walk.meeting)
    for key in ("other_table", "stranger", "administrator", "manager", "lapsed_undertaking", "ended_seat"):
        for name in ("meeting_record", "meeting_record_pdf", "meeting_correct"):
            assert Browser(cast.people[key]).get(name, walk.meeting.pk).status_code == 404, (key, name)
    assert Browser(cast.school_rep).get("meeting_correct", walk.meeting.pk).status_code == 404
    assert Browser(cast.school_rep).post("meeting_confirm", walk.meeting.pk).status_code == 403


def test_an_item_one_stepped_away_from_is_not_in_ones_record(cast: Cast) -> None:
    walk = builders.discussed(cast)
    walk.act("school_rep", "recuse")
    number = walk.situation().number
    ended(cast, walk.meeting)
    assert number not in outcomes(read(cast, walk.meeting))
    assert number in outcomes(read(cast, walk.meeting, "police_rep"))


def test_what_erasure_took_is_not_brought_back(cast: Cast) -> None:
    """The record is no copy: of a rejected item number, decision, reason and counts remain (R12)."""
    walk = builders.rejected(cast)
    meeting = ended(cast, walk.meeting)
    with acting_as(cast.facilitator):
        assert not Situation.objects.get(pk=walk.id).facts.exists()
    (item,) = read(cast, meeting).items
    assert (item.number, [str(o) for o in item.outcomes]) == (walk.situation().number, ["Rejected"])
    assert item.reason
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name IN ('situations_recordconfirmation',"
            " 'situations_recordcorrection', 'situations_systemicissue') AND data_type IN ('text', 'jsonb')"
        )
        assert cursor.fetchall() == [], "nothing beside the record has room for words"


def test_the_next_meeting_confirms_it_while_it_sits_and_once(cast: Cast) -> None:
    first = ended(cast, builders.rejected(cast).meeting)
    chair = Browser(cast.facilitator)
    assert "is confirmed at the next meeting, while it sits" in text(chair.get("meeting_record", first.pk))
    assert chair.post("meeting_confirm", first.pk).status_code == 403
    second = builders.sitting_meeting(cast)
    assert f"/meetings/{first.pk}/record/" in text(chair.get("meeting", second.pk)), "it asks to be read"
    assert chair.post("meeting_confirm", first.pk).status_code == 302
    assert chair.post("meeting_confirm", first.pk).status_code == 403
    assert read(cast, first).confirmed_in == f"NIA-{second.number}"
    assert f"Confirmed in meeting NIA-{second.number}" in text(Browser(cast.school_rep).get("meeting_record", first.pk))


def test_a_program_reads_and_confirms_the_same_record(cast: Cast) -> None:
    walk = builders.rejected(cast)
    ended(cast, walk.meeting)
    path = f"meetings/{walk.meeting.pk}/record/"
    seen = Door(cast.school_rep).get(path).json()
    assert [(i["number"], i["outcomes"]) for i in seen["items"]] == [(walk.situation().number, ["Rejected"])]
    assert CANARY_SUMMARY not in str(seen)
    assert Door(cast.other_table).get(path).status_code == 404
    following = builders.sitting_meeting(cast)
    assert Door(cast.school_rep).post(f"{path}confirm/").status_code == 403
    assert Door(cast.recorder).post(f"{path}confirm/").json()["confirmed_in"] == f"NIA-{following.number}"


def test_a_correction_is_a_new_entry_that_not_even_sql_changes(cast: Cast) -> None:
    walk = builders.rejected(cast)
    meeting = ended(cast, walk.meeting)
    chair, item = Browser(cast.recorder), builders.item_of(walk)
    assert chair.get("meeting_correct", meeting.pk).status_code == 200
    short = chair.post("meeting_correct", meeting.pk, kind="decision", reason="mistyped")
    assert "Choose the item and what was decided." in text(short)
    for sent in (
        {"kind": "decision", "reason": "misheard", "item": item.pk, "decided": Told.DEFER},
        {"kind": "present", "reason": "forgotten", "agency": cast.agencies["town"].pk},
    ):
        assert chair.post("meeting_correct", meeting.pk, **sent).status_code == 302
    page = text(Browser(cast.school_rep).get("meeting_record", meeting.pk))
    assert f"{walk.situation().number}: Deferred. It was misunderstood in the room. Entered by" in page
    assert "Was present: Town of Nia River. It was not typed." in page
    assert [str(o) for o in read(cast, meeting).items[0].outcomes] == ["Rejected"], "what was recorded stands"
    with acting_as(cast.recorder):
        assert RecordCorrection.objects.update(decided=Told.ACCEPT) == 0
        assert RecordCorrection.objects.all().delete()[0] == 0
        assert RecordCorrection.objects.count() == 2


def test_a_correction_holds_back_no_erasure(cast: Cast) -> None:
    """Not reached, corrected all the same, returned, discarded: the draft leaves no trace, the entry stays (R3)."""
    walk = builders.presented(cast)
    meeting, item, number = ended(cast, walk.meeting), builders.item_of(walk), walk.situation().number
    sent = {"kind": "decision", "reason": "forgotten", "item": item.pk, "decided": Told.DEFER}
    assert Browser(cast.recorder).post("meeting_correct", meeting.pk, **sent).status_code == 302
    walk.act("facilitator", "return", reason="incomplete")
    walk.act("shelter_rep", "discard")
    with acting_as(cast.recorder):
        assert RecordCorrection.objects.get().item_id == item.pk
        assert not meeting.items.exists()
    page = Browser(cast.school_rep).get("meeting_record", meeting.pk)
    assert page.status_code == 200
    assert number not in text(page)


def test_no_meeting_on_paper_and_no_empty_table_confirms_a_record(cast: Cast) -> None:
    """A recorder alone would otherwise confirm it for good, in a meeting that nobody held."""
    first = ended(cast, builders.rejected(cast).meeting)
    recorder = Browser(cast.recorder)
    with acting_as(cast.recorder):
        old = paper.enter(table=cast.nia, held_at=timezone.now() - timedelta(days=365), by=cast.recorder)
    builders.sitting_meeting(cast)
    assert recorder.post("meeting_confirm", first.pk).status_code == 403
    assert f"/meetings/{first.pk}/record/" not in text(recorder.get("meeting", old.pk))
    ended(cast, old)
    sits = builders.sitting_meeting(cast, present=())
    assert recorder.post("meeting_confirm", first.pk).status_code == 403
    assert "with a quorum of its agencies present" in text(recorder.get("meeting_record", first.pk))
    builders.sitting_meeting(cast)
    for waiting in (old, first):
        assert f"/meetings/{waiting.pk}/record/" in text(recorder.get("meeting", sits.pk)), "both wait to be read"
        assert recorder.post("meeting_confirm", waiting.pk).status_code == 302
    assert read(cast, first).confirmed_in == f"NIA-{sits.number}"


def test_systemic_issues_are_named_by_code_and_come_back_until_they_are_dealt_with(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    sector = Sector.objects.get(code="housing")
    chair = Browser(cast.facilitator)
    for _twice in range(2):
        chair.post("meeting_do", meeting.pk, "issue", kind="waiting", sector=sector.pk)
    assert (
        Browser(cast.school_rep).post("meeting_do", meeting.pk, "issue", kind="waiting", sector=sector.pk).status_code
        == 403
    )
    assert chair.post("meeting_do", meeting.pk, "issue", kind="words", sector=sector.pk).status_code == 404
    ended(cast, meeting)
    assert read(cast, meeting).issues == ((f"{sector.label}: The wait is too long", False),)
    following = builders.sitting_meeting(cast)
    assert "The wait is too long" in text(Browser(cast.school_rep).get("meeting", following.pk))
    with acting_as(cast.facilitator):
        (found,) = issues.open_at(cast.nia.pk)
        assert found.kind == IssueKind.WAITING
    chair.post("meeting_do", following.pk, "issue_done", issue=found.pk)
    with acting_as(cast.school_rep):
        assert not issues.open_at(cast.nia.pk).exists()
    with acting_as(cast.other_table):
        assert not issues.open_at(cast.nia.pk).exists()


class TestPaper:
    def test_a_meeting_held_on_paper_is_entered_with_the_same_conditions_and_marked(self, cast: Cast) -> None:
        held_at = timezone.localtime() - timedelta(days=2)
        sent = {"table": cast.nia.pk, "starts_at": f"{held_at:%Y-%m-%d %H:%M}", "minutes": "45"}
        made = Browser(cast.facilitator).post("meeting_on_paper", **sent)
        with acting_as(cast.facilitator):
            meeting = Meeting.objects.select_related("table").get()
        assert (made["Location"], meeting.state) == (f"/meetings/{meeting.pk}/", MeetingState.SITTING)
        builders.sitting_meeting(cast)
        walk = builders.discussed(cast, meeting)
        with pytest.raises(Denied):  # nobody stood behind it by their own sign-in
            walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
        walk.act("crisis_rep", "stand")
        walk.act("housing_rep", "stand")
        walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
        ended(cast, meeting)
        page = text(Browser(cast.school_rep).get("meeting_record", meeting.pk))
        assert "Held on paper and entered afterwards" in page
        assert f"{held_at:%H:%M}" in page
        assert "Threshold met" in page

    def test_no_minutes_of_entering_stand_in_the_record_of_a_meeting_on_paper(self, cast: Cast) -> None:
        with acting_as(cast.facilitator):
            held = paper.enter(table=cast.nia, held_at=timezone.now() - timedelta(days=2), by=cast.facilitator)
        builders.sitting_meeting(cast)
        builders.rejected(cast, held)
        with acting_as(cast.facilitator):
            AgendaItem.objects.filter(meeting=held).update(spent_seconds=55_440)
        ended(cast, held)
        page = text(Browser(cast.school_rep).get("meeting_record", held.pk))
        assert "Agencies present" in page
        assert "Minutes" not in page
        assert ">924<" not in page
        printed = Browser(cast.school_rep).get("meeting_record_pdf", held.pk).content
        words = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(printed)).pages)
        assert "Objections" in words
        assert "Minutes" not in words
        assert "924" not in words
        told = Door(cast.school_rep).get(f"meetings/{held.pk}/record/").json()
        assert [item["minutes"] for item in told["items"]] == [None]

    def test_a_program_enters_one_the_same_way(self, cast: Cast) -> None:
        sent = {"table": "NIA", "starts_at": (timezone.now() - timedelta(days=1)).isoformat(), "on_paper": True}
        assert Door(cast.school_rep).post("meetings/", sent).status_code == 403
        made = Door(cast.recorder).post("meetings/", sent).json()
        assert (made["state"], made["on_paper"]) == ("sitting", True)

    def test_not_ahead_of_time_and_not_by_a_member(self, cast: Cast) -> None:
        with acting_as(cast.facilitator), pytest.raises(Denied, match="not-yet"):
            paper.enter(table=cast.nia, held_at=timezone.now() + timedelta(hours=1), by=cast.facilitator)
        assert Browser(cast.school_rep).get("meeting_on_paper").status_code == 404
        assert Browser(cast.school_rep).post("meeting_on_paper", table=cast.nia.pk).status_code == 404
