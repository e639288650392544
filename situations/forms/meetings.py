"""When is a meeting to be? Once, weekly, or at another time than it was planned for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from agencies.models import Table
from situations.forms.fields import RowField
from situations.meeting import MINUTES
from situations.once import key_field


def _when() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=_("When"),
        help_text=_("For example 2026-02-27 09:30"),
        widget=forms.DateTimeInput(attrs={"class": "w-20"}, format="%Y-%m-%d %H:%M"),
        error_messages={"required": _("Enter day and time"), "invalid": _("Enter day and time like 2026-02-27 09:30")},
    )


def _minutes() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Length in minutes"), min_value=10, max_value=480, initial=MINUTES, required=False,
        widget=forms.NumberInput(attrs={"class": "w-5"}),
        error_messages={"min_value": _("At least 10 minutes"), "max_value": _("At most 480 minutes")},
    )  # fmt: skip


class _OfATable(forms.Form):
    """What a table, a time and a length are asked for."""

    key = key_field()
    table = RowField(label=_("Table"), error_messages={"required": _("Choose the table")})
    starts_at = _when()
    minutes = _minutes()

    def __init__(self, tables: Iterable[Table], data: Any = None) -> None:
        super().__init__(data)
        self.tables = list(tables)
        field = self.fields["table"]
        field.offer(self.tables, lambda t: t.name)  # type: ignore[attr-defined]  # a RowField
        if len(self.tables) == 1:
            field.initial = str(self.tables[0].pk)
            field.widget = forms.HiddenInput()

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or MINUTES


class PlanForm(_OfATable):
    """One meeting."""

    urgent = forms.BooleanField(
        label=_("An urgent discussion"), required=False,
        help_text=_("Everybody is told so at once. It runs through the same four filters."),
    )  # fmt: skip


class PaperForm(_OfATable):
    """A meeting that was held on paper."""

    def clean_starts_at(self) -> datetime:
        when: datetime = self.cleaned_data["starts_at"]
        if when > timezone.now():
            raise forms.ValidationError(_("A meeting held on paper lies in the past."))
        return when


class ChangeForm(forms.Form):
    """Another time for a planned meeting. How often it was moved before travels with it: nobody overwrites unseen."""

    starts_at = _when()
    minutes = _minutes()
    seen_moves = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or MINUTES

    def clean_seen_moves(self) -> int:
        seen = self.cleaned_data["seen_moves"]
        return -1 if seen is None else seen


class SeriesForm(forms.Form):
    """The table meets weekly. Which rule it was before travels with it: nobody overwrites unseen."""

    seen_series = forms.IntegerField(widget=forms.HiddenInput, required=False)

    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int,
        choices=[("", _("Choose")), *((str(n), name) for n, name in WEEKDAYS.items())],
        error_messages={"required": _("Choose the weekday")},
    )  # fmt: skip
    at = forms.TimeField(
        label=_("Begins at"), help_text=_("For example 09:30"),
        widget=forms.TimeInput(attrs={"class": "w-5"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Enter hours and minutes on a 24-hour clock")),
    )  # fmt: skip
    minutes = _minutes()
    starts_on = forms.DateField(
        label=_("From"), help_text=_("The first day on which this counts, for example 2026-02-27"),
        widget=forms.DateInput(attrs={"class": "w-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a day"), "invalid": _("Enter a day like 2026-02-27")},
    )  # fmt: skip

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or MINUTES

    def clean_seen_series(self) -> int:
        seen = self.cleaned_data["seen_series"]
        return -1 if seen is None else seen
