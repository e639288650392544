"""How does a seat become active, and how does it end? (domain.md, "People": administrator; R55)

An administrator or the agency's lead proposes; it stands only after both sides accepted: the agency's - its lead, or
the agreement's signatory while it has no lead but the person (agencies/confirming.py) - and the person. Nobody accepts
the agency's side of an own seat: PostgreSQL refuses it as well (migration 0011). The agency's privacy lead is told.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import reach, seat_letters
from agencies.clock import today_at
from agencies.models import Agency, Member, Seat, SharingAgreement, Table, Undertaking
from agencies.refusal import NotPossible
from agencies.vocabulary import AGENCY_ROLES, ConfirmedAs, Role

#: What an agency's lead may propose for the own agency; an administrator proposes every seat but a guest's.
OF_AN_AGENCY = (*AGENCY_ROLES, Role.PRIVACY_LEAD)
_ONE_SEAT = _("This seat is not one that waits any more.")


def proposable(by: Member, table: Table, agency: Agency) -> tuple[Role, ...]:
    """The roles a member may propose at a table for an agency; empty: none."""
    if reach.administers(by, table):
        return tuple(r for r in Role if r != Role.GUEST)
    return OF_AN_AGENCY if agency.pk in reach.agency_ids_led(by, table) else ()


def propose(
    *, member: Member, table: Table, agency: Agency, role: Role, starts_on: date, ends_on: date | None, by: Member,
    covers: Seat | None = None,
) -> Seat:  # fmt: skip
    """Propose a seat, and ask both sides. What a lead proposes for somebody else, the lead accepts by proposing it."""
    if role not in proposable(by, table, agency):
        raise NotPossible(_("You cannot propose this seat."), "role")
    if not member.is_active:
        raise NotPossible(_("The account of this person has ended."))
    if not agency.is_active:
        raise NotPossible(_("This agency is on hold."), "agency")
    today = today_at(table)
    if ends_on is not None and ends_on < max(starts_on, today):
        raise NotPossible(_("The last day is after the first, and not over yet."), "ends_on")
    if covers is not None and (covers.agency_id, covers.table_id) != (agency.pk, table.pk):
        raise NotPossible(_("Leave is covered by somebody who sits for the same agency."), "covers")
    if covers is not None and covers.member_id == member.pk:
        raise NotPossible(_("Nobody covers for themselves."), "covers")
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        key = {"member": member, "table": table, "agency": agency, "role": role, "meeting": None, "item": None}
        before = Seat.objects.filter(**key).first()
        if before is not None and not over(before):
            raise NotPossible(_("This person holds that seat already, or it waits to be accepted."), "role")
        seat = before or Seat(**key)
        seat.starts_on, seat.ends_on, seat.covers, seat.proposed_by = starts_on, ends_on, covers, by
        seat.accepted_by_lead_at = seat.accepted_by_member_at = seat.confirmed_by = None
        seat.confirmed_as = ""
        if by.pk != member.pk and agency.pk in reach.agency_ids_led(by, table):
            seat.accepted_by_lead_at, seat.confirmed_by, seat.confirmed_as = timezone.now(), by, ConfirmedAs.LEAD
        seat.save()
        seat_letters.ask_person(member)
        if seat.accepted_by_lead_at is None:
            seat_letters.ask_agency(seat)
        return seat


def may_accept_for_agency(by: Member, seat: Seat) -> bool:
    """Whether a member speaks for the agency about a seat: its lead, and never about an own seat."""
    return by.pk != seat.member_id and seat.agency_id in reach.agency_ids_led(by, seat.table)


def accept_for_agency(seat: Seat, *, by: Member) -> None:
    """The agency's side accepts, by its lead."""
    if by.pk == seat.member_id:
        raise NotPossible(_("Nobody activates their own seat: another lead, or the agreement’s signatory, does."))
    if not may_accept_for_agency(by, seat):
        raise NotPossible(_("Only the agency’s lead accepts for the agency."))
    with transaction.atomic():
        row = _waiting(seat)
        if row.accepted_by_lead_at is None:
            row.accepted_by_lead_at, row.confirmed_by, row.confirmed_as = timezone.now(), by, ConfirmedAs.LEAD
            row.save(update_fields=["accepted_by_lead_at", "confirmed_by", "confirmed_as"])
            activated(row)


def accept_by_person(seat: Seat, *, by: Member) -> None:
    """The person accepts. Only the person can."""
    if by.pk != seat.member_id:
        raise NotPossible(_("Only the person accepts for the person."))
    with transaction.atomic():
        row = _waiting(seat)
        if row.accepted_by_member_at is None:
            row.accepted_by_member_at = timezone.now()
            row.save(update_fields=["accepted_by_member_at"])
            if by.agency_id is None:  # came as a guest of nobody
                by.agency = row.agency
                by.save(update_fields=["agency"])
            activated(row)


def activated(seat: Seat) -> None:
    """Tell the agency's privacy lead once both sides have accepted; many more where the signatory spoke for it."""
    if seat.accepted_by_lead_at is not None and seat.accepted_by_member_at is not None:
        seat_letters.tell_privacy_lead(seat)
        if seat.confirmed_as == ConfirmedAs.SIGNATORY:
            seat_letters.tell_of_signatory(seat)


def decline(seat: Seat, *, by: Member) -> None:
    """Say no to a seat that waits: the person, the agency's lead, or an administrator who takes it back."""
    if not may_decline(by, seat):
        raise NotPossible(_("This is for somebody else to do."))
    with transaction.atomic():
        row = _waiting(seat)
        if row.accepted_by_lead_at is not None and row.accepted_by_member_at is not None:
            raise NotPossible(_ONE_SEAT)
        _end(row, today_at(row.table))


def may_decline(by: Member, seat: Seat) -> bool:
    """Whether a member may say no to a seat that waits."""
    return by.pk == seat.member_id or reach.administers(by, seat.table) or may_accept_for_agency(by, seat)


def may_end(by: Member, seat: Seat) -> bool:
    """Whether a member may end a seat: the table's administrator or the agency's lead."""
    return reach.administers(by, seat.table) or seat.agency_id in reach.agency_ids_led(by, seat.table)


def end(seat: Seat, *, on: date, by: Member) -> None:
    """End a seat: from the day given on nothing of the table opens by it. A table keeps an administrator.

    The person is told by mail, and the agency's leads where work of theirs is open. A seat that is over stays as it is,
    and ending one never makes it longer.
    """
    if not may_end(by, seat):
        raise NotPossible(_("Only an administrator of the table or the agency’s lead does this."))
    if on < today_at(seat.table):
        raise NotPossible(_("Choose today or a later day."), "on")
    with transaction.atomic():
        Table.objects.select_for_update().get(pk=seat.table_id)
        if seat.role == Role.ADMINISTRATOR and not other_administrators(seat).exists():
            raise NotPossible(_("A table keeps at least one administrator: give the seat to somebody else first."))
        row = Seat.objects.select_for_update(of=("self",)).select_related("table", "member").get(pk=seat.pk)
        if over(row):
            raise NotPossible(_("This seat is over already."))
        _end(row, on if row.ends_on is None else min(on, row.ends_on + timedelta(days=1)))
        if by.pk != row.member_id:
            seat_letters.tell_ended(row.member)
        seat_letters.tell_of_open_work(row, by=by)


def other_administrators(seat: Seat) -> QuerySet[Seat]:
    """The accepted seats of other people who administer the same table and go on after today."""
    rows = Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today_at(seat.table)), table=seat.table, role=Role.ADMINISTRATOR,
        member__is_active=True, agency__is_active=True, accepted_by_lead_at__isnull=False,
        accepted_by_member_at__isnull=False,
    )  # fmt: skip
    return rows.exclude(member=seat.member_id)


def end_seat(seat: Seat, *, on: date | None = None) -> None:
    """End a seat: from the day given (default: at once, the seat's last day was yesterday). Asks nobody's right."""
    _end(seat, on or timezone.localdate())


def _end(seat: Seat, on: date) -> None:
    seat.ends_on = on - timedelta(days=1)
    seat.save(update_fields=["ends_on"])


def over(seat: Seat) -> bool:
    """Whether a seat's last day is over, by the days of its table."""
    return seat.ends_on is not None and seat.ends_on < today_at(seat.table)


def _waiting(seat: Seat) -> Seat:
    """The seat as it is now, locked; refused where it is over, or a guest's."""
    row = Seat.objects.select_for_update(of=("self",)).select_related("table", "agency").get(pk=seat.pk)
    if row.role == Role.GUEST or over(row) or not row.agency.is_active:
        raise NotPossible(_ONE_SEAT)
    return row


def sign_agreement(
    *, agency: Agency, table: Table, signatory_name: str, starts_on: date, ends_on: date
) -> SharingAgreement:
    """Record an agency's signature under the table's sharing agreement."""
    return SharingAgreement.objects.create(
        agency=agency,
        table=table,
        signatory_name=signatory_name,
        signed_on=starts_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def sign_undertaking(*, member: Member, table: Table, signed_on: date, ends_on: date) -> Undertaking:
    """Record a person's signature under the confidentiality undertaking."""
    return Undertaking.objects.create(member=member, table=table, signed_on=signed_on, ends_on=ends_on)
