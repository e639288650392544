"""What did those who run a sitting meeting do last that disclosed nothing, and how was it before? (docs/adr/0044)

Kept with the meeting, the newest last: ids, times and a kind, so that `undoing` can put it back. Whatever discloses
(an item that is opened) ends the list: what was heard stays heard.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from situations.meeting import Meeting
from situations.vocabulary import MeetingState

_KEPT = 20


def keep(meeting_id: UUID, kind: str, **before: Any) -> None:
    """Remember how it was, while the meeting sits."""
    row = Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting_id)
    if row.state == MeetingState.SITTING:
        Meeting.objects.filter(pk=meeting_id).update(slips=[*row.slips, {"kind": kind, **before}][-_KEPT:])


def forget(meeting_id: UUID) -> None:
    """Nothing that was done until now is undone any more."""
    Meeting.objects.filter(pk=meeting_id).exclude(slips=[]).update(slips=[])
