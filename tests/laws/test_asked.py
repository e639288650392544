"""Does an act that lacks what it asks for end in a refusal, never half done and never in a fault?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from inspect import getsource

import pytest
from django.utils import timezone

from privacy.context import acting_as
from situations import conditions
from situations import scene as scenes
from situations.acts import ACTS
from situations.effects import EFFECTS, correcting, door, ending, follow_up, intervention, screening, threshold, youth
from situations.intervention import NoticeTask
from situations.vocabulary import NoticeExcuse, ReturnReason, State
from tests import builders
from tests.cast import Cast
from tests.laws.test_threshold import refused


def _takes(function: ast.FunctionDef, known: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """The keys an effect takes from its data unasked, those of the helpers it hands the data to included."""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Subscript)
            and ast.unparse(node.value) == "data"
            and isinstance(node.slice, ast.Constant)
        ):
            yield str(node.slice.value)
        if isinstance(node, ast.Call) and any(ast.unparse(a) == "data" for a in node.args):
            yield from _takes(known[ast.unparse(node.func)], known)


def _functions() -> dict[str, ast.FunctionDef]:
    trees = [
        ast.parse(getsource(module))
        for module in (screening, threshold, door, intervention, follow_up, ending, youth, correcting)
    ]
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}


#: Everything in a draft is optional: `save` takes what is there.
@pytest.mark.parametrize("name", sorted(set(ACTS) - {"save"}))
def test_the_table_names_all_that_an_effect_takes(name: str) -> None:
    known = _functions()
    assert set(_takes(known[EFFECTS[name].__name__], known)) <= set(ACTS[name].asks.split())


@pytest.mark.django_db(databases=["default", "keys"])
def test_an_act_without_what_it_asks_is_refused_and_changes_nothing(cast: Cast) -> None:
    walk = builders.presented(cast)
    before = walk.situation().version
    for data in ({}, {"reason": None}):
        assert refused(walk, "facilitator", "return", **data) == "incomplete"
        assert refused(walk, "facilitator", "stop", **data) == "incomplete"
    assert (walk.situation().state, walk.situation().version) == (State.PRESENTED, before)
    walk.act("facilitator", "return", reason=ReturnReason.UNCLEAR)
    assert walk.situation().state == State.DRAFT


@pytest.mark.django_db(databases=["default", "keys"])
def test_what_a_form_would_have_caught_is_refused_without_a_form(cast: Cast) -> None:
    walk = builders.intervening(cast)
    when = walk.situation("crisis_rep").presented_at
    contact = {"contacted_at": when, "result": "attempted", "consent_outcome": "not_sought"}
    assert refused(walk, "crisis_rep", "contact", **contact) == "not-sought-why"
    walk.act("crisis_rep", "contact", **contact, not_sought_reason="unsafe")
    with acting_as(cast.crisis_rep):
        scene = scenes.load(walk.id, by=cast.crisis_rep)
    notice = {"notice": NoticeTask()}
    assert conditions.given_or_excused(scene, notice).code == "neither-given-nor-excused"
    assert conditions.given_or_excused(scene, notice | {"excuse": NoticeExcuse.DECEASED})
    today = timezone.localdate()
    past = {"given_on": today, "expires_on": today - timedelta(days=1)}
    assert conditions.expires_after_giving(scene, past).code == "expired-at-once"
    assert conditions.expires_after_giving(scene, past | {"expires_on": today})
