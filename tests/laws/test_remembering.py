"""Does a scene remember only while one reads, and only for its own member? (situations/scene.py)"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from privacy.access import NOBODY
from privacy.context import acting_as
from situations import actions, on_file, opening
from situations import scene as scenes
from tests import builders
from tests.builders import Walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

QUESTIONS: tuple[Callable[[scenes.Scene], Any], ...] = (
    on_file.persons, on_file.coded, on_file.compartments, on_file.disclosures, on_file.stands, on_file.objections,
    on_file.present, on_file.away, on_file.contacts, on_file.corrected_contacts, on_file.consents, on_file.notices,
    actions.known,
)  # fmt: skip


def asked(question: Callable[[scenes.Scene], Any], scene: scenes.Scene) -> int:
    """How many queries a question takes."""
    with CaptureQueriesContext(connection) as queries:
        question(scene)
    return len(queries)


class TestEachQuestion:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> Walk:
        return builders.intervening(shared_cast)

    @pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: str(q.__name__))
    def test_a_reading_asks_once_and_an_act_every_time(
        self, walk: Walk, question: Callable[[scenes.Scene], Any]
    ) -> None:
        crisis = walk.cast.crisis_rep
        with acting_as(crisis):
            reading = scenes.load(walk.id, by=crisis)
            locked = scenes.load(walk.id, by=crisis, lock=True)
            first = asked(question, reading)
            assert first > 0
            assert asked(question, reading) == 0
            assert asked(question, locked) > 0
            assert asked(question, locked) > 0
            assert locked.memory == {}


def test_an_act_meets_what_its_effect_changed(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    with acting_as(cast.shelter_rep):
        scene = scenes.load(walk.id, by=cast.shelter_rep, lock=True)
        crisis = cast.agencies["crisis"].pk
        assert on_file.told(scene, crisis)
        assert crisis in on_file.holders(scene, 1)
        scene.access.disclosures.update(recalled_at=timezone.now())
        assert not on_file.told(scene, crisis)
        assert crisis not in on_file.holders(scene, 1)


def test_what_was_remembered_for_one_relation_is_nothing_for_another(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    with acting_as(cast.crisis_rep):
        scene = scenes.load(walk.id, by=cast.crisis_rep)
        actions.known(scene)
        assert scene.memory
        assert dataclasses.replace(scene, relation=NOBODY).memory == {}


def test_a_scene_that_nobody_loaded_for_reading_remembers_nothing(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    with acting_as(cast.crisis_rep):
        loaded = scenes.load(walk.id, by=cast.crisis_rep)
        scene = scenes.Scene(loaded.situation, loaded.access, loaded.by, loaded.relation)
        assert asked(on_file.persons, scene) == asked(on_file.persons, scene) == 1


def test_a_page_asks_for_nothing_twice(cast: Cast) -> None:
    walk = builders.intervening(cast)
    client = Client()
    client.force_login(cast.crisis_rep)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("situation", args=[walk.id])).status_code == 200
    said = [q["sql"] for q in queries.captured_queries]
    assert [sql for sql in set(said) if said.count(sql) > 1] == []


def test_an_opening_is_asked_for_until_its_row_is_committed(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    walk = builders.presented(cast)
    with acting_as(cast.crisis_rep):
        scene = scenes.load(walk.id, by=cast.crisis_rep)
        assert asked(opening.note, scene) == asked(opening.note, scene) == 1
        with django_capture_on_commit_callbacks(execute=True):
            opening.note(scene)
        assert asked(opening.note, scene) == 0
    with acting_as(cast.school_rep):
        assert asked(opening.note, scenes.load(walk.id, by=cast.school_rep)) == 1
