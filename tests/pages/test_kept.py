"""Does every form say beside the field what is wrong, name it in the summary, and keep all else that was typed?

Every act that asks for anything, each of its fields sent wrong in turn, read from the forms themselves: a field that is
added later is tried with them.
"""

from __future__ import annotations

import html
import re
from typing import Any, ClassVar

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from privacy.context import acting_as
from situations import scene
from situations.forms import FORMS
from tests.builders import Walk
from tests.cast import Cast
from tests.laws import stages
from tests.laws.test_youth_justice import with_police
from tests.pages.browsing import Browser, field_error, hidden, text

#: act -> (stage, who): somewhere it can be carried out.
_SOMEWHERE = {
    "return": ("presented", "facilitator"), "accept": ("leaning-to-accept", "facilitator"),
    "reject": ("leaning-to-reject", "facilitator"), "stop": ("leaning-to-reject", "facilitator"),
    "choose": ("chosen", "facilitator"), "unchoose": ("chosen", "facilitator"), "name_person": ("chosen", "crisis_rep"),
    "enter_identifiers": ("disclosed", "shelter_rep"), "disclose": ("disclosed", "shelter_rep"),
    "answer": ("disclosed", "crisis_rep"), "recall": ("disclosed", "shelter_rep"),
    "propose_lead": ("disclosed", "shelter_rep"), "add_agency": ("owing-notice", "crisis_rep"),
    "record_authority": ("owing-notice", "crisis_rep"), "safe_contact": ("owing-notice", "shelter_rep"),
    "plan": ("owing-notice", "crisis_rep"), "plan_done": ("owing-notice", "crisis_rep"),
    "contact": ("owing-notice", "crisis_rep"), "consent": ("owing-notice", "crisis_rep"),
    "withdraw_consent": ("owing-notice", "crisis_rep"), "mobilize": ("owing-notice", "crisis_rep"),
    "notice": ("owing-notice", "housing_rep"), "conclude": ("contacted", "crisis_rep"),
    "transfer": ("presented", "shelter_rep"), "transfer_intervention": ("disclosed", "shelter_rep"),
    "follow_up": ("contacted", "crisis_rep"), "youth_note": ("youth", "police_rep"),
    "offer": ("leaning-to-accept", "hospital_rep"), "correct_outcome": ("concluded", "crisis_rep"),
    "correct_rejection": ("rejected", "facilitator"), "correct_contact": ("contacted", "crisis_rep"),
}  # fmt: skip
_STAGES = tuple(s for s in stages.STAGES if s.name in {stage for stage, _who in _SOMEWHERE.values()})
#: A tick is right whether it is there or not; what is affirmed at the threshold is asked as a whole (test_acts).
_NEVER_WRONG = (forms.BooleanField,)


def test_every_act_that_asks_for_anything_is_tried() -> None:
    asking = {name for name, form in FORMS.items() if {*form.base_fields} - {"key", "seen_version"}}
    elsewhere = {"save", "present"}  # a draft's sections and its marked words: tests/pages/test_drafts, tests/filing
    assert (asking | {"accept"}) - elsewhere == set(_SOMEWHERE)


def _codes(field: forms.ChoiceField) -> list[str]:
    choices: Any = field.choices
    grouped = (label if isinstance(label, list | tuple) else [(value, label)] for value, label in choices)
    flat = [value for group in grouped for value, _words in group]
    return [str(c) for c in flat if c not in ("", None)]


def _good(name: str, field: forms.Field) -> Any:
    if isinstance(field, forms.MultipleChoiceField):
        return _codes(field)[:1]
    if isinstance(field, forms.ChoiceField):
        return _codes(field)[0]
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateTimeField):
        return f"{timezone.localtime():%Y-%m-%d %H:%M}"
    if isinstance(field, forms.DateField):
        return timezone.localdate().isoformat()
    return f"kept words of {name}"


def _wrong(field: forms.Field) -> Any:
    if isinstance(field, forms.ChoiceField):
        return "nothing-of-the-kind"
    if isinstance(field, forms.DateField | forms.DateTimeField):
        return "2026-99-99"
    return "w" * ((field.max_length or 0) + 1) if isinstance(field, forms.CharField) else "wrong"


def _kept(page: str, name: str, value: Any, field: forms.Field) -> bool:
    """Whether what was typed in a field is on the page again."""
    values = value if isinstance(value, list) else [value]
    if isinstance(field, forms.BooleanField):
        return re.search(rf'<input[^>]*name="{name}"[^>]*checked', page) is not None
    if isinstance(field, forms.ChoiceField):
        return all(re.search(rf'value="{re.escape(v)}"[^>]*(checked|selected)', page) for v in values)
    return all(v in page for v in values)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestKept:
    cast: ClassVar[Cast]
    walks: ClassVar[dict[str, Walk]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.walks = stages.walk_all(committed_cast, _STAGES) | {"youth": with_police(committed_cast)}

    @pytest.mark.parametrize("act", sorted(_SOMEWHERE))
    def test_each_field_of_the_form_in_turn(self, act: str) -> None:
        stage, who = _SOMEWHERE[act]
        walk, member = self.walks[stage], self.cast.people[who]
        browser = Browser(member)
        opened = browser.get("act", walk.id, act)
        assert opened.status_code == 200
        with acting_as(member):
            form = FORMS[act](scene.load(walk.id, by=member))
            fields = {f.name: f.field for f in form.visible_fields()}
            sent = {name: _good(name, field) for name, field in fields.items()}
            sent |= {f.name: f.value() for f in form.hidden_fields() if f.value() is not None}
        sent |= hidden(opened)
        tried, problems = 0, {}
        for name, field in fields.items():
            if isinstance(field, _NEVER_WRONG):
                continue
            tried += 1
            answer: Any = browser.client.post(reverse("act", args=[walk.id, act]), sent | {name: _wrong(field)})
            page = html.unescape(text(answer))
            lost = [n for n, f in fields.items() if n != name and not _kept(page, n, sent[n], f)]
            beside, listed = field_error(answer, name), re.search(rf'href="#id_{name}', page)
            if answer.status_code != 200 or lost or not beside or not listed:
                problems[name] = (answer.status_code, lost, beside, bool(listed))
        assert problems == {}
        assert tried or act == "accept"
