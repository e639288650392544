"""What does the coded record of one discussion hold? Codes and days; nothing that leads back to a situation or person.

A table of its own that reports read (reports.md, "The coded record"). Its key is random: no foreign key to the
situation, no running number, no time of day, so that once the link from the situation is cut nothing here can be
matched with the lifecycle's own rows by key, order or instant (R42). The six groups are NULL ("N/A") unless the
threshold was met and stands; the database refuses anything else.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.models import Table
from reports.entry_model import RecordEntry
from reports.evaluation_model import Cost, EvaluationNote, Proxy
from reports.export_model import ExportTaking, RecordExport
from reports.import_model import BatchWords, ImportBatch, ImportWord
from reports.planning_model import AreaOfRisk, Matter
from reports.release_model import QuarterCounts, Release, ReleaseReasons
from reports.vocabulary import ALWAYS_ACCEPTED, ENDED, NEVER_ACCEPTED, ConsentCode, NoticeCode, Status

__all__ = [
    "AreaOfRisk", "BatchWords", "CodedRecord", "CodedRecordVersion", "Cost", "EvaluationNote", "ExportTaking",
    "ImportBatch", "ImportWord", "Matter", "Proxy", "QuarterCounts", "RecordEntry", "RecordExport", "Release",
    "ReleaseReasons",
]  # fmt: skip

#: The six groups of domain.md, as columns.
SIX_GROUPS = ("assisting_sectors", "risk_factors", "study_flags", "protective_factors", "persons", "services")


def _all_null(null: bool) -> Q:
    return Q(**{f"{group}__isnull": null for group in SIX_GROUPS})


def _codes(length: int) -> ArrayField[list[str] | None, list[str] | None]:
    return ArrayField(models.CharField(max_length=length), null=True, blank=True)


class CodedRecordQuerySet(models.QuerySet["CodedRecord"]):
    """Reads of the coded record. Row-level policies decide what exists; always scope by table as well."""

    def at(self, table_id: int) -> CodedRecordQuerySet:
        """The records of one table."""
        return self.filter(table_id=table_id)


class CodedRecord(models.Model):
    """One discussion, opened at its first presentation and brought up to date in place by every later decision."""

    statistics_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices)

    # --- when (the table's own days) --------------------------------------------------------------------------------
    # Presented: the presentation that stands; one that was returned never counted (domain.md, "Exits").
    opened_on = models.DateField()
    # The calendar quarter of `opened_on`, as 2026Q1.
    quarter = models.CharField(max_length=6)
    # The table decided on the threshold: met, or rejected. Empty otherwise.
    decided_on = models.DateField(null=True, blank=True)
    # The discussion ended, whichever way.
    closed_on = models.DateField(null=True, blank=True)
    # Threshold met and standing: withdrawn or stopped before the door, it counts as presented only.
    accepted = models.BooleanField(default=False)

    # --- what, from the code lists of risk and agencies ---------------------------------------------------------------
    discussion_type = models.CharField(max_length=100, blank=True)
    # Sectors only: an agency's name with a date is too close to a person at a small table.
    # Empty while returned: a draft is nobody else's to know.
    originating_sector = models.CharField(max_length=60, blank=True)
    lead_sector = models.CharField(max_length=60, blank=True)
    conclusion_group = models.CharField(max_length=60, blank=True)
    conclusion_reason = models.CharField(max_length=100, blank=True)

    # --- the six groups: NULL means N/A -------------------------------------------------------------------------------
    assisting_sectors = _codes(60)
    # "category/code": ten labels stand in two categories.
    risk_factors = _codes(161)
    study_flags = _codes(100)
    protective_factors = _codes(161)
    # [{"age_group": code, "sex": code}]
    persons = models.JSONField(null=True, blank=True)
    # [{"category": code, "result": code}]
    services = models.JSONField(null=True, blank=True)

    # --- how it went --------------------------------------------------------------------------------------------------
    deferrals = models.PositiveSmallIntegerField(default=0)
    objections_counted = models.PositiveSmallIntegerField(default=0)
    # Whole hours from the confirmation of the lead.
    hours_to_first_contact = models.PositiveIntegerField(null=True, blank=True)
    # What came of asking for consent, and whether the notices owed were sent in time (outcomes.py); '': not recorded.
    consent = models.CharField(max_length=12, choices=ConsentCode.choices, blank=True)
    notice = models.CharField(max_length=8, choices=NoticeCode.choices, blank=True)
    # From presentation to the end.
    days_open = models.PositiveIntegerField(null=True, blank=True)

    # The code lists as they stood on this day are the ones the codes above speak of.
    catalogue_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    # The file it was imported with; none when the product kept it from the meeting on.
    batch = models.ForeignKey(ImportBatch, null=True, blank=True, on_delete=models.CASCADE, related_name="records")
    # A day: an instant would match the history row of the same transaction.
    updated_on = models.DateField(default=timezone.localdate)

    objects = CodedRecordQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("table", "opened_on"), name="record_by_opening"),
            models.Index(fields=("table", "decided_on"), name="record_by_decision"),
            models.Index(fields=("table", "closed_on"), name="record_by_closing"),
            # In the order of an exported file, so that no hundred thousand wide rows are sorted for it.
            models.Index(fields=("table", "quarter", "statistics_id"), name="record_in_file_order"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted=True) & _all_null(False)
                | Q(accepted=False, lead_sector="", hours_to_first_contact__isnull=True) & _all_null(True),
                name="six_groups_only_once_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted=True, consent__in=("", *ConsentCode.values), notice__in=("", *NoticeCode.values))
                | Q(accepted=False, consent="", notice=""),
                name="asked_only_once_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted=True) & ~Q(status__in=NEVER_ACCEPTED)
                | Q(accepted=False) & ~Q(status__in=ALWAYS_ACCEPTED),
                name="status_agrees_with_acceptance",
            ),
            models.CheckConstraint(
                condition=(Q(accepted=True) | Q(status=Status.REJECTED)) & Q(decided_on__isnull=False)
                | Q(accepted=False, decided_on__isnull=True) & ~Q(status=Status.REJECTED),
                name="decided_means_met_or_rejected",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, closed_on__isnull=False, days_open__isnull=False)
                | ~Q(status__in=ENDED) & Q(closed_on__isnull=True, days_open__isnull=True, conclusion_reason=""),
                name="ended_has_a_closing_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="closed_after_opened",
            ),
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}Q[1-4]$"), name="quarter_is_one"),
        )

    def __str__(self) -> str:
        return f"coded record {self.pk}"


class CodedRecordVersion(models.Model):
    """That a version of a record came about, by which decision, on which day. Never a code that may be erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(CodedRecord, on_delete=models.CASCADE, related_name="versions")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=12, choices=Status.choices)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("record", "version"), name="record_version_once"),)

    def __str__(self) -> str:
        return f"version {self.version} of coded record {self.record_id}"
