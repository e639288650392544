"""What does the lead say at a follow-up? For the intervening agencies; the table hears only that it is still open."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from agencies.models import Agency, Member, Table
from situations.meeting import Meeting
from situations.vocabulary import FollowUpAnswer


class FollowUp(models.Model):
    """One answer of the lead agency: whether what was agreed is done. Rows of the named persons only."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="follow_ups")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=15, choices=FollowUpAnswer.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"follow-up {self.pk}"
