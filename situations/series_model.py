"""When does a table meet every week, and who reads its meetings in a calendar?"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from agencies.models import Member, Table
from situations.meeting import MINUTES


class MeetingSeries(models.Model):
    """The weekday and the time at which a table meets, from a day on. Another rule is another series."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    #: Monday is 0.
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    starts_on = models.DateField()
    #: The first day on which it does not count any more.
    ends_on = models.DateField(null=True, blank=True)
    skipped = ArrayField(models.DateField(), default=list)

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("table",), condition=models.Q(ends_on__isnull=True), name="one_series_goes_on"
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="a_week_has_seven_days"),
        )

    def __str__(self) -> str:
        return f"series {self.pk}"


class CalendarFeed(models.Model):
    """The secret address at which one member's calendar reads the times of meetings. Only its hash is kept."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
