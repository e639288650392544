"""Does one key have one effect also when both submits are under way at the same moment?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from privacy.context import acting_as
from situations.models import History, Situation
from tests import builders
from tests.api.door import Door
from tests.cast import Cast

TWINS = 4


def at_once(doors: list[Door], path: str, body: dict[str, Any], key: str) -> list[Any]:
    """The same request from several threads, each with a connection of its own."""
    ready = Barrier(len(doors))

    def send(door: Door) -> Any:
        try:
            ready.wait()
            return door.post(path, body, key=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(doors)) as threads:
        return list(threads.map(send, doors))


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTwins:
    def test_an_act_that_leaves_its_own_stage(self, committed_cast: Cast) -> None:
        """After the first one the act is not possible any more: the others still hear that it was done."""
        walk = builders.draft(committed_cast)
        doors = [Door(committed_cast.shelter_rep) for _ in range(TWINS)]
        body = {"seen_version": walk.situation().version}
        answers = at_once(doors, f"situations/{walk.id}/acts/present/", body, uuid4().hex)
        assert [a.status_code for a in answers] == [200] * TWINS
        assert sorted(a.json()["repeated"] for a in answers) == [False] + [True] * (TWINS - 1)
        with acting_as(committed_cast.shelter_rep):
            assert History.objects.filter(situation_id=walk.id, act="present").count() == 1

    def test_a_draft(self, committed_cast: Cast) -> None:
        doors = [Door(committed_cast.shelter_rep) for _ in range(TWINS)]
        with acting_as(committed_cast.shelter_rep):
            before = Situation.objects.count()
        body = {"table": "NIA", "agency": committed_cast.agencies["shelter"].pk}
        answers = at_once(doors, "situations/", body, uuid4().hex)
        assert sorted(a.status_code for a in answers) == [200] * (TWINS - 1) + [201]
        assert len({a.json()["id"] for a in answers}) == 1
        with acting_as(committed_cast.shelter_rep):
            assert Situation.objects.count() == before + 1
