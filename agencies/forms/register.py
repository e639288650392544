"""What is asked about an agency or a table, and of whoever sets an empty installation up?"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.forms import seen
from agencies.models import Agency, Member, Sector, Table
from agencies.sector_editor import in_force
from agencies.vocabulary import Statute

_LANGUAGES = (("en", "English"), ("fr", "Français"))
_NUMBER = {"class": "w-5"}
_CODE_ERRORS = {"required": _("Enter a code"), "invalid": _("Two to five capital letters")}


def _sector() -> forms.ModelChoiceField[Sector]:
    return forms.ModelChoiceField(
        Sector.objects.none(), label=_("Sector"), empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the sector"),
            "invalid_choice": _("The sectors have changed meanwhile: choose again."),
        },
    )  # fmt: skip


#: A wrong tick decides the legal authority: initials alone say nothing to who is no lawyer.
_IN_FULL = {
    Statute.FIPPA: _("FIPPA (Freedom of Information and Protection of Privacy Act)"),
    Statute.MFIPPA: _("MFIPPA (Municipal Freedom of Information and Protection of Privacy Act)"),
    Statute.PHIPA: _("PHIPA (Personal Health Information Protection Act): it is a health information custodian"),
    Statute.CYFSA: _("CYFSA Part X (Child, Youth and Family Services Act)"),
    Statute.YCJA: _("YCJA (Youth Criminal Justice Act)"),
    Statute.PIPEDA: _("PIPEDA (Personal Information Protection and Electronic Documents Act)"),
}


def _statutes() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Which statutes bind it"), choices=[(s, _IN_FULL.get(s, s.label)) for s in Statute],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They decide on which legal authority it may disclose. Ask its privacy lead if you are not sure."),
        error_messages={"required": _("Choose at least one; “No disclosure statute” is an answer too.")},
    )  # fmt: skip


def check_statutes(chosen: list[str]) -> list[str]:
    """`None of them` is not ticked beside another."""
    if Statute.NONE in chosen and len(chosen) > 1:
        raise ValidationError(_("Either a statute binds it, or none does."))
    return chosen


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]  # not to be subscripted at run time
    """Names in both languages, sector, statutes, how the public reaches it, whether it is on hold."""

    sector = _sector()
    statutes = _statutes()

    class Meta:
        model = Agency
        fields = ("name_en", "name_fr", "sector", "statutes", "public_contact", "is_active")
        labels: ClassVar = {
            "name_en": _("Name in English"), "name_fr": _("Name in French"),
            "public_contact": _("How the public reaches it"), "is_active": _("It takes part"),
        }  # fmt: skip
        help_texts: ClassVar = {
            "name_fr": _("Its own French name, if it has one."),
            "public_contact": _("Printed on notices to people: telephone or address."),
            "is_active": _("Without this tick it is on hold: nothing of any table opens for its people."),
        }
        error_messages: ClassVar = {"name_en": {"required": _("Enter the name")}}

    def __init__(self, data: Any = None, *, instance: Agency | None = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["sector"].queryset = in_force()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["sector"].label_from_instance = lambda s: s.label  # type: ignore[attr-defined]  # a ModelChoiceField
        if instance is None:
            del self.fields["is_active"]
        else:
            seen.carry(self, instance)

    def clean_statutes(self) -> list[str]:
        return check_statutes(self.cleaned_data["statutes"])


class TableForm(forms.ModelForm):  # type: ignore[type-arg]  # not to be subscripted at run time
    """The settings the members of a table agreed on."""

    code = forms.RegexField(
        r"^[A-Z]{2,5}$", label=_("Code"), max_length=5, error_messages=_CODE_ERRORS,
        help_text=_("Discussion numbers begin with it. It stays as it is."),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    class Meta:
        model = Table
        fields = (
            "code", "name_en", "name_fr", "region_en", "region_fr", "quorum", "contact_clock_hours",
            "contact_clock_counts_weekends", "retention_days", "retention_basis", "idle_minutes",
            "review_after_meetings", "youth_codes_before_f4", "youth_codes_assessment",
        )  # fmt: skip
        labels: ClassVar = {
            "name_en": _("Name in English"), "name_fr": _("Name in French"), "region_en": _("Region in English"),
            "region_fr": _("Region in French"), "quorum": _("Quorum"),
            "contact_clock_hours": _("Hours until first contact"),
            "contact_clock_counts_weekends": _("Saturdays and Sundays count in these hours"),
            "retention_days": _("Days until what was written is destroyed"),
            "retention_basis": _("By-law or consent, if shorter than 365 days"),
            "idle_minutes": _("Minutes until an idle screen locks"),
            "review_after_meetings": _("Meetings missed in a row before an agency is reviewed"),
            "youth_codes_before_f4": _("Criminal-involvement codes for ages 12 to 17 show before intervening"),
            "youth_codes_assessment": _("Reference of the privacy assessment that allows it"),
        }  # fmt: skip
        widgets: ClassVar = {
            name: forms.NumberInput(attrs=_NUMBER)
            for name in ("quorum", "contact_clock_hours", "retention_days", "idle_minutes", "review_after_meetings")
        }

    def __init__(self, data: Any = None, *, instance: Table | None = None) -> None:
        super().__init__(data, instance=instance)
        if instance is not None:
            del self.fields["code"]
            seen.carry(self, instance)

    def clean_quorum(self) -> int:
        return _within(self.cleaned_data["quorum"], 2, 40)

    def clean_contact_clock_hours(self) -> int:
        return _within(self.cleaned_data["contact_clock_hours"], 1, 240)

    def clean_retention_days(self) -> int:
        return _within(self.cleaned_data["retention_days"], 1, 3660)

    def clean_review_after_meetings(self) -> int:
        return _within(self.cleaned_data["review_after_meetings"], 1, 100)

    def clean_idle_minutes(self) -> int:
        return _within(self.cleaned_data["idle_minutes"], 1, 120)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if (got.get("retention_days") or 365) < 365 and not got.get("retention_basis"):
            self.add_error("retention_basis", _("Less than 365 days needs a by-law or the person’s consent."))
        if got.get("youth_codes_before_f4") and not got.get("youth_codes_assessment"):
            self.add_error("youth_codes_assessment", _("This needs the reference of a privacy assessment."))
        return got


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValidationError(_("A number from %(least)s to %(most)s") % {"least": least, "most": most})
    return number


class FirstRunForm(forms.Form):
    """The code from the server, the first administrator, the own agency, the first table."""

    code = forms.CharField(
        label=_("Code of this installation"), max_length=40,
        help_text=_("Whoever runs the server reads it there: manage.py first_run_code"),
        error_messages={"required": _("Enter the code")}, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail at work"), help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Enter your address")},
    )  # fmt: skip
    password = forms.CharField(
        label=_("Choose a password"), strip=False, max_length=200, help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "w-20"}),
        error_messages={"required": _("Type a password of at least 12 characters")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=_LANGUAGES, initial="en")
    agency_en = forms.CharField(
        label=_("Your agency, in English"), max_length=160, error_messages={"required": _("Enter the name")}
    )
    agency_fr = forms.CharField(label=_("Your agency, in French"), max_length=160, required=False)
    sector = _sector()
    statutes = _statutes()
    table_code = forms.RegexField(
        r"^[A-Z]{2,5}$", label=_("Code of the table"), max_length=5, error_messages=_CODE_ERRORS,
        help_text=_("Two to five capital letters. Discussion numbers begin with it. It stays as it is."),
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip
    table_en = forms.CharField(label=_("Name of the table, in English"), max_length=160)
    table_fr = forms.CharField(label=_("Name of the table, in French"), max_length=160)
    region_en = forms.CharField(label=_("Region, in English"), max_length=160)
    region_fr = forms.CharField(label=_("Region, in French"), max_length=160)
    quorum = forms.IntegerField(
        label=_("Quorum"), min_value=2, max_value=40, initial=5, widget=forms.NumberInput(attrs=_NUMBER),
        help_text=_("Agencies that must be present for a decision."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": (get_language() or "en")[:2]})
        self.fields["sector"].queryset = in_force()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["sector"].label_from_instance = lambda s: s.label  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_statutes(self) -> list[str]:
        return check_statutes(self.cleaned_data["statutes"])

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("password"):
            try:
                validate_password(got["password"], Member(email=got.get("email", ""), name=got.get("name", "")))
            except ValidationError as refused:
                self.add_error("password", refused)
        return got

    @property
    def asked(self) -> dict[str, Any]:
        """What `first_run.claim` takes."""
        got = self.cleaned_data
        return {
            "code_given": got["code"], "name": got["name"], "email": got["email"], "password": got["password"],
            "language": got["language"],
            "agency": {
                "name_en": got["agency_en"], "name_fr": got["agency_fr"], "sector": got["sector"],
                "statutes": got["statutes"],
            },
            "table": {
                "code": got["table_code"], "name_en": got["table_en"], "name_fr": got["table_fr"],
                "region_en": got["region_en"], "region_fr": got["region_fr"], "quorum": got["quorum"],
            },
        }  # fmt: skip
