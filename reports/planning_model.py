"""What do a table's figures ask of others? Areas of the community plan, services that are missing, systemic issues."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Table
from privacy.vocabulary import MarksReason
from situations.vocabulary import IssueKind


class Area(models.TextChoices):
    """The four areas of the province's framework for community safety and well-being planning, from far to near."""

    SOCIAL_DEVELOPMENT = "social", _("Social development")
    PREVENTION = "prevention", _("Prevention")
    RISK_INTERVENTION = "intervention", _("Risk intervention")
    INCIDENT_RESPONSE = "response", _("Incident response")


class MatterKind(models.TextChoices):
    """What was raised."""

    GAP = "gap", _("A service is missing")
    SYSTEMIC = "systemic", _("A systemic issue")


class Why(models.TextChoices):
    """Why a service could not be had."""

    UNAVAILABLE = "unavailable", _("Unavailable here")
    WAITING = "waiting", _("The wait is too long")
    ELIGIBILITY = "eligibility", _("Declined: the rules of the service exclude people who need it")
    REFUSED = "refused", _("Declined by the people it is meant for")
    REACH = "reach", _("Out of reach: distance, hours or transport")
    LANGUAGE = "language", _("Not in the language or culture of those who need it")
    COST = "cost", _("It costs too much")


class MatterStatus(models.TextChoices):
    """How far it has come."""

    RAISED = "raised", _("Raised")
    IN_HAND = "in-hand", _("In hand")
    SETTLED = "settled", _("Settled")
    SET_ASIDE = "set-aside", _("Set aside")


#: Nobody works on it any more.
FINISHED = (MatterStatus.SETTLED, MatterStatus.SET_ASIDE)


class AreaOfRisk(models.Model):
    """Where a table's plan takes up a risk category; instead of what is shipped."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    category = models.CharField(max_length=60)
    area = models.CharField(max_length=12, choices=Area.choices)
    set_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("table", "category"), name="one_area_a_risk"),)

    def __str__(self) -> str:
        return f"area of risk {self.pk}"


class Matter(models.Model):
    """A missing service or a systemic issue: what, whose, how far. Of many situations or of none, never of one."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=MatterKind.choices)
    words = models.CharField(max_length=500, blank=True)
    marks_reason = models.CharField(max_length=12, choices=MarksReason.choices, blank=True)
    area = models.CharField(max_length=12, choices=Area.choices)
    # The kind of service, by code, and why it could not be had: of a gap only.
    service = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    # As which kind and in which sector the table named it at its meetings, by code: of an issue taken up from there.
    issue_kind = models.CharField(max_length=15, choices=IssueKind.choices, blank=True)
    issue_sector = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=MatterStatus.choices, default=MatterStatus.RAISED)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-raised_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="gap") & ~Q(why="") & ~Q(service="") | Q(kind="systemic", why="", service=""),
                name="a_gap_says_which_service_and_why",
            ),
            models.CheckConstraint(
                condition=(Q(issue_kind="", issue_sector="") & ~Q(words=""))
                | (Q(kind="systemic", words="") & ~Q(issue_kind="") & ~Q(issue_sector="")),
                name="a_matter_has_words_or_an_issue",
            ),
            models.UniqueConstraint(
                fields=("table", "issue_kind", "issue_sector"),
                condition=~Q(issue_kind=""),
                name="an_issue_is_taken_up_once",
            ),
        )

    def __str__(self) -> str:
        return f"matter {self.pk}"
