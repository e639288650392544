"""How does an agreement's signatory speak for an agency that has no lead yet? By a one-time link (domain.md, "People").

An agency's first lead, and a lead's own seat, have nobody in the product who could accept for the agency. Whoever
signed its agreement at that table does: never for a seat of their own, and never once another lead is there.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import seat_letters, seats
from agencies.clock import today_at
from agencies.models import Seat, SharingAgreement
from agencies.refusal import NotPossible
from agencies.vocabulary import ConfirmedAs, Role


def waiting(agreement: SharingAgreement) -> list[Seat]:
    """The seats of the agency at the table that wait for the agreement's signatory."""
    rows = Seat.objects.filter(
        agency=agreement.agency_id, table=agreement.table_id, accepted_by_lead_at__isnull=True, member__is_active=True
    ).exclude(role=Role.GUEST).exclude(ends_on__lt=today_at(agreement.table))  # fmt: skip
    found = rows.select_related("member", "table", "agency").order_by("pk")
    return [s for s in found if signatory_speaks(s, agreement)]


def signatory_speaks(seat: Seat, agreement: SharingAgreement | None) -> bool:
    """Whether the signatory of an agreement may speak about a seat: no other lead is there, and it is not their own.

    Of the newest agreement, while it runs; and not for an agency on hold, whose leads cannot speak meanwhile.
    """
    if agreement is None or not agreement.signatory_email or not seat.agency.is_active:
        return False
    if agreement != seat_letters.signed_agreement(seat):
        return False
    own = agreement.signed_by_id == seat.member_id or agreement.signatory_email.lower() == seat.member.email.lower()
    return not own and not seat_letters.leads_for(seat)


def confirm(agreement: SharingAgreement, *, confirmed: Collection[int], declined: Collection[int]) -> int:
    """Say yes or no, for the agency, to seats that wait for the signatory; returns how many now wait for nobody here.

    Called by the page of the link only: whoever holds the link is the signatory.
    """
    done = 0
    with transaction.atomic():
        rows = {s.pk: s for s in waiting(agreement)}
        for seat in Seat.objects.select_for_update(of=("self",)).filter(pk__in=rows).select_related("table"):
            if seat.accepted_by_lead_at is not None:
                continue
            if seat.pk in confirmed:
                seat.accepted_by_lead_at, seat.confirmed_as = timezone.now(), ConfirmedAs.SIGNATORY
                seat.save(update_fields=["accepted_by_lead_at", "confirmed_as"])
                seats.activated(seat)
                done += 1
            elif seat.pk in declined:
                seats.end_seat(seat, on=today_at(seat.table))
                done += 1
    if not done:
        raise NotPossible(_("Say yes or no to at least one seat."))
    return done


def ask_again(agreement: SharingAgreement) -> None:
    """Ask whoever has just signed about the seats that waited for a signatory."""
    for seat in waiting(agreement)[:1]:
        seat_letters.ask_agency(seat)
