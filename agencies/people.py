"""Which people and seats may a member see to, and how does a person come in and leave? (R55, R64)

Administrators see the people of their tables, agency leads and privacy leads those who sit for their agency. A person
of another table is nobody here: whoever is known by an address already keeps name, language and agency, and nothing is
told about them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import overwriting, reach, seats
from agencies.clock import today_at
from agencies.models import Agency, Belonging, Member, Seat, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Role


def seats_seen(by: Member) -> QuerySet[Seat]:
    """The seats a member sees to: those of the tables one administers and of the agencies one leads, guests apart."""
    whose = Q(table__in=reach.held_seats(by, Role.ADMINISTRATOR).values("table_id"))
    for table_id, agency_id in reach.held_seats(by, Role.AGENCY_LEAD, Role.PRIVACY_LEAD).values_list(
        "table_id", "agency_id"
    ):
        whose |= Q(table=table_id, agency=agency_id)
    return Seat.objects.filter(whose, meeting__isnull=True).select_related("member", "agency", "table")


def running(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """The seats that are not over."""
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def people_seen(by: Member) -> QuerySet[Member]:
    """The people a member sees to: of those seats; for an administrator also who was added and has no seat yet."""
    rows = Q(pk__in=seats_seen(by).values("member_id"))
    tables = reach.held_seats(by, Role.ADMINISTRATOR).values("table_id")
    if tables.exists():
        ours = Belonging.objects.filter(table__in=tables).values("agency_id")
        rows |= Q(seats__isnull=True) & Q(agency__in=ours)
    return Member.objects.filter(rows).select_related("agency").distinct()


def sees_people(by: Member) -> bool:
    """Whether the pages of people are there for a member at all."""
    return reach.held_seats(by, Role.ADMINISTRATOR, Role.AGENCY_LEAD, Role.PRIVACY_LEAD).exists()


def waiting_for_person(member: Member) -> QuerySet[Seat]:
    """The seats that wait for the person to accept."""
    rows = running(Seat.objects.filter(member=member, accepted_by_member_at__isnull=True))
    return rows.exclude(role=Role.GUEST).filter(agency__is_active=True).select_related("table", "agency").order_by("pk")


def waiting_for_lead(by: Member) -> QuerySet[Seat]:
    """The seats that wait for this member to accept for the agency."""
    led = Q(pk__in=())
    for table_id, agency_id in reach.held_seats(by, Role.AGENCY_LEAD).values_list("table_id", "agency_id"):
        led |= Q(table=table_id, agency=agency_id)
    rows = running(Seat.objects.filter(led, accepted_by_lead_at__isnull=True, member__is_active=True))
    return rows.exclude(role=Role.GUEST).exclude(member=by).select_related("member", "table", "agency").order_by("pk")


def waiting_at(table: Table) -> QuerySet[Seat]:
    """The seats of a table that one side or both have not accepted."""
    rows = running(Seat.objects.filter(table=table, member__is_active=True, agency__is_active=True))
    open_ = rows.filter(Q(accepted_by_lead_at__isnull=True) | Q(accepted_by_member_at__isnull=True))
    return open_.exclude(role=Role.GUEST).select_related("member", "agency", "table").order_by("pk")


def away(table: Table, agency: Agency) -> QuerySet[Seat]:
    """The seats that cover somebody's leave today, with whom they cover."""
    today = today_at(table)
    rows = Seat.objects.filter(table=table, agency=agency, covers__isnull=False, starts_on__lte=today)
    return running(rows).select_related("member", "covers__member").order_by("ends_on")


def invite(
    *, name: str, email: str, phone: str, language: str, table: Table, agency: Agency, role: Role, starts_on: date,
    ends_on: date | None, by: Member,
) -> Seat:  # fmt: skip
    """Propose a seat to somebody by address: a new person, or one who is known by it and keeps what is theirs."""
    if role not in seats.proposable(by, table, agency):
        raise NotPossible(_("You cannot propose this seat."), "role")
    with transaction.atomic():
        member = by_address(email, name=name, phone=phone, language=language, agency=agency)
        return seats.propose(
            member=member, table=table, agency=agency, role=role, starts_on=starts_on, ends_on=ends_on, by=by
        )


def by_address(email: str, **about: Any) -> Member:
    """Who is known by an address and keeps what is theirs, or somebody new. Who is invited twice at once is one."""
    known = Member.objects.filter(email__iexact=email)
    member = known.first()
    if member is None:
        try:
            with transaction.atomic():  # a twin waits here for the first one's commit
                member = Member.objects.create_user(email, **about)
        except IntegrityError:
            member = known.get()
    return member


def change(member: Member, *, name: str, phone: str, language: str, by: Member, seen: str | None = None) -> None:
    """Correct what is written about a person. The address is the sign-in name and stays.

    `seen`: what stood there when whoever corrects it looked; otherwise by now raises Overwriting.
    """
    if not governs(by, member):
        raise NotPossible(_("Somebody else sees to this person."))
    wanted = {"name": name, "phone": phone, "language": language}
    with transaction.atomic():
        overwriting.write(Member.objects.select_for_update(of=("self",)).get(pk=member.pk), wanted, seen=seen)


def governs(by: Member, member: Member) -> bool:
    """Whether a member decides about a person's account: who sees to every one of the person's seats, never oneself.

    A person who also sits at a table of somebody else's keeps the account; only the seats here end (R64). Reading a
    person's seats decides nothing (a privacy lead's view), and who has none yet is an administrator's.
    """
    if by.pk == member.pk or not sees_people(by):
        return False
    if not people_seen(by).filter(pk=member.pk).exists():
        return False
    mine = seats_seen(by).filter(member=member)
    if not any(seats.may_end(by, s) for s in mine) and (mine or not reach.held_seats(by, Role.ADMINISTRATOR).exists()):
        return False
    return all(seats.may_end(by, s) for s in running(member.seats.all()).select_related("table"))


def end_account(member: Member, *, by: Member) -> None:
    """End a person's account: all seats end, every session ends, nothing opens from the next request on."""
    if not governs(by, member):
        raise NotPossible(_("This person also sits where somebody else decides: end the seats you see to."))
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        for seat in running(row.seats.all()).select_related("table"):
            if seats.over(seat):
                continue
            if seat.role == Role.GUEST:
                seats.end_seat(seat, on=timezone.localdate())
            else:
                seats.end(seat, on=today_at(seat.table), by=by)
        row.is_active = False
        row.save(update_fields=["is_active"])
