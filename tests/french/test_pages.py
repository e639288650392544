"""Does a person who chose French read French, and nothing else, on every page within reach?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache

import polib
import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import formats, translation

from privacy.vocabulary import Filter
from situations.forms import FORMS, ActForm
from tests import builders
from tests.cast import Cast
from tests.french.crawl import FrenchBrowser, readable
from tests.french.extraction import ROOT
from tests.pages.browsing import hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

#: One of each kind of page: whoever runs, brings, acts, hears, reports, keeps the ledger, may nothing.
PEOPLE = ("facilitator", "shelter_rep", "crisis_rep", "crisis_lead", "manager", "privacy_officer", "stranger")
#: Little words no French sentence has; texts and names the tests typed themselves are left out before.
_ENGLISH = re.compile(r"\b(the|of|who|and|with|your|is|are|this|what|not|has|from|nobody|its|by)\b", re.IGNORECASE)


#: A whole word; of a fixed part the second one always is.
_WORD = re.compile(r"\w+")


@cache
def _second(part: str) -> str:
    """A word that a page must have to have the part: asked first, because two thousand parts are asked of each page."""
    return str(_WORD.findall(part)[1])


def markers() -> list[str]:
    """The fixed parts, of three words or more, of every English message."""
    parts: list[str] = []
    for entry in polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po")):
        french = " ".join([entry.msgstr, *entry.msgstr_plural.values()])
        fixed = re.split(r"%\(\w+\)[sd]", f"{entry.msgid}%(x)s{entry.msgid_plural}")
        parts += [part.strip() for part in fixed if len(_WORD.findall(part)) >= 3 and part.strip() not in french]
    return parts


def english_on(page: str, cast: Cast, parts: list[str]) -> list[str]:
    """What of a page is English, other than names (one in both languages) and the summary the builders typed."""
    names = [p.name for p in cast.people.values()] + [a.name_en for a in cast.agencies.values()]
    for typed in sorted([*names, builders.CANARY_SUMMARY], key=len, reverse=True):
        page = page.replace(typed, " ")
    words = set(_WORD.findall(page))
    found = [part for part in parts if _second(part) in words and part in page]
    return found + [line.strip() for line in page.splitlines() if _ENGLISH.search(line)]


@pytest.fixture(scope="module")
def english() -> list[str]:
    parts = markers()
    assert len(parts) > 500
    return parts


def test_no_page_within_reach_of_anybody_says_a_word_of_english(cast: Cast, english: list[str]) -> None:
    meeting = builders.sitting_meeting(cast)
    walks = [walk_to(cast, meeting) for walk_to in builders.TO_STATE.values()]
    wrong, opened = {}, set()
    for key in PEOPLE:
        pages = FrenchBrowser(cast.people[key]).crawl()
        opened |= set(pages)
        for address, page in pages.items():
            if lines := english_on(page, cast, english):
                wrong[key, address] = lines
    assert wrong == {}
    assert [w.id for w in walks if not any(str(w.id) in address for address in opened)] == []
    assert len({address.split("/do/")[1] for address in opened if "/do/" in address}) > 25


def test_what_is_said_about_a_mistake_is_french(cast: Cast, english: list[str]) -> None:
    meeting = builders.sitting_meeting(cast)
    asking = {name for name, form in FORMS.items() if form.base_fields.keys() - ActForm.base_fields.keys()}
    asked: set[str] = set()
    for walk in (
        builders.chosen(cast, meeting),
        builders.disclosed(cast, meeting),
        builders.intervening(cast, meeting),
    ):
        for key in ("facilitator", "shelter_rep", "crisis_rep"):
            browser = FrenchBrowser(cast.people[key])
            for act in sorted(asking - asked):
                page = browser.get("act", walk.id, act)
                if page.status_code != 200:
                    continue
                answer = browser.post("act", walk.id, act, **hidden(page))
                assert answer.status_code == 200, act
                assert "govuk-error-summary" in text(answer), act
                assert english_on(readable(text(answer)), cast, english) == [], act
                asked.add(act)
    assert len(asked) >= 10


@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/"])
def test_doors_and_dead_ends_are_french_for_whoever_asks_for_it(cast: Cast, address: str, english: list[str]) -> None:
    browser = FrenchBrowser(cast.stranger)
    browser.client.logout()
    answer = browser.client.get(address, headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.8"})
    page = readable(text(answer))  # type: ignore[arg-type]  # the client's own type
    assert english_on(page, cast, english) == []
    assert re.search(r"\b(session|ici)\b", page)


def test_the_crawl_would_see_english(cast: Cast, english: list[str]) -> None:
    browser = FrenchBrowser(cast.facilitator)
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    found = english_on(readable(text(browser.open("/"))), cast, english)
    assert "Skip to main content" in found
    assert len(found) > 10


def test_days_hours_and_numbers_are_written_as_in_french_canada() -> None:
    moment = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    space = "\N{NO-BREAK SPACE}"
    with translation.override("fr-ca"):
        assert formats.date_format(date(2026, 11, 26)) == "26 novembre 2026"
        assert formats.date_format(moment, "WEEKDAY_AND_HOUR") == f"jeudi 26 novembre à 14{space}h{space}30"
        assert formats.date_format(moment, "SHORT_DAY") == "26 nov."
        assert formats.number_format(1234.5, 1, force_grouping=True) == f"1{space}234,5"
        assert formats.get_format("DATE_INPUT_FORMATS") == ["%Y-%m-%d"]
        assert str(Filter.F2.label) == "Filtre 2 – sans éléments identificatoires"
    with translation.override("en"):
        assert formats.date_format(moment, "WEEKDAY_AND_HOUR") == "Thursday 26 November, 14:30"
        assert formats.get_format("DATE_INPUT_FORMATS") == ["%Y-%m-%d"]


def test_the_first_of_a_month_is_an_ordinal_in_french_only_and_on_that_day_only() -> None:
    first = datetime(2026, 12, 1, 14, 30, tzinfo=UTC)
    names = ("DATE_FORMAT", "DATETIME_FORMAT", "DAY_AND_HOUR", "SHORT_DAY", "WEEKDAY_AND_HOUR", "WHOLE_DAY_AND_HOUR")
    for language in ("fr", "fr-ca"):
        with translation.override(language):
            for name in (*names, "l j F", "j F Y"):
                assert "1er déc" in formats.date_format(first, name), name
            assert formats.date_format(date(2026, 12, 11)) == "11 décembre 2026"
            assert formats.date_format(first, "HOUR").startswith("14")
            assert Template("{{ day|date:'j F' }}").render(Context({"day": first})) == "1er décembre"
    with translation.override("en"):
        assert formats.date_format(first, "WEEKDAY_AND_HOUR") == "Tuesday 1 December, 14:30"


@pytest.mark.parametrize("typed", ["09:30", "9:30", "9 h 30", "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30", "9h30"])
def test_an_hour_is_typed_as_french_writes_it_too(typed: str) -> None:
    with translation.override("fr"):
        assert forms.TimeField().clean(typed) == time(9, 30)
