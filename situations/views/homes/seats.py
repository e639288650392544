"""How does a first page say that a seat does not count yet, and what it still needs?"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.incomplete import Incomplete, Lack
from agencies.models import Member
from agencies.seats import may_accept_for_agency
from situations.views.homes.parts import Row


def seat_row(found: Incomplete, reader: Member) -> Row:
    """One seat: whose, what for, what is lacking."""
    seat = found.seat
    lead = Lack.LEAD in found.lacks
    mine = lead and may_accept_for_agency(reader, seat)
    return {
        "title": seat.member.name,
        "url": reverse("seat", args=[seat.pk]),
        "when": _("To accept") if mine else _("Waits for the agency") if lead else _("Waits"),
        "when_kind": "warn" if mine else "open",
        "facts": [seat.agency.name, str(seat.get_role_display())],
        "text": " ".join(str(lack.label) for lack in found.lacks),
    }
