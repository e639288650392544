"""What does a steering committee enter to judge the table's work? Costs, what a result is worth, and short notes.

Nothing here speaks of a situation or a person at risk: words are about the table's work and pass the name guard.
"""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Table
from privacy.vocabulary import MarksReason


class CostKind(models.TextChoices):
    """What was spent."""

    STAFF = "staff", _("Staff")
    VEHICLES = "vehicles", _("Vehicles and travel")
    CONSULTANT = "consultant", _("Consultant")
    TRAINING = "training", _("Training")
    IN_KIND = "in-kind", _("Hours given by agencies")
    OTHER = "other", _("Other costs")


class Currency(models.TextChoices):
    """In what it is reckoned."""

    CAD = "CAD", _("Canadian dollars")
    USD = "USD", _("US dollars")


class Outcome(models.TextChoices):
    """The told total that a proxy is multiplied with."""

    MET = "met", _("Situations accepted")
    CONCLUDED = "concluded", _("Situations concluded")
    LOWERED = "risk-lowered", _("Situations with overall risk lowered")
    PERSONS = "persons", _("Persons in accepted situations")
    CONNECTED = "connected", _("Connections to a service")


class Cost(models.Model):
    """An amount of one kind for a quarter or a year. Hours given stand beside what they are reckoned as worth."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=CostKind.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    hours = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.CAD)
    entered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("first_day", "kind", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_is_not_negative"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="cost_has_its_days"),
            models.CheckConstraint(
                condition=Q(kind="in-kind", hours__isnull=False) | ~Q(kind="in-kind") & Q(hours__isnull=True),
                name="hours_are_given_in_kind",
            ),
        )

    def __str__(self) -> str:
        return f"cost {self.pk}"


class Proxy(models.Model):
    """What one of a result is taken to be worth, by whose figures; low, central and high."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    title = models.CharField(max_length=160)
    low = models.DecimalField(max_digits=10, decimal_places=2)
    central = models.DecimalField(max_digits=10, decimal_places=2)
    high = models.DecimalField(max_digits=10, decimal_places=2)
    currency = models.CharField(max_length=3, choices=Currency.choices, default=Currency.CAD)
    # Per cent of the result that the table claims: the rest would have come about anyway, or through others.
    claimed = models.PositiveSmallIntegerField(default=100)
    source = models.CharField(max_length=300)
    source_year = models.PositiveSmallIntegerField()
    entered_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("outcome", "title", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(low__gte=0, central__gte=F("low"), high__gte=F("central")), name="low_central_high"
            ),
            models.CheckConstraint(condition=Q(claimed__gte=1, claimed__lte=100), name="claimed_is_a_share"),
            models.CheckConstraint(condition=~Q(source=""), name="proxy_has_a_source"),
        )

    def __str__(self) -> str:
        return f"proxy {self.pk}"


class EvaluationNote(models.Model):
    """A few sentences about the table's work in a period; never about a situation."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    words = models.CharField(max_length=1000)
    # Why words that the name guard marks may stay; empty where it marks none.
    marks_reason = models.CharField(max_length=12, choices=MarksReason.choices, blank=True)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("first_day", "id")

    def __str__(self) -> str:
        return f"note {self.pk}"
