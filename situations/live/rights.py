"""May this member follow this, and still? Asked when a stream opens and again at every heartbeat.

A seat that was lost, an agreement that ran out, an account or session that ended or locked, a recusal: each closes the
stream at the next heartbeat at the latest. (architecture.md, "Live meeting"; R55, R56, R58)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection, transaction

from agencies.models import Member, Standing
from agencies.signin import presenting, sessions
from agencies.vocabulary import SEATED_ROLES
from privacy.access import standing_of
from privacy.context import set_member
from privacy.decision import Denied, hide
from privacy.vocabulary import Category, Filter
from situations import running
from situations import scene as scenes
from situations.live import events
from situations.meeting import Meeting
from situations.models import Situation
from situations.scene import Scene


@dataclass(frozen=True, slots=True)
class Right:
    """What one session of one member follows: a meeting, a situation before the door, or a huddle."""

    kind: Literal["meeting", "situation", "huddle"]
    ref: UUID
    member_id: int
    session_key: str
    #: Ends with the password, as the session does.
    auth_hash: str
    table_id: int = 0

    @property
    def topic(self) -> str:
        """What it listens to."""
        return events.huddle_topic(self.ref) if self.kind == "huddle" else events.table_topic(self.table_id)


def table_of(right: Right, member: Member) -> int:
    """The table a right belongs to, in the member's own transaction; Denied (hidden) without the right."""
    found = _tables([right], member, standing_of(member)).get(right)
    if found is None:
        raise Denied(hide())
    return found


def lost(followed: Collection[Right]) -> set[Right]:
    """Those of some rights that do not stand any more. One transaction; a few queries for a whole table, and a few for
    each member who follows more than its meeting, however many pages that member has open."""
    if not followed:
        return set()
    with transaction.atomic():
        awake = sessions.awake({r.session_key for r in followed})
        asked = _by_member(r for r in followed if r.session_key in awake)
        seats = _seats(asked)
        # One session of a member that ended is lost, whatever other sessions the member has.
        return set(followed).difference(*(_standing(rights, m, seats[m.pk]) for m, rights in asked.items()))


def beat(payload: str) -> None:
    """Send one heartbeat through PostgreSQL: what comes back has proved the whole way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [events.CHANNEL, payload])


def _by_member(followed: Iterable[Right]) -> dict[Member, list[Right]]:
    """The rights of active members whose password is still the one they signed in with."""
    rights = list(followed)
    members = Member.objects.filter(is_active=True).in_bulk({r.member_id for r in rights})
    found: dict[Member, list[Right]] = {}
    for r in rights:
        member = members.get(r.member_id)
        if member is not None and member.get_session_auth_hash() == r.auth_hash:
            found.setdefault(member, []).append(r)
    return found


def _seats(members: Collection[Member]) -> defaultdict[int, list[Standing]]:
    """All standing seats of some members, by member, in one query."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for seat in Standing.objects.filter(member__in=members):
        found[seat.member_id].append(seat)
    return found


def _standing(followed: Collection[Right], member: Member, seats: Sequence[Standing]) -> set[Right]:
    """Those of one member's rights that stand. Most are of a table where the member hears meetings: seats say so."""
    hears = {s.table_id for s in seats if s.role in SEATED_ROLES}
    heard = {r for r in followed if r.kind == "meeting" and r.table_id in hears}
    others = [r for r in followed if r not in heard]
    if not others:
        return heard
    set_member(member.pk)  # guests, situations, huddles
    return heard | _tables(others, member, seats).keys()


def _tables(followed: Collection[Right], member: Member, seats: Sequence[Standing]) -> dict[Right, int]:
    """Those of one member's rights that stand, each with its table, in the member's own transaction."""
    meetings = Meeting.objects.in_bulk({r.ref for r in followed if r.kind == "meeting"})
    rows = Situation.objects.filter(pk__in={r.ref for r in followed if r.kind != "meeting"})
    known = {x.situation.pk: x for x in scenes.of_rows(rows, by=member, seats=seats)}
    shared = presenting.among({r.session_key for r in followed if r.kind == "huddle"})
    found: dict[Right, int] = {}
    for r in followed:
        meeting, scene = meetings.get(r.ref), known.get(r.ref)
        if r.kind == "meeting":
            if meeting is not None and running.may_attend(meeting, by=member, seats=seats):
                found[r] = meeting.table_id
        elif scene is not None and (r.kind == "situation" or (_named(scene) and r.session_key not in shared)):
            found[r] = scene.situation.table_id
    return found


def _named(scene: Scene) -> bool:
    return Category.IDENTIFIERS in scene.relation.knows(Filter(scene.access.filter))
