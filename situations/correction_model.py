"""What was the outcome of a situation before it was corrected, and why was it wrong? Codes; added, never changed.

A contact that was corrected is a row of its own that names the one it corrects (`intervention.FirstContact`). Who
entered a correction stands in the history and, with the agency, in the ledger.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from agencies.models import Table
from situations.vocabulary import CorrectionReason


class EndingCorrection(models.Model):
    """A new entry beside an outcome that was recorded wrongly: what it said, what it says now, why."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="corrections")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    was_group = models.CharField(max_length=40)
    was_reason = models.CharField(max_length=100)
    now_group = models.CharField(max_length=40)
    now_reason = models.CharField(max_length=100)
    why = models.CharField(max_length=15, choices=CorrectionReason.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"ending correction {self.pk}"
