"""Do the pages work for the people who use them? Status, content, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Member
from situations.vocabulary import State
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def signed_in(client: Client, settings: object) -> Callable[[Member], Client]:
    """A browser in which this member is signed in."""

    def sign_in(member: Member) -> Client:
        browser = Client()
        browser.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return sign_in


@pytest.mark.parametrize("state", list(builders.TO_STATE))
def test_everybody_gets_a_page_or_nothing_at_every_stage(
    cast: Cast, signed_in: Callable[[Member], Client], state: State
) -> None:
    walk = builders.TO_STATE[state](cast)
    for key, member in cast.people.items():
        browser = signed_in(member)
        answer = browser.get(reverse("situation", args=[walk.id]), secure=True)
        assert answer.status_code in (200, 404), key
        for name in ("home", "situations", "meetings", "sharing"):
            assert browser.get(reverse(name), secure=True).status_code == 200, (key, name)
