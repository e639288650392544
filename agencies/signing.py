"""Is there anything for this person on the page "To sign"? What leads there on entering."""

from __future__ import annotations

from django.utils import timezone

from agencies import agreements
from agencies.models import Member, Seat


def concerns(member: Member) -> bool:
    """Whether the page has something to say: a seat that is offered or held and not over, an agreement that waits."""
    seats = Seat.objects.filter(member=member).exclude(ends_on__lt=timezone.localdate())
    return seats.exists() or agreements.to_sign(member).exists()
