"""What is still to happen after a commit? Ids and a kind, nothing else.

The message broker may be wiped: the sweeper re-sends whatever is not processed here.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from agencies.models import Table
from situations.vocabulary import Message, OutboxKind


class Outbox(models.Model):
    """One effect owed by a committed transition. The key is made by us: its writer may not read the table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=OutboxKind.choices)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    ref = models.UUIDField()
    # For `tell`: which member, and which of the fixed messages.
    member_id = models.BigIntegerField(default=0)
    message = models.CharField(max_length=20, choices=Message.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    processed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: When it was tried last: the pause runs from here, or a row older than its pause would be sent by two at once.
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("created_at",), condition=models.Q(processed_at__isnull=True), name="outbox_unprocessed"
            ),
        )

    def __str__(self) -> str:
        return f"outbox {self.pk}"
