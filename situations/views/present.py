"""Who is at the meeting, agency by agency, and who should be and is not? (R57, R61)

One tap marks an agency's usual person; the others of it, guests and the telephone are one fold away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.vocabulary import Category, Filter
from situations import on_file
from situations.meeting import Meeting, MeetingPresence
from situations.scene import Scene
from situations.vocabulary import BEFORE_THE_DOOR, Mode

#: Who is tapped first: the representative, then the substitute.
_USUAL = (Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD, Role.PRIVACY_LEAD)


def present(meeting: Meeting, *, scene: Scene | None) -> dict[str, Any]:
    """The agencies with their people, those who run the meeting, the guests, who is there without a seat; the quorum;
    who is missed."""
    here = {p.member_id: p for p in meeting.presences.filter(left_at__isnull=True).select_related("member")}
    away = _away(scene) if scene else frozenset()
    agencies: dict[str, list[dict[str, Any]]] = {}
    runs: dict[int, dict[str, Any]] = {}
    guests: list[dict[str, Any]] = []
    seated = _seats(meeting)
    for seat in seated:
        row = _person(seat.member, here.get(seat.member_id), away)
        if seat.role in AGENCY_ROLES:
            listed = agencies.setdefault(seat.agency.name, [])
            if all(p["id"] != row["id"] for p in listed):
                listed.append(row)
        elif seat.role == Role.GUEST:
            guests.append(row)
        else:
            runs.setdefault(seat.member_id, row)
    until = {p.agency_id: p.leaves_at for p in here.values() if p.leaves_at and not p.guest}
    rows = [_agency(name, listed) | _until(listed, here, until) for name, listed in agencies.items()]
    # One number, that of the quorum: whoever runs the meeting is there for an agency too; a guest is there for none.
    # `sitting_for` asks PostgreSQL the same; here the rows are there already, and live pages read them at every change.
    seats = {(seat.member_id, seat.agency_id) for seat in seated if seat.role != Role.GUEST}
    counted = {p.agency_id for p in here.values() if not p.guest and (p.member_id, p.agency_id) in seats}
    able = {agency_id for _member, agency_id in seats}
    # Whose seat ended while they sit there still hears every item, and the ledger says so, until they are marked gone.
    unseated = [_person(p.member, p, away) for p in here.values() if p.member_id not in {s.member_id for s in seated}]
    return {
        "agencies": rows,
        "runs": list(runs.values()),
        "guests": guests,
        "unseated": unseated,
        "agencies_here": len(counted),
        "agencies_able": len(able),
        "quorum": meeting.table.quorum,
        "quorum_met": len(counted) >= meeting.table.quorum,
        "people_here": len(here),
        "missed": _missed(scene, counted) if scene else [],
    }


def _seats(meeting: Meeting) -> list[Standing]:
    seats = Standing.objects.at(meeting.table_id).select_related("member", "agency").order_by("agency__name_en", "pk")
    able = (*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER)
    found = [s for s in seats if s.role in able or (s.role == Role.GUEST and s.meeting == meeting.pk)]
    order = [*_USUAL, *(r for r in able if r not in _USUAL), Role.GUEST]
    return sorted(found, key=lambda s: (s.agency.name, order.index(Role(s.role))))


def _person(member: Member, presence: MeetingPresence | None, away: frozenset[int]) -> dict[str, Any]:
    return {
        "id": member.pk,
        "name": member.name,
        "here": presence is not None,
        "phone": presence is not None and presence.mode == Mode.PHONE,
        "away": member.pk in away,
    }


def _agency(name: str, people: list[dict[str, Any]]) -> dict[str, Any]:
    inside = [p for p in people if p["here"]]
    if not inside:
        side = _("Absent")
    elif all(p["away"] for p in inside):
        side = _("Stepped away")
    elif all(p["phone"] for p in inside):
        side = _("By phone")
    else:
        side = ngettext("%(n)s here", "%(n)s here", len(inside)) % {"n": len(inside)}
    return {
        "name": name,
        "people": people,
        "kind": "ok" if inside else "open",
        "side": side,
        "usual": people[0],
        "here": bool(inside),
    }


def _until(
    people: list[dict[str, Any]], here: dict[int, MeetingPresence], until: dict[int, datetime]
) -> dict[str, Any]:  # fmt: skip
    """The agency that can be noted to leave, and when it does."""
    agency_id = next((here[p["id"]].agency_id for p in people if p["id"] in here), 0)
    at = until.get(agency_id)
    return {
        "agency_id": agency_id,
        "at": localtime(at).strftime("%H:%M") if at else "",
        "until": _("until %(time)s") % {"time": date_format(localtime(at), "HOUR")} if at else "",
    }


def _away(scene: Scene) -> frozenset[int]:
    """Who stepped away from the item, while the table hears it. Past the door it would tell who knows the person."""
    return on_file.away(scene) if scene.state in BEFORE_THE_DOOR else frozenset()


def _missed(scene: Scene, here: set[int]) -> list[str]:
    """The agencies this item needs that nobody sits for now: the one that brought it, and those that were chosen
    where the reader may know them."""
    if scene.state not in BEFORE_THE_DOOR:
        return []
    needed = {scene.situation.originating_agency_id: scene.situation.originating_agency.name}
    if Category.CHOICE in scene.relation.knows(Filter(scene.access.filter)):
        needed |= {e.agency_id: e.agency.name for e in scene.engagements}
    return [name for agency_id, name in needed.items() if agency_id not in here]
