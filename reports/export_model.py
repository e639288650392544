"""What was prepared for the province, by whom, approved and taken by whom? That it was; no file is ever kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from agencies.models import Member, Table


class RecordExport(models.Model):
    """One file of coded records: prepared by one person, approved by another (domain.md, "recorder").

    The digest speaks for the lines as they were approved. The file is made again for whoever takes it, and refused when
    a record has changed since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    # As reports.pack.periods writes it: 2026Q1, 2026, FY2026.
    period = models.CharField(max_length=9)
    rows = models.PositiveIntegerField()
    still_open = models.PositiveIntegerField()
    # Header of a column -> how many lines have something to mend there. No cell, no line of anybody.
    problems = models.JSONField(default=dict)
    # SHA-256 of what the lines are made of, in codes and months, without discussion numbers.
    digest = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-prepared_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("prepared_by")),
                name="export_approved_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"export {self.pk}"


class ExportTaking(models.Model):
    """That somebody took a file, once for each time: PostgreSQL lets nobody change it, and only for an approved one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export = models.ForeignKey(RecordExport, on_delete=models.PROTECT, related_name="takings")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    # csv or xlsx
    form = models.CharField(max_length=4)

    class Meta:
        ordering = ("taken_at",)

    def __str__(self) -> str:
        return f"taking {self.pk}"
