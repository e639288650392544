"""Is identity reached through the second door only with a committed receipt, once, by whom it was granted?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast


def room(door: Door, walk: Walk) -> str:
    """The first compartment the member is shown."""
    return str(door.get(f"situations/{walk.id}/").json()["compartments"][0]["id"])


def ask(door: Door, walk: Walk, compartment: str, key: str = "") -> Any:
    return door.post(f"situations/{walk.id}/reveals/", {"compartment": compartment, "purpose": "recognise"}, key=key)


@pytest.fixture(scope="class")
def walk(committed_cast: Cast) -> Walk:
    return builders.disclosed(committed_cast)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestReveals:
    def test_two_requests_open_what_was_disclosed_and_the_ledger_says_so(
        self, committed_cast: Cast, walk: Walk
    ) -> None:
        door = Door(committed_cast.crisis_rep)
        receipt = ask(door, walk, room(door, walk))
        assert receipt.status_code == 201
        assert not any(canary in receipt.content.decode() for canary in builders.IDENTIFIERS)
        opened = door.get(f"reveals/{receipt.json()['receipt']}/")
        assert opened.headers["Cache-Control"] == "no-store"
        assert {t["text"] for t in opened.json()["texts"]} == set(builders.IDENTIFIERS)
        lines = door.get(f"situations/{walk.id}/ledger/").json()
        assert committed_cast.crisis_rep.name in [line["actor"] for line in lines if line["kind"] == "revealed"]

    def test_a_receipt_opens_once_and_for_its_own_member(self, committed_cast: Cast, walk: Walk) -> None:
        crisis, housing = Door(committed_cast.crisis_rep), Door(committed_cast.housing_rep)
        receipt = ask(crisis, walk, room(crisis, walk)).json()["receipt"]
        others, none = housing.get(f"reveals/{receipt}/"), housing.get(f"reveals/{uuid4()}/")
        assert (others.status_code, others.json()["code"]) == (403, "receipt-refused")
        assert others.content == none.content
        assert crisis.get(f"reveals/{receipt}/").status_code == 200
        again = crisis.get(f"reveals/{receipt}/")
        assert (again.status_code, again.content) == (403, none.content)

    def test_whoever_was_not_granted_it_gets_no_receipt(self, committed_cast: Cast, walk: Walk) -> None:
        compartment = room(Door(committed_cast.crisis_rep), walk)
        for who, member in committed_cast.everybody.items():
            if who in ("shelter_rep", "crisis_rep", "housing_rep"):
                continue
            door = Door(member)
            refused, absent = ask(door, walk, compartment), ask(door, walk, str(uuid4()))
            assert (refused.status_code, refused.content) == (404, absent.content), who

    def test_a_compartment_of_another_situation_is_absent(self, committed_cast: Cast, walk: Walk) -> None:
        door, other = Door(committed_cast.crisis_rep), builders.disclosed(committed_cast)
        assert ask(door, other, room(door, walk)).status_code == 404

    def test_one_key_is_one_reading(self, committed_cast: Cast, walk: Walk) -> None:
        door, key = Door(committed_cast.housing_rep), uuid4().hex
        first, second = (ask(door, walk, room(door, walk), key) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()
        other = {"compartment": room(door, walk), "purpose": "plan_contact"}
        assert door.post(f"situations/{walk.id}/reveals/", other, key=key).status_code == 409

    def test_a_purpose_is_from_the_list(self, committed_cast: Cast, walk: Walk) -> None:
        door = Door(committed_cast.crisis_rep)
        body = {"compartment": room(door, walk), "purpose": "curiosity"}
        answer = door.post(f"situations/{walk.id}/reveals/", body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["purpose"])

    def test_not_ours_ends_it_at_once(self, committed_cast: Cast) -> None:
        walk, door = builders.disclosed(committed_cast), Door(committed_cast.housing_rep)
        compartment = room(door, walk)
        receipt = ask(door, walk, compartment).json()["receipt"]
        door.post(f"situations/{walk.id}/acts/answer/", {"answer": "not_ours"})
        assert door.get(f"reveals/{receipt}/").status_code == 403
        assert ask(door, walk, compartment).status_code == 404
