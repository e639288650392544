"""How is an agency or a table added and changed? By administrators; what tables share, by who administers all (R64)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import overwriting, reach
from agencies.clock import today_at
from agencies.models import Agency, Belonging, Member, PreparedAgreement, Seat, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import ConfirmedAs, Role


def agencies_seen(by: Member) -> QuerySet[Agency]:
    """The agencies an administrator sees to: of the tables one administers, and those that belong to none yet."""
    tables = reach.held_seats(by, Role.ADMINISTRATOR).values("table_id")
    ours = Q(pk__in=Belonging.objects.filter(table__in=tables).values("agency_id"))
    ours |= Q(pk__in=Seat.objects.filter(table__in=tables, meeting__isnull=True).values("agency_id"))
    return Agency.objects.filter(ours | Q(belongings__isnull=True)).select_related("sector").distinct()


def may_change(by: Member, agency: Agency) -> bool:
    """Whether a member may change an agency: who administers every table it belongs to now.

    Of one that belongs to none yet: who administers every table where it holds a seat or is asked to sign.
    """
    mine = set(reach.held_seats(by, Role.ADMINISTRATOR).values_list("table_id", flat=True))
    running = Q(until__isnull=True) | Q(until__gt=timezone.localdate())
    theirs = set(agency.belongings.filter(running).values_list("table_id", flat=True))
    if not theirs:
        seated = agency.seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))
        asked = PreparedAgreement.objects.filter(agency=agency, agreement__isnull=True, withdrawn_at__isnull=True)
        theirs = set(seated.values_list("table_id", flat=True)) | set(asked.values_list("table_id", flat=True))
    return bool(mine) and theirs <= mine


def add_agency(*, by: Member, **words: Any) -> Agency:
    """Add an agency. It belongs to a table once it has signed."""
    if not reach.held_seats(by, Role.ADMINISTRATOR).exists():
        raise NotPossible(_("Only an administrator does this."))
    _not_twice(words["name_en"], words["name_fr"])
    return Agency.objects.create(**words)


def change_agency(agency: Agency, *, by: Member, seen: str | None = None, **words: Any) -> None:
    """Change names, sector, statutes or contact, or put an agency on hold: nothing opens for its people meanwhile.

    `seen`: what stood there when whoever changes it looked; otherwise by now raises Overwriting.
    """
    if not may_change(by, agency):
        raise NotPossible(_("This agency also belongs to a table that somebody else administers."))
    _not_twice(words["name_en"], words["name_fr"], apart=agency)
    if not words.get("is_active", True) and reach.held_seats(by, Role.ADMINISTRATOR).filter(agency=agency).exists():
        raise NotPossible(_("You sit for this agency yourself: it cannot be put on hold by you."), "is_active")
    with transaction.atomic():
        overwriting.write(Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk), words, seen=seen)


def _not_twice(english: str, french: str, *, apart: Agency | None = None) -> None:
    same = Q(name_en__iexact=english) | (Q(name_fr__iexact=french) if french else Q(pk__in=()))
    rows = Agency.objects.filter(same)
    if (rows.exclude(pk=apart.pk) if apart else rows).exists():
        raise NotPossible(_("An agency of that name is there already."), "name_en")


def add_table(*, by: Member, **settings: Any) -> Table:
    """Add a table. Whoever adds it administers it first, and that is recorded; nobody else is there to ask."""
    seat = reach.held_seats(by, Role.ADMINISTRATOR).select_related("agency").first()
    if seat is None:
        raise NotPossible(_("Only an administrator does this."))
    if Table.objects.filter(code__iexact=settings["code"]).exists():
        raise NotPossible(_("That code is taken."), "code")
    with transaction.atomic():
        table = Table.objects.create(**settings)
        first_seat(table=table, member=by, agency=seat.agency, confirmed_as=ConfirmedAs.NEW_TABLE)
        return table


def first_seat(*, table: Table, member: Member, agency: Agency, confirmed_as: ConfirmedAs) -> Seat:
    """The first administrator of a table: recorded as such, since nobody could accept for the agency."""
    now, today = timezone.now(), today_at(table)
    return Seat.objects.create(
        table=table, member=member, agency=agency, role=Role.ADMINISTRATOR, starts_on=today, accepted_by_lead_at=now,
        accepted_by_member_at=now, confirmed_as=confirmed_as,
    )  # fmt: skip


def change_table(table: Table, *, by: Member, seen: str | None = None, **settings: Any) -> None:
    """Change the settings the members of a table agreed on. Its code stays: discussion numbers carry it.

    `seen`: what stood there when whoever changes them looked; otherwise by now raises Overwriting.
    """
    if not reach.administers(by, table):
        raise NotPossible(_("Only an administrator of the table does this."))
    with transaction.atomic():
        overwriting.write(Table.objects.select_for_update().get(pk=table.pk), settings, seen=seen)
