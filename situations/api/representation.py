"""What does a seen situation look like as JSON? One serializer for each frozen value of `situations.seen`.

They add and decide nothing: what the projection left out is absent here too, not null. For identity see `reveals.py`.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from privacy.vocabulary import Category, CompartmentKind, Filter, LedgerKind
from situations.api.corrected import ContactCorrected, Correction
from situations.api.talk import Discussion
from situations.seen import (
    SeenAction,
    SeenAuthority,
    SeenChoice,
    SeenCoded,
    SeenCompartment,
    SeenContact,
    SeenFactor,
    SeenFollowUp,
    SeenNotice,
    SeenPerson,
    SeenReport,
    SeenRow,
    SeenScreening,
    SeenSituation,
)

STAGES = [*Filter.choices, ("door", "Past the door, seen from the table")]


class Named(serializers.Serializer[tuple[Any, ...]]):
    """A plain tuple, with a name for each of its places in the order of the fields."""

    def to_representation(self, instance: tuple[Any, ...]) -> dict[str, Any]:
        """Put the names to the values."""
        return super().to_representation(dict(zip(self.fields, instance, strict=True)))  # type: ignore[arg-type]


class Factor(serializers.Serializer[SeenFactor]):
    """A coded fact."""

    category_code = serializers.CharField()
    category = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class


class Person(serializers.Serializer[SeenPerson]):
    """An affected person, coarse codes in words."""

    ordinal = serializers.IntegerField()
    age_group = serializers.CharField()
    sex = serializers.CharField()
    part = serializers.CharField()


class Coded(serializers.Serializer[SeenCoded]):
    """Category `coded`."""

    discussion_type = serializers.CharField()
    persons = Person(many=True)
    risk_factors = Factor(many=True)
    protective_factors = Factor(many=True)
    study_flags = Factor(many=True)
    originating_agency = serializers.CharField()
    transferred_from = serializers.CharField()
    youth_codes_hidden = serializers.BooleanField()


class ScreeningAnswer(Named):
    """One screening question and whether it is affirmed."""

    code = serializers.CharField()
    question = serializers.CharField()
    affirmed = serializers.BooleanField()


class Screening(serializers.Serializer[SeenScreening]):
    """Category `screening`."""

    answers = ScreeningAnswer(many=True)
    tried = serializers.CharField()
    likely_agencies = serializers.ListField(child=serializers.CharField())
    duty_acknowledged = serializers.BooleanField()


class Choice(serializers.Serializer[SeenChoice]):
    """An agency on the list (category `choice`)."""

    agency_id = serializers.IntegerField()
    agency = serializers.CharField()
    necessity = serializers.CharField()
    person = serializers.CharField()
    proposed_lead = serializers.BooleanField()
    leads = serializers.BooleanField()
    ended = serializers.BooleanField()
    answer = serializers.CharField()


class Element(Named):
    """The name of a sealed text."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class


class CompartmentSeen(serializers.Serializer[SeenCompartment]):
    """A compartment the member may open: which texts are there, never the texts."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CompartmentKind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    subject = serializers.IntegerField()
    elements = Element(many=True)
    until = serializers.DateField(
        allow_null=True, help_text="The last day on which youth-justice notes can be opened; null for others."
    )


class AuthoritySeen(serializers.Serializer[SeenAuthority]):
    """An agency's own authority; empty while none is on record."""

    agency = serializers.CharField()
    authority = serializers.CharField()


class Action(serializers.Serializer[SeenAction]):
    """An action of the plan, without its words. `subject`: the person it is about, 0 for all or the only one."""

    number = serializers.IntegerField()
    subject = serializers.IntegerField()
    agency = serializers.CharField()
    ours = serializers.BooleanField()
    due_on = serializers.DateField()
    done = serializers.BooleanField()
    not_possible = serializers.BooleanField()


class FollowUpSaid(serializers.Serializer[SeenFollowUp]):
    """What the lead answered at a follow-up."""

    at = serializers.DateTimeField()
    agency = serializers.CharField()
    answer = serializers.CharField()


class ContactMade(Named):
    """A contact or an attempt."""

    at = serializers.DateTimeField()
    agency = serializers.CharField()
    result = serializers.CharField()
    consent_outcome = serializers.CharField()
    subject = serializers.IntegerField()


class ConsentSeen(Named):
    """A consent on record."""

    id = serializers.UUIDField()
    given_on = serializers.DateField()
    expires_on = serializers.DateField()
    withdrawn = serializers.BooleanField()
    subject = serializers.IntegerField()


class Contact(serializers.Serializer[SeenContact]):
    """Category `contact`."""

    due_at = serializers.DateTimeField(allow_null=True)
    first_contact_at = serializers.DateTimeField(allow_null=True)
    overdue = serializers.BooleanField()
    declined = serializers.BooleanField()
    mail_blocked = serializers.BooleanField()
    safe_contact_recorded = serializers.BooleanField()
    contacts = ContactMade(many=True)
    consents = ConsentSeen(many=True)
    corrected = ContactCorrected(many=True)


class Notice(serializers.Serializer[SeenNotice]):
    """A notice owed (category `notices`)."""

    id = serializers.IntegerField()
    agency = serializers.CharField()
    ours = serializers.BooleanField()
    duty = serializers.CharField()
    authority = serializers.CharField()
    due_on = serializers.DateField()
    closed = serializers.BooleanField()
    how = serializers.CharField()


class Service(Named):
    """A service mobilized."""

    agency = serializers.CharField()
    category = serializers.CharField()
    result = serializers.CharField()
    subject = serializers.IntegerField()


class Report(serializers.Serializer[SeenReport]):
    """Category `report_back`: what the whole table sees."""

    status = serializers.CharField()
    with_intervening_agencies = serializers.BooleanField()
    concluded_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    corrected = Correction(many=True)


class SituationSeen(serializers.Serializer[SeenSituation]):
    """A situation as the asking member sees it now. A part whose category is not the member's to know is absent."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    number = serializers.CharField()
    draft_code = serializers.CharField()
    stage = serializers.ChoiceField(choices=STAGES)
    table_code = serializers.CharField()
    table = serializers.CharField()
    version = serializers.IntegerField()
    categories = serializers.SerializerMethodField()
    frozen = serializers.BooleanField()
    held = serializers.BooleanField()
    named = serializers.BooleanField()
    leads = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField(allow_null=True)
    report = Report()
    coded = Coded(required=False)
    screening = Screening(required=False)
    summary = serializers.CharField(required=False)
    discussion = Discussion(required=False)
    choice = Choice(many=True, required=False)
    compartments = CompartmentSeen(many=True)
    authorities = AuthoritySeen(many=True, required=False)
    plan = Action(many=True, required=False)
    follow_ups = FollowUpSaid(many=True, required=False)
    contact = Contact(required=False)
    notices = Notice(many=True, required=False)
    services = Service(many=True, required=False)

    def get_categories(self, seen: SeenSituation) -> list[Category]:
        """What the member may know, by code."""
        return sorted(seen.categories)

    def to_representation(self, instance: SeenSituation) -> dict[str, Any]:
        """Leave out the parts that are not there."""
        shown: dict[str, Any] = super().to_representation(instance)
        return {k: v for k, v in shown.items() if v is not None or self.fields[k].required}


class RowSeen(serializers.Serializer[SeenRow]):
    """A situation in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    number = serializers.CharField()
    draft_code = serializers.CharField()
    stage = serializers.ChoiceField(choices=STAGES)
    status = serializers.CharField()
    opened_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField(allow_null=True)
    facts = serializers.ListField(child=serializers.CharField())


class LedgerLine(serializers.Serializer[Any]):
    """One line of "who has seen this"."""

    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=LedgerKind.choices)
    what = serializers.CharField()
    actor = serializers.CharField()
    agency = serializers.CharField()
    recipients = serializers.ListField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.CharField())
    purpose = serializers.CharField()
    authority = serializers.CharField()
    medium = serializers.CharField()
