"""May this member follow this, and still? Asked when a stream opens and again at every heartbeat.

A seat that was lost, an agreement that ran out, an account or session that ended or locked, a recusal: each closes the
stream at the next heartbeat at the latest. (architecture.md, "Live meeting"; R55, R56, R58)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection, transaction

from agencies.models import Member, Standing
from agencies.signin import presenting, sessions
from agencies.vocabulary import SEATED_ROLES
from privacy.context import set_member
from privacy.decision import Denied, hide
from privacy.vocabulary import Category, Filter
from situations import running
from situations import scene as scenes
from situations.live import events


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
    if right.kind == "meeting":
        return running.visible_meeting(right.ref, by=member).table_id
    if right.kind == "huddle" and presenting.of_session(right.session_key):
        raise Denied(hide("presenting"))
    scene = scenes.load(right.ref, by=member)
    if right.kind == "huddle" and Category.IDENTIFIERS not in scene.relation.knows(Filter(scene.access.filter)):
        raise Denied(hide("not-named"))
    return scene.situation.table_id


def lost(followed: Collection[Right]) -> set[Right]:
    """Those of some rights that do not stand any more. One transaction; a few queries for a whole table."""
    if not followed:
        return set()
    with transaction.atomic():
        awake = sessions.awake({r.session_key for r in followed})
        members = _members(r for r in followed if r.session_key in awake)
        seated = _seated(followed, members)
        # One session of a member that ended is lost, whatever other sessions the member has.
        return {r for r in followed if r.session_key not in awake or not _stands(r, members.get(r.member_id), seated)}


def beat(payload: str) -> None:
    """Send one heartbeat through PostgreSQL: what comes back has proved the whole way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [events.CHANNEL, payload])


def _members(followed: Iterable[Right]) -> dict[int, Member]:
    """The active members of some rights, by id."""
    found = Member.objects.filter(pk__in={r.member_id for r in followed}, is_active=True)
    return {m.pk: m for m in found}


def _seated(followed: Collection[Right], members: Collection[int]) -> set[tuple[int, int]]:
    """(member, table) of those with a standing seat that hears meetings: most are, and one query says so."""
    tables = {r.table_id for r in followed if r.kind == "meeting"}
    seats = Standing.objects.filter(member_id__in=members, table_id__in=tables).in_roles(*SEATED_ROLES)
    return set(seats.values_list("member_id", "table_id"))


def _stands(right: Right, member: Member | None, seated: set[tuple[int, int]]) -> bool:
    if member is None or member.get_session_auth_hash() != right.auth_hash:
        return False
    if right.kind == "meeting" and (right.member_id, right.table_id) in seated:
        return True
    set_member(member.pk)  # the others one by one: guests, situations, huddles
    try:
        table_of(right, member)
    except Denied:
        return False
    return True
