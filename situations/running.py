"""Who may attend a meeting, and who runs it? (R57, R61)"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.decision import Decision, Denied, allow, deny, hide
from situations.meeting import Meeting
from situations.vocabulary import MeetingState


def may_run(table_id: int, *, by: Member) -> Decision:
    """Whether a member runs this table's meetings: its facilitator, or its recorder at the keyboard."""
    if Standing.objects.of(by).at(table_id).in_roles(Role.FACILITATOR, Role.RECORDER).exists():
        return allow()
    return deny("facilitator-only", _("Only the facilitator or the recorder runs the meeting."))


def may_attend(meeting: Meeting, *, by: Member) -> Decision:
    """Whether a member may open a meeting's page: seated at its table, or its registered guest while it sits."""
    seats = Standing.objects.of(by).at(meeting.table_id)
    if seats.in_roles(*SEATED_ROLES).exists():
        return allow()
    if meeting.state == MeetingState.SITTING and seats.filter(role=Role.GUEST, meeting=meeting.pk).exists():
        return allow()
    return hide()


def may_show(meeting: Meeting, *, by: Member) -> Decision:
    """Whether a member may put the meeting's shared screen up: seated at its table in good standing. No guest."""
    seated = Standing.objects.of(by).at(meeting.table_id).in_roles(*SEATED_ROLES).exists()
    return allow() if seated else hide()


def visible_meeting(meeting_id: UUID, *, by: Member) -> Meeting:
    """A meeting the member may attend; Denied (hidden) otherwise."""
    meeting = Meeting.objects.select_related("table").filter(pk=meeting_id).first()
    if meeting is None:
        raise Denied(hide())
    may_attend(meeting, by=by).require()
    return meeting
