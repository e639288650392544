"""What is the lead asked at a follow-up?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.forms.base import ActForm
from situations.vocabulary import FollowUpAnswer


class FollowUpForm(ActForm):
    """Done, not possible or not done; still open by that. A concluded situation is concluded by its own act."""

    act = "follow_up"
    answer = forms.ChoiceField(
        label=_("What was agreed is"),
        help_text=_("For the intervening agencies. The table hears only that it is still open."),
        choices=FollowUpAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer")},
    )
