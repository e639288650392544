"""Can the next meeting start, and what does its facilitator look at first?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.vocabulary import Role
from situations.next_meeting import next_meeting
from situations.views.homes.parts import Entering, Part, Side
from situations.views.readiness import readiness
from situations.vocabulary import MeetingState


def home(entering: Entering) -> Iterator[Part | Side]:
    """The points of the next meeting; the recorder reads them too."""
    meeting = next_meeting(t.pk for t in entering.tables(Role.FACILITATOR, Role.RECORDER))
    if meeting is None:
        return
    sits = meeting.state == MeetingState.SITTING
    title = _("The meeting that sits") if sits else _("The next meeting")
    yield Part("meeting", title, readiness(meeting, entering.by), "", "")
