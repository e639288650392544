"""Must this member have a second factor? By the roles of seats that the setting SECOND_FACTOR_ROLES names."""

from __future__ import annotations

from django.conf import settings

from agencies.models import Member
from agencies.reach import held_seats


def of(member: Member) -> bool:
    """Whether a seat that the member holds is in one of the roles."""
    roles: frozenset[str] = settings.SECOND_FACTOR_ROLES
    return bool(roles) and held_seats(member).filter(role__in=roles).exists()
