"""What is asked of whoever prepares an agreement, writes a text, or puts an agency on call?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import agreements, people, reach, texts
from agencies.clock import today_at
from agencies.forms.either_or import either_or
from agencies.models import Agency, Member, PaperText, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper, Role

_DAY = _("For example 2026-12-01")
_LANGUAGES = (("en", "English"), ("fr", "Français"))


class PrepareForm(forms.Form):
    """Which agency, for which days, and who signs for it."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the agency")},
    )
    starts_on = forms.DateField(label=_("First day"), help_text=_DAY, error_messages={"required": _("Enter a day")})
    ends_on = forms.DateField(label=_("Last day"), help_text=_DAY, error_messages={"required": _("Enter a day")})
    signatory = forms.ModelChoiceField(
        Member.objects.none(), label=_("A person of the agency signs"), required=False, empty_label=_("Somebody else"),
        help_text=_("They find it under “To sign” when they sign in. Whoever administers the table cannot sign."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Or somebody else, by a one-time link"), required=False,
        help_text=_("The address of whoever may sign for the agency. The e-mail names nobody."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=_LANGUAGES, initial="en")

    def __init__(self, table: Table, by: Member, data: Any = None, *, agency: Agency | None = None) -> None:
        today = today_at(table)
        term = texts.in_force(table, Paper.AGREEMENT).term_days
        super().__init__(data, initial={"starts_on": today, "ends_on": _last_day(today, term), "agency": agency})
        for name in ("signatory", "email"):  # one of the two signs: no label calls it optional
            either_or(self.fields[name])
        self.table, self.by = table, by
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a ModelChoiceField
        ours = people.people_seen(by).filter(is_active=True, agency__isnull=False)
        administer = reach.seats_held_at(table, Role.ADMINISTRATOR).values("member_id")
        field = self.fields["signatory"]
        field.queryset = ours.exclude(pk__in=administer).order_by("agency__name_en", "name")  # type: ignore[attr-defined]
        said = gettext("%(name)s: %(words)s")
        field.label_from_instance = lambda m: said % {"name": m.agency.name, "words": m.name}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors:
            try:
                agreements.check(**self.asked)
            except NotPossible as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused.reason))
        return got

    @property
    def asked(self) -> dict[str, Any]:
        """What the verb takes, `language` apart."""
        got = self.cleaned_data
        return {
            "agency": got["agency"], "table": self.table, "starts_on": got["starts_on"], "ends_on": got["ends_on"],
            "signatory": got["signatory"], "email": got["email"], "by": self.by,
        }  # fmt: skip


def _last_day(first: date, term_days: int) -> date:
    """The day before a signature's term is over; whole years end before the same day, leap years or not."""
    years, days = divmod(term_days, 365)
    leap = (first.month, first.day) == (2, 29)
    begun = first.replace(year=first.year + years, day=28 if leap and years else first.day)
    return begun + timedelta(days=days - 1)


class TextForm(forms.Form):
    """Both languages of a text, how long a signature lasts, and who has read it for the law."""

    body_en = forms.CharField(
        label=_("English"), required=False, max_length=60_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "en"}),
    )  # fmt: skip
    body_fr = forms.CharField(
        label=_("French"), required=False, max_length=60_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "fr"}),
    )  # fmt: skip
    term_days = forms.IntegerField(
        label=_("Days a signature lasts"), min_value=1, max_value=3660, widget=forms.NumberInput(attrs={"class": "w-5"})
    )
    reviewed = forms.CharField(
        label=_("Which lawyer has read it, and when"), max_length=200, required=False,
        help_text=_("Law office and date. Until this is filled, every page that shows the text says that nobody has."),
    )  # fmt: skip

    def __init__(self, text: PaperText, data: Any = None) -> None:
        words = {name: getattr(text, name) for name in ("body_en", "body_fr", "term_days")}
        words["reviewed"] = text.reviewed if text.published_at is None else ""
        super().__init__(data, initial=words)
        for name in ("body_en", "body_fr"):  # both are needed to publish, none of them to keep a draft
            either_or(self.fields[name])


class PublishForm(forms.Form):
    """From which day a text is signed, and whether those who have signed sign again."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    valid_from = forms.DateField(
        label=_("It is signed from"), help_text=_DAY, error_messages={"required": _("Enter a day")}
    )
    sign_again_from = forms.DateField(
        label=_("Earlier signatures count no more from"), required=False,
        help_text=_("Leave it empty when they go on until they end. Give people some weeks: whoever has not signed"
                    " by that day opens nothing of the table."),
    )  # fmt: skip

    def __init__(self, draft: PaperText, data: Any = None) -> None:
        seen = texts.digest(draft.body_en, draft.body_fr)
        super().__init__(data, initial={"seen": seen, "valid_from": today_at(draft.table)})
        self.draft = draft

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors:
            try:
                texts.check(self.draft, valid_from=got["valid_from"], sign_again_from=got["sign_again_from"])
            except NotPossible as refused:
                self.add_error(refused.field if refused.field in self.fields else None, str(refused.reason))
        return got


class OnCallForm(forms.Form):
    """From which day an agency is on call, or sits again."""

    since = forms.DateField(label=_("From which day"), help_text=_DAY, error_messages={"required": _("Enter a day")})

    def __init__(self, table: Table, data: Any = None) -> None:
        super().__init__(data, initial={"since": today_at(table)})
