"""What is asked to say who it is, and to whom: identifiers, disclosure, answer, recall? (R16, R31-R33)"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from agencies.forms.either_or import either_or
from privacy import authorities
from privacy.models import Disclosure
from privacy.vocabulary import IDENTIFYING, Answer, CompartmentKind, Element, Medium, Purpose
from situations import apart, on_file
from situations.forms.base import ActForm
from situations.forms.fields import (
    RowField,
    RowsField,
    authority_field,
    authority_label,
    grounds_field,
)
from situations.forms.people import engagement_label, other_named_persons
from situations.scene import Scene

_LISTS = ", "


class SubjectForm(ActForm):
    """About one of the affected persons."""

    subject = forms.TypedChoiceField(
        label=_("Which person"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the person")},
    )

    def narrow(self) -> None:
        persons = {p.ordinal: p for p in on_file.persons(self.scene)}
        numbers = apart.subjects(self.scene)
        field = self.fields["subject"]
        field.choices = [(n, person_label(n, persons.get(n))) for n in numbers]  # type: ignore[attr-defined]  # a ChoiceField
        if len(numbers) == 1:
            field.initial = numbers[0]
            field.widget = forms.HiddenInput()


def person_label(number: int, person: Any) -> str:
    """One of the affected persons, as coarse as the table saw it."""
    if person is None:
        return gettext("Person %(n)s") % {"n": number}
    said = {"n": number, "age": person.age_group.label, "sex": person.sex.label}
    return gettext("Person %(n)s: %(age)s, %(sex)s") % said


class IdentifiersForm(SubjectForm):
    """Enough to recognise the person, no more (R16). An empty field leaves what is sealed there as it is."""

    act = "enter_identifiers"
    overwrites = tuple(str(e) for e in IDENTIFYING)
    name = either_or(forms.CharField(label=_("Name"), max_length=200, required=False))
    birth = either_or(
        forms.CharField(
            label=_("Date of birth or age"),
            max_length=60,
            required=False,
            widget=forms.TextInput(attrs={"class": "w-20"}),
        )
    )
    location = either_or(
        forms.CharField(
            label=_("Where the person can be found"),
            help_text=_("An address, or a place and a time."),
            max_length=300,
            required=False,
        )
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any((data.get(e.value) or "").strip() for e in IDENTIFYING) and not self.errors:
            self.add_error("name", gettext("Enter at least one: a name, a birth date or age, or a place"))
        return data


class DiscloseForm(SubjectForm):
    """One disclosure: what, to whom, why, on which authority (R31-R33)."""

    act = "disclose"
    decides_on_what_was_seen = True
    refusals = {
        "grounds-missing": "grounds", "authority-not-ours": "authority", "no-consent": "authority",
        "beyond-consent": "recipients", "declined": "authority", "recipients": "recipients", "not-entered": "elements",
        "no-such-person": "subject",
    }  # fmt: skip
    elements = forms.MultipleChoiceField(
        label=_("What is disclosed"),
        help_text=_("Only what is needed to recognise the person."),
        choices=[(e.value, e.label) for e in IDENTIFYING],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you disclose")},
    )
    recipients = RowsField(label=_("To whom"), error_messages={"required": _("Choose at least one person")})
    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=[
            (Purpose.RECOGNISE.value, _("So that the agency told can say whether it already knows the person")),
            *((p.value, p.label) for p in (Purpose.PLAN_CONTACT, Purpose.PROVIDE_SERVICE)),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for")},
    )
    authority = authority_field()
    grounds = grounds_field()
    medium = forms.ChoiceField(
        label=_("How it passes"),
        choices=Medium.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={"required": gettext_lazy("Choose how it passes")},
    )

    def narrow(self) -> None:
        super().narrow()
        self.fields["recipients"].offer(other_named_persons(self.scene), engagement_label)  # type: ignore[attr-defined]  # a RowsField
        offer_authorities(self, self.scene)
        entered = {
            item
            for c in on_file.of_kind(self.scene, CompartmentKind.SUBJECT)
            for item in on_file.revealable(self.scene, c)
        }
        self.fields["elements"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (e.value, e.label) for e in IDENTIFYING if e.value in entered
        ]

    def clean(self) -> dict[str, Any]:
        return need_grounds(self, super().clean() or {})

    def act_data(self) -> dict[str, Any]:
        data = super().act_data()
        return {
            **data,
            "elements": [Element(e) for e in data["elements"]],
            "purpose": Purpose(data["purpose"]),
            "medium": Medium(data["medium"]),
        }


def offer_authorities(form: ActForm, scene: Scene, *, with_consent: bool = True) -> None:
    """Offer the authorities of the member's own agency."""
    rows = [a for a in authorities.for_agency(scene.own_agency()) if with_consent or not a.is_consent]
    form.fields["authority"].offer(rows, authority_label)  # type: ignore[attr-defined]  # a RowField


def need_grounds(form: forms.Form, data: dict[str, Any]) -> dict[str, Any]:
    """Ask for the grounds where the chosen authority's own test needs them (R32)."""
    authority = data.get("authority")
    if authority is not None and authority.needs_grounds and not (data.get("grounds") or "").strip():
        asked = gettext("Write down the grounds. The test of %(authority)s: %(test)s")
        form.add_error("grounds", asked % {"authority": authority.label, "test": authority.test})
    return data


class AnswerForm(ActForm):
    """What the member's agency answers to a disclosure."""

    act = "answer"
    refusals = {"brought-it": "answer"}
    answer = forms.TypedChoiceField(
        label=_("What does your agency answer?"),
        help_text=_("“Not ours” ends your access at once."),
        choices=[(a.value, a.label) for a in (Answer.OURS, Answer.INVOLVED, Answer.NOT_OURS)],
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )


class RecallForm(ActForm):
    """Which of the agency's disclosures was made in error."""

    act = "recall"
    disclosure = RowField(
        label=_("Which disclosure"),
        help_text=_("What it showed can no longer be opened on its strength. The ledger keeps that it happened."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the disclosure")},
    )

    def narrow(self) -> None:
        live = self.scene.access.disclosures.filter(agency_id__in=self.scene.acts_for, recalled_at__isnull=True)
        rows = live.select_related("authority").prefetch_related("recipients__member")
        self.fields["disclosure"].offer(rows, _disclosure_label)  # type: ignore[attr-defined]  # a RowField


def _disclosure_label(row: Disclosure) -> str:
    from situations.projected_intervention import element_label

    said = {
        "when": date_format(timezone.localtime(row.at), "DATETIME_FORMAT"),
        "what": _LISTS.join(str(element_label(e)) for e in row.elements),
        "who": _LISTS.join(r.member.name for r in row.recipients.all()),
    }
    return gettext("%(when)s: %(what)s, to %(who)s") % said
