"""What does a member get by mail when a meeting is planned, moved or cancelled? A time, a number and a link. (R60)

Sent by the outbox to who sits at the table by then; a calendar entry is attached, with the same three things in it.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format

from agencies.models import Member
from privacy.context import acting_as
from privacy.decision import Denied
from situations import calendar, running
from situations.meeting import Meeting
from situations.outbox_model import Outbox
from situations.vocabulary import MeetingState, Message


def send(row: Outbox) -> None:
    """Tell a member of a meeting, if by now the member still sits at its table and what was to be told is true."""
    member = Member.objects.filter(pk=row.member_id, is_active=True).first()
    if member is None:
        return
    with acting_as(member):
        try:
            meeting = running.visible_meeting(row.ref, by=member)
        except Denied:
            return
    cancelled = meeting.state == MeetingState.CANCELLED
    if cancelled != (row.message == Message.MEETING_CANCELLED):
        return
    with translation.override(member.language):
        letter = EmailMessage(calendar.title(meeting), _body(meeting, Message(row.message)), None, [member.email])
        entry = calendar.calendar([meeting], method="CANCEL" if cancelled else "PUBLISH")
    letter.attach("meeting.ics", entry, "text/calendar")
    letter.send()


def _body(meeting: Meeting, message: Message) -> str:
    starts = timezone.localtime(meeting.starts_at, ZoneInfo(meeting.table.time_zone))
    when = date_format(starts, "WHOLE_DAY_AND_HOUR")
    return f"{message.label}\n\n{meeting.code}\n{when}\n{calendar.link(meeting)}\n"
