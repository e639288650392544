"""Who may attend a meeting, and who runs it? (R57, R61)"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.kept import kept
from agencies.models import Member, Standing
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.decision import Decision, Denied, allow, deny, hide
from situations.meeting import Meeting
from situations.vocabulary import MeetingState

#: All of a member's seats, where a page asks several of these questions and has read them for its one answer.
Seats = Sequence[Standing] | None


def may_run(table_id: int, *, by: Member, seats: Seats = None) -> Decision:
    """Whether a member runs this table's meetings: its facilitator, or its recorder at the keyboard."""
    if holds(table_id, Role.FACILITATOR, Role.RECORDER, by=by, seats=seats):
        return allow()
    return deny("facilitator-only", _("Only the facilitator or the recorder runs the meeting."))


def may_attend(meeting: Meeting, *, by: Member, seats: Seats = None) -> Decision:
    """Whether a member may open a meeting's page: seated at its table, or its registered guest while it sits."""
    at_table = _at(meeting.table_id, by, seats)
    if any(s.role in SEATED_ROLES for s in at_table):
        return allow()
    guest = any(s.role == Role.GUEST and s.meeting == meeting.pk for s in at_table)
    return allow() if guest and meeting.state == MeetingState.SITTING else hide()


def may_show(meeting: Meeting, *, by: Member, seats: Seats = None) -> Decision:
    """Whether a member may put the meeting's shared screen up: seated at its table in good standing. No guest."""
    return allow() if holds(meeting.table_id, *SEATED_ROLES, by=by, seats=seats) else hide()


def visible_meeting(meeting_id: UUID, *, by: Member, seats: Seats = None) -> Meeting:
    """A meeting the member may attend; Denied (hidden) otherwise."""
    meeting = next(iter(_meeting(meeting_id)), None)
    if meeting is None:
        raise Denied(hide())
    may_attend(meeting, by=by, seats=seats).require()
    return meeting


@kept
def _meeting(meeting_id: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.filter(pk=meeting_id).select_related("table")


def holds(table_id: int, *roles: Role, by: Member, seats: Seats = None) -> bool:
    """Whether a member holds one of these seats at a table, in good standing."""
    return any(s.role in roles for s in _at(table_id, by, seats))


def _at(table_id: int, by: Member, seats: Seats) -> list[Standing]:
    found = Standing.objects.of(by).at(table_id) if seats is None else seats
    return [s for s in found if s.table_id == table_id]
