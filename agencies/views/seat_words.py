"""In which words do pages say how a seat stands, and who must still accept it?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies import confirming, seat_letters
from agencies.clock import today_at
from agencies.models import Seat
from agencies.vocabulary import ConfirmedAs, Role


def over(seat: Seat) -> bool:
    """Whether a seat's last day is behind us."""
    return seat.ends_on is not None and seat.ends_on < today_at(seat.table)


def waits(seat: Seat) -> bool:
    """Whether one side or both have still to accept."""
    return not over(seat) and (seat.accepted_by_lead_at is None or seat.accepted_by_member_at is None)


def state(seat: Seat, standing: Collection[int]) -> tuple[str, str]:
    """How a seat stands today: the kind of mark, and the words."""
    if over(seat):
        return "off", _("Ended")
    if seat.accepted_by_lead_at is None and seat.accepted_by_member_at is None:
        return "warn", _("Waits for both sides")
    if seat.accepted_by_lead_at is None:
        return "warn", _("Waits for the agency")
    if seat.accepted_by_member_at is None:
        return "warn", _("Waits for the person")
    if seat.starts_on > today_at(seat.table):
        return "soon", _("Begins on %(day)s") % {"day": date_format(seat.starts_on)}
    if seat.pk not in standing:
        return "late", _("A signature is missing")
    return "ok", _("Active")


def row(seat: Seat, standing: Collection[int], *, person: bool = True) -> dict[str, Any]:
    """A seat in a list."""
    kind, words = state(seat, standing)
    facts = [seat.agency.name, str(Role(seat.role).label)] if person else [seat.agency.name, seat.table.name]
    if seat.covers is not None:
        facts.append(_("covers %(person)s") % {"person": seat.covers.member.name})
    if seat.ends_on is not None and kind != "off":
        facts.append(_("until %(day)s") % {"day": date_format(seat.ends_on)})
    return {
        "title": seat.member.name if person else str(Role(seat.role).label),
        "url": reverse("seat", args=[seat.pk]),
        "when": words,
        "when_kind": kind,
        "facts": facts,
    }


def sides(seat: Seat) -> list[dict[str, str]]:
    """The two sides of a seat: who has accepted, who must still."""
    agency, person = _("%(agency)s has accepted") % {"agency": seat.agency.name}, _("The person has accepted")
    if seat.accepted_by_lead_at is not None:
        by = {
            ConfirmedAs.LEAD: _("by its lead"),
            ConfirmedAs.SIGNATORY: _("by the signatory of its agreement"),
            ConfirmedAs.FIRST_RUN: _("as the first administrator of the installation"),
            ConfirmedAs.NEW_TABLE: _("as the first administrator of the table"),
        }.get(ConfirmedAs(seat.confirmed_as)) if seat.confirmed_as else ""  # fmt: skip
        first = {"kind": "ok", "text": agency, "side": by or "", "note": ""}
    else:
        text = _("%(agency)s has still to accept") % {"agency": seat.agency.name}
        first = {"kind": "warn", "text": text, "side": "", "note": _who_speaks(seat)}
    if seat.accepted_by_member_at is not None:
        return [first, {"kind": "ok", "text": person, "side": "", "note": ""}]
    told = _("They find it under “To sign” when they sign in.")
    if not seat.member.has_usable_password():
        told = _("They have not chosen a password yet: the invitation leads there.")
    return [first, {"kind": "warn", "text": _("The person has still to accept"), "side": "", "note": told}]


def _who_speaks(seat: Seat) -> str:
    """Who can accept for the agency now, and what to do where nobody can."""
    leads = seat_letters.leads_for(seat)
    if leads:
        return _("Its lead accepts: %(people)s.") % {"people": ", ".join(m.name for m in leads)}
    agreement = seat_letters.signed_agreement(seat)
    if confirming.signatory_speaks(seat, agreement):
        return _("It has no other lead here: the signatory of its agreement is asked by a one-time link.")
    if agreement is None:
        return _("It has no other lead here and no agreement yet: once it is signed, its signatory is asked.")
    return _("It has no other lead here, and its signatory cannot be asked: somebody else of it signs a new agreement.")
