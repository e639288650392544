"""Who gets nothing through the second door? Nobody without a sign-in, and nobody whose business it is not.

Absent and forbidden answer byte for byte the same.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from situations.acts import ACTS
from tests import builders
from tests.api.door import Door
from tests.api.test_contract import contract
from tests.builders import Walk
from tests.cast import Cast

_BODIES: dict[str, Any] = {
    "/api/v1/situations/": {"table": "NIA", "agency": 1},
    "/api/v1/meetings/": {"table": "NIA", "starts_at": "2026-03-03T09:00:00Z"},
    "/api/v1/situations/{situation_id}/reveals/": {"compartment": str(uuid4()), "purpose": "recognise"},
    "/api/v1/meetings/{meeting_id}/presence/": {"member": 1},
    "/api/v1/meetings/{meeting_id}/agenda/": {"situation": str(uuid4())},
}
#: Operations that hold nothing of any table: the member's own seats (none), the code lists, the contract; and the list
#: of releases, in which everybody finds the public's.
_FOR_ANY_MEMBER = {"me", "catalogue_list", "schema_retrieve", "releases"}


def operations() -> list[tuple[str, str, str]]:
    """(method, path with its placeholders, operation) of everything in the contract under situations and meetings."""
    return [
        (method, path, found["operationId"])
        for path, methods in contract()["paths"].items()
        for method, found in methods.items()
    ]


def ask(door: Door, method: str, path: str, ref: Any, meeting: Any) -> Any:
    address = path.format(
        situation_id=ref,
        meeting_id=meeting,
        receipt=uuid4(),
        code_list="sex",
        table="NIA",
        quarter="2026Q1",
        place="NIA-1",
        period="2024",
        kind="cost",
        entry_id=1,
        release_id=ref,
    )
    address = address.removeprefix("/api/v1/")
    if method == "post":
        return door.post(address, _BODIES.get(path, {}))
    return door.get(address, table="NIA")


@pytest.fixture(scope="class")
def walks(committed_cast: Cast) -> list[Walk]:
    return [builders.draft(committed_cast), builders.discussed(committed_cast), builders.disclosed(committed_cast)]


def test_the_contract_lists_more_than_the_acts() -> None:
    assert len(operations()) > 2 * len(ACTS) + 10


@pytest.mark.usefixtures("committed_db_with_keys")
class TestNothingForStrangers:
    def test_without_a_sign_in(self, walks: list[Walk]) -> None:
        nobody = Door(None)
        for method, path, operation in operations():
            answer = ask(nobody, method, path, walks[1].id, walks[1].meeting.pk)
            assert answer.status_code == 403, operation
            assert answer.json()["code"] == "not-authenticated", operation
            assert answer.headers["Cache-Control"] == "no-store", operation

    @pytest.mark.parametrize("who", ["stranger", "other_table", "lapsed_undertaking", "ended_seat", "unaccepted"])
    def test_without_a_seat_that_stands(self, committed_cast: Cast, walks: list[Walk], who: str) -> None:
        door, absent = Door(committed_cast.people[who]), uuid4()
        for method, path, operation in operations():
            if operation in _FOR_ANY_MEMBER:
                continue
            missing = ask(door, method, path, absent, absent)
            for walk in walks:
                forbidden = ask(door, method, path, walk.id, walk.meeting.pk)
                assert forbidden.status_code == (403 if operation == "reveals_read" else 404), (who, operation)
                assert (forbidden.status_code, forbidden.content) == (missing.status_code, missing.content), operation

    def test_a_manager_meets_no_single_situation(self, committed_cast: Cast, walks: list[Walk]) -> None:
        for who in ("manager", "administrator"):
            door = Door(committed_cast.people[who])
            assert door.get("situations/", table="NIA").status_code == 404
            assert {door.get(f"situations/{walk.id}/").status_code for walk in walks} == {404}

    def test_anothers_draft_is_absent_for_everybody_else(self, committed_cast: Cast, walks: list[Walk]) -> None:
        absent = Door(committed_cast.crisis_rep).get(f"situations/{uuid4()}/").content
        for who in set(committed_cast.everybody) - {"shelter_rep", "shelter_colleague", "shelter_lead"}:
            answer = Door(committed_cast.people[who]).get(f"situations/{walks[0].id}/")
            assert (answer.status_code, answer.content) == (404, absent), who

    def test_a_table_that_is_absent_and_one_that_is_not_ours_are_one(self, committed_cast: Cast) -> None:
        door = Door(committed_cast.crisis_rep)
        for path in ("situations/", "meetings/"):
            assert door.get(path, table="NIA").status_code == 200
            other, none = door.get(path, table="KES"), door.get(path, table="XXX")
            assert (other.status_code, other.content) == (404, none.content)

    def test_seats_that_do_not_stand_are_not_listed(self, committed_cast: Cast) -> None:
        seats = {who: Door(m).get("me/").json()["seats"] for who, m in committed_cast.everybody.items()}
        assert [(s["table"], s["role"]) for s in seats["crisis_rep"]] == [("NIA", "representative")]
        for who in ("stranger", "lapsed_undertaking", "ended_seat", "unaccepted"):
            assert seats[who] == []
