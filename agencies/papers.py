"""On what signed paper does an agency or a person sit at a table, and which agency sits on call only?

Texts are versions in two languages; a published one is never changed, and a signature keeps the version it was made
under and its hash. What is in force today is one database view, `agencies_agreement_in_force`, read by the view of
standing seats and by Python alike (migration 0007; R55, R56, R59; docs/adr/0024).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from agencies.vocabulary import CallReason, Paper


class PaperText(models.Model):
    """One version of a table's agreement or undertaking, in both languages. A draft until it is published."""

    table = models.ForeignKey("agencies.Table", on_delete=models.PROTECT, related_name="texts")
    kind = models.CharField(max_length=12, choices=Paper.choices)
    version = models.PositiveSmallIntegerField()
    body_en = models.TextField(blank=True)
    body_fr = models.TextField(blank=True)
    # Of both bodies together (agencies.texts.digest); what a signature repeats.
    digest = models.CharField(max_length=64, blank=True)
    # Days a person's undertaking lasts; for agreements the length that is proposed.
    term_days = models.PositiveSmallIntegerField(default=365)
    # Which lawyer, and when; empty: nobody yet, and every page that shows the text says so.
    reviewed = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    # From this day it is what is signed; from the other, earlier signatures count no more (empty: they go on).
    valid_from = models.DateField(null=True, blank=True)
    sign_again_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("table", "kind", "version"), name="text_once_per_version"),
            models.UniqueConstraint(
                fields=("table", "kind"), condition=models.Q(published_at__isnull=True), name="one_draft_of_a_text"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | (
                    ~models.Q(body_en="")
                    & ~models.Q(body_fr="")
                    & ~models.Q(digest="")
                    & models.Q(valid_from__isnull=False)
                ),
                name="published_text_speaks_both_languages",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_again_from__isnull=True)
                | models.Q(published_at__isnull=False, sign_again_from__gte=models.F("valid_from")),
                name="signed_again_once_it_is_there",
            ),
            models.CheckConstraint(condition=models.Q(term_days__gte=1), name="text_has_a_term"),
        )
        indexes = (
            models.Index(
                fields=("table", "kind", "sign_again_from"),
                condition=models.Q(sign_again_from__isnull=False),
                name="text_signed_again",
            ),
        )
        ordering = ("table", "kind", "-version")

    def __str__(self) -> str:
        return f"text {self.pk}"

    @property
    def written_here(self) -> bool:
        """Whether somebody of the table wrote it; what came with the program was written by nobody here."""
        return self.written_by_id is not None

    def body(self, language: str = "") -> str:
        """The text in a language (default: the reader's)."""
        return self.body_fr if (language or get_language() or "en").startswith("fr") else self.body_en


class SharingAgreement(models.Model):
    """An agency's signature under a table's information-sharing agreement, with its dates."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="agreements")
    table = models.ForeignKey("agencies.Table", on_delete=models.CASCADE, related_name="agreements")
    signatory_name = models.CharField(max_length=120)
    signatory_office = models.CharField(max_length=120, blank=True)
    # Where the signatory confirms the agency's lead by a one-time link.
    signatory_email = models.EmailField(blank=True)
    # Whoever signed as a member, and whoever prepared it: never the same person.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.ForeignKey(PaperText, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    text_version = models.PositiveSmallIntegerField(default=1)
    text_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, blank=True)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    # Ended before its time, by whom; what was signed stays as it was.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True)
                | models.Q(prepared_by__isnull=True)
                | ~models.Q(signed_by=models.F("prepared_by")),
                name="who_prepares_does_not_sign",
            ),
        )
        indexes = (models.Index(fields=("agency", "table", "ends_on"), name="agreement_in_force"),)

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class Undertaking(models.Model):
    """A person's signature under a table's confidentiality undertaking, with its dates."""

    member = models.ForeignKey("agencies.Member", on_delete=models.CASCADE, related_name="undertakings")
    table = models.ForeignKey("agencies.Table", on_delete=models.CASCADE, related_name="undertakings")
    text = models.ForeignKey(PaperText, null=True, blank=True, on_delete=models.PROTECT, related_name="undertakings")
    text_version = models.PositiveSmallIntegerField(default=1)
    text_hash = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, blank=True)
    signed_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("signed_on")), name="undertaking_ends_after_signing"
            ),
        )
        indexes = (models.Index(fields=("member", "table", "ends_on"), name="undertaking_in_force"),)

    def __str__(self) -> str:
        return f"undertaking {self.pk}"


class PreparedAgreement(models.Model):
    """An agreement that waits for an agency's signature: prepared by an administrator, signed by somebody else."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey("agencies.Table", on_delete=models.CASCADE, related_name="prepared_agreements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # A person of the agency who signs in, or an address that gets a one-time link.
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    signatory_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="en")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    agreement = models.OneToOneField(
        SharingAgreement, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "table"),
                condition=models.Q(agreement__isnull=True, withdrawn_at__isnull=True),
                name="one_agreement_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="prepared_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(signatory__isnull=False) | ~models.Q(signatory_email=""),
                name="somebody_is_to_sign",
            ),
            models.CheckConstraint(
                condition=models.Q(signatory__isnull=True) | ~models.Q(signatory=models.F("prepared_by")),
                name="who_prepares_is_not_asked_to_sign",
            ),
        )

    def __str__(self) -> str:
        return f"prepared agreement {self.pk}"


class AgreementInForce(models.Model):
    """An agency whose agreement with a table is in force today (the database view `agencies_agreement_in_force`)."""

    agreement = models.OneToOneField(SharingAgreement, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.DO_NOTHING, related_name="agreements_in_force")
    table = models.ForeignKey("agencies.Table", on_delete=models.DO_NOTHING, related_name="agreements_in_force")

    class Meta:
        managed = False
        db_table = "agencies_agreement_in_force"

    def __str__(self) -> str:
        return f"agreement in force {self.pk}"


class OnCall(models.Model):
    """Days on which an agency belongs to a table on call only: its people hear nothing until they are called (R59)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="on_call")
    table = models.ForeignKey("agencies.Table", on_delete=models.CASCADE, related_name="on_call")
    since = models.DateField()
    # The first day on which it sits again.
    until = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "table"), condition=models.Q(until__isnull=True), name="on_call_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="on_call_ends_later",
            ),
        )
        indexes = (models.Index(fields=("agency", "table"), name="on_call_by_agency"),)

    def __str__(self) -> str:
        return f"on call {self.pk}"


class Call(models.Model):
    """An agency on call, called to one meeting or to one item of it. Its people then sit like guests (R57, R59)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey("agencies.Table", on_delete=models.CASCADE, related_name="+")
    meeting = models.UUIDField()
    # The one item it is called for; empty: the whole meeting.
    item = models.UUIDField(null=True, blank=True)
    # Coded: words about why could say who it is about.
    reason = models.CharField(max_length=12, choices=CallReason.choices)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "meeting", "item"), name="called_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"call {self.pk}"


class ExpiryNotice(models.Model):
    """That people were told so many days before a signature runs out: once for each number of days."""

    kind = models.CharField(max_length=12, choices=Paper.choices)
    # The agreement or undertaking, by its kind; not a foreign key: what was told outlives it.
    paper = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "paper", "days"), name="told_once"),)

    def __str__(self) -> str:
        return f"expiry notice {self.pk}"
