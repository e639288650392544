"""What was imported, when, by whom, and in whose words? Nothing of the file itself is kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from agencies.models import Member, Table


class ImportBatch(models.Model):
    """One imported file: everything in it can be taken back as a whole (reports.md, "undo by batch")."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    # SHA-256 of the file, so that the same file is not imported twice. A name of a file may say too much.
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    # Nobody: imported from the command line.
    imported_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-imported_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("table", "digest"), condition=models.Q(undone_at__isnull=True), name="file_imported_once"
            ),
        )

    def __str__(self) -> str:
        return f"import {self.pk}"


class BatchWords(models.Model):
    """What the words of an imported file meant that no list holds. A row of its own: who reads that a file came in
    (facilitator, managers) does not read how somebody wrote in it.
    """

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, primary_key=True, related_name="said")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    # List -> word -> code. Never one that the name guard marks.
    words = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"words of import {self.pk}"


class ImportWord(models.Model):
    """What a word in a table's own spreadsheets means: a header (`list` is empty), a value of one list, or how
    its dates are written (`days`).
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=30, blank=True)
    said = models.CharField(max_length=120)
    # A column key for a header, a code for a value; `ignored` where nothing is to be read.
    means = models.CharField(max_length=161)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("table", "list", "said"), name="import_word_once"),)

    def __str__(self) -> str:
        return f"import word {self.pk}"
