"""Which agencies belong to a table on call only, and how are they called? (R59)

An agency on call hears nothing of the table: none of its people's agency seats stands (the database view's rule). The
facilitator calls it to one meeting, or to one item of it, for a coded reason; its people then sit like guests while
that meeting sits, with its agreement and their undertakings in force.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from agencies import agreements, reach
from agencies.clock import today_at
from agencies.models import Agency, Call, Member, OnCall, Seat, Standing, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import AGENCY_ROLES, CallReason, Role


def on_call(table: Table, on: date | None = None) -> QuerySet[OnCall]:
    """The agencies of a table that are on call on a day (today at the table)."""
    day = on or today_at(table)
    rows = OnCall.objects.filter(Q(until__isnull=True) | Q(until__gt=day), table=table, since__lte=day)
    return rows.select_related("agency").order_by("agency__name_en")


def waiting_to_be_called(table_id: int) -> QuerySet[Agency]:
    """The agencies that sit at a table on call only today."""
    return Agency.objects.filter(pk__in=on_call(Table.objects.get(pk=table_id)).order_by().values("agency_id"))


def put_on_call(*, agency: Agency, table: Table, since: date, by: Member) -> OnCall:
    """Let an agency belong to a table on call from a day on; not while it acts in a situation."""
    _administrator(by, table)
    if since < today_at(table):
        raise NotPossible(_("Choose today or a later day."), "since")
    if import_string(settings.AGENCY_ACTS)(agency.pk, table.pk):
        raise NotPossible(_("This agency still acts in a situation: its people would lose what they need for it."))
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        running = OnCall.objects.filter(Q(until__isnull=True) | Q(until__gt=since), agency=agency, table=table).first()
        if running is not None:
            return running
        return OnCall.objects.create(agency=agency, table=table, since=since, set_by=by)


def sits_again(*, agency: Agency, table: Table, on: date, by: Member) -> None:
    """Let an agency sit at the table again from a day on."""
    _administrator(by, table)
    if on < today_at(table):
        raise NotPossible(_("Choose today or a later day."), "since")
    for row in OnCall.objects.filter(Q(until__isnull=True) | Q(until__gt=on), agency=agency, table=table):
        row.until = max(on, row.since)
        row.save(update_fields=["until"])


def call(
    *, agency: Agency, table: Table, meeting: UUID, day: date, item: UUID | None, reason: CallReason, by: Member
) -> Call:
    """Call an agency that is on call to a meeting on a day, or to one item of it. Called twice is called once."""
    chairs = Standing.objects.of(by).at(table.pk).in_roles(Role.FACILITATOR).exists()
    if not chairs:
        raise NotPossible(_("Only the facilitator calls an agency."))
    if not on_call(table, day).filter(agency=agency).exists():
        raise NotPossible(_("This agency is not on call."), "agency")
    if not agreements.in_force(agency, table):
        raise NotPossible(_("This agency has no agreement in force."), "agency")
    with transaction.atomic():
        made, new = Call.objects.get_or_create(
            agency=agency, meeting=meeting, item=item, defaults={"table": table, "reason": reason, "called_by": by}
        )
        if new:
            for member in _people(agency, table):
                _seat(member, agency, table, meeting, day, item, by)
        return made


def _people(agency: Agency, table: Table) -> QuerySet[Member]:
    """The people who sit for an agency at a table when it does not sit on call."""
    today = timezone.localdate()
    seats = Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), agency=agency, table=table, role__in=AGENCY_ROLES,
        accepted_by_lead_at__isnull=False, accepted_by_member_at__isnull=False,
    )  # fmt: skip
    return Member.objects.filter(pk__in=seats.values("member_id"), is_active=True)


def _seat(
    member: Member, agency: Agency, table: Table, meeting: UUID, day: date, item: UUID | None, by: Member
) -> None:
    """A guest's seat for the meeting; both sides accepted when they accepted the seat that is on call."""
    now = timezone.now()
    Seat.objects.get_or_create(
        member=member, table=table, agency=agency, role=Role.GUEST, meeting=meeting, item=item,
        defaults={
            "starts_on": day, "ends_on": day, "proposed_by": by,
            "accepted_by_lead_at": now, "accepted_by_member_at": now,
        },
    )  # fmt: skip


def _administrator(by: Member, table: Table) -> None:
    if not reach.administers(by, table):
        raise NotPossible(_("Only an administrator of the table does this."))
