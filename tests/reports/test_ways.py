"""Does everybody find the pages about a table's work that open for them, and nobody a link that does not open?"""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from agencies.models import Standing
from reports.committee import PAGES
from reports.releases.rights import PREPARES
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NAMES = tuple(name for name, _label, _whose in PAGES)
ROLES = (
    "manager", "facilitator", "recorder", "privacy_officer", "administrator", "police_rep", "shelter_lead",
    "shelter_privacy", "other_table", "stranger",
)  # fmt: skip
READERS = ("manager", "facilitator", "recorder", "privacy_officer", "administrator")


def opens(browser: Browser, name: str) -> bool:
    """Whether a page opens for somebody. The list of releases opens for everybody: it is a way for who prepares one."""
    if name == "releases":
        return Standing.objects.of(browser.member).in_roles(*PREPARES).exists()
    return browser.get(name).status_code == 200


def ways(page: str) -> set[str]:
    """The pages about a table's work to which a page leads."""
    to = {html.unescape(url).split("?")[0] for url in re.findall(r'href="([^"]+)"', page)}
    return {name for name in NAMES if reverse(name) in to}


@pytest.mark.parametrize("key", ROLES)
def test_the_first_page_leads_to_exactly_the_pages_that_open(cast: Cast, key: str) -> None:
    browser = Browser(cast.people[key])
    opened = {name for name in NAMES if opens(browser, name)}
    assert ways(text(browser.get("home"))) == opened
    assert bool(opened) == (key in READERS)


@pytest.mark.parametrize("here", NAMES)
@pytest.mark.parametrize("key", READERS)
def test_each_of_these_pages_leads_to_exactly_the_others_that_open(cast: Cast, key: str, here: str) -> None:
    browser = Browser(cast.people[key])
    if not opens(browser, here):
        return
    page = text(browser.get(here)).split("<main", 1)[1]
    beside = page.split("About this table’s work", 1)[1] if "About this table’s work" in page else ""
    assert ways(beside) == {name for name in NAMES if name != here and opens(browser, name)}


@pytest.mark.parametrize("here", NAMES)
@pytest.mark.parametrize("key", READERS)
def test_the_header_says_where_one_is(cast: Cast, key: str, here: str) -> None:
    browser = Browser(cast.people[key])
    if opens(browser, here):
        header = text(browser.get(here)).split("<main", 1)[0]
        assert len(set(re.findall(r'<a[^>]*href="([^"]+)"[^>]*aria-current="page"', header))) == 1
