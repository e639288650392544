"""What is asked at filter 4: authority, safe contact, plan, first contact, services, notices?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.forms.either_or import either_or
from agencies.models import Agency
from privacy.vocabulary import Element
from risk.vocabulary import CodeList
from situations import actions, apart, on_file
from situations.forms.about import OurPersonForm
from situations.forms.base import ActForm
from situations.forms.disclosure import offer_authorities
from situations.forms.fields import EntryField, RowField, authority_field, grounds_field, words_field
from situations.forms.picking import PickOne
from situations.intervention import NoticeTask
from situations.vocabulary import ConsentOutcome, ContactResult, NoticeExcuse, NoticeMethod, NotSought

_CHOOSE = _("Choose")
_DATE_HINT = _("For example 2026-02-27")


class RecordAuthorityForm(ActForm):
    """The authority the member's agency relies on for its own entries (R31)."""

    act = "record_authority"
    refusals = {"authority-not-ours": "authority"}
    authority = authority_field()

    def narrow(self) -> None:
        offer_authorities(self, self.scene)


class _EntryForm(OurPersonForm):
    """An entry about one person, disclosed to those who know that person, on the agency's recorded authority."""

    refusals = OurPersonForm.refusals | {
        "grounds-missing": "grounds", "anothers-words": "subject", "owner-knows-not": "owner",
    }  # fmt: skip
    grounds = grounds_field()

    def narrow(self) -> None:
        super().narrow()
        self._ask_grounds()

    def _ask_grounds(self) -> None:
        engagement = self.scene.engagement
        known = on_file.authority(self.scene, engagement.agency_id) if engagement else None
        if known is not None and known.needs_grounds:
            self.fields["grounds"].required = True
            self.fields["grounds"].error_messages["required"] = gettext("Write down the grounds")
            asked = gettext("The test of %(authority)s: %(test)s. Sealed; read by your agency’s named person only.")
            self.fields["grounds"].help_text = asked % {"authority": known.label, "test": known.test}
        else:
            del self.fields["grounds"]


class SafeContactForm(_EntryForm):
    """How the person can be reached without harm (R52)."""

    act = "safe_contact"
    overwrites = (str(Element.SAFE_CONTACT),)
    instructions = words_field(
        label=_("Safe-contact instructions"),
        help_text=_(
            "What nobody may ever do, the safe way, safe times, the language."
            " Everybody who knows this person reads it before they call, write or visit."
        ),
        error_messages={"required": _("Write the instructions")},
    )
    mail_blocked = forms.BooleanField(
        label=_("Mail is blocked"),
        help_text=_("Somebody else opens the mail: written notice is handed over in person."),
        required=False,
    )
    field_order = ("subject", "instructions", "mail_blocked", "grounds")


class PlanForm(_EntryForm):
    """One action: what, by whom, until when."""

    act = "plan"
    whole = True
    words = words_field(rows=3, label=_("What will be done"), error_messages={"required": _("Write what will be done")})
    owner = RowField(label=_("Which agency does it"), error_messages={"required": _("Choose the agency")})
    due_on = forms.DateField(label=_("By when"), help_text=_DATE_HINT, error_messages={"required": _("Enter a date")})
    field_order = ("subject", "words", "owner", "due_on", "grounds")

    def narrow(self) -> None:
        super().narrow()
        owner = self.fields["owner"]
        known = frozenset().union(*(apart.knowing(self.scene, n) for n in apart.ours(self.scene)))
        can = [e.agency for e in self.scene.engagements if e.person_id and e.agency_id in known]
        owner.offer(can, _name)  # type: ignore[attr-defined]  # a RowField
        if self.scene.engagement is not None:
            owner.initial = str(self.scene.engagement.agency_id)


def _name(agency: Agency) -> str:
    return agency.name


class PlanDoneForm(ActForm):
    """Which action is closed, and how."""

    act = "plan_done"
    refusals = {"no-open-action": "number"}
    number = forms.TypedChoiceField(
        label=_("Which action"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the action")},
    )
    not_possible = forms.BooleanField(
        label=_("It was not possible"), help_text=_("Leave this empty when it is done."), required=False
    )

    def narrow(self) -> None:
        self.fields["number"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (p.number, gettext("Action %(n)s, due %(day)s") % {"n": p.number, "day": date_format(p.due_on)})
            for p in actions.ours_open(self.scene)
        ]


class HowItWentForm(ActForm):
    """When somebody was met or tried, how it went and what came of asking for consent (R23, R25)."""

    contacted_at = forms.DateTimeField(
        label=_("When"),
        help_text=_("For example 2026-02-27 14:30"),
        widget=forms.DateTimeInput(attrs={"class": "w-20"}, format="%Y-%m-%d %H:%M"),
        error_messages={"required": _("Enter day and time")},
    )
    result = forms.ChoiceField(
        label=_("How it went"),
        choices=ContactResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went")},
    )
    consent_outcome = forms.ChoiceField(
        label=_("What came of asking for consent"),
        choices=ConsentOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of asking")},
    )
    not_sought_reason = either_or(
        forms.ChoiceField(
            label=_("If consent could not be sought: why not"),
            choices=[("", _("It was sought, whatever the answer was")), *NotSought.choices],
            widget=forms.RadioSelect,
            initial="",
            required=False,
        )
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        when, outcome, why = data.get("contacted_at"), data.get("consent_outcome"), data.get("not_sought_reason")
        if when is not None and when > timezone.now():
            self.add_error("contacted_at", gettext("This lies in the future"))
        if outcome == ConsentOutcome.NOT_SOUGHT and not why:
            self.add_error("not_sought_reason", gettext("Choose why it could not be sought"))
        if outcome and outcome != ConsentOutcome.NOT_SOUGHT and why:
            said = gettext("Consent was sought: choose “It was sought, whatever the answer was”")
            self.add_error("not_sought_reason", said)
        return data


class ContactForm(HowItWentForm, OurPersonForm):
    """A contact or attempt, and with whom."""

    act = "contact"
    whole = True

    def narrow(self) -> None:
        super().narrow()
        self.fields["contacted_at"].initial = timezone.localtime().replace(second=0, microsecond=0)


class MobilizeForm(OurPersonForm):
    """A service, and how it went."""

    act = "mobilize"
    whole = True
    category = EntryField(
        widget=PickOne, label=_("Kind of service"), error_messages={"required": _("Choose the kind of service")}
    )
    result = EntryField(
        label=_("How it went"), widget=forms.RadioSelect, error_messages={"required": _("Choose how it went")}
    )

    def narrow(self) -> None:
        super().narrow()
        self.fields["category"].offer(CodeList.SERVICE_CATEGORY)  # type: ignore[attr-defined]  # an EntryField
        self.fields["result"].offer(CodeList.MOBILIZATION_TYPE)  # type: ignore[attr-defined]  # an EntryField


class NoticeForm(ActForm):
    """A notice that was given (when, how), or the documented exception (R28-R30)."""

    act = "notice"
    refusals = {"no-open-notice": "notice", "mail-blocked": "method"}
    notice = RowField(
        label=_("Which notice"), widget=forms.RadioSelect, error_messages={"required": _("Choose the notice")}
    )
    done_on = either_or(forms.DateField(label=_("Given on"), help_text=_DATE_HINT, required=False))
    method = either_or(
        forms.ChoiceField(label=_("How it was given"), choices=[("", _CHOOSE), *NoticeMethod.choices], required=False)
    )
    excuse = either_or(
        forms.ChoiceField(
            label=_("Or why it was not given"),
            choices=[("", _("It was given")), *NoticeExcuse.choices],
            widget=forms.RadioSelect,
            initial="",
            required=False,
        )
    )

    def narrow(self) -> None:
        rows = self.scene.situation.notices.filter(agency_id__in=self.scene.acts_for, closed_at__isnull=True)
        field = self.fields["notice"]
        field.offer(rows, _notice_label)  # type: ignore[attr-defined]  # a RowField
        if len(rows) == 1:
            field.initial = str(rows[0].pk)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given, how, excuse = data.get("done_on"), data.get("method"), data.get("excuse")
        if excuse and (given or how):
            self.add_error("excuse", gettext("Either it was given, or there is a reason why not: choose one"))
        elif not excuse and "done_on" not in self.errors:
            if not given:
                self.add_error("done_on", gettext("Enter the day it was given, or choose why it was not"))
            elif given > timezone.localdate():
                self.add_error("done_on", gettext("This lies in the future"))
            if not how:
                self.add_error("method", gettext("Choose how it was given"))
        return data


def _notice_label(row: NoticeTask) -> str:
    said = {"duty": row.get_duty_display(), "n": row.subject, "day": date_format(row.due_on)}
    return gettext("%(duty)s, person %(n)s, due %(day)s") % said
