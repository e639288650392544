"""What is added to a meeting once it is over, and what did the table see beyond single situations?

The record itself is no row: it is read from presence and decisions, which are never edited (`meeting_record.py`).
Here stands what is put beside it: that the next meeting confirmed it, and corrections, each a new entry.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from agencies.models import Agency, Member, Sector, Table
from situations.meeting import AgendaItem, Meeting
from situations.vocabulary import CorrectionKind, CorrectionReason, IssueKind, Told


class RecordConfirmation(models.Model):
    """The record of a meeting was read at a later one, and confirmed."""

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.PROTECT, related_name="confirmation")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    confirmed_in = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class RecordCorrection(models.Model):
    """What the record of a meeting has wrong, by code. A new entry; nothing is edited, nothing taken out."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CorrectionKind.choices)
    reason = models.CharField(max_length=15, choices=CorrectionReason.choices)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Kept by nothing: an entry that cannot be changed must not hold back the erasure of a draft (R3).
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    decided = models.CharField(max_length=25, choices=Told.choices, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=CorrectionKind.DECISION, item__isnull=False)
                | (~models.Q(kind=CorrectionKind.DECISION) & models.Q(agency__isnull=False, item__isnull=True)),
                name="a_correction_says_of_what",
            ),
        )

    def __str__(self) -> str:
        return f"correction {self.pk}"


class SystemicIssue(models.Model):
    """Something that stands in the way of many, seen by the table: what kind, in which sector. Never of whom."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="issues")
    kind = models.CharField(max_length=15, choices=IssueKind.choices)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    closed_in = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"issue {self.pk}"
