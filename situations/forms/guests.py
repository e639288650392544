"""What is asked of the facilitator who registers a guest, or calls an agency that is on call?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import oncall
from agencies.models import Member
from agencies.vocabulary import CallReason
from situations.forms.fields import RowField
from situations.forms.people import agencies_of_table
from situations.meeting import Meeting
from situations.models import Situation
from situations.projection import see_rows


class GuestForm(forms.Form):
    """Who is invited, and for which agency, if any."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Enter the guest’s name")})
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The invitation leads to what the guest signs. It names nobody."),
        error_messages={"required": _("Enter the guest’s address")},
    )  # fmt: skip
    agency = RowField(
        label=_("Of which agency"), required=False,
        help_text=_("A guest of no agency of this table is your own agency’s guest: you answer for them."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=(("en", "English"), ("fr", "Français")), initial="en"
    )

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data, prefix="guest")
        rows = agencies_of_table(meeting.table_id)
        self.fields["agency"].offer(rows, lambda a: a.name, blank=_("None of this table"))  # type: ignore[attr-defined]  # a RowField


class CallForm(forms.Form):
    """Which agency on call is called, to which item (or the whole meeting), and why, by code."""

    agency = RowField(label=_("Agency"), error_messages={"required": _("Choose the agency")})
    item = RowField(label=_("To which item"), required=False)
    reason = forms.ChoiceField(
        label=_("Why"), choices=CallReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is called")},
    )  # fmt: skip

    def __init__(self, meeting: Meeting, by: Member, data: Any = None) -> None:
        super().__init__(data, prefix="call")
        waiting = [row.agency for row in oncall.on_call(meeting.table)]
        on_agenda = Situation.objects.at(meeting.table_id).filter(pk__in=meeting.items.values("situation_id"))
        numbers = {row.id: row.number for row in see_rows(on_agenda, by=by, facts=False)}
        self.fields["agency"].offer(waiting, lambda a: a.name)  # type: ignore[attr-defined]  # a RowField
        self.fields["item"].offer(on_agenda, lambda s: numbers.get(s.pk, ""), blank=_("The whole meeting"))  # type: ignore[attr-defined]
        self.waiting = waiting
