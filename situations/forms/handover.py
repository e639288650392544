"""What is asked of whoever hands somebody's work over? Who takes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Member


class HandOverForm(forms.Form):
    """The colleague who takes over."""

    to = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who takes over"), empty_label=_("Choose"),
        error_messages={"required": _("Choose who takes over")},
    )  # fmt: skip

    def __init__(self, colleagues: QuerySet[Member], data: Any = None) -> None:
        super().__init__(data)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]  # a ModelChoiceField
