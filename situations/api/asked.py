"""What does an act ask for here and now, and which choices are there? The page's form, described for a program.

Choices are those of the scene: own authorities, engaged recipients, own notices, people seated for the own agency.
What was typed before is not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from rest_framework import serializers

from situations.api.bodies import VERSION, needs_version
from situations.forms import ActForm

_PERSON = re.compile(r"person_(?P<number>\d+)_(?P<part>age|sex|part)")


class ChoiceOffered(serializers.Serializer[Any]):
    """One choice: what to send, and what it says."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    group = serializers.CharField()
    hint = serializers.CharField()


class FieldAsked(serializers.Serializer[Any]):
    """One field; `persons[].x` is the field x of each object in the list `persons`."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    hint = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # declared fields are taken off the class
    several = serializers.BooleanField()
    choices = ChoiceOffered(many=True)


class Asked(serializers.Serializer[Any]):
    """What an act asks for in this situation."""

    act = serializers.CharField()
    version = serializers.IntegerField(help_text="Send it back as `seen_version`.")
    version_required = serializers.BooleanField()
    fields = FieldAsked(many=True)  # type: ignore[assignment]  # declared fields are taken off the class


def asked(form: ActForm) -> dict[str, Any]:
    """The description of one form."""
    return {
        "act": form.act,
        "version": form.scene.situation.version,
        "version_required": needs_version(form.act),
        "fields": list(_fields(form)),
    }


def _fields(form: ActForm) -> Iterator[dict[str, Any]]:
    for name, field in form.fields.items():
        person = _PERSON.fullmatch(name)
        if name in ("key", "rows", VERSION) or name.startswith("seen_") or (person and person["number"] != "1"):
            continue
        if person:
            name = f"persons[].{'age_group' if person['part'] == 'age' else person['part']}"
        yield {
            "name": name,
            "label": field.label or "",
            "hint": field.help_text,
            "required": field.required,
            "several": isinstance(field, forms.MultipleChoiceField),
            "choices": list(_choices(field)) if isinstance(field, forms.ChoiceField) else [],
        }


def _choices(field: forms.ChoiceField) -> Iterator[dict[str, Any]]:
    choices: Any = field.choices
    for value, label in choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        group = value if inner is label else ""
        yield from (
            {"value": str(v), "label": str(said), "group": str(group), "hint": getattr(said, "hint", "")}
            for v, said in inner
            if v != ""
        )
