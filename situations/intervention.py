"""What do the intervening agencies record about what they did? Codes, dates and sealed-item names; no narrative.

Rows here are visible to the named persons of engaged agencies only, by row-level policy.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from agencies.models import Agency, Member, Table
from privacy.vocabulary import Duty
from risk.models import CatalogueEntry
from situations.vocabulary import (
    ConsentForm,
    ConsentGiver,
    ConsentOutcome,
    ContactResult,
    CorrectionReason,
    NoticeExcuse,
    NoticeMethod,
    NotSought,
)


class Intervention(models.Model):
    """The clock of one intervention: from the confirmation of the lead to the first contact (R23)."""

    situation = models.OneToOneField(
        "situations.Situation", primary_key=True, on_delete=models.CASCADE, related_name="intervention"
    )
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead_confirmed_at = models.DateTimeField()
    contact_due_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True, blank=True)
    # Where somebody shares the address, mail is blocked and the notice goes another way (R30).
    mail_blocked_for = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # Of which affected persons safe-contact instructions are written; the words are sealed with the person (R51).
    safe_contact_for = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # Which persons declined the offer: nothing further about them is shared without a new authority (R26).
    declined_by = ArrayField(models.PositiveSmallIntegerField(), default=list)

    def __str__(self) -> str:
        return f"intervention {self.pk}"


class FirstContact(models.Model):
    """A contact or an attempt, with what came of asking for consent (R23, R25)."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="contacts")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # The affected person it is about, by number; 0: all of them together. Read by who knows that person (R51).
    subject = models.PositiveSmallIntegerField()
    contacted_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=ContactResult.choices)
    consent_outcome = models.CharField(max_length=12, choices=ConsentOutcome.choices)
    not_sought_reason = models.CharField(max_length=12, choices=NotSought.choices, blank=True)
    # The entry that this one corrects, and why that one was wrong; it stays, and nothing is counted by it any more.
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by"
    )
    why = models.CharField(max_length=15, choices=CorrectionReason.choices, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("contacted_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(consent_outcome=ConsentOutcome.NOT_SOUGHT) | ~models.Q(not_sought_reason=""),
                name="not_sought_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, why="")
                | models.Q(models.Q(corrects__isnull=False), ~models.Q(why="")),
                name="a_corrected_contact_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Consent(models.Model):
    """A consent on record: every particular of R24; limits in the giver's own words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="consents")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # Whose it is, by number: it covers nothing about anybody else.
    subject = models.PositiveSmallIntegerField()
    given_on = models.DateField()
    giver = models.CharField(max_length=12, choices=ConsentGiver.choices)
    form = models.CharField(max_length=10, choices=ConsentForm.choices)
    # What is covered (policy categories by code), for which agencies, for which purpose (coded).
    scope = ArrayField(models.CharField(max_length=20))
    recipients = models.ManyToManyField(Agency, related_name="+")
    purpose = models.CharField(max_length=20)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("given_on")), name="consent_expires_after_giving"
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.pk}"


class NoticeTask(models.Model):
    """A written notice an agency owes the person because of the authority it relied on (R28-R30)."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="notices")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=30, choices=Duty.choices)
    # The statute section relied on, by code; one task an agency, duty and person.
    authority = models.CharField(max_length=40)
    subject = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=NoticeMethod.choices, blank=True)
    excuse = models.CharField(max_length=20, choices=NoticeExcuse.choices, blank=True)
    closed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("situation", "agency", "duty", "subject"),
                condition=models.Q(closed_at__isnull=True),
                name="one_open_notice",
            ),
        )

    def __str__(self) -> str:
        return f"notice task {self.pk}"


class PlanEntry(models.Model):
    """One action of the plan. Its words are sealed as item `plan:<number>[:<person>]`; here are owner, date, state."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="plan")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    not_possible = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("situation", "number"), name="plan_number_once"),)

    def __str__(self) -> str:
        return f"plan entry {self.pk}"


class ServiceMobilized(models.Model):
    """A service that was offered or connected, and how it went. One of the six groups."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="services")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # For which affected person, by number; 0: all of them together. Read by who knows that person (R51).
    subject = models.PositiveSmallIntegerField()
    category = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"service {self.pk}"
