"""How is the record of a meeting confirmed, and what if it is wrong? By new entries; nothing is edited. (R61)

The next meeting confirms it while it sits, with a quorum; one entered from paper confirms none. A correction may come
before or after; PostgreSQL lets neither be changed.
What has to be undone in a situation itself goes through the lifecycle, with its own conditions.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member
from privacy.decision import Decision, Denied, allow, deny, hide
from situations.live import events
from situations.meeting import AgendaItem, Meeting
from situations.record_model import RecordConfirmation, RecordCorrection
from situations.running import may_run
from situations.sitting_for import agencies_sitting
from situations.vocabulary import CorrectionKind, CorrectionReason, MeetingState, Told

#: So many records are offered to be confirmed in a meeting; the older ones follow.
_AT_ONCE = 10


def confirming(meeting: Meeting) -> Meeting | None:
    """The meeting that could confirm this one's record now: a later one of the same table, sitting and not on paper."""
    sat = meeting.starts_at if meeting.on_paper or meeting.started_at is None else meeting.started_at
    rows = Meeting.objects.filter(table_id=meeting.table_id, state=MeetingState.SITTING, on_paper=False)
    return rows.filter(started_at__gt=sat).exclude(pk=meeting.pk).select_related("table").first()


def may_confirm(meeting: Meeting, *, by: Member) -> Decision:
    """Whether a member can say now that the table confirmed the record."""
    running = may_run(meeting.table_id, by=by)
    if not running:
        return running
    if meeting.state != MeetingState.HELD:
        return deny("not-held", _("The meeting is not over."))
    if RecordConfirmation.objects.filter(meeting=meeting).exists():
        return deny("confirmed", _("The record is confirmed already."))
    sits = confirming(meeting)
    if sits is None:
        return deny("nobody-sits", _("The record is confirmed at the next meeting, while it sits."))
    if agencies_sitting(sits) < sits.table.quorum:
        return deny("no-quorum", _("A table confirms a record with a quorum of its agencies present."))
    return allow()


def confirm(meeting: Meeting, *, by: Member) -> None:
    """The table, sitting, has confirmed the record of an earlier meeting."""
    with transaction.atomic():
        row = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        may_confirm(row, by=by).require()
        sits = confirming(row)
        if sits is None:  # it has ended since it was asked for
            raise Denied(hide())
        RecordConfirmation.objects.create(meeting=row, table_id=row.table_id, confirmed_in=sits, by=by)
    events.table_changed(meeting.table_id)


def unconfirmed(sits: Meeting) -> list[Meeting]:
    """The held meetings whose record nobody confirmed yet, those on paper too, the last first; a few at a time."""
    if sits.state != MeetingState.SITTING or sits.on_paper:
        return []
    held = Meeting.objects.filter(table_id=sits.table_id, state=MeetingState.HELD, confirmation__isnull=True)
    return list(held.select_related("table").order_by("-starts_at")[:_AT_ONCE])


def agencies_of(meeting: Meeting) -> QuerySet[Agency]:
    """The agencies that could have been there: those with a seat at the table, whether or not it stands today."""
    return Agency.objects.filter(seats__table=meeting.table_id).distinct().order_by("name_en")


def correct(
    meeting: Meeting,
    *,
    kind: CorrectionKind,
    reason: CorrectionReason,
    by: Member,
    agency: Agency | None = None,
    item: AgendaItem | None = None,
    decided: Told | None = None,
) -> RecordCorrection:
    """Put a correction beside the record."""
    may_run(meeting.table_id, by=by).require()
    if meeting.state != MeetingState.HELD:
        deny("not-held", _("The meeting is not over.")).require()
    about_item = kind == CorrectionKind.DECISION
    if about_item and (item is None or decided is None or item.meeting_id != meeting.pk):
        deny("which-item", _("Choose the item and what was decided.")).require()
    if not about_item and (agency is None or not agencies_of(meeting).filter(pk=agency.pk).exists()):
        deny("which-agency", _("Choose an agency of this table.")).require()
    made = RecordCorrection.objects.create(
        meeting=meeting, table_id=meeting.table_id, kind=kind, reason=reason, agency=None if about_item else agency,
        item=item if about_item else None, decided=decided if about_item and decided else "", by=by,
    )  # fmt: skip
    events.table_changed(meeting.table_id)
    return made
