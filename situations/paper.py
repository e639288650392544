"""How is a meeting entered that was held on paper? It sits again for its record, marked so. (domain.md, "Mistakes")

The same verbs, conditions and walls: presence is entered, backing agencies confirm by their own sign-in, no decision
has a shorter way because it was taken in a room without this program (R63). Times of entering stay what they are.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Table
from privacy.decision import deny
from situations import meetings, planning
from situations.meeting import MINUTES, Meeting
from situations.running import may_run


def enter(*, table: Table, held_at: datetime, by: Member, minutes: int = MINUTES) -> Meeting:
    """Open a meeting that was held on paper, to enter who was there and what was decided."""
    may_run(table.pk, by=by).require()
    if held_at > timezone.now():
        deny("not-yet", _("A meeting held on paper lies in the past.")).require()
    with transaction.atomic():
        meeting = planning.put_down(table, held_at, minutes=minutes, on_paper=True)
        meetings.start(meeting, by=by)
    return meeting
