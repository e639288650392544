"""Who drives a meeting now, may this member take it, and to whom can it be handed? What both doors show of it.

For those who run the table's meetings; to everybody else this is not there. The rules are those of `situations.turns`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.models import Member, Standing
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from situations import running
from situations.meeting import Meeting
from situations.running import Seats
from situations.turns import may_drive, may_take_over


@dataclass(frozen=True, slots=True)
class Driver:
    """Somebody who runs this table's meetings."""

    member: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Driving:
    """Who turns the items, as one of those who run the meeting sees it."""

    #: Whether this member turns them now.
    drives: bool
    #: Who else does; empty where this member does, or nobody.
    driver: str
    #: The facilitator whose decisions this member types; empty where there is none.
    types_for: str
    #: Whether this member decides in their own name.
    chairs: bool
    may_take: bool
    hand_to: tuple[Driver, ...]


def driving(meeting: Meeting, *, by: Member, seats: Seats = None) -> Driving:
    """Denied (hidden) for who does not run the table's meetings."""
    if not running.may_run(meeting.table_id, by=by, seats=seats):
        raise Denied(hide())
    drives = bool(may_drive(meeting, by=by, seats=seats))
    others = {s.member_id: s for s in able(meeting).select_related("member") if s.member_id != by.pk}
    return Driving(
        drives=drives,
        driver=meeting.driver.name if meeting.driver is not None and not drives else "",
        types_for=meeting.handed_by.name if meeting.handed_by is not None and drives else "",
        chairs=running.holds(meeting.table_id, Role.FACILITATOR, by=by, seats=seats),
        may_take=not drives and bool(may_take_over(meeting, by=by, seats=seats)),
        hand_to=tuple(Driver(s.member_id, s.member.name, Role(s.role)) for s in others.values()),
    )


def to_hand_to(meeting: Meeting, *, by: Member) -> QuerySet[Member]:
    """The people among whom one is chosen. Denied for who does not drive: they are not asked whom they would choose."""
    may_drive(meeting, by=by).require()
    return Member.objects.filter(pk__in=able(meeting).values("member_id"))


def able(meeting: Meeting) -> QuerySet[Standing]:
    """The seats that run this table's meetings."""
    return Standing.objects.at(meeting.table_id).in_roles(Role.FACILITATOR, Role.RECORDER)
