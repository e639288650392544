"""Who is told about a seat? The person, whoever speaks for the agency, and, once it is active, its privacy lead.

The mails name nobody (R60). Nobody is told twice about what already waits for them.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from agencies import paper_letters, reach
from agencies.models import Letter, Member, Seat, SharingAgreement
from agencies.paper_letters import JOIN_BY_LINK, SEAT_ACTIVE, SEAT_BY_LINK, SEAT_OFFERED, SEAT_TO_ACCEPT
from agencies.vocabulary import Role


def ask_person(member: Member) -> None:
    """Lead the person to what waits; whoever has no password yet gets a link to choose one."""
    if member.has_usable_password():
        _once(SEAT_OFFERED, member)
    elif not _open(JOIN_BY_LINK).filter(member=member).exists():
        Letter.objects.create(kind=JOIN_BY_LINK, member=member, language=member.language)


def ask_agency(seat: Seat) -> None:
    """Ask the agency's side: its leads, or the agreement's signatory by a link while no other lead is there."""
    leads = leads_for(seat)
    for lead in leads:
        _once(SEAT_TO_ACCEPT, lead)
    if leads:
        return
    agreement = signed_agreement(seat)
    if agreement is None or not agreement.signatory_email or _open(SEAT_BY_LINK).filter(subject=agreement.pk).exists():
        return  # asked when an agreement is signed, or asked already
    Letter.objects.create(
        kind=SEAT_BY_LINK, address=agreement.signatory_email, language=agreement.language or "en", subject=agreement.pk
    )


def leads_for(seat: Seat) -> list[Member]:
    """The leads of the seat's agency at its table, other than the person of the seat."""
    led = reach.seats_held_at(seat.table, Role.AGENCY_LEAD).filter(agency=seat.agency_id)
    return list(Member.objects.filter(pk__in=led.values("member_id")).exclude(pk=seat.member_id))


def signed_agreement(seat: Seat) -> SharingAgreement | None:
    """The agency's newest agreement at the seat's table that was not ended: its signatory speaks for the agency."""
    signed = SharingAgreement.objects.filter(agency=seat.agency_id, table=seat.table_id, ended_at__isnull=True)
    return signed.order_by("-signed_on", "-pk").first()


def tell_privacy_lead(seat: Seat) -> None:
    """Tell the agency's privacy leads at the table that a seat of the agency became active."""
    leads = reach.seats_held_at(seat.table, Role.PRIVACY_LEAD).filter(agency=seat.agency_id)
    for member in Member.objects.filter(pk__in=leads.values("member_id")).exclude(pk=seat.member_id):
        _once(SEAT_ACTIVE, member)


def continue_by(agreement: SharingAgreement) -> str:
    """A link for a signatory who has just signed by one: to the seats that wait for them. Empty: nothing waits."""
    letter = _open(SEAT_BY_LINK).filter(subject=agreement.pk).first()
    return paper_letters.hand_over(letter, by=None) if letter is not None else ""


def by_hand() -> bool:
    """Whether administrators hand links over themselves: where no mail server is set (docs/adr/0033)."""
    return bool(settings.LETTERS_BY_HAND)


def _open(kind: str) -> QuerySet[Letter]:
    """The letters of a kind that were not sent yet, or whose link still works."""
    return paper_letters.links_open().filter(kind=kind)


def _once(kind: str, member: Member) -> None:
    """Owe a letter unless one of the same kind still waits to be sent."""
    if not Letter.objects.filter(kind=kind, member=member, sent_at__isnull=True).exists():
        paper_letters.tell(member, kind)
