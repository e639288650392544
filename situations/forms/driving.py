"""What do the small forms on a meeting's pages ask? Refused, each has a page of its own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from situations.agenda import MOST_MINUTES


class _OfAMeeting(forms.Form):
    """Where it leads back to travels with it."""

    back = forms.CharField(widget=forms.HiddenInput, required=False)


class MinutesForm(_OfAMeeting):
    """Another time for an item."""

    item = forms.UUIDField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"class": "w-5"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Plan between 1 and 90 minutes.")
        ),
    )  # fmt: skip


class LeavesForm(_OfAMeeting):
    """When an agency leaves; nothing: it stays."""

    agency = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.TimeField(
        label=_("Leaves at"), help_text=_("Hours and minutes, on a 24-hour clock"), required=False,
        widget=forms.TimeInput(attrs={"class": "w-5"}, format="%H:%M"),
        error_messages={"invalid": _("Give the time in hours and minutes.")},
    )  # fmt: skip
