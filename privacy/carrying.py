"""On the strength of which disclosures is something opened today? (domain.md, consent)"""

from __future__ import annotations

from datetime import date

from django.db import models

from agencies.clock import today_at
from privacy.models import AccessState, Disclosure


def carrying(state: AccessState) -> models.QuerySet[Disclosure]:
    """Those neither recalled nor resting on a consent that is over, by the table's own day."""
    in_force = models.Q(consent_ends_on__isnull=True) | models.Q(consent_ends_on__gte=today_at(state.table))
    return state.disclosures.filter(in_force, recalled_at__isnull=True)


def carries(row: Disclosure, today: date) -> bool:
    """Whether one of them does, on a day of its table."""
    return row.recalled_at is None and (row.consent_ends_on is None or row.consent_ends_on >= today)
