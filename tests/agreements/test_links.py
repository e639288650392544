"""Does every link of the papers page lead to a page? Also for an agency that signed before belonging was kept."""

from __future__ import annotations

import re

import pytest

from agencies.models import Belonging
from tests.cast import Cast
from tests.pages.browsing import Browser, text


@pytest.mark.django_db
def test_every_link_of_the_papers_page_leads_to_a_page(cast: Cast) -> None:
    assert not Belonging.objects.filter(table=cast.nia, agency=cast.agencies["school"]).exists()
    browser = Browser(cast.administrator)
    links = set(re.findall(r'href="(/papers/[^"]+)"', text(browser.get("papers", query="?table=NIA"))))
    assert len([x for x in links if "/on-call/" in x]) == 8
    assert {x: browser.client.get(x).status_code for x in links} == dict.fromkeys(links, 200)


@pytest.mark.django_db
def test_an_agency_of_another_table_is_not_put_on_call_here(cast: Cast) -> None:
    elsewhere = cast.agencies["elsewhere"].pk
    assert Browser(cast.administrator).get("on_call", "NIA", elsewhere).status_code == 404
