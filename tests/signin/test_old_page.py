"""What does a page say that is older than the sign-in? Its token is no longer good; what was typed is not lost."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders
from tests.cast import Cast
from tests.entry import change, enter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WORDS = "slept outside twice this week"


@pytest.mark.parametrize(("site", "kept"), [("same-origin", True), ("cross-site", False), ("", False)])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "before the last sign-in"), ("fr", "avant la dernière ouverture de session")]
)
def test_it_says_so_and_gives_back_what_was_typed_on_a_page_of_ours(
    cast: Cast, site: str, kept: bool, language: str, said: str
) -> None:
    walk, client = builders.draft(cast), Client(enforce_csrf_checks=True)
    enter(client, cast.shelter_rep)
    client.cookies["django_language"] = language
    path = reverse("draft_section", args=[walk.id, "summary"])
    answer = client.post(path, {"summary": WORDS}, headers={"Sec-Fetch-Site": site} if site else {})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert (said in page) is kept
    assert ('<form class="kept"' in page) is kept
    assert (WORDS in page) is kept
    assert WORDS not in client.get(path).content.decode(), "nothing was saved"


@pytest.mark.parametrize("state", ["locked_at", "presenting_since"])
def test_it_shows_nothing_that_was_typed_on_a_locked_or_a_shared_screen(cast: Cast, state: str) -> None:
    walk, client = builders.draft(cast), Client(enforce_csrf_checks=True)
    enter(client, cast.shelter_rep)
    path, heads = reverse("draft_section", args=[walk.id, "summary"]), {"Sec-Fetch-Site": "same-origin"}
    assert WORDS in client.post(path, {"summary": WORDS}, headers=heads).content.decode()
    change(client, cast.shelter_rep, **{state: timezone.now()})
    answer = client.post(path, {"summary": WORDS}, headers=heads)
    assert answer.status_code == 403
    shown = re.sub(r'<input type="hidden"[^>]*>', "", answer.content.decode())
    assert WORDS not in shown


def test_nobody_signed_in_is_told_the_same_and_shown_no_way_in() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "a", "password": "b c"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'href="/"' in page
    assert "b c" not in page
