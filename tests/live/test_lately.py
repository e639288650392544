"""Is what one device reads of an item only ever lent to who would have read the same? (docs/adr/0053)"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.models import Member
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import Audience
from situations import on_file
from situations import scene as scenes
from situations.live import lately
from situations.projection import project
from situations.scene import Scene
from situations.views.frame import heads
from situations.views.now import de_identified
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ALIKE: tuple[Callable[[Scene], Any], ...] = (
    project, heads, de_identified, on_file.persons, on_file.coded, on_file.away, on_file.stands, on_file.objections,
    on_file.present,
)  # fmt: skip
BEFORE_THE_DOOR = (builders.presented, builders.discussed, builders.accepted, builders.chosen)


@pytest.fixture
def hearing() -> Iterator[None]:
    lately.hear(on=True)
    yield
    lately.hear(on=False)


def scene_of(ref: Any, member: Member) -> Scene:
    return scenes.load(ref, by=member)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()
    return len(found)


def lent(ref: Any, member: Member) -> Scene:
    scene = scene_of(ref, member)
    lately.lend(scene)
    return scene


def asks(ref: Any, member: Member) -> int:
    """How many queries a member's projection takes on a scene that may be lent something."""
    with acting_as(member):
        scene = lent(ref, member)
        return queries(lambda: project(scene))


@pytest.mark.parametrize("stage", BEFORE_THE_DOOR, ids=lambda s: str(s.__name__))
def test_whoever_is_of_the_same_audiences_reads_the_same(cast: Cast, stage: Callable[[Cast], Any]) -> None:
    """By product over the cast: what is alike is alike, whatever agency one sits for."""
    walk = stage(cast)
    read: dict[Any, list[tuple[int | None, list[Any]]]] = defaultdict(list)
    for member in cast.everybody.values():
        with acting_as(member):
            try:
                scene = scene_of(walk.id, member)
            except Denied:
                continue
            relation = scene.relation
            if relation.engagement is None and not relation.recused:
                read[relation.audiences, relation.shared].append((member.agency_id, [ask(scene) for ask in ALIKE]))
    seated = read[frozenset({Audience.SEATED}), False]
    assert len({agency for agency, _answers in seated}) >= 3
    for audiences, answers in read.items():
        for _agency, found in answers:
            assert found == answers[0][1], audiences


@pytest.mark.usefixtures("hearing")
def test_a_second_device_of_the_same_audience_asks_nothing(cast: Cast) -> None:
    walk = builders.discussed(cast)
    assert asks(walk.id, cast.school_rep) > 0
    assert asks(walk.id, cast.crisis_rep) == 0


@pytest.mark.usefixtures("hearing")
def test_nothing_is_lent_to_another_audience(cast: Cast) -> None:
    walk = builders.discussed(cast)
    alone = {key: asks(walk.id, cast.people[key]) for key in ("shelter_rep", "facilitator", "recorder", "school_rep")}
    assert all(alone.values())


@pytest.mark.usefixtures("hearing")
def test_nothing_is_lent_in_another_language(cast: Cast) -> None:
    walk = builders.discussed(cast)
    assert asks(walk.id, cast.school_rep) > 0
    with translation.override("fr"):
        assert asks(walk.id, cast.crisis_rep) > 0


@pytest.mark.usefixtures("hearing")
def test_a_change_ends_what_is_lent_whether_heard_of_or_not(cast: Cast) -> None:
    walk = builders.discussed(cast)
    asks(walk.id, cast.school_rep)
    walk.act("crisis_rep", "stand")  # another version, though nobody has heard of it yet
    assert asks(walk.id, cast.crisis_rep) > 0
    lately.forget()
    assert asks(walk.id, cast.school_rep) > 0


@pytest.mark.usefixtures("hearing")
def test_nothing_old_is_lent_or_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = builders.discussed(cast)
    asks(walk.id, cast.school_rep)
    later = time.monotonic() + lately.LENT_FOR + 0.1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert asks(walk.id, cast.crisis_rep) > 0
    monkeypatch.setattr(time, "monotonic", lambda: later + lately.LENT_FOR + 0.1)
    lately.prune()
    assert not lately._lent


def test_nothing_is_lent_where_changes_are_not_heard(cast: Cast) -> None:
    walk = builders.discussed(cast)
    asks(walk.id, cast.school_rep)
    assert asks(walk.id, cast.crisis_rep) > 0


@pytest.mark.usefixtures("hearing")
def test_nothing_is_lent_past_the_door_to_the_named_under_lock_or_to_who_stepped_away(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    for member in (cast.crisis_rep, cast.school_rep):
        with acting_as(member):
            lent(walk.id, member)
    choosing = builders.chosen(cast)
    with acting_as(cast.shelter_rep):
        assert lent(choosing.id, cast.shelter_rep).relation.engagement is not None
    with acting_as(cast.school_rep):
        lately.lend(scenes.load(choosing.id, by=cast.school_rep, lock=True))
    assert not lately._lent
