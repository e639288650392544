"""Of whom, when and for whom are figures to be prepared?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Table
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import NoPeriodError, Period, parse
from reports.pack.scopes import PROVINCE, REGION, Scope


class PrepareForm(forms.Form):
    """A table, its region or all tables; a quarter or a year; an audience."""

    scope = forms.ChoiceField(label=_("Figures of"))
    period = forms.ChoiceField(
        label=_("Period"), error_messages={"invalid_choice": _("Choose one of the periods in the list")}
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=[(a.code, a.label) for a in Audience])

    def __init__(self, *args: Any, tables: list[Table], periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = dict.fromkeys((f"{REGION}{table.region_en}", table.region) for table in tables)
        choices = [(table.code, table.name) for table in tables]
        choices += [(code, _("Region: %(name)s") % {"name": name}) for code, name in regions]
        self.fields["scope"].choices = [*choices, (PROVINCE, _("All tables"))]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["period"].choices = [(p.code, p.label) for p in periods]  # type: ignore[attr-defined]  # ChoiceField

    def clean_scope(self) -> Scope:
        """The scope of the code."""
        return scopes.of_code(self.cleaned_data["scope"])

    def clean_period(self) -> Period:
        """The period of the code."""
        try:
            return parse(self.cleaned_data["period"])
        except NoPeriodError as error:
            raise forms.ValidationError(_("Choose one of the periods in the list")) from error

    def clean_audience(self) -> Audience:
        """The audience of the code."""
        return Audience[self.cleaned_data["audience"].upper()]
