"""Which meeting comes next? The one that sits, else the next planned."""

from __future__ import annotations

from collections.abc import Iterable

from situations.meeting import Meeting
from situations.vocabulary import MeetingState


def next_meeting(table_ids: Iterable[int]) -> Meeting | None:
    """The meeting that sits, else the next planned one, of some tables."""
    rows = Meeting.objects.filter(table_id__in=set(table_ids)).select_related("table")
    sitting = rows.filter(state=MeetingState.SITTING).first()
    return sitting or rows.filter(state=MeetingState.PLANNED).order_by("starts_at").first()
