"""Does the contract say what the doors do? Generated from the code, without a warning; bodies are the forms' fields."""

from __future__ import annotations

import json
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from privacy.context import acting_as
from situations import lifecycle, scene
from situations.acts import ACTS
from situations.api.bodies import fields_of, schema_of
from situations.forms import FORMS
from situations.vocabulary import State
from tests import builders
from tests.api.door import Door
from tests.cast import Cast

_NOT_SENT = {"key", "rows", "seen_texts"}


@cache
def contract() -> dict[str, Any]:
    """The schema as the command writes it; a warning fails it."""
    out = StringIO()
    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_schema_is_made_without_a_warning_and_holds_every_act() -> None:
    paths = contract()["paths"]
    acts = {path.split("/acts/")[1].strip("/") for path in paths if "/acts/" in path}
    assert acts == set(ACTS)
    assert all(path.startswith("/api/v1/") for path in paths)


def test_every_write_has_a_key_or_is_the_same_when_sent_twice() -> None:
    """Verbs of meetings, and taking back, refuse or change nothing the second time."""
    keyless = {
        path
        for path, methods in contract()["paths"].items()
        if "post" in methods and "Idempotency-Key" not in [p["name"] for p in methods["post"].get("parameters", [])]
    }
    assert {path.rsplit("/", 2)[1] for path in keyless} == {
        "start", "end", "presence", "agenda", "order", "minutes", "change", "cancel", "confirm", "turn",
        "hand-over", "take-over", "take-back",
    }  # fmt: skip


def test_a_body_requires_what_its_form_requires() -> None:
    assert schema_of("return")["required"] == ["reason", "seen_version"]
    assert schema_of("stand").get("required") is None
    assert schema_of("disclose")["properties"]["medium"]["enum"] == ["screen", "voice"]
    assert schema_of("save")["additionalProperties"] is False


@pytest.mark.django_db
def test_only_a_member_reads_the_schema() -> None:
    assert Door(None).get("schema/").status_code == 403


@pytest.mark.django_db(databases=["default", "keys"])
def test_every_form_asks_for_nothing_that_the_contract_leaves_out(cast: Cast) -> None:
    """Forms are narrowed by the situation: in each, what is asked is among what the contract describes."""
    compared = set()
    for build in (*builders.TO_STATE.values(), builders.behind_the_door, builders.accepted, builders.presented):
        walk = build(cast)
        for who in ("shelter_rep", "crisis_rep", "housing_rep", "facilitator", "privacy_officer", "crisis_lead"):
            with acting_as(cast.people[who]):
                found = scene.load(walk.id, by=cast.people[who]) if _sees(cast, walk, who) else None
                for act, decision in (lifecycle.decisions(found) if found else {}).items():
                    if decision and found and act != "save":
                        asked = set(FORMS[act](found).fields) - _NOT_SENT
                        assert asked <= set(schema_of(act)["properties"]), act
                        compared.add(act)
    asking = {act for act in ACTS if fields_of(act) and act != "save"}
    # Acts that the walks leave open for nobody at their end are covered by the journey.
    assert len(asking & compared) > 15


def _sees(cast: Cast, walk: builders.Walk, who: str) -> bool:
    return walk.situation().state != State.DRAFT or who == "shelter_rep"
