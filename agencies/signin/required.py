"""Must this member have a second factor? By the roles of seats that the setting SECOND_FACTOR_ROLES names."""

from __future__ import annotations

from django.conf import settings

from agencies.models import Member, SignIn
from agencies.reach import held_seats


def of(member: Member) -> bool:
    """Whether a seat that the member holds is in one of the roles."""
    roles: frozenset[str] = settings.SECOND_FACTOR_ROLES
    return bool(roles) and held_seats(member).filter(role__in=roles).exists()


def unfinished(sign_in: SignIn, member: Member) -> bool:
    """Whether the session came in without the factor that a seat requires by now: seats begin while one is signed in.

    Asked at every request, of PostgreSQL only where a role requires one and the session has none.
    """
    return not sign_in.second_factor and of(member)
