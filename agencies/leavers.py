"""Somebody leaves: what ends, and what of their work is still open?

Seats and account end here; access is gone at the next request, since every request asks for them anew. The work itself
belongs to the agency; which roles of the person are open is asked of the room that knows, by setting.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from agencies import people, seats
from agencies.clock import today_at
from agencies.models import Agency, Member, Seat, Table
from agencies.refusal import NotPossible


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What of a person's work at a table is open, as far as the reader may know it."""

    table: Table
    #: Situations for which the person is named; counted for whoever hands them over, and for nobody else.
    named: int
    #: Whether the reader may hand it over: the lead of the agency in good standing.
    hands_over: bool


def open_work(member: Member, *, by: Member) -> list[OpenWork]:
    """The person's open work at every table where the reader sees to a seat of theirs."""
    ask = cast("Callable[[Member, Table, Member], OpenWork]", import_string(settings.OPEN_WORK))
    tables = Table.objects.filter(pk__in=people.seats_seen(by).filter(member=member).values("table_id"))
    return [ask(member, table, by) for table in tables]


def named_of_agency(agency: Agency, table: Table, *, by: Member) -> int | None:
    """For how many situations people of an agency are named at a table; None where that is not the reader's to know."""
    ask = cast("Callable[[Member, Table, Member, Agency], OpenWork]", import_string(settings.OPEN_WORK))
    people_of = Member.objects.filter(seats__agency=agency, seats__table=table).distinct()
    work = [ask(member, table, by, agency) for member in people_of]
    return sum(w.named for w in work) if any(w.hands_over for w in work) else None


def ending(member: Member, *, by: Member) -> list[Seat]:
    """The seats of a person that the reader may end."""
    rows = people.running(people.seats_seen(by)).filter(member=member)
    return [s for s in rows if seats.may_end(by, s) and not seats.over(s)]


def leave(member: Member, *, whole_account: bool, by: Member) -> None:
    """End the seats one sees to, or the whole account; in one transaction, refused as a whole."""
    if by.pk == member.pk:
        raise NotPossible(_("Somebody else ends your seats."))
    with transaction.atomic():
        if whole_account:
            people.end_account(member, by=by)
            return
        for seat in ending(member, by=by):
            seats.end(seat, on=today_at(seat.table), by=by)
