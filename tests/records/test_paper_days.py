"""Does what was decided at a meeting held on paper count on the day of the meeting, and not of its entering? (R63)"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from privacy.context import acting_as
from reports.models import CodedRecord
from reports.releases import difference
from reports.vocabulary import Status
from risk.vocabulary import CodeList
from situations import meetings, paper
from situations.meeting import Meeting
from situations.models import Determination, History
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast
from tests.laws.lifecycle_product import undone
from tests.pack.test_pack import a_year, past
from tests.releases.test_releases import released
from tests.reports.test_record import record_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

#: Half an hour before midnight at the table: Greenwich has the day after.
EVENING = datetime(2026, 3, 31, 23, 30, tzinfo=ZoneInfo("America/Toronto"))
DAY = date(2026, 3, 31)


def on_paper(cast: Cast, held_at: datetime = EVENING) -> Meeting:
    """A meeting held on paper that is being entered, with everybody who usually comes."""
    with acting_as(cast.facilitator):
        paper.enter(table=cast.nia, held_at=held_at, by=cast.facilitator)
    return builders.sitting_meeting(cast)


def test_met_on_paper_it_counts_on_the_meetings_own_day_and_the_clock_of_entering_stays(cast: Cast) -> None:
    walk = builders.chosen(cast, on_paper(cast))
    record, today = record_of(walk), timezone.localdate()
    assert (record.decided_on, record.opened_on, record.quarter) == (DAY, DAY, "2026Q1")
    assert (record.updated_on, record.closed_on) == (today, None)
    with acting_as(cast.recorder):
        assert set(record.versions.values_list("on", flat=True)) == {today}
        assert Determination.objects.get(situation=walk.id).at.date() == timezone.now().date()
        assert {h.at.date() for h in History.objects.filter(situation=walk.id)} == {timezone.now().date()}
    walk.act("facilitator", "pass_door")
    assert record_of(walk).decided_on == DAY


@pytest.mark.parametrize("how", ["rejected", "stopped"])
def test_ended_on_paper_it_ended_on_the_meetings_day(cast: Cast, how: str) -> None:
    record = record_of(getattr(builders, how)(cast, on_paper(cast)))
    assert (record.status, record.closed_on, record.days_open) == (how, DAY, 0)
    assert record.decided_on == (DAY if how == "rejected" else None)


def test_a_filing_that_waited_keeps_the_day_it_was_presented_on(cast: Cast) -> None:
    """Presented on the day, discussed on paper at a meeting of the same day: nothing moves further back."""
    record = record_of(builders.accepted(cast, on_paper(cast, timezone.now() - timedelta(minutes=1))))
    assert record.opened_on == record.decided_on == timezone.localtime(timezone.now() - timedelta(minutes=1)).date()


def test_a_follow_up_concluded_on_paper_counts_then_and_never_before_it_was_accepted(cast: Cast) -> None:
    walk = builders.contacted(cast, on_paper(cast))
    builders.close_notices(walk)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
    for held_at, closed in ((EVENING + timedelta(days=7), date(2026, 4, 7)), (EVENING - timedelta(days=7), DAY)):
        walk.meeting = on_paper(cast, held_at)
        item = builders.item_of(walk)
        with acting_as(cast.facilitator):
            item.opened_at = timezone.now()
            item.save(update_fields=["opened_at"])
        conclude_and_look(walk, closed)


def conclude_and_look(walk: Walk, closed: date) -> None:
    """Conclude, look, and take it back: the next meeting is tried with the same situation."""
    with undone():
        walk.act("crisis_rep", "conclude", reason=entry(CodeList.CONCLUSION_REASON, "connected-to-services"))
        record = record_of(walk)
        assert (record.status, record.closed_on) == (Status.CONCLUDED, closed)
        assert record.days_open == (closed - DAY).days
    with acting_as(walk.cast.facilitator):
        meetings.end(walk.meeting, by=walk.cast.facilitator)


def test_what_was_not_called_at_the_meeting_on_paper_counts_today(cast: Cast) -> None:
    walk = builders.presented(cast, on_paper(cast))
    walk.act("shelter_rep", "withdraw")
    record = record_of(walk)
    assert (record.closed_on, record.opened_on) == (timezone.localdate(), timezone.localdate())


def test_in_a_quarter_that_is_released_it_is_a_late_correction(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    out = released(cast)
    out.decided_at = timezone.now() - timedelta(days=3)
    before = difference.late(out)
    meeting = on_paper(cast, datetime(2024, 2, 14, 10, 0, tzinfo=ZoneInfo("America/Toronto")))
    for _each in range(2):
        builders.rejected(cast, meeting)
    assert before is not None
    assert difference.late(out) == before + 2
    with acting_as(cast.recorder):
        assert CodedRecord.objects.filter(decided_on=date(2024, 2, 14), quarter="2024Q1").count() == 2
