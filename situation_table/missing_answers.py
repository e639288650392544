"""What does a form say beside a field that was left empty, where it has no better sentence of its own?

What to do, by the kind of answer: "This field is required" says only that something is wrong. The list on top of the
page names the field. Taught before any form is made, since a field takes its sentences along when it is made.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[type[forms.Field], Any] = {
    forms.Field: _("Fill this in"),
    forms.IntegerField: _("Enter a number"),
    forms.DateField: _("Enter a day like 2026-02-27"),
    forms.EmailField: _("Enter an e-mail address"),
    forms.FileField: _("Choose a file"),
    forms.BooleanField: _("Tick the box, or go back"),
    forms.ChoiceField: _("Choose one of the answers"),
    forms.MultipleChoiceField: _("Choose at least one of the answers"),
}


def teach() -> None:
    """From now on every field that is made says so."""
    for kind, sentence in _SENTENCES.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), "required": sentence}
