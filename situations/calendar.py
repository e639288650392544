"""How is a meeting written for a calendar? A time, a number and a link; nothing of who, where or what about. (R60)

The table's name is left out as well: a calendar is read by whoever shares it. The number begins with the table's code,
as a discussion number does, so that somebody who sits at two tables can tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Literal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from situations.meeting import Meeting
from situations.vocabulary import MeetingState

#: What a feed reaches back: somebody looks up when the last meetings were.
BACK = timedelta(days=90)


def title(meeting: Meeting) -> str:
    """What a meeting is called outside the system."""
    return _("Situation table meeting %(code)s") % {"code": meeting.code}


def link(meeting: Meeting) -> str:
    """The address of its page; opens nothing without a sign-in."""
    return f"{settings.PUBLIC_URL}{reverse('meeting', args=[meeting.pk])}"


def calendar(meetings: Iterable[Meeting], *, method: Literal["PUBLISH", "REQUEST", "CANCEL"] = "PUBLISH") -> bytes:
    """These meetings as a calendar. Times are written in UTC: the calendar shows them where its reader is."""
    made = Calendar()
    made.add("prodid", "-//Situation table//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    for meeting in meetings:
        made.add_component(_entry(meeting))
    return bytes(made.to_ical())


def _entry(meeting: Meeting) -> Event:
    entry = Event()
    entry.add("uid", str(meeting.pk))
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", meeting.starts_at.astimezone(UTC))
    entry.add("dtend", (meeting.starts_at + timedelta(minutes=meeting.minutes)).astimezone(UTC))
    entry.add("summary", title(meeting))
    entry.add("url", link(meeting))
    entry.add("description", link(meeting))
    entry.add("sequence", meeting.moves)
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    return entry
