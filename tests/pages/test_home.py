"""Does the first page count exactly what it lists, for the person who enters, and nothing of others?"""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Standing
from agencies.vocabulary import SEATED_ROLES
from privacy.context import acting_as
from situations import meetings
from situations.vocabulary import State
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_FIGURE = re.compile(r'<a href="#([a-z-]+)"><span class="n">(\d+)</span>')
_ROW = re.compile(r'<article class="row">\s*<h[23]>(?:<a href="([^"]*)">)?([^<]*)')


def counted(page: str) -> dict[str, int]:
    """The figures on top, by the list they lead to."""
    return {anchor: int(n) for anchor, n in _FIGURE.findall(page)}


def listed(page: str, anchor: str) -> int:
    """How many rows the list of that name holds."""
    part = re.search(rf'id="{anchor}">(.*?)</section>', page, re.S)
    assert part is not None, anchor
    return part.group(1).count('class="row"')


def points(page: str) -> dict[str, str]:
    """Every row of the page that speaks of a number: its words, and where it leads ('' for a count)."""
    return {title: html.unescape(url) for url, title in _ROW.findall(page)}


def rows_at(browser: Browser, url: str) -> int:
    """How many rows or entries the list behind a number shows."""
    answer = text(browser.client.get(url))  # type: ignore[arg-type]  # the client's own type
    body = answer.split("<tbody>", 1)[1] if "<tbody>" in answer else ""
    return answer.count('class="row"') + body.count("<tr>")


@pytest.mark.parametrize("state", [State.DRAFT, State.CHOOSING, State.LIMITED, State.INTERVENING, State.CONCLUDED])
def test_each_figure_opens_exactly_its_rows(cast: Cast, state: State) -> None:
    builders.TO_STATE[state](cast)
    for key in (
        "shelter_rep", "crisis_rep", "crisis_lead", "housing_rep", "school_rep", "facilitator", "recorder", "manager",
    ):  # fmt: skip
        page = text(Browser(cast.people[key]).get("home"))
        assert counted(page), key
        assert {anchor: listed(page, anchor) for anchor in counted(page)} == counted(page), key


def test_each_number_in_words_opens_as_many_rows_or_says_that_it_is_a_count(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for state in (State.PRESENTED, State.CHOOSING, State.INTERVENING, State.CONCLUDED):
        builders.TO_STATE[state](cast)
    kept = builders.presented(cast, meeting)
    for act in ("freeze", "hold"):
        kept.act("privacy_officer", act)
    checked = {key: _numbers_checked(Browser(cast.people[key])) for key in _WHO_COUNTS}
    assert {key: n for key, n in checked.items() if n < _WHO_COUNTS[key]} == {}


#: Whose page has numbers in words, and how many at least.
_WHO_COUNTS = {"facilitator": 3, "recorder": 3, "privacy_officer": 3, "administrator": 1, "manager": 3}


def _numbers_checked(browser: Browser) -> int:
    page = text(browser.get("home"))
    checked = 0
    for words, url in points(page).items():
        number = re.search(r"(?:^|: )(\d+)\b(?!:)", words)
        if number is None or "/quarter/" in url or "/meetings/" in url:
            continue
        if not url:
            assert "This is a count" in page.split(words, 1)[1].split("</article>")[0], words
        else:
            assert rows_at(browser, url) == int(number.group(1)), (words, url)
        checked += 1
    return checked


def test_what_waits_follows_the_situation_through_the_filters(cast: Cast) -> None:
    walk = builders.accepted(cast)
    shelter = Browser(cast.shelter_rep)
    assert "Name the person who will act" in text(shelter.get("home"))
    assert "Name the person who will act" not in text(Browser(cast.school_rep).get("home"))
    walk = builders.disclosed(cast, walk.meeting)
    crisis = text(Browser(cast.crisis_rep).get("home"))
    assert "Answer a disclosure made to you" in crisis
    assert "Confirm that you lead" in crisis
    assert "Answer a disclosure" not in text(Browser(cast.crisis_colleague).get("home"))
    walk.act("crisis_rep", "answer", answer="ours")
    assert "Answer a disclosure" not in text(Browser(cast.crisis_rep).get("home"))
    walk.act("crisis_rep", "confirm_lead")
    assert "Make first contact" in text(Browser(cast.crisis_rep).get("home"))


def test_a_draft_is_counted_and_listed_for_its_own_agency_only(cast: Cast) -> None:
    walk = builders.draft(cast)
    code = walk.id.hex[:4].upper()
    assert f"Draft {code}" in text(Browser(cast.shelter_colleague).get("home"))
    for key in ("facilitator", "crisis_rep", "privacy_officer", "manager", "administrator", "other_table", "stranger"):
        for name, query in (("home", ""), ("situations", ""), ("situations", "?show=drafts")):
            assert code not in text(Browser(cast.people[key]).get(name, query=query)), key


def test_the_facilitator_reads_whether_the_meeting_can_start(cast: Cast) -> None:
    walk = builders.presented(cast)
    page = text(Browser(cast.facilitator).get("home"))
    assert "Quorum is met" in page, "it sits already"
    assert "The next meeting" not in page
    assert "New: 1" in page
    Browser(cast.facilitator).post("meeting_do", walk.meeting.pk, "end")
    with acting_as(cast.facilitator):
        meetings.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=2), by=cast.facilitator)
    page = text(Browser(cast.facilitator).get("home"))
    assert "Quorum can be reached" in page
    with acting_as(cast.facilitator):
        seated = set(Standing.objects.at(cast.nia.pk).in_roles(*SEATED_ROLES).values_list("agency_id", flat=True))
    assert cast.agencies["town"].pk in seated, "nobody of it but who runs the meeting"
    said = f"{len(seated)} agencies hold a seat in good standing"
    assert said in page
    assert said in text(Browser(cast.manager).get("home"))
    assert "The next meeting" in page


def test_who_comes_to_a_meeting_that_sits_is_led_to_the_item_on_the_table(cast: Cast) -> None:
    walk = builders.presented(cast)
    assert f'href="/meetings/{walk.meeting.pk}/now/"' in text(Browser(cast.school_rep).get("home"))
    Browser(cast.facilitator).post("meeting_do", walk.meeting.pk, "end")
    assert f'href="/meetings/{walk.meeting.pk}/now/"' not in text(Browser(cast.school_rep).get("home"))


def test_one_that_waits_is_spoken_of_as_one(cast: Cast) -> None:
    builders.draft(cast)
    page = text(Browser(cast.shelter_rep).get("home"))
    assert "draft of my agency" in page
    assert "drafts of my agency" not in page
    builders.draft(cast)
    assert "drafts of my agency" in text(Browser(cast.shelter_rep).get("home"))


def test_who_stepped_away_is_not_told_of_it_in_numbers_either(cast: Cast) -> None:
    walk = builders.presented(cast)
    assert "New: 1" in text(Browser(cast.facilitator).get("home"))
    walk.act("facilitator", "recuse")
    page = text(Browser(cast.facilitator).get("home"))
    assert "New: 0" in page
    assert "0 situations are open" in page


def test_what_the_meeting_dealt_with_waits_for_it_no_more(cast: Cast) -> None:
    waits = builders.presented(cast)
    for state in (State.REJECTED, State.WITHDRAWN, State.LIMITED, State.INTERVENING, State.CONCLUDED):
        builders.TO_STATE[state](cast, waits.meeting)
    page = text(Browser(cast.facilitator).get("home"))
    assert "New: 1" in page
    rows = text(Browser(cast.facilitator).get("situations", query="?table=NIA&show=new"))
    assert rows.count('class="row"') == 1
    assert waits.situation().number in rows


def test_who_leads_is_not_asked_whether_it_is_theirs(cast: Cast) -> None:
    """The answer could only end the access of the one who has said it will act."""
    builders.intervening(cast)
    assert "Answer a disclosure" not in text(Browser(cast.crisis_rep).get("home"))
    assert "Answer a disclosure" in text(Browser(cast.housing_rep).get("home"))


def test_what_several_rows_say_is_said_once(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for _n in range(2):
        builders.disclosed(cast, meeting)
    page = text(Browser(cast.housing_rep).get("home"))
    assert page.count("Answer a disclosure") == 2
    assert page.count("“Not ours” ends your access at once") == 1


def test_a_task_of_a_frozen_item_says_so_and_leads_to_no_form(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    form = f"/situations/{walk.id}/do/answer/"
    assert form in text(Browser(cast.housing_rep).get("home"))
    walk.act("privacy_officer", "freeze")
    page = text(Browser(cast.housing_rep).get("home"))
    assert form not in page
    assert "Answer a disclosure" in page
    assert "The privacy officer has frozen this item." in page


def test_a_list_of_the_privacy_officer_is_no_list_for_others(cast: Cast) -> None:
    builders.presented(cast)
    for show in ("held", "frozen", "due"):
        assert 'aria-current="page">Open' in text(Browser(cast.crisis_rep).get("situations", query=f"?show={show}"))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("manager", "never a situation"),
        ("administrator", "never a situation"),
        ("privacy_officer", "Open the ledger"),
        ("stranger", "There is nothing for you to do here."),
    ],
)
def test_everybody_else_reads_what_they_may_do(cast: Cast, key: str, words: str) -> None:
    assert words in text(Browser(cast.people[key]).get("home"))


def test_the_number_of_queries_does_not_follow_the_number_of_rows(cast: Cast) -> None:
    people = ("crisis_rep", "crisis_lead", "facilitator", "recorder", "privacy_officer", "manager", "administrator")

    def asked() -> dict[str, int]:
        found = {}
        for key in people:
            browser = Browser(cast.people[key])
            with CaptureQueriesContext(connection) as queries:
                assert browser.get("home").status_code == 200
            found[key] = len(queries)
        return found

    meeting = builders.sitting_meeting(cast)
    for _n in range(2):
        builders.disclosed(cast, meeting)
        builders.intervening(cast, meeting)
    first = asked()
    for _n in range(2):
        builders.disclosed(cast, meeting)
        builders.intervening(cast, meeting)
    assert asked() == first


def test_the_foot_of_every_page_names_the_table(cast: Cast) -> None:
    page = text(Browser(cast.shelter_rep).get("home"))
    assert "<span>Situation table, Nia River</span>" in page
    assert " at 0x" not in page


def test_a_printed_page_says_by_whom_and_that_it_is_confidential(cast: Cast) -> None:
    page = text(Browser(cast.crisis_rep).get("home"))
    line = re.search(r'<p class="print-only[^>]*>(.*?)</p>', page, re.S)
    assert line is not None
    assert cast.crisis_rep.name in line.group(1)
    assert "Confidential" in line.group(1)
    assert "print-only" not in Client().get("/sign-in/").content.decode(), "nobody printed it"


def test_while_a_meeting_sits_only_the_meeting_stands_before_what_is_to_do(cast: Cast) -> None:
    """In the order of the page, which is the order of a telephone and of a screen reader."""
    builders.discussed(cast)
    for key in ("crisis_rep", "facilitator"):
        main = text(Browser(cast.people[key]).get("home")).split("<main", 1)[1]
        first = main.index('<section class="list"')
        assert main.index("The meeting is sitting") < first, key
        assert main.count('<section class="aside">') > 1, key
        assert main[:first].count('<section class="aside">') == 1, key


def test_what_is_due_stands_by_time_whatever_its_kind(cast: Cast) -> None:
    walk = builders.intervening(cast)
    walk.act(
        "crisis_rep", "plan", words=builders.CANARY_PLAN, due_on=timezone.localdate(), grounds=builders.CANARY_GROUNDS
    )
    page = text(Browser(cast.crisis_rep).get("home"))
    assert page.index("Do action 2 of the plan") < page.index("Make first contact")
