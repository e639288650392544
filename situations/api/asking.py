"""Who asks, and about which table? The member of the request, and the tables where that member may hear anything.

A table that does not exist and one where the member has no such seat answer the same.
"""

from __future__ import annotations

from rest_framework.request import Request

from agencies.models import Member, Standing, Table
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.decision import Denied, hide

#: Seats that may come to know of single situations. Managers and administrators never do (domain.md, "People").
HEARING_ROLES = (*SEATED_ROLES, Role.PRIVACY_OFFICER, Role.PRIVACY_LEAD, Role.GUEST)


def asker(request: Request) -> Member:
    """The signed-in member. The permission class has let nobody else through."""
    if not isinstance(request.user, Member):
        raise Denied(hide())
    return request.user


def table_of(code: str, *, by: Member, roles: tuple[Role, ...] = HEARING_ROLES) -> Table:
    """The table of that code where the member holds one of these seats; Denied (hidden) otherwise."""
    seats = Standing.objects.of(by).in_roles(*roles)
    table = Table.objects.filter(code=code, pk__in=seats.values("table_id")).first()
    if table is None:
        raise Denied(hide())
    return table
