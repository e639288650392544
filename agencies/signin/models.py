"""What is kept of signing in? Sessions, second factors, recovery codes and counted tries (docs/adr/0022).

Row policies let a member reach own rows only; tries hold keyed digests and belong to nobody.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

#: Minutes without a key or a click until a session is locked, where no table of the member says less.
IDLE_MINUTES = 15


class SignIn(models.Model):
    """One session that is signed in, from beginning to end; an ended one has no row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey("agencies.Member", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    # Browser and system in coarse words, as the list of own sessions shows them.
    device = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    # When password or code was last given in this session.
    confirmed_at = models.DateTimeField(default=timezone.now)
    second_factor = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True, blank=True)
    # Since when this screen is shared: nothing beyond filter 2 opens in the session (docs/adr/0043).
    presenting_since = models.DateTimeField(null=True, blank=True)
    idle_minutes = models.PositiveSmallIntegerField(default=IDLE_MINUTES)

    class Meta:
        indexes = (models.Index(fields=("member",), name="sign_in_by_member"),)


class SecondFactor(models.Model):
    """A member's authenticator app: the shared secret, sealed, and the last step whose code was used."""

    member = models.OneToOneField("agencies.Member", primary_key=True, on_delete=models.CASCADE, related_name="+")
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)


class RecoveryCode(models.Model):
    """One of the codes for a lost telephone, as a keyed digest; a used one is deleted."""

    member = models.ForeignKey("agencies.Member", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "digest"), name="recovery_code_once"),)


class Tries(models.Model):
    """Wrong passwords and codes in a row for one key: an account from an address, an account, an address."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)
    locks = models.PositiveSmallIntegerField(default=0)
