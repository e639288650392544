"""What is asked when an entry is corrected: which one, what is right, and why was it wrong?"""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from risk.vocabulary import CodeList
from situations import apart, on_file
from situations.conditions.listed import OUTCOMES, REJECTIONS
from situations.forms.base import ActForm
from situations.forms.fields import EntryField, RowField
from situations.forms.intervention import HowItWentForm
from situations.intervention import FirstContact
from situations.vocabulary import ENTERED_WRONGLY


def _why() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Why the entry was wrong"),
        choices=[(reason.value, reason.label) for reason in ENTERED_WRONGLY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why")},
    )


class CorrectOutcomeForm(ActForm):
    """The right outcome, and why another one was entered."""

    act = "correct_outcome"
    groups: ClassVar[tuple[str, ...]] = OUTCOMES
    decides_on_what_was_seen = True
    refusals = {"reason": "reason", "same-outcome": "reason", "why": "why"}
    reason = EntryField(
        label=_("How it really ended"),
        help_text=_("The whole table reads it, with what was recorded before beside it. The day it ended stays."),
        widget=forms.RadioSelect(attrs={"class": "open"}),
        error_messages={"required": _("Choose how it ended")},
    )
    why = _why()

    def narrow(self) -> None:
        self.fields["reason"].offer(CodeList.CONCLUSION_REASON, groups=self.groups)  # type: ignore[attr-defined]  # an EntryField


class CorrectRejectionForm(CorrectOutcomeForm):
    """The same for a rejection: it stays rejected, for another reason."""

    act = "correct_rejection"
    groups = REJECTIONS

    def narrow(self) -> None:
        super().narrow()
        field = self.fields["reason"]
        field.label = _("The right reason")
        field.help_text = _("The whole table reads it, with what was recorded before beside it. It stays rejected.")
        field.error_messages["required"] = _("Choose the right reason")


class CorrectContactForm(HowItWentForm):
    """One of the agency's contacts as it really was."""

    act = "correct_contact"
    decides_on_what_was_seen = True
    refusals = {
        "no-own-contact": "contact",
        "same-contact": "contact",
        "not-sought-why": "not_sought_reason",
        "why": "why",
    }
    contact = RowField(
        label=_("Which entry is wrong"),
        help_text=_(
            "It stays on record, marked as corrected. What was shared on the strength of it stays shared, and the"
            " ledger keeps that it was."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the entry")},
    )
    why = _why()
    field_order = ("contact", "contacted_at", "result", "consent_outcome", "not_sought_reason", "why")

    def narrow(self) -> None:
        mine = [c for c in on_file.contacts(self.scene) if c.agency_id in self.scene.acts_for]
        self.fields["contact"].offer(mine, self._label)  # type: ignore[attr-defined]  # a RowField
        if len(mine) == 1:
            (one,) = mine
            as_entered = {
                "contact": str(one.pk), "contacted_at": timezone.localtime(one.contacted_at), "result": one.result,
                "consent_outcome": one.consent_outcome, "not_sought_reason": one.not_sought_reason,
            }  # fmt: skip
            self.initial = {**as_entered, **self.initial}

    def _label(self, row: FirstContact) -> str:
        said = {
            "when": date_format(timezone.localtime(row.contacted_at), "DAY_AND_HOUR"),
            "result": row.get_result_display(), "outcome": row.get_consent_outcome_display(), "n": row.subject,
        }  # fmt: skip
        if row.subject != apart.WHOLE and len(apart.subjects(self.scene)) > 1:
            return gettext("%(when)s, person %(n)s. %(result)s. %(outcome)s.") % said
        return gettext("%(when)s. %(result)s. %(outcome)s.") % said
