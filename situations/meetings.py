"""How does a meeting run: planned, started, ended? (R57, R61, R63)

The agenda is `agenda.py`, presence `presence.py`; who may do it `running.py`; what is to come `planning.py`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import guests
from agencies.clock import today_at
from agencies.models import Member, Table
from privacy.decision import Denied, deny
from privacy.models import AccessState
from situations import planning, presence, turns
from situations.agenda import build_agenda, close_item, show_to_guests
from situations.live import events
from situations.meeting import MINUTES, ItemPresence, Meeting
from situations.models import Situation
from situations.running import may_run
from situations.vocabulary import MeetingState, Message


def plan(
    *, table: Table, starts_at: datetime, by: Member, urgent: bool = False, minutes: int = MINUTES
) -> Meeting:  # fmt: skip
    """Plan a meeting; what is open without a place on an agenda comes onto it: follow-ups, then deferred, then new.
    Everybody who sits at the table is told when it is."""
    may_run(table.pk, by=by).require()
    with transaction.atomic():
        meeting = planning.put_down(table, starts_at, minutes=minutes, urgent=urgent)
        planning.invite(meeting, Message.MEETING_URGENT if urgent else Message.MEETING)
    return meeting


def start(meeting: Meeting, *, by: Member) -> None:
    """Start a meeting: its items become visible to its registered guests, its chair counts as present."""
    may_run(meeting.table_id, by=by).require()
    row = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if row.state != MeetingState.PLANNED:
        deny("not-planned", _("This meeting has been started already.")).require()
    row.state, row.started_at, row.chair, row.driver = MeetingState.SITTING, timezone.now(), by, by
    try:
        # The constraint decides, not a look beforehand: of two meetings started at the same moment one waits here.
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Denied(deny("another-sits", _("Another meeting of this table is sitting. End it first."))) from None
    guests.go_along(meeting=row.pk, before=planning.day_of(row), day=today_at(row.table))
    for situation_id in row.items.values_list("situation_id", flat=True):
        show_to_guests(situation_id, row.pk)
    presence.mark_present(row, by, by=by)
    events.table_changed(row.table_id)


def end(meeting: Meeting, *, by: Member) -> None:
    """End a meeting: items close, guests lose sight; what is open goes to the next planned meeting."""
    may_run(meeting.table_id, by=by).require()
    # One under way ends before. Nothing is opened that joins the agenda meanwhile: opening takes the meeting's lock.
    row = turns.locked_with_items(meeting)
    if row.state != MeetingState.SITTING:
        deny("not-sitting", _("This meeting is not sitting.")).require()
    now = timezone.now()
    turns.leave_current(row, now)
    for item in row.items.filter(opened_at__isnull=False, closed_at__isnull=True):
        close_item(item)
    ItemPresence.objects.filter(item__meeting=row, left_at__isnull=True).update(left_at=now)
    Situation.objects.filter(table_id=row.table_id, meeting=row.pk).update(meeting=None)
    AccessState.objects.filter(table_id=row.table_id, meeting=row.pk).update(meeting=None)
    row.presences.filter(left_at__isnull=True).update(left_at=now)
    row.state, row.ended_at, row.slips = MeetingState.HELD, now, []
    row.save()
    following = Meeting.objects.filter(table_id=row.table_id, state=MeetingState.PLANNED).order_by("starts_at").first()
    if following is not None:
        build_agenda(following)
    events.table_changed(row.table_id)
