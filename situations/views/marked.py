"""How do pages show marked words? The words with what they are, why they tell and what can be written instead."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy.guard import Mark


def heading(marks: tuple[Mark, ...]) -> str:
    """How many marks there are."""
    if not marks:
        return _("No marks")
    said = ngettext("%(n)s mark that may say who this is", "%(n)s marks that may say who this is", len(marks))
    return said % {"n": len(marks)}


def rows(text: str, marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    """The marks in the order of the text, for the own agency, which wrote the words."""
    return [
        {
            "start": mark.start,
            "end": mark.end,
            "words": text[mark.start : mark.end],
            "kind": mark.kind.value,
            "label": mark.kind.label,
            "direct": mark.direct,
            "why": mark.kind.why,
            "instead": mark.kind.instead,
        }
        for mark in marks
    ]
