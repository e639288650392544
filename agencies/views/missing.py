"""Why does nothing of a table open for this person, and what is to be done? In the order in which it can be mended."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies import agreements, oncall, undertakings
from agencies.incomplete import Lack, ran_out
from agencies.models import Member, Seat, Standing
from agencies.vocabulary import AGENCY_ROLES, Role


def for_member(member: Member) -> list[dict[str, Any]]:
    """One entry for each seat of the member that does not stand today: the table, and what is missing."""
    standing = set(Standing.objects.of(member).values_list("seat_id", flat=True))
    today = timezone.localdate()
    seats = Seat.objects.filter(member=member).exclude(ends_on__lt=today).exclude(pk__in=standing)
    entries = [
        {"title": f"{s.table.name} – {Role(s.role).label}", "reasons": reasons(s)}
        for s in seats.select_related("table", "agency").order_by("table__code", "pk")
    ]
    return [entry for entry in entries if entry["reasons"]]


def for_others(seat: Seat) -> list[dict[str, str]]:
    """What one seat that both sides accepted lacks today, for whoever sees to it."""
    said = []
    if undertakings.counts_until(seat.member, seat.table) is None:
        lack = Lack.UNDERTAKING_OVER if seat.member_id in ran_out(seat.table) else Lack.UNDERTAKING
        said.append({"kind": "warn", "text": str(lack.label)})
    if not agreements.in_force(seat.agency, seat.table):
        said.append({"kind": "warn", "text": str(Lack.AGREEMENT.label)})
    return said + _on_call(seat)


def reasons(seat: Seat) -> list[dict[str, str]]:
    """What one seat lacks today."""
    said = []
    if seat.accepted_by_lead_at is None:
        said.append({"kind": "open", "text": _("The lead of your agency has not accepted this seat yet.")})
    if seat.accepted_by_member_at is None and seat.role != Role.GUEST:
        said.append({"kind": "warn", "text": _("You have not accepted this seat yet.")})
    if undertakings.counts_until(seat.member, seat.table) is None:
        said.append({"kind": "warn", "text": _("Your undertaking is not signed, or ran out. Sign it here.")})
    if seat.role != Role.GUEST and not agreements.in_force(seat.agency, seat.table):
        text = _("The sharing agreement of %(agency)s is not in force. The administrator of the table prepares it, its"
                 " signatory signs.")  # fmt: skip
        said.append({"kind": "open", "text": text % {"agency": seat.agency.name}})
    said += _on_call(seat)
    if seat.starts_on > timezone.localdate():
        text = _("This seat begins on %(day)s.")
        said.append({"kind": "soon", "text": text % {"day": date_format(seat.starts_on)}})
    return said


def _on_call(seat: Seat) -> list[dict[str, str]]:
    if seat.role not in AGENCY_ROLES or not oncall.on_call(seat.table).filter(agency=seat.agency).exists():
        return []
    text = _("%(agency)s is on call: the facilitator calls it when it is needed.")
    return [{"kind": "off", "text": text % {"agency": seat.agency.name}}]
