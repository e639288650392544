"""What is asked around the door: agencies, why each, who acts, who leads?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member
from privacy.models import Engagement
from privacy.vocabulary import Category, Filter, Necessity
from situations.forms.base import ActForm
from situations.forms.fields import RowField
from situations.forms.people import agencies_of_table, people_to_name

_CHOOSE = _("Choose")
_NECESSITIES = [(n.value, n.label) for n in Necessity if n != Necessity.BROUGHT_IT]


def _name(row: Agency | Member) -> str:
    return row.name


class _AgencyForm(ActForm):
    """One agency of the table."""

    agency = RowField(
        label=_("Agency"), error_messages={"required": _("Choose the agency"), "invalid_choice": _("Choose the agency")}
    )

    def agencies(self) -> Any:
        """The agencies on offer."""
        return agencies_of_table(self.scene.situation.table_id)

    def narrow(self) -> None:
        self.fields["agency"].offer(self.agencies(), _name, blank=_CHOOSE)  # type: ignore[attr-defined]  # a RowField


def _necessity_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Why it is reasonably necessary"),
        choices=_NECESSITIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why this agency is necessary")},
    )


class ChooseForm(_AgencyForm):
    """An agency, why it is necessary (R15), and whether it is proposed to lead."""

    act = "choose"
    refusals = {"not-of-this-table": "agency"}
    necessity = _necessity_field()
    proposed_lead = forms.BooleanField(label=_("We propose that it leads"), required=False)


class OfferForm(ActForm):
    """Why the member's own agency should be involved: a code, no words."""

    act = "offer"
    necessity = forms.ChoiceField(
        label=_("Because"),
        choices=[(n.value, n.label) for n in Necessity if n not in (Necessity.BROUGHT_IT, Necessity.OFFERED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why your agency should be involved")},
    )


class AddAgencyForm(_AgencyForm):
    """An agency the lead adds at filter 4 (R21)."""

    act = "add_agency"
    refusals = {"not-of-this-table": "agency"}
    necessity = _necessity_field()

    def agencies(self) -> Any:
        there = [e.agency_id for e in self.scene.engagements]
        return super().agencies().exclude(pk__in=there)


class UnchooseForm(_AgencyForm):
    """An agency to take off the list."""

    act = "unchoose"
    refusals = {"not-chosen": "agency", "originating-stays": "agency"}

    def agencies(self) -> Any:
        own, may = self.scene.situation.originating_agency_id, self.scene.relation.knows(Filter.F3A)
        return [e.agency for e in self.scene.engagements if e.agency_id != own and Category.CHOICE in may]


class ProposeLeadForm(_AgencyForm):
    """Another agency to lead."""

    act = "propose_lead"
    refusals = {"not-engaged": "agency"}

    def agencies(self) -> Any:
        return [
            e.agency
            for e in self.scene.engagements
            if e.person_id and not e.proposed_lead and e.status == Engagement.Status.ENGAGED
        ]


class NamePersonForm(ActForm):
    """Who acts for the member's own agency (R19)."""

    act = "name_person"
    refusals = {"not-seated": "person", "named-elsewhere": "person"}
    person = RowField(
        label=_("Who will act for your agency?"),
        help_text=_("One person. From the door on, only this person sees what is disclosed to your agency."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the person")},
    )

    def narrow(self) -> None:
        self.fields["person"].offer(people_to_name(self.scene), _name)  # type: ignore[attr-defined]  # a RowField
