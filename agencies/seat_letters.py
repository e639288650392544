"""Who is told about a seat? The person, whoever speaks for the agency, and, once it is active, its privacy lead.

What a signatory let in is told widely: whoever chose the signatory could have chosen who speaks for the agency.

The mails name nobody (R60). Nobody is told twice about what already waits for them.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from agencies import paper_letters, reach
from agencies.clock import today_at
from agencies.models import Letter, Member, Seat, SharingAgreement, Table
from agencies.paper_letters import (
    JOIN_BY_LINK,
    SEAT_ACTIVE,
    SEAT_BY_LINK,
    SEAT_BY_SIGNATORY,
    SEAT_ENDED,
    SEAT_OFFERED,
    SEAT_TO_ACCEPT,
    WORK_OPEN,
)
from agencies.vocabulary import AGENCY_ROLES, Role

#: For how long whoever sat for an agency is told of a seat that its signatory let in.
TOLD_AFTERWARDS = timedelta(days=90)


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
    """The agreement whose signatory speaks for the agency: its newest at the table, and only while it runs.

    Where the newest was ended or is over, none does: an older one does not come back.
    """
    signed = SharingAgreement.objects.filter(agency=seat.agency_id, table=seat.table_id)
    newest = signed.order_by("-signed_on", "-pk").first()
    running = newest is not None and newest.ended_at is None and newest.ends_on >= today_at(seat.table)
    return newest if running else None


def running_agreements(agency_id: int, table: Table) -> QuerySet[SharingAgreement]:
    """An agency's agreements at a table that were not ended and are not over, the newest first."""
    rows = SharingAgreement.objects.filter(agency=agency_id, table=table, ended_at__isnull=True)
    return rows.filter(ends_on__gte=today_at(table)).order_by("-signed_on", "-pk")


def tell_privacy_lead(seat: Seat) -> None:
    """Tell the agency's privacy leads at the table that a seat of the agency became active."""
    leads = reach.seats_held_at(seat.table, Role.PRIVACY_LEAD).filter(agency=seat.agency_id)
    for member in Member.objects.filter(pk__in=leads.values("member_id")).exclude(pk=seat.member_id):
        _once(SEAT_ACTIVE, member)


def tell_of_signatory(seat: Seat) -> None:
    """Tell the table's privacy officers, and who sat for the agency of late, that its signatory let somebody in.

    Whether their seats were accepted is not asked: a seat that is ended and proposed again does not say it any more.
    """
    since = today_at(seat.table) - TOLD_AFTERWARDS
    of_late = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    sat = Seat.objects.filter(of_late, agency=seat.agency_id, table=seat.table_id)
    officers = reach.seats_held_at(seat.table, Role.PRIVACY_OFFICER)
    whom = Q(pk__in=sat.filter(meeting__isnull=True).values("member_id")) | Q(pk__in=officers.values("member_id"))
    for member in Member.objects.filter(whom).exclude(pk=seat.member_id).order_by("pk"):
        _once(SEAT_BY_SIGNATORY, member)


def tell_ended(member: Member) -> None:
    """Tell somebody that somebody else ended a seat of theirs."""
    _once(SEAT_ENDED, member)


def tell_of_open_work(seat: Seat, *, by: Member) -> None:
    """Tell the agency's leads that whoever loses this seat still acts for it in a situation.

    Whether that is so is asked of the room that knows; the letter says neither how many nor which. Whoever ends the
    seat is told nothing: a lead reads it on the page. Nobody else is told where there is no other lead: past the door
    colleagues do not know that their agency acts at all (R15). A lead who stepped away from all of it is told
    nothing of it (R58).
    """
    if seat.role not in AGENCY_ROLES or _sits_on(seat):
        return
    acts = import_string(settings.AGENCY_ACTS)
    for member in leads_for(seat):
        if member.pk != by.pk and acts(seat.agency_id, seat.table_id, person_id=seat.member_id, told_to=member.pk):
            _once(WORK_OPEN, member)


def _sits_on(seat: Seat) -> bool:
    """Whether the person keeps another seat for the agency that lasts longer than this one."""
    rows = Seat.objects.filter(member=seat.member_id, agency=seat.agency_id, table=seat.table_id, role__in=AGENCY_ROLES)
    longer = Q(ends_on__isnull=True) | Q(ends_on__gt=seat.ends_on)
    accepted = rows.filter(accepted_by_lead_at__isnull=False, accepted_by_member_at__isnull=False)
    return accepted.filter(longer).exclude(pk=seat.pk).exists()


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
