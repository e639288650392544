"""Does the API show exactly what the projection lets through, for every state and everybody?"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from privacy.context import acting_as
from privacy.decision import Denied
from situations import lifecycle, projection, scene, who_saw
from situations.models import Situation
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast


def plain(value: Any) -> Any:
    """A frozen value in JSON's own types: dataclasses as dicts without absent parts, sets sorted."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(str(v) for v in value)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    return str(value) if isinstance(value, Promise | str) or hasattr(value, "hex") else value


def same(seen: Any, shown: Any) -> bool:
    """Whether what was shown is what is seen: no more, no less. Named places of a tuple are in its order."""
    if isinstance(seen, list) and isinstance(shown, Mapping):
        return same(seen, list(shown.values()))
    if isinstance(seen, Mapping):
        wanted = {k: v for k, v in seen.items() if k in shown or v is not None}
        return (
            isinstance(shown, Mapping)
            and wanted.keys() == shown.keys()
            and all(same(wanted[k], shown[k]) for k in wanted)
        )
    if isinstance(seen, list):
        return isinstance(shown, list) and len(seen) == len(shown) and all(map(same, seen, shown))
    return bool(seen == shown)


def seen_by(cast: Cast, walk: Walk, who: str) -> dict[str, Any] | None:
    with acting_as(cast.people[who]), override("en"):
        try:
            seen = projection.see(walk.id, by=cast.people[who])
        except Denied:
            return None
        return {**plain(seen), "title": seen.title}


@pytest.fixture(scope="class")
def walks(committed_cast: Cast) -> dict[str, Walk]:
    return {state.value: build(committed_cast) for state, build in builders.TO_STATE.items()}


def test_the_comparison_can_fail() -> None:
    assert same({"a": [["x", 1]], "b": None}, {"a": [{"code": "x", "n": 1}]})
    assert not same({"a": 1}, {"a": 1, "more": 2})
    assert not same({"a": 1, "b": 2}, {"a": 1})
    assert not same([["x", 1]], [{"n": 1, "code": "x"}])


@pytest.mark.usefixtures("committed_db_with_keys")
class TestEveryStateAndEverybody:
    def test_one_situation(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        different, compared = [], 0
        for who, member in committed_cast.everybody.items():
            door = Door(member)
            for state, walk in walks.items():
                seen, answer = seen_by(committed_cast, walk, who), door.get(f"situations/{walk.id}/")
                if seen is None:
                    right = answer.status_code == 404
                else:
                    right = answer.status_code == 200 and same(seen, answer.json())
                    compared += 1
                if not right:
                    different.append((state, who, answer.status_code))
        assert different == []
        assert compared > 50

    def test_identity_and_sealed_words_are_in_no_answer(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        """Summary and tried are the only sealed texts the projection carries; everything else goes by the gate."""
        leaks, told = [], set()
        for who, member in committed_cast.everybody.items():
            door = Door(member)
            for state, walk in walks.items():
                for part in ("", "decisions/", "ledger/"):
                    body = door.get(f"situations/{walk.id}/{part}").content.decode()
                    leaks += [(state, who, part) for c in (*builders.IDENTIFIERS, *builders.F4_TEXTS) if c in body]
                    told |= {c for c in (builders.CANARY_SUMMARY, builders.CANARY_TRIED) if c in body}
        assert leaks == []
        assert told == {builders.CANARY_SUMMARY, builders.CANARY_TRIED}

    def test_decisions(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        for who in ("shelter_rep", "crisis_rep", "police_rep", "facilitator", "privacy_officer", "crisis_lead"):
            for walk in walks.values():
                member = committed_cast.people[who]
                answer = Door(member).get(f"situations/{walk.id}/decisions/")
                with acting_as(member), override("en"):
                    try:
                        found = lifecycle.decisions(scene.load(walk.id, by=member))
                    except Denied:
                        assert answer.status_code == 404
                        continue
                    wanted = {n: (d.allowed, d.code, str(d.reason)) for n, d in found.items()}
                assert {d["act"]: (d["allowed"], d["code"], d["reason"]) for d in answer.json()} == wanted

    def test_who_has_seen_it(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        read = 0
        for who in ("shelter_rep", "crisis_rep", "police_rep", "facilitator", "privacy_officer", "crisis_colleague"):
            for walk in walks.values():
                member = committed_cast.people[who]
                answer = Door(member).get(f"situations/{walk.id}/ledger/")
                with acting_as(member), override("en"):
                    try:
                        lines = who_saw.who_saw(scene.load(walk.id, by=member))
                    except Denied:
                        lines = None
                if lines is None:
                    assert answer.status_code == 404
                else:
                    read += len(lines)
                    assert same(plain(lines), answer.json())
        assert read > 10

    def test_lists(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        for who in ("shelter_rep", "police_rep", "facilitator", "privacy_officer", "shelter_privacy"):
            member, shown = committed_cast.people[who], []
            for which in ("open", "ended", "draft"):
                answer = Door(member).get("situations/", table="NIA", state=which)
                assert answer.status_code == 200
                assert answer.json()["next"] is None
                shown += answer.json()["results"]
            with acting_as(member), override("en"):
                rows = projection.see_rows(Situation.objects.at(committed_cast.nia.pk).newest_first(), by=member)
                wanted = {str(row.id): plain(row) | {"title": row.title} for row in rows}
            assert {row["id"] for row in shown} == set(wanted)
            assert all(same(wanted[row["id"]], row) for row in shown)

    def test_opening_a_deidentified_item_is_noted_once(self, committed_cast: Cast, walks: dict[str, Walk]) -> None:
        """Domain.md, "Recording": one row the first time, none per refresh; none for those who were told aloud."""
        walk = builders.presented(committed_cast)

        def opened() -> list[str]:
            lines = Door(committed_cast.shelter_rep).get(f"situations/{walk.id}/ledger/").json()
            return [line["actor"] for line in lines if line["kind"] == "opened"]

        for who in ("shelter_rep", "privacy_officer"):
            Door(committed_cast.people[who]).get(f"situations/{walk.id}/")
        assert opened() == []
        for _again in range(3):
            Door(committed_cast.school_rep).get(f"situations/{walk.id}/")
        assert opened() == [committed_cast.school_rep.name]
