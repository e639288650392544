"""Does a first page say what of the figures waits for exactly this person, and does each number open its rows?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from privacy.context import acting_as
from reports.exporting import entering, exports
from reports.models import Release
from reports.release_model import ReleaseState
from reports.releases import rights, verbs
from tests import builders
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, text
from tests.pages.test_home import counted, listed, points, rows_at
from tests.releases.test_releases import draft

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
EVERYBODY = ("manager", "facilitator", "recorder", "privacy_officer", "administrator", "police_rep", "shelter_lead")


def home(cast: Cast, key: str) -> str:
    return text(Browser(cast.people[key]).get("home"))


def rows(page: str, anchor: str) -> int:
    return listed(page, anchor) if f'id="{anchor}"' in page else 0


def test_the_recorder_reads_how_many_sheets_of_a_year_wait_and_each_number_opens_them(
    cast: Cast, tmp_path: Path
) -> None:
    past(tmp_path, a_year(2024, 1), cast)
    meeting = builders.sitting_meeting(cast)
    for ended in (builders.concluded, builders.rejected, builders.withdrawn):
        ended(cast, meeting)
    builders.presented(cast, meeting)
    browser = Browser(cast.recorder)
    page = home(cast, "recorder")
    due = {words: url for words, url in points(page).items() if " to enter" in words}
    assert len(due) == rows(page, "sheets") == 2
    assert counted(page)["sheets"] == sum(int(words.split(" ")[0]) for words in due)
    for words, url in due.items():
        assert rows_at(browser, url) == int(words.split(" ")[0]) > 0, words
    this_year = next(words for words in due if "2024" not in words)
    assert this_year.startswith("3 ")
    with acting_as(cast.recorder):
        one = entering.of_period(cast.nia, this_year.split(" ")[3], by=cast.recorder)[0][0].record
        assert entering.enter(one, version=one.version, by=cast.recorder)
    assert "2 sheets of " in home(cast, "recorder")
    for key in EVERYBODY:
        assert (rows(home(cast, key), "sheets") > 0) == (key == "recorder"), key


def test_a_sheet_the_recorder_stepped_away_from_is_not_counted(cast: Cast) -> None:
    walk = builders.presented(cast)
    walk.act("recorder", "recuse")
    walk.act("shelter_rep", "withdraw")
    assert rows(home(cast, "recorder"), "sheets") == 0


def test_a_file_waits_for_every_second_person_and_for_nobody_once_it_is_approved(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2024, 1), cast)
    with acting_as(cast.recorder):
        made = exports.prepare(table=cast.nia, period="2024Q1", by=cast.recorder).export
    for key in EVERYBODY:
        page = home(cast, key)
        with acting_as(cast.people[key]):
            may = bool(exports.may_approve(made, cast.people[key]))
        assert rows(page, "exports") == may, key
        if may:
            read = text(Browser(cast.people[key]).get("export", made.pk))
            assert "January to March 2024" in read, key
            assert "2024Q1" not in read, key
            url = reverse("export", args=[made.pk])
            assert url in page, key
            assert reverse("export_approve", args=[made.pk]) in text(Browser(cast.people[key]).get("export", made.pk))
    with acting_as(cast.manager):
        exports.approve(made.pk, by=cast.manager)
    assert [key for key in EVERYBODY if rows(home(cast, key), "exports")] == []


def test_a_release_waits_for_whoever_may_take_its_next_step(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    made = draft(cast)
    prepares = {"manager", "facilitator", "recorder", "privacy_officer"}
    for step, by, verb in (
        ("check", "facilitator", verbs.check), ("sign", "manager", verbs.sign), ("publish", "recorder", verbs.publish),
    ):  # fmt: skip
        for key in EVERYBODY:
            page, who = home(cast, key), cast.people[key]
            with acting_as(who):
                row = Release.objects.filter(pk=made.pk).first()
                signs = row is not None and rights.may_sign(row, who)
            may = signs if step == "sign" else key in prepares
            assert rows(page, "releases-due") == may, (step, key)
            if may:
                assert f"<span>{cast.nia.name}</span>" in page, "a table is called by its name"
                assert counted(page)["releases-due"] == 1, "where lists stand above it, the top of the page tells of it"
                assert reverse("release", args=[made.pk]) in page
                shown = text(Browser(who).get("release", made.pk))
                assert reverse("release_step", args=[made.pk, step]) in shown, (step, key)
        with acting_as(cast.people[by]):
            verb(made.pk, by=cast.people[by])
    with acting_as(cast.manager):
        assert Release.objects.get(pk=made.pk).state == ReleaseState.RELEASED
    assert [key for key in EVERYBODY if rows(home(cast, key), "releases-due")] == []
    assert len(re.findall(reverse("release", args=[made.pk]), home(cast, "manager"))) == 1
