"""What is a situation, as far as everybody at its stage may know it? Coded facts, state and time; no identity.

No column here can hold a name, an address or a narrative: identifiers and all free text are sealed in the vault. What
intervening agencies know is in `intervention.py`, meetings in `meeting.py`. Policies and projection say who sees a row.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from agencies.models import Agency, Member, Table
from privacy.vocabulary import Necessity
from risk.models import CatalogueEntry
from situations.correction_model import EndingCorrection
from situations.decision_model import Determination, History
from situations.follow_up_model import FollowUp
from situations.intervention import Consent, FirstContact, Intervention, NoticeTask, PlanEntry, ServiceMobilized
from situations.meeting import AgendaItem, ItemPresence, Meeting, MeetingPresence
from situations.outbox_model import Outbox
from situations.record_model import RecordConfirmation, RecordCorrection, SystemicIssue
from situations.series_model import CalendarFeed, MeetingSeries
from situations.vocabulary import OPEN_STATES, Part, Stance, State

__all__ = [
    "AffectedPerson",
    "AgendaItem",
    "CalendarFeed",
    "CodedFact",
    "Consent",
    "Determination",
    "DiscussionCounter",
    "EndingCorrection",
    "FirstContact",
    "FollowUp",
    "History",
    "Intervention",
    "ItemPresence",
    "Meeting",
    "MeetingPresence",
    "MeetingSeries",
    "NoticeTask",
    "Objection",
    "Offer",
    "Outbox",
    "Performed",
    "PlanEntry",
    "RecordConfirmation",
    "RecordCorrection",
    "ServiceMobilized",
    "Situation",
    "Stand",
    "SystemicIssue",
]


class SituationQuerySet(models.QuerySet["Situation"]):
    """Reads of situations. Row-level security decides what exists; always scope by table as well (it is fast)."""

    def at(self, table_id: int) -> SituationQuerySet:
        """The situations of one table."""
        return self.filter(table_id=table_id)

    def presented(self) -> SituationQuerySet:
        """Those the table has been shown."""
        return self.filter(presented=True)

    def open(self) -> SituationQuerySet:
        """Those presented and not ended."""
        return self.filter(state__in=OPEN_STATES)

    def drafts_of(self, agency_ids: list[int]) -> SituationQuerySet:
        """The drafts of some agencies."""
        return self.filter(state=State.DRAFT, originating_agency_id__in=agency_ids)

    def newest_first(self) -> SituationQuerySet:
        """Ordered for keyset pagination."""
        return self.order_by("-opened_at", "-id")


class Situation(models.Model):
    """A situation of acutely elevated risk on its way through the four filters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    originating_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    presented = models.BooleanField(default=False)
    # Mirror of the access state: the sitting meeting that has the item on its agenda (guests, R57).
    meeting = models.UUIDField(null=True, blank=True)
    # Given at presentation from a locked counter, kept through a return (domain.md, "discussion number").
    number = models.CharField(max_length=20, blank=True)
    discussion_type = models.ForeignKey(
        CatalogueEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Screening answers of filter 1 that are affirmed (ScreeningQuestion values); the words to them are sealed.
    screening = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    likely_agencies = models.ManyToManyField(Agency, blank=True, related_name="+")
    # For anyone under 16: the agency knows that filing does not discharge its duty to report (R49).
    duty_to_report_acknowledged = models.BooleanField(default=False)
    opened_at = models.DateTimeField(db_default=Now())
    # Whether the sealed draft summary has words in it; the words themselves are in the vault.
    summary_written = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    discussed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    # The reason of the ending: a conclusion reason, a rejection reason or a stop reason, by code.
    ending_group = models.CharField(max_length=40, blank=True)
    ending_reason = models.CharField(max_length=100, blank=True)
    deferrals = models.PositiveSmallIntegerField(default=0)
    objections_counted = models.PositiveSmallIntegerField(default=0)
    # The code of the table a transferred situation came from.
    transferred_from = models.CharField(max_length=5, blank=True)
    # Random link to the coded record; cut at destruction.
    statistics_id = models.UUIDField(null=True, blank=True, default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)

    objects = SituationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("number",), condition=~models.Q(number=""), name="number_once"),
            models.CheckConstraint(
                condition=models.Q(presented=False, state=State.DRAFT)
                | (models.Q(presented=True) & ~models.Q(state=State.DRAFT)),
                name="presented_means_not_a_draft",
            ),
        )
        indexes = (
            models.Index(fields=("table", "state"), name="situation_by_table"),
            models.Index(fields=("table", "-opened_at", "-id"), name="situation_newest"),
            BrinIndex(fields=("opened_at",), name="situation_opened_brin"),
        )

    def __str__(self) -> str:
        return f"situation {self.pk}"

    @property
    def draft_code(self) -> str:
        """A short neutral name for a draft, from its random id."""
        return self.pk.hex[:4].upper()


class AffectedPerson(models.Model):
    """One affected person: coarse codes only. One of the six groups."""

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="persons")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    age_group = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")
    sex = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.SUBJECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("situation", "ordinal"), name="person_once"),)
        ordering = ("ordinal",)

    def __str__(self) -> str:
        return f"affected person {self.pk}"


class CodedFact(models.Model):
    """A risk factor, protective factor or study flag that applies. Three of the six groups."""

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="facts")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(CatalogueEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("situation", "entry"), name="fact_once"),)

    def __str__(self) -> str:
        return f"coded fact {self.pk}"


class Stand(models.Model):
    """An agency that stands behind accepting or rejecting an item, by its own sign-in (R9)."""

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="stands")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("situation", "agency"), name="agency_stands_once"),)

    def __str__(self) -> str:
        return f"stand {self.pk}"


class Objection(models.Model):
    """An agency's objection; open until that agency withdraws it (R9). Its reason is not recorded."""

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="objections")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("situation", "agency"), name="agency_objects_once"),)

    def __str__(self) -> str:
        return f"objection {self.pk}"


class Offer(models.Model):
    """An agency that says it should be involved, and why by code. Gone at the door: by then it was chosen or not."""

    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="offers")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    necessity = models.CharField(max_length=30, choices=Necessity.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("situation", "agency"), name="agency_offers_once"),)

    def __str__(self) -> str:
        return f"offer {self.pk}"


class DiscussionCounter(models.Model):
    """The last discussion number given at a table in a year, advanced under a lock."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("table", "year"), name="counter_once"),)

    def __str__(self) -> str:
        return f"counter {self.pk}"


class Performed(models.Model):
    """An act that a browser may send twice: one member, one key, one effect."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    act = models.CharField(max_length=30)
    ref = models.UUIDField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "key"), name="performed_once"),)

    def __str__(self) -> str:
        return f"performed {self.pk}"
