"""Which of these records did a member step away from? Known while the record is linked to its situation, not after."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from agencies.models import Member
from privacy.models import Recusal
from situations.models import Situation


def stepped_away(records: Iterable[UUID], *, by: Member) -> set[UUID]:
    """Of some statistics ids, or a query of them, those."""
    away = Recusal.objects.filter(member=by).values("access_id")
    linked = Situation.objects.filter(pk__in=away, statistics_id__in=records)
    return {s for s in linked.values_list("statistics_id", flat=True) if s is not None}
