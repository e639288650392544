"""What is asked of whoever writes down a missing service or a systemic issue?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, Standing, Table
from reports.planning.risks import categories
from reports.planning_model import Area, MatterStatus, Why
from reports.quarters import day_at
from reports.worded import Worded
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

_NOBODY = gettext_lazy("Nobody yet")


def agencies_at(table: Table) -> Any:
    """The agencies that sit at a table: one of them can take a matter up."""
    return Agency.objects.filter(pk__in=Standing.objects.at(table.pk).values("agency_id")).order_by("name_en")


def services() -> list[tuple[str, str]]:
    """Every kind of service, in the order of the list."""
    entries = CatalogueEntry.objects.of(CodeList.SERVICE_CATEGORY).order_by("position", "version")
    return list({e.code: e.label for e in entries}.items())


class MatterForm(Worded):
    """What was raised: in words, on which day, in which area, whose."""

    raised_on = forms.DateField(label=gettext_lazy("Raised on"))
    area = forms.ChoiceField(label=gettext_lazy("Area of the plan"), choices=Area.choices)
    owner = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Whose"), required=False, empty_label=_NOBODY
    )
    field_order = ("service", "why", "words", "marks_reason", "area", "owner", "raised_on")

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        self.today = day_at(table)
        super().__init__(*args, **kwargs)
        self.fields["raised_on"].initial = self.today
        self.fields["owner"].queryset = agencies_at(table)  # type: ignore[attr-defined]  # ModelChoiceField

    def clean_raised_on(self) -> date:
        """Not of a day to come."""
        day: date = self.cleaned_data["raised_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come."))
        return day


class GapForm(MatterForm):
    """A service that is missing, and why it cannot be had."""

    service = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    why = forms.ChoiceField(label=gettext_lazy("Why it cannot be had"), choices=Why.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = services()  # type: ignore[attr-defined]  # ChoiceField


class AreaForm(forms.Form):
    """Where a risk is taken up. What the table chose so far travels with it: nobody overwrites unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    category = forms.ChoiceField(label=gettext_lazy("Risk category"))
    area = forms.ChoiceField(label=gettext_lazy("Area of the plan"), choices=Area.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories()  # type: ignore[attr-defined]  # ChoiceField


class HandForm(forms.Form):
    """Whose a matter is and how far it has come."""

    owner = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Whose"), required=False, empty_label=_NOBODY
    )
    status = forms.ChoiceField(label=gettext_lazy("How far"), choices=MatterStatus.choices)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = agencies_at(table)  # type: ignore[attr-defined]  # ModelChoiceField


class MoveForm(HandForm):
    """The same of a matter that is there. When it was changed last travels with it: nobody overwrites unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class TakeUpForm(HandForm):
    """Where what the table named at its meetings is taken up, whose it is and how far it has come."""

    area = forms.ChoiceField(
        label=gettext_lazy("Area of the plan"), choices=Area.choices, initial=Area.SOCIAL_DEVELOPMENT
    )
    field_order = ("area", "owner", "status")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].initial = MatterStatus.IN_HAND
