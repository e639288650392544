"""How is a meeting entered that was held on paper? It sits again for its record, marked so. (domain.md, "Mistakes")

The same verbs, conditions and walls: presence is entered, backing agencies confirm by their own sign-in, no decision
has a shorter way because it was taken in a room without this program (R63). History and ledger keep the time of
entering; where days are counted, a decision counts on the day of its meeting (docs/adr/0056).
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Table
from privacy.decision import deny
from situations import meetings, planning
from situations.meeting import MINUTES, Meeting
from situations.running import may_run
from situations.scene import Scene


def enter(*, table: Table, held_at: datetime, by: Member, minutes: int = MINUTES) -> Meeting:
    """Open a meeting that was held on paper, to enter who was there and what was decided."""
    may_run(table.pk, by=by).require()
    if held_at > timezone.now():
        deny("not-yet", _("A meeting held on paper lies in the past.")).require()
    with transaction.atomic():
        meeting = planning.put_down(table, held_at, minutes=minutes, on_paper=True)
        meetings.start(meeting, by=by)
    return meeting


def counts_on(scene: Scene) -> date | None:
    """The table's own day of the meeting held on paper in which the item was called: what is done with it while that
    meeting is entered was decided there. None for everything else: it counts on the day it is done.
    """
    item = scene.item
    if item is None or not item.meeting.on_paper or item.opened_at is None:
        return None
    return timezone.localtime(item.meeting.starts_at, ZoneInfo(scene.situation.table.time_zone)).date()
