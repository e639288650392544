"""What stands in the way of many? The table names it by code after the items, and comes back to it until it is dealt
with. No link to any situation, and no words: neither can say of whom.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Member, Sector
from agencies.sector_editor import in_force
from privacy.decision import Denied, deny
from situations.live import events
from situations.meeting import Meeting
from situations.record_model import SystemicIssue
from situations.running import may_run
from situations.turns import locked
from situations.vocabulary import IssueKind, MeetingState


def words_of(issue: SystemicIssue) -> str:
    """An issue in one line."""
    return _("%(sector)s: %(issue)s") % {"sector": issue.sector.label, "issue": IssueKind(issue.kind).label}


def sectors() -> QuerySet[Sector]:
    """The sectors an issue can be in, today."""
    return in_force()


def open_at(table_id: int) -> QuerySet[SystemicIssue]:
    """What the table comes back to."""
    return SystemicIssue.objects.filter(table_id=table_id, closed_in__isnull=True).select_related("sector")


def name(meeting: Meeting, *, kind: IssueKind, sector: Sector, by: Member) -> SystemicIssue:
    """The table, sitting, names an issue; the same one twice is one."""
    with transaction.atomic():
        _sitting(meeting, by)
        found = open_at(meeting.table_id).filter(kind=kind, sector__code=sector.code).first()
        made = found or SystemicIssue.objects.create(
            table_id=meeting.table_id, meeting=meeting, kind=kind, sector=sector, by=by
        )
    events.table_changed(meeting.table_id)
    return made


def close(issue: SystemicIssue, meeting: Meeting, *, by: Member) -> None:
    """The table, sitting, is done with an issue."""
    with transaction.atomic():
        _sitting(meeting, by)
        SystemicIssue.objects.filter(pk=issue.pk, table_id=meeting.table_id, closed_in__isnull=True).update(
            closed_in=meeting
        )
    events.table_changed(meeting.table_id)


def _sitting(meeting: Meeting, by: Member) -> None:
    """Under the meeting's lock: the same one named by two at once is one, and none joins a record that has ended."""
    may_run(meeting.table_id, by=by).require()
    if locked(meeting).state != MeetingState.SITTING:
        raise Denied(deny("not-sitting", gettext_lazy("This meeting is not sitting.")))
