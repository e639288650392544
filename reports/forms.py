"""Which table and which quarter is asked for?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Table
from reports.quarters import Quarter


class QuarterForm(forms.Form):
    """Chosen in the address (GET): a page of figures can be sent to a colleague, who sees it by own right only."""

    table = forms.ChoiceField(label=_("Table"))
    quarter = forms.ChoiceField(
        label=_("Quarter"), error_messages={"invalid_choice": _("Choose one of the quarters in the list")}
    )

    def __init__(self, data: dict[str, str], *, tables: list[Table], quarters: list[Quarter], current: Quarter) -> None:
        super().__init__(data)
        running = _("%(quarter)s (in progress)")
        self.fields["table"].choices = [(t.code, t.name) for t in tables]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (q.code, running % {"quarter": q.label} if q == current else q.label) for q in quarters
        ]
