"""Does a table see how it works: who comes, what is missing, where its threshold lies; and is nobody scored?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import OnCall, Seat, Table
from privacy.context import acting_as
from privacy.models import AccessState, Engagement
from privacy.vocabulary import Filter, Necessity
from reports.health import meetings
from reports.health.threshold import calibration
from reports.models import CodedRecord
from reports.pack.periods import quarter_of
from reports.vocabulary import Status
from situations.meetings import end as end_meeting
from situations.models import AgendaItem, Meeting, MeetingPresence, Situation
from situations.vocabulary import MeetingState, State
from tests import builders
from tests.cast import Cast
from tests.pack.test_pack import HEADERS, past
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def held(cast: Cast, weeks_ago: int, *came: str, urgent: bool = False) -> None:
    """A meeting some weeks ago, to which the agencies of some people came."""
    at = timezone.now() - timedelta(weeks=weeks_ago)
    with acting_as(cast.facilitator):
        meeting = Meeting.objects.create(
            table=cast.nia, starts_at=at, state=MeetingState.HELD, started_at=at, ended_at=at, urgent=urgent,
            number=100 + weeks_ago,
        )  # fmt: skip
        for key in came:
            MeetingPresence.objects.create(
                meeting=meeting, table=cast.nia, member=cast.people[key], agency=cast.agencies[key.split("_")[0]]
            )


def since_long_ago(cast: Cast) -> None:
    """Every agency has sat for two years: meetings before one joined are nothing it missed."""
    Seat.objects.filter(table=cast.nia).update(starts_on=timezone.localdate() - timedelta(days=800))


def test_an_agency_that_seldom_comes_is_up_for_review_after_as_many_meetings_as_the_table_says(cast: Cast) -> None:
    since_long_ago(cast)
    for weeks in range(1, 8):
        held(cast, weeks, "police_rep", "crisis_rep", *(["housing_rep"] if weeks > 5 else []))
    held(cast, 0, "school_rep", urgent=True)
    held(cast, 60, "school_rep")
    with acting_as(cast.manager):
        found = {a.agency.pk: a for a in meetings.attendance(cast.nia)}
    police, housing, school = (found[cast.agencies[key].pk] for key in ("police", "housing", "school"))
    assert cast.nia.review_after_meetings == 6
    assert (police.held, police.came, police.missed_in_a_row, police.review) == (7, 7, 0, False)
    assert (housing.came, housing.missed_in_a_row, housing.review) == (2, 5, False)
    assert (school.came, school.missed_in_a_row, school.review) == (0, 7, True), "urgent meetings are nobody's duty"
    page = text(Browser(cast.manager).get("health_of_table"))
    assert "missed 7 meetings in a row" in page
    assert page.index("Lakemoor Children") < page.index("Lakemoor Crisis") < page.index("Nia River Police")
    assert "on-call" not in page
    for key in ("police_rep", "manager"):
        assert cast.people[key].name not in page.split("<main")[1].split("</main>")[0], "agencies, never people"


def test_who_belongs_is_asked_of_the_tables_own_day(cast: Cast) -> None:
    """At any hour one of the two zones has another day than Greenwich, which is what PostgreSQL calls today."""
    since_long_ago(cast)
    school, greenwich = Seat.objects.filter(member=cast.school_rep, table=cast.nia), timezone.now().date()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        Table.objects.filter(pk=cast.nia.pk).update(time_zone=zone)
        here = timezone.localtime(timezone.now(), ZoneInfo(zone)).date()
        first = here if here > greenwich else here - timedelta(days=400)  # its first day, there
        school.update(starts_on=first, ends_on=here if here < greenwich else None)  # its last day, there
        with acting_as(cast.manager):
            found = {a.agency.pk for a in meetings.attendance(cast.nia)}
        assert cast.agencies["school"].pk in found, zone


def test_the_minutes_of_a_meeting_entered_from_paper_are_in_no_average(cast: Cast) -> None:
    walk = builders.discussed(cast)
    with acting_as(cast.facilitator):
        end_meeting(walk.meeting, by=cast.facilitator)
        AgendaItem.objects.update(spent_seconds=600)
        for on_paper, timed in ((False, 1), (True, 0)):
            Meeting.objects.update(on_paper=on_paper)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT items, timed FROM reports_meetings(%s, %s)", [cast.nia.pk, meetings.since(cast.nia)]
                )
                assert cursor.fetchone() == (1, timed)


def test_an_administrator_reads_who_comes_and_puts_on_call_but_reads_nothing_of_discussions(cast: Cast) -> None:
    since_long_ago(cast)
    for weeks in range(1, 8):
        held(cast, weeks, "police_rep")
    page = text(Browser(cast.administrator).get("health_of_table"))
    assert f"/on-call/{cast.agencies['school'].pk}/" in page
    for words in ("Where the threshold lies", "Minutes a situation", "Who leads"):
        assert words not in page


def test_missing_sectors_and_the_year_of_meetings_are_told_with_too_little_left_out(cast: Cast) -> None:
    held(cast, 1, "police_rep", "crisis_rep")
    held(cast, 2, "police_rep")
    with acting_as(cast.facilitator):
        year = meetings.meetings(cast.nia)
        missing = {sector.code for sector in meetings.missing_sectors(cast.nia)}
    assert year is not None
    assert (year.held, year.present, year.items, year.minutes, year.bringing) == (2, 1.5, None, None, (0, 4))
    assert "police" not in missing
    assert "probation-and-parole" in missing or len(missing) >= 3
    assert "too few to say" in text(Browser(cast.facilitator).get("health_of_table"))


def test_the_threshold_is_told_of_whole_quarters_and_few_objections_are_not(cast: Cast, tmp_path: Path) -> None:
    first = timezone.localdate().replace(day=1) - timedelta(days=100)
    row = dict.fromkeys(HEADERS, "") | {
        "Opened": first.isoformat(), "Closed": first.isoformat(), "Discussion Type": "Person",
        "Originating Agency Sector": "Police", "Risk Factors": "N/A", "Affected Persons": "N/A",
        "Conclusion Group": "Rejected", "Conclusion Reason": "Single agency can address risk alone",
    }  # fmt: skip
    past(tmp_path, [row] * 3, cast)
    with acting_as(cast.manager):
        now, before = calibration(cast.nia)
    assert (now.presented, now.accepted, now.rejected, now.objected) == (3, 0, 3, None)
    assert (before.presented, before.rejected) == (0, 0)
    assert (now.first_day - before.last_day).days == 1
    assert now.last_day < timezone.localdate()


def test_nobody_else_reads_how_a_table_works(cast: Cast) -> None:
    since_long_ago(cast)
    held(cast, 1, "police_rep")
    for key in ("police_rep", "shelter_lead", "shelter_privacy", "other_table"):
        assert Browser(cast.people[key]).get("health_of_table", query="?table=NIA").status_code == 404, key
        with acting_as(cast.people[key]), connection.cursor() as cursor:
            for name in ("reports_attendance", "reports_meetings"):
                cursor.execute(f"SELECT count(*) FROM {name}(%s, '2000-01-01')", [cast.nia.pk])
                assert cursor.fetchone() == (0,), (key, name)


def accepted(cast: Cast, many: int, *engaged: str, chosen: str = "", running: bool = False) -> None:
    """Situations accepted in the last whole quarter (or in the running one), with some agencies engaged."""
    first = quarter_of(timezone.localdate()).first_day
    day = first if running else first - timedelta(days=1)
    with acting_as(cast.facilitator):
        for _n in range(many):
            item = Situation.objects.create(
                table=cast.nia, originating_agency=cast.agencies["shelter"], state=State.INTERVENING, presented=True,
            )  # fmt: skip
            AccessState.objects.create(
                ref=item.pk, table=cast.nia, originating_agency=item.originating_agency, filter=Filter.F4,
                presented=True,
            )  # fmt: skip
            for key in (*engaged, *([chosen] if chosen else [])):
                Engagement.objects.create(
                    access_id=item.pk, table=cast.nia, agency=cast.agencies[key], necessity=Necessity.OFFERED,
                    status=Engagement.Status.CHOSEN if key == chosen else Engagement.Status.ENGAGED,
                )  # fmt: skip
            CodedRecord.objects.create(
                statistics_id=item.statistics_id, table=cast.nia, status=Status.ACCEPTED, opened_on=day,
                quarter="2026Q1", decided_on=day, accepted=True, catalogue_on=day, risk_factors=[],
                protective_factors=[], study_flags=[], persons=[], services=[], assisting_sectors=[],
            )  # fmt: skip


def rarely(cast: Cast, by: str = "manager") -> set[str]:
    """The agencies that are named, by key."""
    keys = {agency.pk: key for key, agency in cast.agencies.items()}
    with acting_as(cast.people[by]):
        found = meetings.rarely_intervening(cast.nia, meetings.attendance(cast.nia))
    return {keys[agency.pk] for agency in found}


def test_who_comes_and_takes_part_in_almost_nothing_is_named_without_a_count(cast: Cast) -> None:
    since_long_ago(cast)
    for weeks in range(1, 5):
        held(cast, weeks, "police_rep", "crisis_rep", "housing_rep", *(["school_rep"] if weeks == 1 else []))
    accepted(cast, 4, "crisis", "police")
    accepted(cast, 1, "crisis", "housing")
    accepted(cast, 19, "crisis", chosen="police")
    assert rarely(cast) == set(), "of 24 nothing is said"
    accepted(cast, 30, running=True)
    assert rarely(cast) == set(), "nor of the quarter that goes on"
    accepted(cast, 1)
    assert rarely(cast) == {"police", "housing"}, "the crisis team takes part; the school does not come"
    page = text(Browser(cast.manager).get("health_of_table"))
    told = page.split("Agencies that rarely intervene", 1)[1].split("</section>", 1)[0]
    assert cast.agencies["police"].name in told
    assert not any(f">{n}<" in told for n in range(30)), "named, not counted"
    accepted(cast, 1, "police")
    assert rarely(cast) == {"housing"}, "five is as many as the committee may be told"
    OnCall.objects.create(
        agency=cast.agencies["housing"], table=cast.nia, since=timezone.localdate(), set_by=cast.administrator
    )
    assert rarely(cast) == set()


def test_who_rarely_intervenes_is_told_to_who_reads_the_tables_work_alone(cast: Cast) -> None:
    since_long_ago(cast)
    held(cast, 1, "police_rep", "housing_rep")
    accepted(cast, 25, "crisis")
    for key in ("facilitator", "recorder", "privacy_officer", "manager"):
        assert rarely(cast, key) == {"police", "housing"}, key
    for key in ("administrator", "police_rep", "shelter_lead", "shelter_privacy", "other_table", "stranger"):
        with acting_as(cast.people[key]), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM reports_rarely_intervening(%s)", [cast.nia.pk])
            assert cursor.fetchone() == (0,), key
    assert "Agencies that rarely intervene" not in text(Browser(cast.administrator).get("health_of_table"))
