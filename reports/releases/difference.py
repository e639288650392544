"""What changed between two releases of the same period, and how many discussions were corrected late?

Two numbers can be compared by whoever has both, so a difference is told only where both are told anyway. How many
discussions were recorded or corrected after a release is a count as well, and told from k on.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack.audience import Audience
from reports.pack.changes import Change, Changes
from reports.pack.tables import TOTAL_KINDS
from reports.release_model import Release


def between(earlier: Release, later: Release) -> list[Change]:
    """The totals that differ, in their order."""
    found = []
    for kind in TOTAL_KINDS:
        name = f"totals/{kind.key}"
        before, now = earlier.told.get(name), later.told.get(name)
        if before != now:
            found.append(Change(kind.key, str(kind.title), before, now))
    return found


def of(release: Release) -> Changes | None:
    """What a release says otherwise than the one before it; None where it brings none up to date."""
    earlier = release.replaces
    if earlier is None or earlier.number is None:
        return None
    return Changes(earlier.number, tuple(between(earlier, release)))


def late(release: Release) -> int | None:
    """Discussions of the period recorded or corrected since it was decided; None where they are fewer than k.

    Records know days, not instants: a change on the day of the decision itself is not counted.
    """
    day = timezone.localdate(release.decided_at)
    first, last = release.first_day, release.last_day
    in_it = Q(opened_on__range=(first, last)) | Q(decided_on__range=(first, last)) | Q(closed_on__range=(first, last))
    with in_role("st_statistics"):
        many = CodedRecord.objects.filter(in_it, table__in=release.tables, updated_on__gt=day).count()
    return many if many >= Audience[release.audience.upper()].value else None
