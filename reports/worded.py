"""May these words stand beside a table's figures? Not where they may say who somebody is (R67).

The name guard reads them as it reads a summary. Whoever leaves a mark says which harmless thing it is; that somebody
must be named for the table to judge is no reason here: these words are about the table's work.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from privacy.guard import screen
from privacy.vocabulary import MarksReason
from situations.marks import say_which

_HARMLESS = (MarksReason.COMMON_WORDS, MarksReason.PUBLIC_PLACE, MarksReason.AGENCY)


class Worded(forms.Form):
    """Words, and why marked ones may stay. Put them last."""

    words = forms.CharField(
        label=gettext_lazy("In words"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("About the table’s work. Never about a person, a family or one situation."),
    )  # fmt: skip
    marks_reason = forms.ChoiceField(
        label=gettext_lazy("If words are marked: why they may stay"),
        required=False,
        choices=[("", gettext_lazy("Nothing is marked")), *((r.value, r.label) for r in _HARMLESS)],
    )

    def clean(self) -> dict[str, Any]:
        """Refused where marks are left and nobody said why; the reason is kept only where there is a mark."""
        data = super().clean() or self.cleaned_data
        marks = screen(data.get("words", ""), language=(get_language() or "en")[:2])
        if marks and not data.get("marks_reason"):
            self.add_error("words", say_which(marks))
        if not marks:
            data["marks_reason"] = ""
        return data


def unmarked(text: str) -> str:
    """A short title as it is; refused where the guard marks anything in it."""
    if screen(text, language=(get_language() or "en")[:2]):
        raise forms.ValidationError(_("This may say who somebody is. Say it without names, dates and numbers."))
    return text
