"""Whose papers may a member see to: which tables does one administer, keep private, facilitate, or lead an agency at?

Papers are asked of seats that both sides accepted and whose days run, whether or not a paper is in force: whoever
renews an agreement must not be locked out by its end (docs/adr/0024). Nothing here opens anything of a situation.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from agencies.models import Member, Seat, Table
from agencies.vocabulary import Role


def held_seats(member: Member, *roles: Role) -> QuerySet[Seat]:
    """The accepted seats of a member whose days run, in some roles; papers are not asked for."""
    seats = _held().filter(member=member)
    return seats.filter(role__in=roles) if roles else seats


def seats_held_at(table: Table, *roles: Role) -> QuerySet[Seat]:
    """The same of everybody at a table."""
    seats = _held().filter(table=table)
    return seats.filter(role__in=roles) if roles else seats


def holders(table_ids: Iterable[int], *roles: Role) -> set[tuple[int, int, int]]:
    """Who holds a seat in these roles: table, agency and member of each. Who has left is not among them."""
    rows = _held().filter(table__in=list(table_ids), role__in=roles)
    return set(rows.values_list("table_id", "agency_id", "member_id"))


def _held() -> QuerySet[Seat]:
    today = timezone.localdate()
    return Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), member__is_active=True, agency__is_active=True,
        accepted_by_lead_at__isnull=False, accepted_by_member_at__isnull=False, starts_on__lte=today,
    )  # fmt: skip


def tables_of(member: Member, *roles: Role) -> list[Table]:
    """The tables at which a member holds one of these seats."""
    return list(Table.objects.filter(pk__in=held_seats(member, *roles).values("table_id")))


def administers(member: Member, table: Table) -> bool:
    """Whether a member administers a table."""
    return held_seats(member, Role.ADMINISTRATOR).filter(table=table).exists()


def may_sign_for(member: Member, table: Table) -> bool:
    """Whether a member can be an agency's signatory at a table: one of its people, and never who administers it."""
    return member.is_active and member.agency_id is not None and not administers(member, table)


def agency_ids_led(member: Member, table: Table) -> set[int]:
    """The agencies a member leads at a table."""
    return set(held_seats(member, Role.AGENCY_LEAD).filter(table=table).values_list("agency_id", flat=True))


def heads_of(table: Table, agency_id: int | None = None) -> QuerySet[Member]:
    """Who is told about papers: administrators and privacy officers of a table, and leads of one of its agencies."""
    whose = Q(role__in=[Role.ADMINISTRATOR, Role.PRIVACY_OFFICER]) | Q(role=Role.AGENCY_LEAD, agency_id=agency_id)
    seats = seats_held_at(table).filter(whose)
    return Member.objects.filter(pk__in=seats.values("member_id")).order_by(F("pk"))
