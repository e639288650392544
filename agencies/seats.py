"""How does a seat become active, and how does it end? (domain.md, "People": administrator)"""

from datetime import date, timedelta

from django.utils import timezone

from agencies.models import Agency, Member, Seat, SharingAgreement, Table, Undertaking
from agencies.vocabulary import Role


def offer_seat(*, member: Member, table: Table, agency: Agency, role: Role, starts_on: date | None = None) -> Seat:
    """Create a seat that does not stand yet: the agency's lead and the person must both accept it."""
    return Seat.objects.create(
        member=member, table=table, agency=agency, role=role, starts_on=starts_on or timezone.localdate()
    )


def accept_for_agency(seat: Seat, *, by: Member) -> None:
    """The agency's side accepts. Nobody accepts the agency's side of his own seat (ValueError)."""
    if by.pk == seat.member_id:
        raise ValueError("nobody activates his own seat")
    seat.accepted_by_lead_at = timezone.now()
    seat.save(update_fields=["accepted_by_lead_at"])


def accept_by_person(seat: Seat, *, by: Member) -> None:
    """The person accepts. Only the person can (ValueError)."""
    if by.pk != seat.member_id:
        raise ValueError("only the person can accept the person's side of a seat")
    seat.accepted_by_member_at = timezone.now()
    seat.save(update_fields=["accepted_by_member_at"])


def end_seat(seat: Seat, *, on: date | None = None) -> None:
    """End a seat: from the day given (default: at once, the seat's last day was yesterday)."""
    seat.ends_on = (on or timezone.localdate()) - timedelta(days=1)
    seat.save(update_fields=["ends_on"])


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
