"""How often may somebody be wrong, and how long is the wait then? (docs/adr/0032)

Counted three ways: an account from an address, an account from anywhere, an address for any account. A wait is never
longer than an hour and is not prolonged by trying on. An account that is attacked from elsewhere stays open at the
addresses where its owner signed in lately: only the pair counts there. What does not exist is counted like what does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from agencies.models import Tries

#: Wrong tries until there is a wait.
MOST = {"pair": 5, "account": 20, "address": 60}
#: Minutes of the first, the second and every later wait.
WAITS = (15, 30, 60)
#: Wrong tries count together when they lie within this time.
TOGETHER = timedelta(hours=1)
#: After so long without a wait the next one is a first one.
CALM = timedelta(hours=24)
#: So long an address counts as one's own after a sign-in there.
OWN = timedelta(days=30)


@dataclass(slots=True)
class Counted:
    """The counters of one try. Their rows are held until the transaction ends: tries at once are counted one by one."""

    rows: dict[str, Tries]
    known: Tries | None
    key_of_known: str
    now: datetime

    @property
    def until(self) -> datetime | None:
        """When somebody may try again; None: now."""
        counts = [row for kind, row in self.rows.items() if kind != "account" or self.known is None]
        waits = [row.locked_until for row in counts if row.locked_until and row.locked_until > self.now]
        return max(waits, default=None)

    def wrong(self) -> None:
        """One more wrong password or code."""
        for kind, row in self.rows.items():
            if row.locked_until and row.locked_until > self.now:
                continue
            if self.now - row.since > TOGETHER:
                row.count, row.since = 0, self.now
            row.count += 1
            if row.count >= MOST[kind]:
                if row.locked_until and self.now - row.locked_until > CALM:
                    row.locks = 0
                row.locked_until = self.now + timedelta(minutes=WAITS[min(row.locks, len(WAITS) - 1)])
                row.locks, row.count, row.since = row.locks + 1, 0, self.now
            row.save()

    def right(self) -> None:
        """The person is in: this address is the own one, and what was wrong before is forgotten."""
        Tries.objects.filter(key=self.rows["pair"].key).delete()
        Tries.objects.filter(key=self.rows["account"].key).update(count=0)
        Tries.objects.update_or_create(key=self.key_of_known, defaults={"since": self.now})

    @property
    def words(self) -> str:
        """What is said during a wait: how long, and what to do."""
        left = max(1, -(-int(((self.until or self.now) - self.now).total_seconds()) // 60))
        said = ngettext(
            "Too many wrong tries. Wait %(n)s minute, then try again. If it was not you, tell your agency’s lead.",
            "Too many wrong tries. Wait %(n)s minutes, then try again. If it was not you, tell your agency’s lead.",
            left,
        )
        return said % {"n": left}


def count(email: str, address: str) -> Counted:
    """The counters for an account, whether or not there is one, from an address."""
    now, account = timezone.now(), email.strip().lower()
    keys = {
        "pair": _key("pair", account, address),
        "account": _key("account", account),
        "address": _key("address", address),
    }
    Tries.objects.bulk_create([Tries(key=key, since=now) for key in keys.values()], ignore_conflicts=True)
    held = {row.key: row for row in Tries.objects.select_for_update().filter(key__in=keys.values()).order_by("key")}
    known = _key("known", account, address)
    return Counted(
        {kind: held[key] for kind, key in keys.items()},
        Tries.objects.filter(key=known, since__gt=now - OWN).first(),
        known,
        now,
    )


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. Behind our own proxy: what the proxy added last, not what the caller wrote before."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def forget() -> int:
    """Delete counters that say nothing any more."""
    gone, _by_model = Tries.objects.filter(since__lt=timezone.now() - OWN).delete()
    return gone


def _key(*parts: str) -> str:
    return salted_hmac("agencies.signin.tries", "\0".join(parts), algorithm="sha256").hexdigest()
