"""How does a guest come to one meeting? Registered by the facilitator, signed before the first item opens (R57).

A guest without an agency at the table sits under the agency of whoever invited them: somebody answers for every person
in the room. A guest counts neither for the quorum nor among the agencies present, hears items without names while the
meeting sits, and takes no part in decisions.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import paper_letters, people, undertakings
from agencies.models import Agency, Member, Seat, Standing, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Role


def guests_of(meeting: UUID) -> QuerySet[Seat]:
    """The guests registered for a meeting whose registration stands, people of agencies on call among them."""
    seats = Seat.objects.filter(role=Role.GUEST, meeting=meeting, accepted_by_lead_at__isnull=False)
    return seats.select_related("member", "agency").order_by("member__name")


def not_signed(meeting: UUID) -> int:
    """How many registered guests have no seat in good standing yet: they are not let in."""
    standing = Standing.objects.filter(role=Role.GUEST, meeting=meeting).values("seat_id")
    return guests_of(meeting).exclude(pk__in=standing).count()


def register(
    *, meeting: UUID, table: Table, day: date, name: str, email: str, language: str, agency: Agency | None, by: Member
) -> Seat:
    """Register a guest for a meeting on a day and invite them by mail. Registered twice is registered once.

    Whoever is known by that address keeps the own name, language and password; nothing about them is told.
    """
    host = Standing.objects.of(by).at(table.pk).in_roles(Role.FACILITATOR).select_related("agency").first()
    if host is None:
        raise NotPossible(_("Only the facilitator registers guests."))
    with transaction.atomic():
        guest = people.by_address(email, name=name, language=language, agency=agency)
        Member.objects.select_for_update(no_key=True).get(pk=guest.pk)  # the second press waits for the first
        if guest.pk == by.pk:
            raise NotPossible(_("Nobody invites oneself."), "email")
        if not guest.is_active:
            raise NotPossible(_("This person cannot be invited."), "email")
        seat, new = Seat.objects.get_or_create(
            member=guest, table=table, agency=guest.agency or agency or host.agency, role=Role.GUEST, meeting=meeting,
            item=None,
            defaults={
                "starts_on": day, "ends_on": day, "proposed_by": by, "confirmed_by": by,
                "accepted_by_lead_at": timezone.now(),
            },
        )  # fmt: skip
        if not new:  # was perhaps taken off the list before, or invited for another day
            seat.accepted_by_lead_at = seat.accepted_by_lead_at or timezone.now()
            seat.starts_on = seat.ends_on = day
            seat.save(update_fields=["accepted_by_lead_at", "starts_on", "ends_on"])
        if new:
            paper_letters.invite_guest(guest)
        return seat


def go_along(*, meeting: UUID, before: date, day: date) -> None:
    """The guests of a meeting that was on the day `before` sit on its new day, people of agencies on call among them.

    Whose signature does not reach that day is asked again. A seat that somebody ended stays ended. The caller says who
    may: it is the meeting that moves.
    """
    rows = Seat.objects.select_for_update(of=("self",)).filter(role=Role.GUEST, meeting=meeting, ends_on=before)
    for seat in rows.select_related("member", "table").order_by("pk"):
        seat.starts_on = seat.ends_on = day
        seat.save(update_fields=["starts_on", "ends_on"])
        signed = undertakings.counts_until(seat.member, seat.table)
        if seat.accepted_by_lead_at is not None and (signed is None or signed < day):
            _ask(seat.member)


def _ask(guest: Member) -> None:
    """Invite, unless a link that the guest can still use is on its way."""
    links = paper_letters.links_open().filter(kind=paper_letters.GUEST_BY_LINK, member=guest)
    if guest.is_active and not links.exists():
        paper_letters.invite_guest(guest)


def take_off(seat: Seat, *, by: Member) -> None:
    """Take a guest off the list of a meeting: the next request is refused."""
    if not Standing.objects.of(by).at(seat.table_id).in_roles(Role.FACILITATOR).exists():
        raise NotPossible(_("Only the facilitator registers guests."))
    seat.accepted_by_lead_at = None
    seat.save(update_fields=["accepted_by_lead_at"])
