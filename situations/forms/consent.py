"""What makes a consent a consent on record? Every particular (R24), and which one was withdrawn (R27)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy.vocabulary import Category, Purpose
from situations import apart
from situations.forms.about import OurPersonForm
from situations.forms.base import ActForm
from situations.forms.fields import Hinted, RowField, RowsField, words_field
from situations.forms.people import agencies_elsewhere
from situations.intervention import Consent
from situations.vocabulary import ConsentForm as Given
from situations.vocabulary import ConsentGiver

#: What a person can consent to: what is shared among intervening agencies, or passed on to another table.
_SCOPE = (
    Category.IDENTIFIERS, Category.SAFE_CONTACT, Category.PLAN, Category.CONTACT, Category.SERVICES, Category.CODED,
)  # fmt: skip
_DATE_HINT = _("For example 2026-02-27")


class ConsentForm(OurPersonForm):
    """A consent, with every particular: one person's own."""

    act = "consent"
    refusals = OurPersonForm.refusals | {"authority-first": "limits"}
    given_on = forms.DateField(
        label=_("Given on"), help_text=_DATE_HINT, error_messages={"required": _("Enter the day")}
    )
    giver = forms.ChoiceField(
        label=_("Who gave it"),
        help_text=_("By capacity to understand, never by age alone."),
        choices=ConsentGiver.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gave it")},
    )
    form = forms.ChoiceField(
        label=_("In which form"),
        choices=Given.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={"required": _("Choose the form")},
    )
    scope = forms.MultipleChoiceField(
        label=_("What it covers"),
        choices=[(c.value, c.label) for c in _SCOPE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what it covers")},
    )
    agencies = RowsField(label=_("For which agencies"), error_messages={"required": _("Choose the agencies")})
    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=[(p.value, p.label) for p in (Purpose.PLAN_CONTACT, Purpose.MAKE_CONTACT, Purpose.PROVIDE_SERVICE)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for")},
    )
    expires_on = forms.DateField(
        label=_("Until"), help_text=_DATE_HINT, error_messages={"required": _("Enter the last day")}
    )
    limits = words_field(
        rows=3,
        label=_("Limits, in the person’s own words"),
        help_text=_("Sealed with the plan."),
        required=False,
    )

    def narrow(self) -> None:
        super().narrow()
        self.fields["given_on"].initial = timezone.localdate()
        engaged = {e.agency_id: e.agency for e in self.scene.engagements}
        # The person may also agree that another table takes it on (R64).
        others = agencies_elsewhere(self.scene).exclude(pk__in=engaged)
        self.fields["agencies"].offer(  # type: ignore[attr-defined]  # a RowsField
            [*engaged.values(), *others],
            lambda a: a.name if a.pk in engaged else Hinted(a.name, _("At another table: only for a transfer to it.")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given, last = data.get("given_on"), data.get("expires_on")
        if given is not None and given > timezone.localdate():
            self.add_error("given_on", gettext("This lies in the future"))
        if given is not None and last is not None and last < given:
            self.add_error("expires_on", gettext("This is before the consent was given"))
        return data

    def act_data(self) -> dict[str, Any]:
        data = super().act_data()
        return {**data, "scope": [Category(c) for c in data["scope"]], "purpose": Purpose(data["purpose"])}


class WithdrawConsentForm(ActForm):
    """Which consent was withdrawn."""

    act = "withdraw_consent"
    refusals = {"no-consent": "consent"}
    consent = RowField(
        label=_("Which consent"),
        help_text=_("It ends at once. Agencies that relied on it alone lose access."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the consent")},
    )

    def narrow(self) -> None:
        self.fields["consent"].offer(apart.consents_in_force(self.scene), _consent_label)  # type: ignore[attr-defined]  # a RowField


def _consent_label(row: Consent) -> str:
    said = {
        "form": row.get_form_display(), "giver": row.get_giver_display(), "day": date_format(row.given_on),
        "last": date_format(row.expires_on),
    }  # fmt: skip
    return gettext("%(form)s, %(giver)s, %(day)s to %(last)s") % said
