"""What is asked of a manager who enters a cost, a proxy or a note?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.evaluation_model import CostKind, Currency, Outcome
from reports.pack.periods import Period, parse
from reports.worded import Worded, unmarked
from situations.once import key_field


class CostForm(forms.Form):
    """An amount of one kind for a quarter or a year."""

    key = key_field()
    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=CostKind.choices)
    period = forms.ChoiceField(label=gettext_lazy("Period"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0, max_digits=12, decimal_places=2)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=Currency.choices)
    hours = forms.IntegerField(
        label=gettext_lazy("Hours"), min_value=1, max_value=1_000_000, required=False,
        help_text=gettext_lazy("Of hours given by agencies: how many; the amount is what they are reckoned as worth."),
    )  # fmt: skip

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(p.code, p.label) for p in periods]  # type: ignore[attr-defined]  # ChoiceField

    def clean_period(self) -> Period:
        """The period of the code."""
        return parse(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        """Hours belong to what is given in kind, and to nothing else."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == CostKind.IN_KIND and not data.get("hours"):
            self.add_error("hours", _("Say how many hours were given."))
        if data.get("kind") != CostKind.IN_KIND:
            data["hours"] = None
        return data


class ProxyForm(forms.Form):
    """What one of a result is taken to be worth: low, central and high, by whose figures."""

    key = key_field()
    outcome = forms.ChoiceField(label=gettext_lazy("For each of"), choices=Outcome.choices)
    title = forms.CharField(
        label=gettext_lazy("What it stands for"), max_length=160,
        help_text=gettext_lazy("For example: a night in emergency care that was not needed."),
    )  # fmt: skip
    low = forms.DecimalField(label=gettext_lazy("Low"), min_value=0, max_digits=10, decimal_places=2)
    central = forms.DecimalField(label=gettext_lazy("Central"), min_value=0, max_digits=10, decimal_places=2)
    high = forms.DecimalField(label=gettext_lazy("High"), min_value=0, max_digits=10, decimal_places=2)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=Currency.choices)
    claimed = forms.IntegerField(
        label=gettext_lazy("Share claimed, in per cent"), min_value=1, max_value=100, initial=50,
        help_text=gettext_lazy("The rest would have come about anyway, or through others."),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300,
        help_text=gettext_lazy("Who published the figure, and where. It is printed beside it."),
    )  # fmt: skip
    source_year = forms.IntegerField(label=gettext_lazy("Year of the source"), min_value=1990)

    def clean_title(self) -> str:
        """A result, never a person."""
        return unmarked(str(self.cleaned_data["title"]))

    def clean_source_year(self) -> int:
        """Not of a year to come."""
        year = int(self.cleaned_data["source_year"])
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year has not begun."))
        return year

    def clean(self) -> dict[str, Any]:
        """From low to high."""
        data = super().clean() or self.cleaned_data
        low, central, high = (data.get(name) for name in ("low", "central", "high"))
        if None not in (low, central, high) and not low <= central <= high:  # type: ignore[operator]  # none is None
            self.add_error("central", _("Central lies between low and high."))
        return data


class NoteForm(Worded):
    """A few sentences about a period."""

    key = key_field()
    period = forms.ChoiceField(label=gettext_lazy("Period"))
    field_order = ("period", "words", "marks_reason")

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(p.code, p.label) for p in periods]  # type: ignore[attr-defined]  # ChoiceField

    def clean_period(self) -> Period:
        """The period of the code."""
        return parse(self.cleaned_data["period"])
