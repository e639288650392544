"""What is kept of each check of the ledger? That it was, and two sums."""

from __future__ import annotations

from django.db import models


class LedgerCheck(models.Model):
    """That the whole ledger was held against its checkpoints, and what came of it. Counts only."""

    at = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    faults = models.PositiveIntegerField()

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("-at",), name="ledger_check_newest"),)

    def __str__(self) -> str:
        return f"ledger check {self.pk}"
