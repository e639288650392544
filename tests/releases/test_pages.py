"""Can a manager get from figures to a signed-off release by pages, and can nobody else?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from agencies.models import Member
from reports.release_model import Release, ReleaseState
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def browser(member: Member) -> Client:
    return Browser(member).client


def step(client: Client, address: str, name: str) -> str:
    answer = client.post(f"{address}{name}/", follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_a_quarter_is_prepared_checked_signed_off_and_released_by_two_persons(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    manager, officer = browser(cast.manager), browser(cast.privacy_officer)
    page = manager.get(reverse("releases"))
    assert "Prepare" in page.content.decode()
    sent = manager.post(reverse("releases"), {"scope": "NIA", "period": "2024Q1", "audience": "committee"})
    assert sent.status_code == 302, sent.content.decode()
    address = sent["Location"]
    draft = manager.get(address).content.decode()
    assert "not released" in draft
    assert draft.index("/check/") < draft.index("/file/pdf/"), "the step that waits stands before the files"
    assert "<svg" in draft
    assert "second person" in step(manager, address, "check")
    step(officer, address, "sign")
    out = step(officer, address, "publish")
    assert "as number 1" in out
    listed = manager.get(reverse("releases")).content.decode()
    assert 'class="state ok"' in listed, "what is released is marked as done"
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")):
        answer = manager.get(f"{address}file/{kind}/")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
    plain = json.loads(manager.get(f"{address}file/json/").content)
    assert plain["release"] == 1
    for row in plain["totals"]:
        assert row["label"] in out
    assert manager.get(f"{address}file/exe/").status_code == 404


def test_a_year_for_the_public_is_read_by_everybody_once_it_is_out_and_a_draft_by_nobody(
    cast: Cast, tmp_path: Path
) -> None:
    past(tmp_path, a_year(), cast)
    manager, stranger = browser(cast.manager), browser(cast.police_rep)
    sent = manager.post(reverse("releases"), {"scope": "NIA", "period": "2024", "audience": "public"})
    address = sent["Location"]
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}check/").status_code == 404
    step(manager, address, "check")
    officer = browser(cast.privacy_officer)
    step(officer, address, "sign")
    step(officer, address, "publish")
    assert stranger.get(address).status_code == 200
    assert stranger.get(f"{address}file/csv/").status_code == 200
    assert stranger.post(f"{address}again/").status_code == 404


def test_what_is_not_made_is_said_beside_the_form(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    manager = browser(cast.manager)
    for sent in ({"scope": "NIA", "period": "2024Q1", "audience": "public"},
                 {"scope": "province", "period": "2024", "audience": "committee"}):  # fmt: skip
        answer = manager.post(reverse("releases"), sent)
        assert answer.status_code == 200
        assert "cannot be prepared" in answer.content.decode()
    assert not Release.objects.exclude(state=ReleaseState.PLANNED).exists()


def test_before_a_period_has_ended_the_page_says_when_the_first_one_does(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        manager = browser(cast.manager)
        page = manager.get(reverse("releases")).content.decode()
        assert "The first figures can be prepared from 1 January 2027 on." in page
        assert 'name="period"' not in page
        assert manager.post(reverse("releases"), {"scope": "NIA", "period": "2026Q4"}).status_code == 404
