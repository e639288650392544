"""Does a committee's pack say how its meetings went and what stood in the way of many, in every format alike?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone, translation

from agencies.models import Sector
from bench.formats_agree import differing
from privacy.context import acting_as, in_role
from reports.models import Matter
from reports.pack import meetings, scopes
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.pack.files import write
from reports.pack.meetings import Line
from reports.pack.periods import parse
from reports.planning import raised
from reports.release_model import Release
from reports.releases import reading, verbs
from situations.models import AgendaItem, Meeting, MeetingPresence, Situation, SystemicIssue
from situations.vocabulary import IssueKind, ItemKind, MeetingState, State
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser
from tests.releases.test_formats import document, page, released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "=There is no bed for a couple with a dog."


def held(cast: Cast, day: str, *came: str, items: int = 0, minutes: int = 6, **how: Any) -> Meeting:
    """A meeting held in the afternoon of a day, to which agencies came and in which situations were called."""
    at = datetime.fromisoformat(f"{day}T18:00:00").replace(tzinfo=UTC)
    with acting_as(cast.facilitator):
        meeting = Meeting.objects.create(
            table=cast.nia, starts_at=at, state=MeetingState.HELD, started_at=at, ended_at=at,
            number=Meeting.objects.count() + 100, **how,
        )  # fmt: skip
        for key in came:
            MeetingPresence.objects.create(
                meeting=meeting, table=cast.nia, member=cast.people[f"{key}_rep"], agency=cast.agencies[key]
            )
        for n in range(items):
            brought = Situation.objects.create(
                table=cast.nia, originating_agency=cast.agencies[("shelter", "police")[n % 2]], state=State.INTERVENING,
                presented=True, presented_at=at,
            )  # fmt: skip
            AgendaItem.objects.create(
                meeting=meeting, table=cast.nia, situation=brought, kind=ItemKind.NEW, position=n, closed_at=at,
                spent_seconds=60 * minutes,
            )  # fmt: skip
    return meeting


def lines(made: Document) -> dict[str, Line]:
    assert made.meetings is not None
    return {line.code: line for line in made.meetings.lines}


def raise_(cast: Cast, words: str, day: str, status: str = "raised", **more: str) -> None:
    with acting_as(cast.recorder):
        Matter.objects.create(
            table=cast.nia, kind="systemic", words=words, area="social", status=status,
            raised_on=date.fromisoformat(day), raised_by=cast.recorder, **more,
        )  # fmt: skip


def name(cast: Cast, meeting: Meeting, sector: str, closed: Meeting | None = None) -> None:
    with acting_as(cast.facilitator):
        SystemicIssue.objects.create(
            table=cast.nia, meeting=meeting, kind=IssueKind.WAITING, sector=Sector.objects.get(code=sector),
            by=cast.facilitator, closed_in=closed,
        )  # fmt: skip


def test_a_quarter_tells_its_meetings_each_with_its_base(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", "crisis", items=3)
    held(cast, "2024-02-14", "police", items=3, minutes=9)
    held(cast, "2024-03-20", "police", "crisis", "housing")
    held(cast, "2024-03-21", "police", items=9, urgent=True)
    held(cast, "2024-04-10", "school", items=9)
    made = document(cast, released(cast, "2024Q1"))
    told = {code: (line.value, line.until, line.base, line.base_count) for code, line in lines(made).items()}
    assert told == {
        "held": (3, None, "", None),
        "present": (2.0, None, "meetings held", 3),
        "items": (2.0, None, "meetings held", 3),
        "bringing": (0, 4, "meetings held", 3),
        "minutes": (7.5, None, "situations timed", 6),
    }


def test_too_few_are_not_averaged_and_paper_tells_no_minutes(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", items=4)
    held(cast, "2024-02-10", "police", items=6, on_paper=True)
    out = released(cast, "2024Q1")
    made = lines(document(cast, out))
    assert (made["items"].value, made["minutes"].value, made["minutes"].base_count) == (5.0, None, None)
    assert "too few to say" in page(cast, out, "en")


def test_a_year_less_its_quarters_tells_of_no_few_either(cast: Cast) -> None:
    for month in ("01", "04", "07"):
        held(cast, f"2024-{month}-10", "police", items=6)
    held(cast, "2024-10-10", "police", items=2, minutes=50)
    year = lines(document(cast, released(cast, "2024")))
    assert (year["held"].value, year["items"].value, year["minutes"].value) == (4, None, None)
    held(cast, "2023-10-10", "police", items=2)
    held(cast, "2023-07-10", "police", items=3)
    held(cast, "2023-04-10", "police", items=9)
    before = lines(document(cast, released(cast, "2023")))
    assert before["items"].value == 4.7, "two quarters with too few to say have enough together"


def test_it_is_compared_with_the_period_before_where_both_are_told(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", items=6)
    held(cast, "2024-04-10", "police", "crisis", items=6, minutes=8)
    released(cast, "2024Q1")
    made = lines(document(cast, released(cast, "2024Q2")))
    assert (made["present"].value, made["present"].before) == (2.0, 1.0)
    assert (made["minutes"].value, made["minutes"].before) == (8.0, 6.0)
    assert (made["bringing"].before, made["bringing"].before_until) == (0, 4)


def test_nobody_but_the_committee_is_told_of_meetings_or_issues(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    held(cast, "2024-01-10", "police", items=6)
    raise_(cast, WORDS, "2024-02-01")
    region = f"region:{cast.nia.region_en}"
    for scope, audience in (("NIA", Audience.PARTNER), ("NIA", Audience.PUBLIC), (region, Audience.PUBLIC)):
        out = released(cast, "2024", audience, scope)
        made = document(cast, out)
        assert (out.meetings, out.issues, made.meetings, made.issues) == (None, None, None, None), (scope, audience)
        for kind in ("json", "csv", "xlsx", "pdf"):
            assert WORDS[1:].encode() not in write(made, kind)
        assert "Systemic issues raised" not in page(cast, out, "en")


def test_what_was_raised_in_the_period_is_told_in_its_words_with_its_state(cast: Cast) -> None:
    raise_(cast, WORDS, "2024-01-31", "in-hand")
    raise_(cast, "Nobody answers at night.", "2024-03-31")
    raise_(cast, "Before.", "2023-12-31")
    raise_(cast, "After.", "2024-04-01")
    with acting_as(cast.recorder):
        Matter.objects.create(
            table=cast.nia, kind="gap", words="A gap.", area="social", service="shelter", why="cost",
            raised_on=date(2024, 2, 1), raised_by=cast.recorder,
        )  # fmt: skip
    first, later = held(cast, "2024-02-14"), held(cast, "2024-05-14")
    name(cast, first, "housing")
    name(cast, first, "police", closed=later)
    name(cast, later, "education")
    raise_(cast, "", "2023-06-01", "set-aside", issue_kind="waiting", issue_sector="housing")
    made = document(cast, released(cast, "2024Q1"))
    assert [(one.words, one.state, one.state_label) for one in made.issues or ()] == [
        ("Housing: The wait is too long", "set-aside", "Set aside"),
        (WORDS, "in-hand", "In hand"),
        ("Nobody answers at night.", "raised", "Raised"),
        ("Police: The wait is too long", "settled", "Settled"),
    ]


def test_a_draft_follows_what_is_written_and_a_release_does_not(cast: Cast) -> None:
    raise_(cast, WORDS, "2024-02-01")
    held(cast, "2024-01-10", "police", items=6)
    draft = verbs.prepare(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE, by=None)
    with acting_as(cast.recorder):
        Matter.objects.update(status="settled")
    assert [one.state for one in document(cast, draft).issues or ()] == ["settled"]
    out = released(cast, "2024Q1")
    with acting_as(cast.recorder):
        Matter.objects.update(status="raised")
    held(cast, "2024-02-10", "police", items=6)
    made = document(cast, out)
    assert [one.state for one in made.issues or ()] == ["settled"]
    assert lines(made)["held"].value == 1
    with pytest.raises(DatabaseError, match="frozen"), in_role("st_statistics"):
        Release.objects.filter(pk=out.pk).update(issues=[])


def test_run_again_keeps_the_meetings_and_takes_the_issues_as_they_stand(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", items=6)
    out = released(cast, "2024Q1")
    assert document(cast, out).issues == ()
    raise_(cast, WORDS, "2024-02-01")
    held(cast, "2024-02-10", "police", items=6)
    with acting_as(cast.manager):
        again = verbs.run_again(out.pk, by=cast.manager)
    made = document(cast, again)
    assert (lines(made)["held"].value, len(made.issues or ())) == (1, 1)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("period", ["2024Q2", "2024"])
def test_page_and_files_say_the_same(cast: Cast, language: str, period: str) -> None:
    for month in range(1, 13):
        held(cast, f"2024-{month:02}-10", "police", "crisis", items=3, minutes=month)
    released(cast, "2024Q1")
    meeting = held(cast, "2024-05-14")
    name(cast, meeting, "housing")
    raise_(cast, WORDS, "2024-05-02")
    out = released(cast, period)
    with translation.override(language):
        made = document(cast, out)
        assert made.meetings is not None
        assert all(line.value is not None for line in made.meetings.lines)
        assert len(made.issues or ()) == 2
        assert list(differing(made, page(cast, out, language))) == []
        plain = json.loads(write(made, "json"))
    assert plain["meetings"]["lines"][1]["value"] == lines(made)["present"].value
    assert f"'{WORDS}" in write(made, "csv").decode("utf-8-sig"), "no cell starts a formula"


def test_a_program_reads_the_same(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", items=6)
    raise_(cast, WORDS, "2024-02-01")
    out = released(cast, "2024Q1")
    told = Browser(cast.manager).client.get(f"/api/v1/releases/{out.pk}/").json()
    assert [line["code"] for line in told["meetings"]["lines"]] == ["held", "present", "items", "bringing", "minutes"]
    assert told["issues"] == [{"words": WORDS, "state": "raised", "state_label": "Raised"}]


def test_a_release_from_before_says_that_it_has_none(cast: Cast) -> None:
    draft = verbs.prepare(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE, by=None)
    with in_role("st_statistics"):
        Release.objects.filter(pk=draft.pk).update(meetings=None)
    with acting_as(cast.manager):
        made = reading.document_of(Release.objects.get(pk=draft.pk))
    assert made.meetings is not None
    assert made.meetings.lines == ()
    assert "decided before the pack had meetings" in page(cast, draft, "en")
    assert list(differing(made, page(cast, draft, "en"))) == []


def test_a_look_at_the_command_line_shows_what_a_release_would_say(cast: Cast) -> None:
    held(cast, "2024-01-10", "police", items=6)
    raise_(cast, WORDS, "2024-02-01")
    looked = reading.at_the_command_line(
        scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE, now=timezone.now()
    )  # fmt: skip
    out = document(cast, released(cast, "2024Q1"))
    told = {code: (line.value, line.until, line.base_count) for code, line in lines(out).items()}
    assert {code: (line.value, line.until, line.base_count) for code, line in lines(looked).items()} == told
    assert looked.issues == out.issues != ()
    several = reading.at_the_command_line(
        scopes.of_table("NIA"), parse("2023-2024"), Audience.COMMITTEE, now=timezone.now()
    )  # fmt: skip
    assert (several.meetings, several.issues) == (None, None), "a sum of releases has no meetings of its own"


def test_the_statistics_role_alone_counts_between_two_days(cast: Cast) -> None:
    days = (date(2024, 1, 1), date(2024, 3, 31))
    held(cast, "2024-01-10", "police", items=6)
    assert meetings.decide(cast.nia.pk, parse("2024Q1"))["held"] == 1
    assert raised.between(cast.nia.pk, *days) == []
    for key in ("manager", "facilitator", "administrator", "police_rep"):
        for function in ("reports_meetings_between", "reports_issues_between"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                acting_as(cast.people[key]),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT * FROM {function}(%s, %s, %s)", [cast.nia.pk, *days])
