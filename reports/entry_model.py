"""Which version of a coded record was entered in the province's own system, on which day, by whom?"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from agencies.models import Member, Table


class RecordEntry(models.Model):
    """That a record was typed over into the provincial system (reports.md, "The coded record"): a day and a version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.OneToOneField("reports.CodedRecord", on_delete=models.CASCADE, related_name="entry")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    # A later version of the record has to be entered again.
    version = models.PositiveIntegerField()
    entered_on = models.DateField(default=timezone.localdate)
    entered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"entry {self.pk}"
