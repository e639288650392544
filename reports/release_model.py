"""What is kept of a release? The numbers themselves: a later count never changes what was told."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Table


class ReleaseState(models.TextChoices):
    """From a count to a release. What is planned was decided on the way to another page and waits."""

    PLANNED = "planned", _("Planned")
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    SIGNED = "signed", _("Signed off")
    RELEASED = "released", _("Released")


class Release(models.Model):
    """One page of the calendar as it was decided, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A table's code, "region:" with its English name, or "province"; and the tables that it was then.
    scope = models.CharField(max_length=170)
    tables = ArrayField(models.BigIntegerField())
    audience = models.CharField(max_length=10)
    period = models.CharField(max_length=12)
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=8, choices=ReleaseState.choices)
    # Within scope and audience, from 1 on, when it is released.
    number = models.PositiveIntegerField(null=True, blank=True)
    # {"figure/category": count}: what is not here is withheld.
    told = models.JSONField()
    # {"days-open-p50": days, "contact-hours-p50": hours}: only what may be told.
    durations = models.JSONField(default=dict)
    # {"risk-pairs": [[code, code, level or none]]}: of a committee's year; none of what was decided before there were.
    together = models.JSONField(null=True, blank=True)
    # {"held": meetings, "present": agencies on average, ...}: of a committee's page; none of what was decided before.
    meetings = models.JSONField(null=True, blank=True)
    # Costs, proxies and notes as they stood when it was released; none before, and none where there were none.
    evaluation = models.JSONField(null=True, blank=True)
    # [{"words": ..., "state": ...}]: the systemic issues of the period as they stood when it was released; none before.
    issues = models.JSONField(null=True, blank=True)
    code_lists_of = models.DateField(null=True, blank=True)
    # An earlier release whose totals this one brings up to date; its figures stand.
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    # When it was decided: whatever is recorded later is a late correction.
    decided_at = models.DateTimeField(default=timezone.now)
    # Nobody: by the clock, or from the command line.
    prepared_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    # Those who may read it were sent a link for this state.
    letters_of = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("-released_at", "-prepared_at")
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "audience", "first_day", "last_day"), condition=Q(replaces__isnull=True),
                name="page_is_decided_once",
            ),
            models.UniqueConstraint(
                fields=("scope", "audience", "number"), condition=Q(number__isnull=False), name="release_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="released", number__isnull=False, released_at__isnull=False)
                | ~Q(state="released") & Q(number__isnull=True, released_at__isnull=True),
                name="released_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("signed", "released")) | Q(signed_by__isnull=False, checked_at__isnull=False),
                name="signed_off_after_a_check",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(prepared_by__isnull=True)
                | ~Q(signed_by=models.F("prepared_by")),
                name="signed_off_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(checked_by__isnull=True)
                | ~Q(signed_by=models.F("checked_by")),
                name="signed_off_by_nobody_who_checked",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"release {self.pk}"


class ReleaseReasons(models.Model):
    """Why each count of a release was withheld. Whoever reads a release never reads this."""

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.CASCADE, related_name="reasons")
    # {"figure/category": name of the reason}
    withheld = models.JSONField()

    def __str__(self) -> str:
        return f"reasons of {self.pk}"


class QuarterCounts(models.Model):
    """A table's counts of a quarter as they were when a page was first made of them; every sum is made of these."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    # {"figure/category": count}, {"days": discussions}, {"hours": discussions}
    counts = models.JSONField()
    days_open = models.JSONField()
    contact_hours = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("table", "first_day"), name="quarter_is_counted_once"),)

    def __str__(self) -> str:
        return f"counts {self.pk}"
