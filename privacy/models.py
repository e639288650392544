"""What is the access state of a situation: its stage, its compartments, who is granted what?

This app knows a situation by an opaque reference only. The access state changes through the verbs of `access.py`,
`disclosure.py` and `grants.py`, called by the lifecycle inside its transition; the gate's SQL reads these tables and
those of agencies, never the situation itself. Sealed text and the ledger are not here: they live in the schemas
`vault` and `ledger`, which the application can reach through functions only.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Table
from agencies.vocabulary import Statute
from privacy.grants import CompartmentGrant
from privacy.ledger_check_model import LedgerCheck
from privacy.vocabulary import Answer, CompartmentKind, Duty, Filter, Medium, Necessity, Purpose

__all__ = [
    "AccessState",
    "AuthorityOnRecord",
    "Compartment",
    "CompartmentGrant",
    "Disclosure",
    "DisclosureRecipient",
    "Engagement",
    "LedgerCheck",
    "LegalAuthority",
    "Recusal",
    "Tombstone",
]


class LegalAuthority(models.Model):
    """A statute section an agency may rely on to disclose, from the versioned bilingual code list (R31)."""

    code = models.SlugField(max_length=40)
    label_en = models.CharField(max_length=120)
    label_fr = models.CharField(max_length=120)
    statute = models.CharField(max_length=10, choices=Statute.choices)
    test_en = models.TextField()
    test_fr = models.TextField()
    after_duty = models.CharField(max_length=30, choices=Duty.choices)
    after_duty_en = models.TextField(blank=True)
    after_duty_fr = models.TextField(blank=True)
    # Statutes with a test oblige the discloser to write down the grounds (R32); consent has no such test.
    needs_grounds = models.BooleanField(default=False)
    is_consent = models.BooleanField(default=False)
    # Uses outside the intervention (R54) are never offered for an ordinary disclosure.
    secondary_use = models.BooleanField(default=False)
    provenance = models.CharField(max_length=20)
    french_provenance = models.CharField(max_length=40, default="project translation")
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("code", "version"), name="authority_once_per_version"),)
        ordering = ("statute", "code")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self._in_language("label")

    @property
    def test(self) -> str:
        """The words of the statute's own test, shown as the prompt for the grounds."""
        return self._in_language("test")

    @property
    def duty(self) -> str:
        return self._in_language("after_duty")

    def _in_language(self, stem: str) -> str:
        french: str = getattr(self, f"{stem}_fr")
        english: str = getattr(self, f"{stem}_en")
        return french if (get_language() or "en").startswith("fr") and french else english


class AccessState(models.Model):
    """The stage of one situation and the facts the row policies and the gate need. One row a situation."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    originating_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    filter = models.CharField(max_length=10, choices=Filter.choices, default=Filter.F1)
    presented = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    # A hold (access request, complaint, breach, litigation) suspends destruction (R44).
    held = models.BooleanField(default=False)
    # The sitting meeting that has this item on its agenda; guests see items of their own meeting only (R57).
    meeting = models.UUIDField(null=True, blank=True)
    # Moves with every change of what anybody may see.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("table", "filter"), name="access_by_table"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(filter=Filter.F1, presented=False) | ~models.Q(filter=Filter.F1),
                name="a_draft_is_not_presented",
            ),
        )

    def __str__(self) -> str:
        return f"access state {self.ref}"


class Compartment(models.Model):
    """The unit of access from F3b on: one person (safe contact, identifiers), the plan, or youth-justice notes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.ForeignKey(AccessState, on_delete=models.CASCADE, related_name="compartments")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CompartmentKind.choices)
    # Which of the affected persons (1, 2, ...); 0 where the compartment is not about one person.
    subject = models.PositiveSmallIntegerField(default=0)
    # Youth-justice notes: who writes them, sharing their end with nobody; unreadable after their access period (R48).
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    readable_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("access", "kind", "subject", "agency"), name="compartment_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=CompartmentKind.YOUTH) | models.Q(readable_until__isnull=False),
                name="youth_notes_have_an_end_date",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CompartmentKind.YOUTH) ^ models.Q(agency__isnull=True), name="notes_have_writer"
            ),
        )
        permissions = (("open_compartment", "May open the compartment"),)

    def __str__(self) -> str:
        return f"compartment {self.pk}"

    @property
    def level(self) -> str:
        """The key level of this compartment's sealed text."""
        return f"c:{self.pk}"


class Engagement(models.Model):
    """An agency chosen for a situation: why, who acts for it, whether it leads. Exactly one confirmed lead (R22)."""

    class Status(models.TextChoices):
        CHOSEN = "chosen", _("Chosen")
        ENGAGED = "engaged", _("Engaged")
        ENDED = "ended", _("Ended")

    access = models.ForeignKey(AccessState, on_delete=models.CASCADE, related_name="engagements")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    necessity = models.CharField(max_length=20, choices=Necessity.choices)
    person = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements")
    proposed_lead = models.BooleanField(default=False)
    lead_confirmed_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CHOSEN)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("access", "agency"), name="agency_engaged_once"),
            models.UniqueConstraint(
                fields=("access",), condition=models.Q(lead_confirmed_at__isnull=False), name="one_confirmed_lead"
            ),
            models.UniqueConstraint(
                fields=("access",), condition=models.Q(proposed_lead=True), name="one_proposed_lead"
            ),
        )
        indexes = (models.Index(fields=("person", "status"), name="engagement_by_person"),)

    def __str__(self) -> str:
        return f"engagement {self.pk}"


class Recusal(models.Model):
    """A member who stepped away from one situation. The reason is never recorded (R58)."""

    access = models.ForeignKey(AccessState, on_delete=models.CASCADE, related_name="recusals")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("access", "member"), name="recused_once"),)

    def __str__(self) -> str:
        return f"recusal {self.pk}"


class AuthorityOnRecord(models.Model):
    """An agency's own legal authority for what it shares in one situation, recorded before its first entry."""

    access = models.ForeignKey(AccessState, on_delete=models.CASCADE, related_name="authorities")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(LegalAuthority, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"authority on record {self.pk}"


class Disclosure(models.Model):
    """Information leaving one agency for named persons of others: ids and codes only (R34).

    Grounds, where the statute's test needs them, are sealed in the compartment as item `grounds:<id>`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.ForeignKey(AccessState, on_delete=models.CASCADE, related_name="disclosures")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="disclosures")
    discloser = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    elements = ArrayField(models.CharField(max_length=20))
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    authority = models.ForeignKey(LegalAuthority, on_delete=models.PROTECT, related_name="+")
    medium = models.CharField(max_length=10, choices=Medium.choices)
    filter = models.CharField(max_length=10, choices=Filter.choices)
    # The consent record relied on, where the authority is consent ('' otherwise). Opaque here.
    consent = models.CharField(max_length=36, blank=True)
    # Its last day, as it stood when it was relied on: afterwards nothing is opened on its strength (R24).
    consent_ends_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(db_default=Now())
    recalled_at = models.DateTimeField(null=True, blank=True)
    # Recalled because it should not have been made, not because a consent ended: what followed it ends too (R27).
    in_error = models.BooleanField(default=False)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class DisclosureRecipient(models.Model):
    """One named person who received one disclosure, and the agency's answer."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="recipients")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("disclosure", "member"), name="recipient_once"),)
        indexes = (models.Index(fields=("member", "disclosure"), name="recipient_by_member"),)

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class Tombstone(models.Model):
    """A committed decision to destroy the key of one situation and level; deleting the key follows, idempotently."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.UUIDField()
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    # '' = every level of the situation.
    level = models.CharField(max_length=40, blank=True)
    # A plain default: a database default would make the INSERT read the row back, which its writer may not.
    at = models.DateTimeField(default=timezone.now)
    shredded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("ref",), name="tombstone_by_ref"),)

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
