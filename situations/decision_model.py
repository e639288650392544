"""What did the table decide on an item, and which act moved it, by whom? Codes only; never edited."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from agencies.models import Member, Table
from situations.meeting import Meeting
from situations.vocabulary import State


class Determination(models.Model):
    """One decision of the table on one item: the four criteria, the quorum, who was present. Never edited (R8, R9)."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="determinations")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    #: Who decided: the facilitator, also where the recorder typed it for them.
    chair = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=30)
    reason = models.CharField(max_length=100, blank=True)
    significant_interest = models.BooleanField(null=True)
    high_probability = models.BooleanField(null=True)
    severe_intensity = models.BooleanField(null=True)
    multi_agency = models.BooleanField(null=True)
    agencies_present = ArrayField(models.BigIntegerField(), default=list)
    dissent = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"determination {self.pk}"


class History(models.Model):
    """Which act moved a situation, when, by whom. Codes only; never any of the six groups, so nothing to erase."""

    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="history")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    #: The facilitator for whom `by` typed it (docs/adr/0054); empty where `by` decided.
    chair = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"history {self.pk}"
