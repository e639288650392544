"""What is asked when a draft is presented? Nothing, unless marked words are left in the summary: why may they stay?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.vocabulary import MarksReason
from situations import marks
from situations.forms.base import ActForm


class PresentForm(ActForm):
    """Present to the table (R6)."""

    act = "present"
    decides_on_what_was_seen = True
    refusals = {"marks-left": "marks_reason"}
    marks_reason = forms.ChoiceField(
        label=_("Why may the marked words stay?"),
        help_text=_(
            "Best is to change the words. Your choice goes into the ledger under your name, with the kinds of marks;"
            " the words do not."
        ),
        choices=MarksReason.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def narrow(self) -> None:
        _text, left = marks.marks_left(self.scene)
        if not left:
            del self.fields["marks_reason"]
            return
        field = self.fields["marks_reason"]
        field.required = True
        field.error_messages["required"] = marks.say_which(left)
