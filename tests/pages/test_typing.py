"""May the recorder type the facilitator's decisions? While the typing is handed to them in the meeting, and no longer.

Every decision, through both doors, in each way in which the typing can stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agencies import seats
from agencies.models import Member, Seat
from agencies.vocabulary import Role
from privacy.context import acting_as
from privacy.vocabulary import Necessity
from risk.vocabulary import CodeList
from situations import meeting_record, meetings, turns
from situations.models import Determination, History, Situation
from situations.vocabulary import State
from tests import builders
from tests import cast as people
from tests.api.door import Door
from tests.builders import CANARY_SUMMARY, IDENTIFIERS, Walk
from tests.cast import Cast
from tests.laws.stages import STAGES
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_AT = {s.name: s.build for s in STAGES}
_AFFIRMED = ("significant_interest", "high_probability", "severe_intensity", "multi_agency")
#: decision -> the stage at which nothing else is missing, what is typed, the state it leads to.
DECISIONS: dict[str, tuple[str, Callable[[Cast], dict[str, Any]], State]] = {
    "accept": ("leaning-to-accept", lambda _: dict.fromkeys(_AFFIRMED, True), State.CHOOSING),
    "reject": ("leaning-to-reject", lambda _: {"reason": _reason()}, State.REJECTED),
    "stop": ("leaning-to-accept", lambda _: {"reason": "duplicate"}, State.STOPPED),
    "defer": ("leaning-to-accept", lambda _: {}, State.PRESENTED),
    "choose": (
        "chosen", lambda c: {"agency": c.agencies["police"].pk, "necessity": Necessity.OFFERED.value}, State.CHOOSING,
    ),
    "unchoose": ("chosen", lambda c: {"agency": c.agencies["housing"].pk}, State.CHOOSING),
    "pass_door": ("chosen", lambda _: {}, State.LIMITED),
}  # fmt: skip


def _reason() -> str:
    row = builders.entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone", "rejected")
    return f"{row.category_code}:{row.code}"


def hand(walk: Walk, to: Member | None = None, by: Member | None = None) -> None:
    by = by or walk.cast.facilitator
    with acting_as(by):
        turns.hand_over(walk.meeting, to or walk.cast.recorder, by=by)


def take_back(walk: Walk) -> None:
    with acting_as(walk.cast.facilitator):
        turns.take_over(walk.meeting, by=walk.cast.facilitator)


def by_page(walk: Walk, who: Member, act: str) -> tuple[int, str]:
    """Status and words; a refused page is refused before anything is typed."""
    browser, typed = Browser(who), DECISIONS[act][1](walk.cast)
    page = browser.get("act", walk.id, act)
    if page.status_code == 200:
        page = browser.post(
            "act", walk.id, act, **(hidden(page) | {k: "on" if v is True else v for k, v in typed.items()})
        )
    return page.status_code, text(page)


def by_program(walk: Walk, who: Member, act: str) -> tuple[int, str]:
    door, path = Door(who), f"situations/{walk.id}/acts/{act}/"
    asked = door.get(path).json()
    answer = door.post(path, DECISIONS[act][1](walk.cast) | {"seen_version": asked.get("version", 1)})
    return answer.status_code, text(answer)


DOORS = [(by_page, 302), (by_program, 200)]


def last(walk: Walk) -> History:
    with acting_as(walk.cast.facilitator):
        found = History.objects.filter(situation_id=walk.id).select_related("by", "chair").last()
    assert found is not None
    return found


@pytest.mark.parametrize(("door", "done"), DOORS)
@pytest.mark.parametrize("act", DECISIONS)
def test_handed_the_typing_the_recorder_types_each_decision_in_the_facilitators_name(
    cast: Cast, act: str, door: Callable[..., tuple[int, str]], done: int
) -> None:
    stage, _typed, state = DECISIONS[act]
    walk = _AT[stage](cast)
    hand(walk)
    assert door(walk, cast.recorder, act)[0] == done
    assert walk.situation("facilitator").state == state
    row = last(walk)
    assert (row.act, row.by, row.chair) == (act, cast.recorder, cast.facilitator)
    with acting_as(cast.facilitator):
        decided = Determination.objects.filter(situation_id=walk.id, act=act).last()
    if decided is not None:
        assert (decided.chair, decided.typed_by) == (cast.facilitator, cast.recorder)
    assert decided is not None or act in ("choose", "unchoose", "pass_door")


@pytest.mark.parametrize(("door", "_done"), DOORS)
@pytest.mark.parametrize("act", DECISIONS)
def test_not_handed_or_taken_back_each_decision_is_refused_with_the_reason(
    cast: Cast, act: str, door: Callable[..., tuple[int, str]], _done: int
) -> None:
    stage, _typed, _state = DECISIONS[act]
    walk = _AT[stage](cast)
    before = (walk.situation("facilitator").state, walk.situation("facilitator").version)
    status, words = door(walk, cast.recorder, act)
    assert (status, "once they hand you the typing" in words) == (403, True), "never handed"
    hand(walk)
    take_back(walk)
    status, words = door(walk, cast.recorder, act)
    assert (status, "once they hand you the typing" in words) == (403, True), "taken back"
    assert (walk.situation("facilitator").state, walk.situation("facilitator").version) == before


@pytest.mark.parametrize(("door", "_done"), DOORS)
def test_to_nobody_else_does_the_typing_give_anything(
    cast: Cast, door: Callable[..., tuple[int, str]], _done: int
) -> None:
    walk = _AT["leaning-to-accept"](cast)
    hand(walk)
    second = people.seated(cast, "second_recorder", cast.agencies["town"], cast.nia, Role.RECORDER)
    assert door(walk, second, "stop")[0] == 403, "another recorder than the one it was handed to"
    for key, status in (("school_rep", 403), ("privacy_officer", 403), ("other_table", 404), ("manager", 404)):
        assert door(walk, cast.people[key], "stop")[0] == status, key
    assert door(walk, cast.recorder, "stop")[0] != 403


def test_a_recorder_who_began_the_meeting_decides_nothing(cast: Cast) -> None:
    """Nobody handed it to them: driving alone is not enough. Nor does it become so by handing it on."""
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
    with acting_as(cast.recorder):
        later = meetings.plan(table=cast.nia, starts_at=walk.meeting.starts_at, by=cast.recorder)
        meetings.start(later, by=cast.recorder)
    second = people.seated(cast, "second_recorder", cast.agencies["town"], cast.nia, Role.RECORDER)
    walk.meeting = later
    assert by_program(walk, cast.recorder, "stop")[0] == 403
    hand(walk, second, by=cast.recorder)
    assert by_program(walk, second, "stop")[0] == 403
    assert turn_back(cast, walk) == 200


def turn_back(cast: Cast, walk: Walk) -> int:
    """A facilitator takes over and hands it to the recorder: now they type."""
    take_back(walk)
    hand(walk)
    return by_program(walk, cast.recorder, "stop")[0]


def test_handed_on_by_the_recorder_it_is_still_the_same_facilitators(cast: Cast) -> None:
    walk = _AT["leaning-to-accept"](cast)
    second = people.seated(cast, "second_recorder", cast.agencies["town"], cast.nia, Role.RECORDER)
    hand(walk)
    hand(walk, second, by=cast.recorder)
    assert by_program(walk, cast.recorder, "stop")[0] == 403
    assert by_program(walk, second, "stop")[0] == 200
    assert (last(walk).by, last(walk).chair) == (second, cast.facilitator)


def test_another_facilitator_who_drives_decides_in_their_own_name(cast: Cast) -> None:
    walk = _AT["leaning-to-accept"](cast)
    other = people.seated(cast, "second_chair", cast.agencies["town"], cast.nia, Role.FACILITATOR)
    hand(walk, other)
    assert by_program(walk, other, "stop")[0] == 200
    assert (last(walk).by, last(walk).chair) == (other, None)


def test_with_the_facilitators_seat_or_presence_for_the_item_the_typing_ends(cast: Cast) -> None:
    walk, away = (_AT["leaning-to-accept"](cast) for _ in range(2))
    hand(walk)
    away.act("facilitator", "recuse")
    status, words = by_program(away, cast.recorder, "stop")
    assert (status, "stepped away from this item" in words) == (403, True)
    seats.end_seat(Seat.objects.get(member=cast.facilitator, table=cast.nia, role=Role.FACILITATOR))
    assert by_program(walk, cast.recorder, "stop")[0] == 403


def test_only_items_of_that_meeting_and_only_while_it_sits(cast: Cast) -> None:
    walk = builders.presented(cast)
    hand(walk)
    with acting_as(cast.facilitator):
        off = builders.draft(cast)
        off.act("shelter_rep", "present")
    status, words = by_program(off, cast.recorder, "stop")
    assert (status, "while the meeting with this item sits" in words) == (403, True)
    with acting_as(cast.recorder):
        meetings.end(walk.meeting, by=cast.recorder)
    assert by_program(walk, cast.recorder, "stop")[0] == 403
    assert by_page(walk, cast.facilitator, "stop")[0] == 302, "the facilitator stops outside a meeting too"


def test_returning_a_filing_stays_the_facilitators_own(cast: Cast) -> None:
    walk = builders.presented(cast)
    hand(walk)
    answer = Door(cast.recorder).post(f"situations/{walk.id}/acts/return/", {"reason": "unclear", "seen_version": 1})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-role")


def test_the_control_page_shows_the_recorder_the_decisions_while_they_are_theirs_to_type(cast: Cast) -> None:
    walk = _AT["leaning-to-accept"](cast)
    recorder = Browser(cast.recorder)
    asked = ('name="significant_interest"', f'action="/situations/{walk.id}/do/defer/"')
    for turned, shown in ((None, False), (hand, True), (take_back, False)):
        if turned is not None:
            turned(walk)
        page = text(recorder.get("meeting_control", walk.meeting.pk))
        assert [words in page for words in asked] == [shown, shown]
        assert (page.count("once they hand you the typing") == 1) is not shown, "said once, not beside each decision"
        assert (asked[0] in text(recorder.get("situation", walk.id))) is shown


def test_past_the_door_the_recorder_who_closed_it_sees_the_number_and_nothing_else(cast: Cast) -> None:
    walk = _AT["chosen"](cast)
    hand(walk)
    assert by_page(walk, cast.recorder, "pass_door")[0] == 302
    walk.act("shelter_rep", "enter_identifiers", subject=1, name=builders.CANARY_NAME, birth="", location="")
    browser, door = Browser(cast.recorder), Door(cast.recorder)
    for page in (
        browser.get("situation", walk.id), browser.get("meeting_control", walk.meeting.pk),
        door.get(f"situations/{walk.id}/"),
    ):  # fmt: skip
        assert walk.situation("facilitator").number in text(page)
        for canary in (CANARY_SUMMARY, *IDENTIFIERS):
            assert canary not in text(page)


def test_the_record_of_the_meeting_names_the_chair_and_who_typed(cast: Cast) -> None:
    walk = _AT["leaning-to-accept"](cast)
    hand(walk)
    assert by_page(walk, cast.recorder, "defer")[0] == 302
    take_back(walk)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        record = meeting_record.record(walk.meeting.pk, by=cast.facilitator)
    assert [(t.by, t.chair) for t in record.typed] == [(cast.recorder.name, cast.facilitator.name)]
    said = f"{cast.recorder.name}, for {cast.facilitator.name}"
    assert said in text(Browser(cast.school_rep).get("meeting_record", walk.meeting.pk))
    told = Door(cast.school_rep).get(f"meetings/{walk.meeting.pk}/record/").json()
    assert told["typed"] == [{"by": cast.recorder.name, "chair": cast.facilitator.name}]


def test_what_a_rejected_item_forgets_is_forgotten_when_the_recorder_types_it_too(cast: Cast) -> None:
    walk = _AT["leaning-to-reject"](cast)
    hand(walk)
    assert by_page(walk, cast.recorder, "reject")[0] == 302
    with acting_as(cast.shelter_rep):
        row = Situation.objects.get(pk=walk.id)
        kept = set(row.history.exclude(by=None).values_list("act", flat=True))
        assert (row.facts.exists(), row.stands.exists(), row.objections.exists()) == (False, False, False)
    assert kept <= {"present", "reject"}
