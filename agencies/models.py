"""Who sits at the table, for which agency, and on what signed paper?

A seat counts only while it stands: both the agency's lead and the person accepted it, its dates run, the member and
the agency are active, the agency's sharing agreement and the person's own undertaking are in force (R56). That one
rule is the database view behind `Standing`; the row-level policies read the same view, so the rule cannot differ
between Python and PostgreSQL.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.letter_model import Letter
from agencies.papers import (
    AgreementInForce,
    Call,
    ExpiryNotice,
    OnCall,
    PaperText,
    PreparedAgreement,
    SharingAgreement,
    Undertaking,
)
from agencies.signin.models import IDLE_MINUTES, RecoveryCode, SecondFactor, SignIn, Tries
from agencies.standing import Standing, StandingQuerySet
from agencies.vocabulary import ConfirmedAs, Role, Statute

__all__ = [
    "Agency",
    "AgreementInForce",
    "Belonging",
    "Call",
    "ExpiryNotice",
    "Letter",
    "Member",
    "MemberManager",
    "OnCall",
    "PaperText",
    "PreparedAgreement",
    "RecoveryCode",
    "Seat",
    "SecondFactor",
    "Sector",
    "SharingAgreement",
    "SignIn",
    "Standing",
    "StandingQuerySet",
    "Table",
    "Tries",
    "Undertaking",
]


def _in_language(english: str, french: str) -> str:
    return french if (get_language() or "en").startswith("fr") and french else english


class Sector(models.Model):
    """A sector of service, from the versioned bilingual code list. Retired, never deleted."""

    code = models.SlugField(max_length=60)
    label_en = models.CharField(max_length=120)
    label_fr = models.CharField(max_length=120)
    examples_en = models.CharField(max_length=300, blank=True)
    examples_fr = models.CharField(max_length=300, blank=True)
    provenance = models.CharField(max_length=20)
    french_provenance = models.CharField(max_length=40, default="project translation")
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    # Empty: a reference file wrote it. No file overrides what an administrator wrote (docs/adr/0024).
    written_by = models.ForeignKey("Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    retired_by = models.ForeignKey("Member", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why_retired = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="sector_once_per_version"),
            models.CheckConstraint(
                condition=~models.Q(label_en="") & ~models.Q(label_fr=""), name="sector_speaks_both_languages"
            ),
        )
        ordering = ("label_en",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return _in_language(self.label_en, self.label_fr)


class Agency(models.Model):
    """An organization that belongs to a table, with the statutes that govern what it may disclose."""

    name_en = models.CharField(max_length=160)
    name_fr = models.CharField(max_length=160, blank=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="agencies")
    statutes = ArrayField(models.CharField(max_length=10, choices=Statute.choices), default=list)
    # Printed on notices to the person (R28): how to reach this agency.
    public_contact = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return _in_language(self.name_en, self.name_fr)


class Table(models.Model):
    """A standing body, with the settings its members agreed on."""

    code = models.CharField(max_length=5, unique=True)
    name_en = models.CharField(max_length=160)
    name_fr = models.CharField(max_length=160)
    region_en = models.CharField(max_length=160)
    region_fr = models.CharField(max_length=160)
    time_zone = models.CharField(max_length=40, default="America/Toronto")
    quorum = models.PositiveSmallIntegerField(default=5, help_text=_("Agencies that must be present for a decision."))
    contact_clock_hours = models.PositiveSmallIntegerField(default=48)
    contact_clock_counts_weekends = models.BooleanField(default=True)
    retention_days = models.PositiveSmallIntegerField(default=365)
    retention_basis = models.CharField(max_length=200, blank=True)
    # Criminal-involvement codes for ages 12-17 stay hidden before F4 unless a privacy assessment says otherwise (R46).
    youth_codes_before_f4 = models.BooleanField(default=False)
    youth_codes_assessment = models.CharField(max_length=80, blank=True)
    # Minutes without a key or a click until a member's screen is locked.
    idle_minutes = models.PositiveSmallIntegerField(default=IDLE_MINUTES)
    # Who has not come to so many meetings in a row is listed for the administrator (R59).
    review_after_meetings = models.PositiveSmallIntegerField(default=6)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(youth_codes_before_f4=False) | ~models.Q(youth_codes_assessment=""),
                name="wider_youth_codes_need_an_assessment",
            ),
            models.CheckConstraint(
                condition=models.Q(retention_days__gte=365) | ~models.Q(retention_basis=""),
                name="shorter_retention_needs_a_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(idle_minutes__gte=1, idle_minutes__lte=120), name="idle_lock_is_not_switched_off"
            ),
        )
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return _in_language(self.name_en, self.name_fr)

    @property
    def region(self) -> str:
        return _in_language(self.region_en, self.region_fr)


class Belonging(models.Model):
    """An agency's place at a table: who governs it follows from here (docs/adr/0023)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="belongings")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="belongings")
    since = models.DateField(default=timezone.localdate)
    # The first day on which it does not belong any more.
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "table"), name="belongs_once"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"belonging {self.pk}"


class MemberManager(BaseUserManager["Member"]):
    """Creates members. E-mail is the sign-in name, compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """Create an active member; an unusable password when none is given."""
        if not email:
            raise ValueError("a member needs an e-mail address")
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """Refused: there is no role that may do everything (R20, R53)."""
        raise ValueError("there is no super-user: give the person a seat instead")

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What a member may do follows from seats alone; a constraint refuses `is_superuser`."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    language = models.CharField(max_length=2, choices=(("en", "English"), ("fr", "Français")), default="en")
    # At work; for the administrator and the agency's lead to reach them, shown to nobody else.
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False

    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_a_superuser"),
            models.UniqueConstraint(Lower("email"), name="email_once_without_case"),
        )
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's place at a table for an agency. It stands only while `Standing` lists it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    accepted_by_lead_at = models.DateTimeField(null=True, blank=True)
    accepted_by_member_at = models.DateTimeField(null=True, blank=True)
    # A guest's seat is for one meeting (R57); every other seat has none.
    meeting = models.UUIDField(null=True, blank=True)
    # A guest called for one item hears that item only (R59).
    item = models.UUIDField(null=True, blank=True)
    proposed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Leave cover: the seat of whoever is away. It ends by its own last day.
    covers = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Who spoke for the agency: its lead, the agreement's signatory through a link, or the first-run page.
    confirmed_as = models.CharField(max_length=10, choices=ConfirmedAs.choices, blank=True)
    confirmed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "table", "agency", "role", "meeting", "item"),
                name="seat_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.GUEST, meeting__isnull=False)
                | (~models.Q(role=Role.GUEST) & models.Q(meeting__isnull=True)),
                name="only_guests_sit_for_one_meeting",
            ),
            models.CheckConstraint(
                condition=models.Q(item__isnull=True) | models.Q(meeting__isnull=False), name="an_item_is_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("member")),
                name="nobody_confirms_an_own_seat",
            ),
        )
        indexes = (models.Index(fields=("member", "table"), name="seat_by_member"),)

    def __str__(self) -> str:
        return f"seat {self.pk}"
