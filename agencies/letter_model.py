"""Which e-mails does this room still owe, and which one-time links were sent? (docs/adr/0023)"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """One e-mail owed to a member or to an address, with the one-time link it carries, if any.

    The token is made when the letter is sent and only its hash is kept; a letter that is sent again carries another.
    """

    kind = models.CharField(max_length=20)
    member = models.ForeignKey("agencies.Member", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="en")
    # The row the letter is about, by its kind: a seat, an agreement. Not a foreign key: a letter owns nothing.
    subject = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    # Where no mail server is set: which administrator was shown the link, to give it to the person (docs/adr/0033).
    handed_by = models.ForeignKey("agencies.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | ~models.Q(address=""), name="letter_goes_to_somebody"
            ),
            models.UniqueConstraint(
                fields=("token_hash",),
                condition=~models.Q(token_hash=""),  # nosec B106  # a hash of nothing is no secret
                name="letter_token_once",
            ),
        )
        indexes = (
            models.Index(fields=("created_at",), condition=models.Q(sent_at__isnull=True), name="letter_unsent"),
        )

    def __str__(self) -> str:
        return f"letter {self.pk}"
