"""What does a program send with an act? The fields of the same form as on the page, as one JSON object.

`schema_of` describes them for the contract; `as_form_data` takes a body apart for the form and refuses what the form
would otherwise pass over in silence: an unknown field, a wrong shape, half a section of a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from risk.vocabulary import Criterion
from situations.forms import FORMS, SAVE_SECTIONS, ActForm
from situations.forms.draft import MOST_PERSONS

VERSION = "seen_version"
_NEVER = ("key", "rows", VERSION)
_PERSON = ("age_group", "sex", "part")
_TYPES: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.BooleanField, {"type": "boolean"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
)


def fields_of(act: str) -> dict[str, forms.Field]:
    """The fields an act may ask for, whatever the situation; each situation narrows their choices."""
    sources = SAVE_SECTIONS.values() if act == "save" else (FORMS[act],)
    found = {n: f for source in sources for n, f in source.base_fields.items() if n not in _NEVER}
    if act == "accept":
        found |= {c.value: forms.BooleanField(label=c.label, required=False) for c in Criterion}
    return found


def needs_version(act: str) -> bool:
    """Whether the act decides on all that was seen or writes over words, so that the version seen is sent with it."""
    return FORMS[act].decides_on_what_was_seen or bool(FORMS[act].overwrites) or act == "save"


def schema_of(act: str) -> dict[str, Any]:
    """The body of an act as JSON schema, derived from its form."""
    fields = fields_of(act)
    properties = {name: _property(field) for name, field in fields.items()}
    # A draft may be saved with what there is; it is complete when it is presented.
    required = [] if act == "save" else [name for name, field in fields.items() if field.required]
    if act == "save":
        properties["persons"] = {
            "type": "array",
            "maxItems": MOST_PERSONS,
            "items": {"type": "object", "properties": {key: {"type": "string"} for key in _PERSON}},
        }
    properties[VERSION] = {"type": "integer", "description": "The `version` of the situation that was decided on."}
    if needs_version(act):
        required.append(VERSION)
    said = {"type": "object", "properties": properties, "additionalProperties": False}
    return said | ({"required": sorted(required)} if required else {})


def _property(field: forms.Field) -> dict[str, Any]:
    said = str(field.label or "")
    several = isinstance(field, forms.MultipleChoiceField)
    one: dict[str, Any] = {"type": "string"}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        codes = [str(code) for code, _label in choices if code]
        if codes:
            one["enum"] = codes
        elif isinstance(field, forms.TypedChoiceField):
            one = {"type": "integer"}
    else:
        one = next((dict(kind) for known, kind in _TYPES if isinstance(field, known)), one)
        if isinstance(field, forms.CharField) and field.max_length:
            one["maxLength"] = field.max_length
    return ({"type": "array", "items": one} if several else one) | ({"description": said} if said else {})


def as_form_data(act: str, body: Any, *, form: ActForm | None = None) -> dict[str, Any]:
    """The body as the form takes it; a 400 by field where its shape is wrong. `form`: what this situation asks for."""
    if not isinstance(body, Mapping):
        raise ValidationError({"__all__": [_("Send one JSON object with the fields of this act.")]})
    known = fields_of(act)
    asked = set(known) if form is None or act == "save" else {n for n in form.fields if not n.startswith("seen_")}
    asked -= set(_NEVER)
    allowed = asked | {VERSION} | ({"persons"} if act == "save" else set())
    errors = {str(name): [_("This is not asked for here.")] for name in body if name not in allowed}
    if needs_version(act) and body.get(VERSION) is None:
        errors[VERSION] = [_("Send the version of the situation that was decided on.")]
    for name, value in body.items():
        problem = _problem(known.get(name), name, value) if name in allowed and value is not None else ""
        if problem:
            errors[name] = [problem]
    if act == "save":
        errors |= _half_sections(body)
    if errors:
        raise ValidationError(errors)
    return {name: value for name, value in body.items() if value is not None or act == "save"}


def _problem(field: forms.Field | None, name: str, value: Any) -> str:
    if name == VERSION:
        return "" if _whole(value) else _("Send a whole number.")
    if field is None:
        return _persons_problem(value)
    if isinstance(field, forms.MultipleChoiceField):
        right = isinstance(value, list) and all(_whole(v) or _writable(v) for v in value)
        return "" if right else _("Send a list of codes.")
    if isinstance(field, forms.BooleanField):
        return "" if isinstance(value, bool) else _("Send true or false.")
    if isinstance(field, forms.DateTimeField):
        return "" if _iso(value, datetime.fromisoformat) else _("Send day and time as 2026-02-27T14:30:00-05:00.")
    if isinstance(field, forms.DateField):
        return "" if _iso(value, date.fromisoformat) else _("Send a day as 2026-02-27.")
    if isinstance(field, forms.ChoiceField | forms.IntegerField):
        return "" if _whole(value) or _writable(value) else _("Send one code.")
    return "" if _writable(value) else _("Send a text.")


def _persons_problem(value: Any) -> str:
    if not isinstance(value, list) or len(value) > MOST_PERSONS:
        return _("Send a list of at most %(most)s persons.") % {"most": MOST_PERSONS}
    for person in value:
        if not isinstance(person, dict) or not set(person) <= set(_PERSON) or not all(map(_writable, person.values())):
            return _("Each person is an object with age_group, sex and part.")
    return ""


def _half_sections(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """A section is saved whole: what is left out of it would be erased."""
    errors: dict[str, list[str]] = {}
    for code, section in SAVE_SECTIONS.items():
        wanted: Collection[str] = {n for n in section.base_fields if n not in _NEVER} | (
            {"persons"} if code == "whom" else set()
        )
        missing = [name for name in wanted if name not in body]
        if len(missing) < len(wanted):
            errors |= {name: [_("Send this as well: a section of the draft is saved as a whole.")] for name in missing}
    return errors


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _writable(value: Any) -> bool:
    """A text that can be stored: JSON can spell half a character."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _iso(value: Any, read: Callable[[str], Any]) -> bool:
    try:
        read(value)
    except (TypeError, ValueError):
        return False
    return True


def require_valid(form: ActForm) -> None:
    """A 400 with what the form found wrong, by the names that were sent."""
    if not form.is_valid():
        raise ValidationError({_sent_as(n): [str(problem) for problem in found] for n, found in form.errors.items()})


def _sent_as(name: str | Promise) -> str:
    said = str(name)
    if said == "rows":
        return "persons"
    if said.startswith("person_"):
        _word, number, part = said.split("_", 2)
        return f"persons.{int(number) - 1}.{'age_group' if part == 'age' else part}"
    return said
