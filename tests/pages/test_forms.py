"""Does every act have its form, and does each form offer exactly what the scene allows?"""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.utils import translation

from privacy.context import acting_as
from privacy.vocabulary import Answer
from risk.threshold import Affirmed
from situations import scene as scenes
from situations.acts import ACTS
from situations.forms import FORMS, SAVE_SECTIONS, ActForm
from situations.lifecycle import decisions
from situations.vocabulary import Part, ScreeningQuestion, State
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def form(walk: builders.Walk, who: str, act: str, data: dict[str, Any] | None = None) -> ActForm:
    member = walk.cast.people[who]
    with acting_as(member):
        made = FORMS[act](scenes.load(walk.id, by=member), data)
        if data is not None:
            made.is_valid()
        return made


def test_every_act_has_a_form_and_every_form_an_act() -> None:
    assert set(FORMS) == set(ACTS)
    assert all(form.act == name for name, form in FORMS.items())
    assert {section.act for section in SAVE_SECTIONS.values()} == {"save"}


@pytest.mark.parametrize("state", list(builders.TO_STATE))
def test_every_act_of_everybody_at_every_stage_has_a_form_that_can_be_shown(cast: Cast, state: State) -> None:
    walk = builders.TO_STATE[state](cast)
    shown = 0
    for member in cast.people.values():
        with acting_as(member):
            try:
                scene = scenes.load(walk.id, by=member)
            except Exception as refused:
                assert "not-found" in str(refused)  # noqa: PT017
                continue
            for act in decisions(scene):
                html = str(FORMS[act](scene))
                assert 'name="key"' in html
                shown += 1
    assert shown > 0


def test_only_own_authorities_and_other_named_persons_are_offered(cast: Cast) -> None:
    walk = builders.behind_the_door(cast)
    shown = form(walk, "shelter_rep", "disclose")
    assert {a.code for a in shown.fields["authority"].by_value.values()} == {"agreement-only", "consent-only"}  # type: ignore[attr-defined]
    recipients = {e.person.name for e in shown.fields["recipients"].by_value.values()}  # type: ignore[attr-defined]
    assert recipients == {cast.crisis_rep.name, cast.housing_rep.name}
    assert [v for v, _label in shown.fields["elements"].choices] == ["name", "birth", "location"]  # type: ignore[attr-defined]


def test_a_disclosure_on_a_statute_without_grounds_is_refused_beside_the_grounds(cast: Cast) -> None:
    walk = builders.behind_the_door(cast)
    with acting_as(cast.shelter_rep):
        cast.agencies["shelter"].statutes = ["mfippa"]
        cast.agencies["shelter"].save()
        scene = scenes.load(walk.id, by=cast.shelter_rep)
        crisis = walk.engagement("crisis", who="shelter_rep")
        made = FORMS["disclose"](
            scene,
            {
                "subject": "1", "elements": ["name"], "recipients": [str(crisis.pk)], "purpose": "recognise",
                "authority": str(cast.authority("mfippa-32-h").pk), "medium": "screen", "grounds": "  ",
            },
        )  # fmt: skip
        assert not made.is_valid()
        assert list(made.errors) == ["grounds"]
        assert "compelling circumstances" in made.errors["grounds"][0]


def test_the_whole_draft_can_be_sent_at_once_and_parts_not_sent_stay_out(cast: Cast) -> None:
    walk = builders.draft(cast)
    sent = form(
        walk,
        "shelter_rep",
        "save",
        {
            "discussion_type": "family",
            "persons": [{"age_group": "12-17", "sex": "female", "part": "harmed"}, {"age_group": "30-39", "sex": "x"}],
            "risk_factors": ["suicide:person-current-suicide-risk"],
        },
    )
    assert sent.errors == {}
    data = sent.act_data()
    assert data["discussion_type"].code == "family"
    assert [(a.code, s.code, p) for a, s, p in data["persons"]] == [
        ("12-17", "female", "harmed"),
        ("30-39", "x", Part.SUBJECT),
    ]
    assert [e.code for e in data["facts"]["risk_factor"]] == ["person-current-suicide-risk"]
    assert set(data["facts"]) == {"risk_factor"}
    assert not {"texts", "screening", "likely_agencies"} & set(data)


def test_a_section_for_later_keeps_what_is_there_and_one_to_go_on_asks_for_the_rest(cast: Cast) -> None:
    walk = builders.draft(cast)
    with acting_as(cast.shelter_rep):
        scene = scenes.load(walk.id, by=cast.shelter_rep)
        half = {"screening": [ScreeningQuestion.IMMINENT.value], "tried": "called twice"}
        later = SAVE_SECTIONS["acute"](scene, {**half, "later": "1"})
        assert later.is_valid(), later.errors
        assert later.act_data()["screening"] == ["imminent"]
        assert later.act_data()["texts"] == {"tried": "called twice"}
        assert list(SAVE_SECTIONS["acute"](scene, half).errors) == ["likely_agencies"]


def test_a_person_with_an_age_but_no_sex_is_not_dropped_silently(cast: Cast) -> None:
    walk = builders.draft(cast)
    with acting_as(cast.shelter_rep):
        scene = scenes.load(walk.id, by=cast.shelter_rep)
        made = SAVE_SECTIONS["whom"](
            scene,
            {
                "discussion_type": "family", "rows": "2", "person_1_age": "18-24", "person_1_sex": "male",
                "person_2_age": "30-39", "person_1_part": "subject", "person_2_part": "subject",
            },
        )  # fmt: skip
        assert list(made.errors) == ["person_2_sex"]


def test_what_is_typed_becomes_the_words_of_the_domain(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    assert form(walk, "crisis_rep", "answer", {"answer": "ours"}).act_data() == {"answer": Answer.OURS}
    walk = builders.discussed(cast)
    made = form(walk, "facilitator", "accept", {"significant_interest": "on", "multi_agency": "on"})
    assert made.act_data()["criteria"] == Affirmed(
        significant_interest=True, high_probability=False, severe_intensity=False, multi_agency=True
    )


class TestANotice:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> builders.Walk:
        return builders.intervening(shared_cast)

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({}, {"done_on", "method"}),
            ({"done_on": "2026-01-02"}, {"method"}),
            ({"excuse": "danger", "done_on": "2026-01-02"}, {"excuse"}),
            ({"done_on": "2999-01-01", "method": "mailed"}, {"done_on"}),
            ({"excuse": "danger"}, set()),
        ],
    )
    def test_a_notice_is_either_given_or_excused(
        self, walk: builders.Walk, typed: dict[str, str], wrong: set[str]
    ) -> None:
        with acting_as(walk.cast.crisis_rep):
            scene = scenes.load(walk.id, by=walk.cast.crisis_rep)
            shown = FORMS["notice"](scene)
            owed = list(shown.fields["notice"].by_value)  # type: ignore[attr-defined]
            made = FORMS["notice"](scene, {"notice": owed[0] if owed else "", **typed})
            assert set(made.errors) - ({"notice"} if not owed else set()) == wrong


def test_an_empty_field_says_what_to_do_where_it_has_no_sentence_of_its_own() -> None:
    class Asked(forms.Form):
        words, day, many = forms.CharField(), forms.DateField(), forms.IntegerField()
        one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
        some = forms.MultipleChoiceField(choices=[("a", "A")])
        tick = forms.BooleanField()
        own = forms.CharField(error_messages={"required": "Say it"})

    said = {
        "en": ["Fill this in", "Enter a day like 2026-02-27", "Enter a number", "Choose one of the answers",
               "Choose at least one of the answers", "Tick the box, or go back", "Say it"],
        "fr": ["Remplissez ce champ", "Inscrivez un jour comme 2026-02-27", "Inscrivez un nombre",
               "Choisissez une des réponses", "Choisissez au moins une des réponses",
               "Cochez la case, ou revenez en arrière", "Say it"],
    }  # fmt: skip
    for language, sentences in said.items():
        with translation.override(language):
            assert [str(e) for errors in Asked({}).errors.values() for e in errors.as_data()[0]] == sentences
