"""What has the record of a meeting wrong? All by code: an agency's presence, or the decision on an item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.either_or import either_or
from situations.correcting import agencies_of
from situations.forms.fields import RowField
from situations.meeting import AgendaItem, Meeting
from situations.meeting_record import MeetingRecord
from situations.vocabulary import CorrectionKind, CorrectionReason, Told

_CHOOSE = _("Choose")
#: What a table decides; what its agencies did is theirs to say.
_DECISIONS = (Told.ACCEPT, Told.REJECT, Told.STOP, Told.DEFER)
#: What is wrong is what the record says, not what was so.
_KINDS = (
    (CorrectionKind.PRESENT, _("The record leaves out an agency that was present")),
    (CorrectionKind.ABSENT, _("The record shows an agency that was not present")),
    (CorrectionKind.DECISION, _("The record shows another decision on an item than was made")),
)


class CorrectionForm(forms.Form):
    """A correction."""

    kind = forms.ChoiceField(
        label=_("What is wrong"), choices=_KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong")},
    )  # fmt: skip
    agency = either_or(RowField(label=_("Agency"), help_text=_("If it is about who was there"), required=False))
    item = either_or(RowField(label=_("Item"), help_text=_("If it is about a decision"), required=False))
    decided = either_or(
        forms.ChoiceField(
            label=_("It was decided"),
            choices=[("", _CHOOSE), *((t.value, t.label) for t in _DECISIONS)],
            required=False,
        )
    )
    reason = forms.ChoiceField(
        label=_("Why the record has it wrong"), choices=CorrectionReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why")},
    )  # fmt: skip

    def __init__(self, meeting: Meeting, seen: MeetingRecord, data: Any = None) -> None:
        super().__init__(data)
        belong = agencies_of(meeting)
        self.fields["agency"].offer(belong, lambda a: a.name, blank=_CHOOSE)  # type: ignore[attr-defined]  # a RowField
        numbers = {i.id: i.number for i in seen.items}
        items = AgendaItem.objects.filter(pk__in=numbers).order_by("position")
        self.fields["item"].offer(items, lambda i: numbers[i.pk], blank=_CHOOSE)  # type: ignore[attr-defined]  # a RowField

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("kind"):
            got["kind"] = CorrectionKind(got["kind"])
        if got.get("reason"):
            got["reason"] = CorrectionReason(got["reason"])
        got["decided"] = Told(got["decided"]) if got.get("decided") else None
        return got
