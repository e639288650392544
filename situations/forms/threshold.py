"""What does the facilitator say at filter 2: the criteria, and the reasons?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risk.threshold import Affirmed
from risk.vocabulary import CodeList, Criterion
from situations.forms.base import ActForm
from situations.forms.fields import EntryField
from situations.vocabulary import ReturnReason, StopReason


class ReturnForm(ActForm):
    """Why a filing goes back."""

    act = "return"
    decides_on_what_was_seen = True
    reason = forms.ChoiceField(
        label=_("Why it goes back"),
        help_text=_("The agency reads this reason with its draft."),
        choices=ReturnReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it goes back")},
    )


class StopForm(ActForm):
    """Why an item is stopped without a rejection."""

    act = "stop"
    decides_on_what_was_seen = True
    reason = forms.ChoiceField(
        label=_("Why it stops"),
        choices=StopReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it stops")},
    )


class AcceptForm(ActForm):
    """The four criteria, each affirmed by itself (R8). Fields are named after `Criterion`."""

    act = "accept"
    decides_on_what_was_seen = True
    template_name = "situations/_criteria.html"

    def narrow(self) -> None:
        for criterion in Criterion:
            self.fields[criterion.value] = forms.BooleanField(
                label=criterion.label, help_text=str(criterion.formal), required=False
            )

    def act_data(self) -> dict[str, Any]:
        return {"criteria": Affirmed(**{c.value: self.cleaned_data[c.value] for c in Criterion})}


class RejectForm(ActForm):
    """Why the table rejects it (R11)."""

    act = "reject"
    decides_on_what_was_seen = True
    refusals = {"reason": "reason"}
    reason = EntryField(
        label=_("Why the table rejects it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason of the rejection")},
    )

    def narrow(self) -> None:
        self.fields["reason"].offer(CodeList.CONCLUSION_REASON, groups=("rejected",))  # type: ignore[attr-defined]  # an EntryField
