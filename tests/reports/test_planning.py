"""Do released figures become a plan: risks by rank and area, missing services with an owner, systemic issues?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from agencies.models import Sector
from privacy.context import acting_as
from reports.models import AreaOfRisk, Matter
from reports.planning import issues, risks
from reports.planning_model import Area
from situations import issues as at_meetings
from situations import meetings
from situations.vocabulary import IssueKind
from tests import builders
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, hidden, text
from tests.releases.test_releases import released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "There is no bed for a couple with a dog."


def gap(cast: Cast, **changes: str) -> dict[str, str]:
    said = {
        "words": WORDS, "area": "social", "service": "shelter", "why": "unavailable",
        "owner": str(cast.agencies["housing"].pk), "raised_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    return {f"gap-{name}": value for name, value in (said | changes).items()}


def send(browser: Browser, kind: str, **said: str) -> Any:
    return browser.post("planning_add", kind, table="NIA", **said)


def test_risks_are_ranked_from_a_release_and_a_manager_moves_them_to_another_area(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2023, 3) + a_year(2024, 3), cast)
    manager = Browser(cast.manager)
    assert "No risk can be ranked yet" in text(manager.get("planning"))
    for period in ("2023", "2024"):
        released(cast, period)
    with acting_as(cast.manager):
        found = risks.ranked(cast.nia, risks.document_of(risks.newest(cast.nia)))
    assert [(r.rank, r.category) for r in found] == [(1, "alcohol"), (2, "drugs")]
    assert (found[0].count, found[0].before, found[0].area) == (58, 58, Area.PREVENTION)
    assert found[1].before is not None
    assert send(manager, "area", **{"area-category": "alcohol", "area-area": "response"}).status_code == 302
    page = text(manager.get("planning"))
    assert page.index("Incident response</h3>") < page.index(">1. Alcohol<")
    assert "as many" in page
    assert set(dict(risks.categories())) == set(risks.shipped()), "every risk has an area"


def test_a_missing_service_has_a_reason_an_owner_and_a_state(cast: Cast) -> None:
    recorder = Browser(cast.recorder)
    assert send(recorder, "gap", **gap(cast)).status_code == 302
    with acting_as(cast.recorder):
        matter = Matter.objects.get()
    opened = recorder.get("planning")
    page = text(opened)
    for words in (WORDS, "Unavailable here", "Nia River Housing", "Raised"):
        assert words in page
    moved = hidden(opened, f"m{matter.pk}-") | {
        f"m{matter.pk}-owner": "", f"m{matter.pk}-status": "settled", "table": "NIA",
    }  # fmt: skip
    assert recorder.post("planning_move", matter.pk, **moved).status_code == 302
    page = text(recorder.get("planning"))
    assert "Settled" in page
    assert "Nobody’s yet" in page
    issue = {k.replace("gap-", "systemic-"): v for k, v in gap(cast).items()}
    assert send(recorder, "systemic", **issue).status_code == 302
    with acting_as(cast.recorder):
        assert Matter.objects.filter(kind="systemic", service="", why="").count() == 1
    assert send(recorder, "nothing", **gap(cast)).status_code == 404


def test_words_about_somebody_are_not_written_down(cast: Cast) -> None:
    answer = send(Browser(cast.facilitator), "gap", **gap(cast, words="Margaret Doyle, 613-555-0142, found no bed."))
    assert "It was not written down" in text(answer)
    with acting_as(cast.facilitator):
        assert not Matter.objects.exists()


def test_who_reads_only_finds_no_form_and_a_stranger_no_page(cast: Cast) -> None:
    send(Browser(cast.recorder), "gap", **gap(cast))
    with acting_as(cast.recorder):
        matter = Matter.objects.get()
    officer = Browser(cast.privacy_officer)
    page = text(officer.get("planning"))
    assert WORDS in page
    assert "Write down a missing service" not in page
    for key in ("privacy_officer", "police_rep", "administrator", "other_table"):
        browser = Browser(cast.people[key])
        assert send(browser, "gap", **gap(cast)).status_code == 404, key
        assert browser.post("planning_move", matter.pk, table="NIA").status_code == 404, key
        if key != "privacy_officer":
            assert browser.get("planning", query="?table=NIA").status_code == 404, key
            with acting_as(cast.people[key]):
                assert not Matter.objects.exists(), key
    assert send(Browser(cast.recorder), "area", **{"area-category": "alcohol"}).status_code == 404
    with acting_as(cast.recorder), pytest.raises(DatabaseError), transaction.atomic():
        AreaOfRisk.objects.create(table=cast.nia, category="alcohol", area="social", set_by=cast.recorder)


def named(cast: Cast, kind: IssueKind = IssueKind.WAITING, sector: str = "housing") -> None:
    """The sitting table names an issue."""
    meeting = builders.sitting_meeting(cast)
    with acting_as(cast.facilitator):
        at_meetings.name(meeting, kind=kind, sector=Sector.objects.get(code=sector), by=cast.facilitator)


def take_up(browser: Browser, **said: str) -> Any:
    fields = {f"i-waiting-housing-{name}": value for name, value in said.items()}
    return browser.post("planning_take_up", "waiting", "housing", table="NIA", **fields)


def test_what_meetings_named_is_on_the_page_by_kind_and_sector_without_being_typed_again(cast: Cast) -> None:
    named(cast)
    for key in ("manager", "facilitator", "recorder", "privacy_officer"):
        page = text(Browser(cast.people[key]).get("planning"))
        assert "Housing: The wait is too long" in page, key
        for words in ("Named 1 time", "Before 1 meeting", "Open at the table"):
            assert words in page, (key, words)
        assert ("Take it up" in page) == (key == "manager"), key


def test_an_issue_closed_and_named_again_is_the_same_one_more_often(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    sector = Sector.objects.get(code="housing")
    with acting_as(cast.facilitator):
        first = at_meetings.name(meeting, kind=IssueKind.WAITING, sector=sector, by=cast.facilitator)
        at_meetings.close(first, meeting, by=cast.facilitator)
    with acting_as(cast.manager):
        (closed,) = issues.raised(cast.nia)
    assert (closed.raised, closed.meetings, closed.open) == (1, 1, False)
    with acting_as(cast.facilitator):
        meetings.end(meeting, by=cast.facilitator)
    later = builders.sitting_meeting(cast)
    with acting_as(cast.facilitator):
        at_meetings.name(later, kind=IssueKind.WAITING, sector=sector, by=cast.facilitator)
        at_meetings.name(later, kind=IssueKind.COST, sector=sector, by=cast.facilitator)
    with acting_as(cast.manager):
        found = {issue.kind: issue for issue in issues.raised(cast.nia)}
    waiting = found[IssueKind.WAITING]
    assert (waiting.raised, waiting.meetings, waiting.open) == (2, 2, True)
    assert (found[IssueKind.COST].raised, found[IssueKind.COST].meetings) == (1, 1)


def test_a_manager_takes_an_issue_up_once_in_one_press_with_owner_and_state(cast: Cast) -> None:
    named(cast)
    manager, owner = Browser(cast.manager), str(cast.agencies["housing"].pk)
    assert take_up(manager, area="prevention", owner=owner, status="in-hand").status_code == 302
    assert take_up(manager, area="social", owner="", status="settled").status_code == 302, "a second press"
    with acting_as(cast.manager):
        matter = Matter.objects.get()
    assert (matter.kind, matter.words, matter.status) == ("systemic", "", "in-hand")
    assert (matter.owner, matter.area) == (cast.agencies["housing"], "prevention")
    page = text(manager.get("planning"))
    assert f'<a href="#m{matter.pk}">Housing: The wait is too long</a>' in page
    assert f'id="m{matter.pk}"' in page
    assert "Named at the table’s meetings" in page.split(f'id="m{matter.pk}"', 1)[1]
    assert "Take it up" not in page
    moved = hidden(manager.get("planning"), f"m{matter.pk}-") | {
        f"m{matter.pk}-owner": "", f"m{matter.pk}-status": "settled", "table": "NIA",
    }  # fmt: skip
    assert Browser(cast.recorder).post("planning_move", matter.pk, **moved).status_code == 302
    assert page.count("Settled") < text(manager.get("planning")).count("Settled")


def test_nobody_else_takes_an_issue_up_or_counts_one(cast: Cast) -> None:
    named(cast)
    for key in ("facilitator", "recorder", "privacy_officer", "police_rep", "administrator", "other_table"):
        assert take_up(Browser(cast.people[key]), area="social", status="in-hand").status_code == 404, key
    for key in ("police_rep", "administrator", "shelter_lead", "other_table", "stranger"):
        with acting_as(cast.people[key]):
            assert issues.raised(cast.nia) == [], key
    manager = Browser(cast.manager)
    assert manager.post("planning_take_up", "cost", "housing", table="NIA").status_code == 404, "was never named"
    assert "It was not written down" in text(take_up(manager, area="nowhere", status="in-hand"))
    with acting_as(cast.manager), pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.create(
            table=cast.nia, kind="systemic", area="social", raised_on=timezone.localdate(), raised_by=cast.manager
        )
