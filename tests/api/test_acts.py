"""Is every rule of an act kept through the second door: refusals, mistakes by field, one effect, no unseen change?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from agencies.models import Member
from privacy.context import acting_as
from situations.models import History, Performed, Situation
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_ALL_FOUR = dict.fromkeys(("significant_interest", "high_probability", "severe_intensity", "multi_agency"), True)


#: What a program may get wrong about a draft, and the fields it is told about.
_WRONG_DRAFTS: list[tuple[dict[str, Any], set[str]]] = [
    ({"summary": "x" * 4001}, {"summary"}),
    ({"summary": 7}, {"summary"}),
    ({"summary": "half a character \ud800"}, {"summary"}),
    ({"nickname": "Bob"}, {"nickname"}),
    ({"later": "1"}, {"later"}),
    ({"rows": 3}, {"rows"}),
    ({"risk_factors": "mental-health:suicide"}, {"risk_factors"}),
    ({"risk_factors": ["no-such:code"]}, {"risk_factors"}),
    ({"risk_factors": [["nested"]]}, {"risk_factors"}),
    ({"discussion_type": "person"}, {"persons"}),
    ({"discussion_type": "dwarf", "persons": []}, {"discussion_type"}),
    ({"discussion_type": "person", "persons": [{"name": "Bob"}]}, {"persons"}),
    ({"discussion_type": "person", "persons": [{}] * 13}, {"persons"}),
    ({"discussion_type": "person", "persons": [{"age_group": "18-24", "sex": "none"}]}, {"persons.0.sex"}),
    ({"discussion_type": "person", "persons": [{"age_group": "18-24"}]}, {"persons.0.sex"}),
    ({"screening": ["imminent"]}, {"tried", "likely_agencies", "duty_acknowledged"}),
    (
        {"screening": [], "tried": "", "likely_agencies": [999_999], "duty_acknowledged": "yes"},
        {"duty_acknowledged"},
    ),
    (
        {"screening": ["maybe"], "tried": "", "likely_agencies": [999_999], "duty_acknowledged": False},
        {"screening", "likely_agencies"},
    ),
]


def send(walk: Walk, who: Member, act: str, key: str | None = "", **body: Any) -> Any:
    return Door(who).post(f"situations/{walk.id}/acts/{act}/", body, key=key)


def version(walk: Walk, who: str = "shelter_rep") -> int:
    return walk.situation(who).version


def performed(walk: Walk, act: str) -> int:
    with acting_as(walk.cast.shelter_rep):
        return History.objects.filter(situation_id=walk.id, act=act).count()


class TestRefusals:
    @pytest.mark.parametrize(
        ("build", "who", "act", "code"),
        [
            (builders.presented, "crisis_rep", "discuss", "not-your-role"),
            (builders.presented, "crisis_rep", "stand", "not-in-discussion"),
            (builders.discussed, "shelter_rep", "stand", "own-filing"),
            (builders.discussed, "facilitator", "discuss", "already-open"),
            (builders.discussed, "facilitator", "return", "discussion-begun"),
            (builders.discussed, "facilitator", "accept", "backing"),
            (builders.discussed, "facilitator", "reject", "backing-rejection"),
            (builders.discussed, "crisis_rep", "resolve_objection", "no-objection"),
            (builders.discussed, "facilitator", "pass_door", "not-now"),
            (builders.accepted, "facilitator", "pass_door", "nobody-chosen"),
            (builders.accepted, "housing_rep", "name_person", "not-chosen"),
            (builders.behind_the_door, "crisis_rep", "answer", "nothing-disclosed"),
            (builders.behind_the_door, "crisis_rep", "disclose", "originating-only"),
            (builders.behind_the_door, "crisis_rep", "confirm_lead", "not-disclosed-yet"),
            (builders.disclosed, "housing_rep", "confirm_lead", "not-proposed"),
            (builders.disclosed, "facilitator", "disclose", "not-your-role"),
            (builders.contacted, "housing_rep", "plan", "not-our-authority"),
            (builders.contacted, "housing_rep", "conclude", "lead-only"),
            (builders.discussed, "privacy_officer", "unfreeze", "not-frozen"),
        ],
    )
    def test_says_the_same_as_the_verb(self, cast: Cast, build: Any, who: str, act: str, code: str) -> None:
        walk = build(cast)
        answer = send(walk, cast.people[who], act)
        assert answer.status_code == 403
        assert set(answer.json()) == {"code", "reason"}
        assert answer.json()["code"] == code.replace("not-our-authority", "authority-first")
        assert answer.json()["reason"]

    def test_what_only_shows_when_typed_is_refused_with_its_code(self, cast: Cast) -> None:
        walk = builders.discussed(cast)
        for who in ("crisis_rep", "housing_rep"):
            assert send(walk, cast.people[who], "stand").status_code == 200
        criteria: dict[str, Any] = _ALL_FOUR | {"multi_agency": False, "seen_version": version(walk)}
        answer = send(walk, cast.facilitator, "accept", **criteria)
        assert (answer.status_code, answer.json()["code"]) == (403, "criteria")

    def test_a_frozen_item_moves_for_nobody(self, cast: Cast) -> None:
        walk = builders.discussed(cast)
        assert send(walk, cast.privacy_officer, "freeze").status_code == 200
        answer = send(walk, cast.crisis_rep, "stand")
        assert (answer.status_code, answer.json()["code"]) == (403, "frozen")

    def test_a_refused_act_leaves_nothing(self, cast: Cast) -> None:
        walk = builders.presented(cast)
        before = version(walk)
        assert send(walk, cast.crisis_rep, "stand").status_code == 403
        assert version(walk) == before
        with acting_as(cast.crisis_rep):
            assert not Performed.objects.filter(member=cast.crisis_rep).exists()

    def test_an_act_that_is_none_is_absent(self, cast: Cast) -> None:
        walk = builders.presented(cast)
        assert send(walk, cast.facilitator, "destroy_everything").status_code == 404


class TestOneEffect:
    def test_the_same_key_twice_is_one_effect(self, cast: Cast) -> None:
        """Also where the act is not possible any more after the first time."""
        walk, key = builders.discussed(cast), uuid4().hex
        before = performed(walk, "defer")
        body = {"seen_version": version(walk)}
        first = send(walk, cast.facilitator, "defer", key, **body)
        second = send(walk, cast.facilitator, "defer", key, **body)
        assert (first.status_code, first.json()["repeated"]) == (200, False)
        assert (second.status_code, second.json()["repeated"]) == (200, True)
        assert performed(walk, "defer") == before + 1
        assert walk.situation().deferrals == 1

    def test_the_same_key_for_something_else_is_a_conflict(self, cast: Cast) -> None:
        walk, key = builders.discussed(cast), uuid4().hex
        assert send(walk, cast.crisis_rep, "stand", key).status_code == 200
        answer = send(walk, cast.crisis_rep, "object", key)
        assert (answer.status_code, answer.json()["code"]) == (409, "stale")
        assert performed(walk, "object") == 0

    def test_anothers_key_is_not_mine(self, cast: Cast) -> None:
        walk, key = builders.discussed(cast), uuid4().hex
        for who in ("crisis_rep", "housing_rep"):
            assert send(walk, cast.people[who], "stand", key).json()["repeated"] is False
        assert performed(walk, "stand") == 2

    def test_without_a_usable_key_nothing_happens(self, cast: Cast) -> None:
        walk = builders.discussed(cast)
        for key in (None, "short", "x" * 65, "with space in it", "ключключ"):
            answer = send(walk, cast.crisis_rep, "stand", key)
            assert answer.status_code == 400
            assert list(answer.json()["errors"]) == ["Idempotency-Key"]
        assert performed(walk, "stand") == 0

    def test_a_repeated_submit_tells_no_more_than_may_be_known_now(self, cast: Cast) -> None:
        """Stepping away ends access: sending it again does not bring the item back."""
        walk, key = builders.discussed(cast), uuid4().hex
        for repeated in (False, True):
            answer = send(walk, cast.school_rep, "recuse", key)
            assert answer.json() == {"act": "recuse", "repeated": repeated, "situation": None}

    def test_a_draft_is_opened_once(self, cast: Cast) -> None:
        door, key = Door(cast.shelter_rep), uuid4().hex
        wanted = {"table": "NIA", "agency": cast.agencies["shelter"].pk}
        first, second = (door.post("situations/", wanted, key=key) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["id"] == second.json()["id"]
        with acting_as(cast.shelter_rep):
            assert Situation.objects.count() == 1

    def test_a_draft_is_for_ones_own_agency_whatever_number_is_sent(self, cast: Cast) -> None:
        door = Door(cast.shelter_rep)
        for agency in (cast.agencies["police"].pk, 2_000_000):
            answer = door.post("situations/", {"table": "NIA", "agency": agency})
            assert (answer.status_code, answer.json()["code"]) == (403, "not-your-agency")


class TestUnseenChanges:
    def test_an_older_version_is_a_conflict(self, cast: Cast) -> None:
        walk = builders.discussed(cast)
        seen = version(walk)
        assert send(walk, cast.crisis_rep, "stand").status_code == 200
        answer = send(walk, cast.facilitator, "defer", seen_version=seen)
        assert (answer.status_code, answer.json()["code"]) == (409, "stale")
        assert walk.situation().deferrals == 0

    def test_what_decides_on_all_that_was_seen_needs_the_version(self, cast: Cast) -> None:
        walk = builders.discussed(cast)
        answer = send(walk, cast.facilitator, "defer")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["seen_version"]


class TestMistakes:
    def test_of_a_draft_are_told_by_field_and_nothing_is_saved(self, cast: Cast) -> None:
        walk = builders.draft(cast)
        seen = version(walk)
        for body, fields in _WRONG_DRAFTS:
            answer = send(walk, cast.shelter_rep, "save", **body, seen_version=seen)
            assert answer.status_code == 400, (body, answer.content)
            assert set(answer.json()["errors"]) == fields
            assert all(problem for found in answer.json()["errors"].values() for problem in found)
        assert version(walk) == seen

    def test_sections_that_are_not_sent_stay(self, cast: Cast) -> None:
        walk = builders.draft(cast)
        before = Door(cast.shelter_rep).get(f"situations/{walk.id}/").json()
        answer = send(walk, cast.shelter_rep, "save", summary="Another summary.", seen_version=before["version"])
        after = answer.json()["situation"]
        assert after["summary"] == "Another summary."
        assert (after["coded"], after["screening"]) == (before["coded"], before["screening"])

    def test_a_body_that_is_no_object(self, cast: Cast) -> None:
        walk, door = builders.discussed(cast), Door(cast.crisis_rep)
        for body in (b"[]", b'"text"', b"7"):
            answer = door.client.post(
                f"/api/v1/situations/{walk.id}/acts/stand/", body, content_type="application/json",
                headers={"Idempotency-Key": uuid4().hex},
            )  # fmt: skip
            assert answer.status_code == 400
            assert list(answer.json()["errors"]) == ["__all__"]

    def test_a_body_that_cannot_be_read(self, cast: Cast) -> None:
        walk, door = builders.discussed(cast), Door(cast.crisis_rep)
        address, headers = f"/api/v1/situations/{walk.id}/acts/stand/", {"Idempotency-Key": uuid4().hex}
        broken = door.client.post(address, b"{", content_type="application/json", headers=headers)
        assert (broken.status_code, list(broken.json()["errors"])) == (400, ["__all__"])
        form = door.client.post(address, {"a": "b"}, headers=headers)
        assert (form.status_code, form.json()["code"]) == (415, "unsupported-media-type")
        assert door.client.delete(address).json()["code"] == "method-not-allowed"

    def test_only_the_agencies_own_choices_count(self, cast: Cast) -> None:
        """A recipient of another situation, an authority of another statute: no choice here."""
        walk, other = builders.behind_the_door(cast), builders.behind_the_door(cast)
        stray = other.engagement("crisis").pk
        answer = send(
            walk, cast.shelter_rep, "disclose", subject=1, elements=["name", "safe_contact"], recipients=[stray],
            purpose="recognise", authority=cast.authority("mfippa-32-h").pk, medium="screen",
            seen_version=version(walk),
        )  # fmt: skip
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == {"elements", "recipients", "authority"}

    def test_grounds_are_asked_for_where_the_test_needs_them(self, cast: Cast) -> None:
        walk = builders.contacted(cast)
        owner = cast.agencies["crisis"].pk
        answer = send(walk, cast.crisis_rep, "plan", words="Meet", owner=owner, due_on="2026-12-01")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["grounds"]

    def test_a_day_is_written_one_way_only(self, cast: Cast) -> None:
        walk = builders.contacted(cast)
        owner = cast.agencies["crisis"].pk
        for day in ("01/12/2026", "2026-13-01", 20261201, "tomorrow"):
            answer = send(walk, cast.crisis_rep, "plan", words="Meet", owner=owner, due_on=day, grounds="Because")
            assert (answer.status_code, list(answer.json()["errors"])) == (400, ["due_on"])


def test_a_write_without_the_cross_site_token_is_refused(cast: Cast) -> None:
    from django.test import Client

    walk, client = builders.discussed(cast), Client(enforce_csrf_checks=True)
    client.force_login(cast.crisis_rep)
    answer = client.post(
        f"/api/v1/situations/{walk.id}/acts/stand/", {}, content_type="application/json",
        headers={"Idempotency-Key": uuid4().hex},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied")
    assert performed(walk, "stand") == 0
