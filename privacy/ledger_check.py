"""When was the whole ledger checked last, and what was found? Kept by the clock, so that a page can say it.

Counts only. Which rows are at fault says `manage.py verify_ledger`; the evidence is the checkpoints outside the
database, never this table. The application adds to it and reads it; PostgreSQL alone lets go of what is older than
is kept.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from privacy import sealer
from privacy.models import LedgerCheck

#: A check older than this is shown as something to look at.
STALE = timedelta(hours=24)


def sweep() -> int:
    """Check the whole ledger and keep what came of it; returns the number of faults. Safe to run twice at once."""
    found = sealer.check()
    LedgerCheck.objects.create(at=timezone.now(), rows=found.rows, faults=len(found.faults))
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_old_checks_go()")
    return len(found.faults)


def last() -> LedgerCheck | None:
    """The last check; None where there was none."""
    return LedgerCheck.objects.order_by("-at").first()
