"""Is the list of sectors kept as the code lists are: by versions, in two steps, by administrators only?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.formats import date_format

from agencies import sector_editor
from agencies.forms.register import AgencyForm
from agencies.models import Agency, Sector
from agencies.refusal import NotPossible
from agencies.sector_editor import SectorWords
from privacy.context import acting_as
from reports.exporting.labels import Labels
from reports.pack import tables
from situation_table.sweeps import SWEEPS
from situations import issues
from situations.vocabulary import IssueKind
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)
_NOON = datetime.combine(LATER, time(17), tzinfo=UTC)
#: No agency of the cast belongs to it.
_FREE = "indigenous-services"
_PAGES: tuple[tuple[Any, ...], ...] = (
    ("sectors",), ("sector_add",), ("sector", _FREE), ("sector_change", _FREE, "new-version"),
    ("sector_change", _FREE, "retire"),
)  # fmt: skip
_WORDS = SectorWords(
    label_en="Town and county", label_fr="Ville et comté", provenance="local", french_provenance="local translation"
)


def _newest(code: str = _FREE) -> Sector:
    return sector_editor.versions(code)[-1]


def _typed(**changes: str) -> dict[str, str]:
    return {
        "label_en": "Town and county", "label_fr": "Ville et comté", "provenance": "local",
        "french_provenance": "local translation", "start": str(LATER), "why": "Plainer words",
    } | changes  # fmt: skip


def _reword(cast: Cast, code: str, *, start: date, **words: str) -> Sector:
    said = SectorWords(**{"provenance": "local", "french_provenance": "local translation"} | words)
    with acting_as(cast.administrator):
        return sector_editor.reword(_newest(code), said, start=start, why="x", by=cast.administrator)


@pytest.mark.parametrize("page", _PAGES, ids=lambda p: p[0])
def test_only_administrators_find_anything(cast: Cast, page: tuple[Any, ...]) -> None:
    for key, member in cast.everybody.items():
        assert Browser(member).get(*page).status_code == (200 if key == "administrator" else 404), key
    for key in ("facilitator", "stranger"):
        browser = Browser(cast.people[key])
        for what in ("retire", "bring-back", "new-version"):
            assert browser.post("sector_change", _FREE, what, **_typed(step="confirm")).status_code == 404
        assert browser.post("sector_add", **_typed(step="confirm")).status_code == 404
    assert (_newest().version, _newest().retired_on) == (1, None)
    assert not Sector.objects.filter(label_en="Town and county").exists()


def test_the_sectors_are_one_of_the_code_lists_with_their_source(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    lists = text(browser.get("code_lists"))
    assert '<a href="/code-lists/sectors/">Sectors</a>' in lists
    assert "16 codes in force" in lists
    listed = browser.get("sectors")
    for words in ("Indigenous services", "Services autochtones", "Inferred", "Exact", "In force"):
        assert words in text(listed)
    assert 'aria-current="page">Code lists</a>' in text(listed), "a part of the code lists"
    found = text(browser.get("sectors", query="?words=autochtones"))
    assert "Indigenous services" in found
    assert "Housing" not in found
    with translation.override("fr"):
        browser.client.cookies["django_language"] = "fr"
        french = text(browser.get("sectors"))
    assert french.index("Éducation") < french.index("Logement"), "letters with accents stand with those without"
    assert browser.get("sector", "no-such").status_code == 404
    assert browser.get("sector_change", _FREE, "bring-back").status_code == 404
    assert browser.post("sector_change", _FREE, "delete", **_typed()).status_code == 404


def test_new_words_are_previewed_then_confirmed_and_the_old_version_stays(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    page = browser.get("sector_change", _FREE, "new-version")
    assert 'value="Services autochtones"' in text(page)
    preview = browser.post("sector_change", _FREE, "new-version", **hidden(page), **_typed(step="preview"))
    for words in (date_format(LATER), "Indigenous services", "Town and county", "Ville et comté", "the same code"):
        assert words in text(preview)
    assert _newest().version == 1
    done = browser.post("sector_change", _FREE, "new-version", **hidden(preview), step="confirm")
    assert done.headers["Location"] == f"/code-lists/sectors/-/{_FREE}/"
    assert (_newest().version, _newest().valid_from, _newest().written_by) == (2, LATER, cast.administrator)
    shown = text(browser.get("sector", _FREE))
    for words in ("Indigenous services", "Town and county", "Plainer words", "Reference file", cast.administrator.name):
        assert words in shown
    assert f"Other words from {date_format(LATER)}" in text(browser.get("sectors"))


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"label_fr": ""}, "label_fr", "Both languages are needed before it can be used."),
        ({"label_en": ""}, "label_en", "Both languages are needed before it can be used."),
        ({"examples_en": "Town hall"}, "examples_fr", "Examples stand in both languages, or in neither."),
        ({"label_fr": "police"}, "label_fr", "Another code here has these words."),
        ({"start": "2020-01-01"}, "start", "Choose today or a later day"),
        ({"why": ""}, "why", "Say why, in one line"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    cast: Cast, wrong: dict[str, str], field: str, said: str
) -> None:
    browser = Browser(cast.administrator)
    for address in (("sector_add",), ("sector_change", _FREE, "new-version")):
        refused = browser.post(*address, **_typed(examples_fr="", **{"step": "confirm"} | wrong))
        assert refused.status_code == 200
        assert said in field_error(refused, field)
        for name in {"label_en", "label_fr"} - {field}:
            assert f'value="{_typed()[name]}"' in text(refused)
    again = browser.post("sector_add", **_typed(step="edit"))
    assert 'value="Ville et comté"' in text(again)
    assert Sector.objects.filter(code=_FREE).count() == 1
    assert not Sector.objects.filter(label_en="Town and county").exists()


@pytest.mark.parametrize("what", ["new-version", "retire"])
def test_a_page_that_was_open_changes_nothing_a_colleague_changed(cast: Cast, what: str) -> None:
    late = Browser(cast.administrator)
    seen = hidden(late.get("sector_change", _FREE, what))
    _reword(cast, _FREE, label_en="Municipality", label_fr="Municipalité", start=TODAY)
    for step in ("preview", "confirm"):
        refused = late.post("sector_change", _FREE, what, **seen, **_typed(step=step))
        assert refused.status_code == 409, step
        assert "Somebody changed this code after you opened the page" in text(refused)
        assert 'value="Plainer words"' in text(refused), "what was typed is kept"
    assert (_newest().version, _newest().label_en, _newest().retired_on) == (2, "Municipality", None)


def test_a_page_that_was_open_brings_nothing_back_that_a_colleague_retired(cast: Cast) -> None:
    late = Browser(cast.administrator)
    seen = hidden(late.get("sector_change", _FREE, "new-version"))
    with acting_as(cast.administrator):
        sector_editor.retire(_newest(), on=TODAY, why="x", by=cast.administrator)
    for step in ("preview", "confirm"):
        refused = late.post("sector_change", _FREE, "new-version", **seen, **_typed(step=step))
        assert refused.status_code == 409
        assert 'value="Town and county"' in text(refused)
    assert (_newest().version, _newest().retired_on) == (1, TODAY)


def test_a_sector_is_added_in_both_languages_and_can_be_given_from_its_day(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    preview = browser.post("sector_add", **_typed(examples_en="Town hall", examples_fr="Mairie", step="preview"))
    for words in ("Town and county", "Ville et comté", "Mairie", "never changes"):
        assert words in text(preview)
    done = browser.post("sector_add", **hidden(preview), step="confirm")
    assert done.headers["Location"] == "/code-lists/sectors/-/town-and-county/"
    assert "Mairie" in text(browser.get("sector", "town-and-county"))
    assert "Town and county" not in text(browser.get("agency_add")), "not before its day"
    with time_machine.travel(_NOON):
        assert "Town and county" in text(Browser(cast.administrator).get("agency_add"))
    with acting_as(cast.administrator):
        said: dict[str, Any] = {"start": TODAY, "why": "x", "by": cast.administrator}
        sector_editor.retire(_newest("town-and-county"), on=LATER, why="x", by=cast.administrator)
        with pytest.raises(NotPossible, match="Another code here"):
            sector_editor.add(_WORDS, **said)
        again = sector_editor.add(_WORDS, **said | {"start": LATER})
    assert again.code == "town-and-county-2", "a code is never given twice"


def test_a_sector_retires_once_no_agency_has_it_and_may_come_back(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    asked = {"start": str(TODAY), "why": "Merged", "step": "preview"}
    taken = browser.post("sector_change", "police", "retire", **asked)
    assert "Agencies belong to this sector: give them another one first." in text(taken)
    preview = browser.post("sector_change", _FREE, "retire", **asked)
    assert "No agency can be given this sector any more." in text(preview)
    assert _newest().retired_on is None
    assert browser.post("sector_change", _FREE, "retire", **hidden(preview), step="confirm").status_code == 302
    assert (_newest().retired_on, _newest().retired_by, _newest().why_retired) == (TODAY, cast.administrator, "Merged")
    assert "Indigenous services" not in text(browser.get("sectors"))
    assert "Indigenous services" in text(browser.get("sectors", query="?retired=1"))
    assert "Indigenous services" not in text(browser.get("agency_add"))
    back = _typed(label_en="Indigenous services", label_fr="Services autochtones", start=str(TODAY), step="confirm")
    page = browser.get("sector_change", _FREE, "bring-back")
    assert browser.post("sector_change", _FREE, "bring-back", **hidden(page), **back).status_code == 302
    assert (_newest().version, _newest().retired_on) == (2, None)
    assert "Indigenous services" in text(browser.get("agency_add"))


def test_agencies_are_offered_what_is_in_force_that_day_and_go_on_with_the_newest_words(cast: Cast) -> None:
    shelter = cast.agencies["shelter"]
    code, old = shelter.sector.code, shelter.sector
    new = _reword(cast, code, label_en="Reworded", label_fr="Autrement dit", start=LATER)

    def offered() -> list[Sector]:
        return [s for s in AgencyForm().fields["sector"].queryset if s.code == code]  # type: ignore[attr-defined]  # a ModelChoiceField

    assert offered() == [old], "what is planned is not offered yet, what it replaces still is"
    with time_machine.travel(_NOON):
        assert offered() == [new]
        assert sector_editor.follow() > 0
    assert Agency.objects.get(pk=shelter.pk).sector == new
    assert "agencies.sector_editor.follow" in {s.verb for s in SWEEPS}


def test_words_that_begin_today_are_at_once_those_of_its_agencies(cast: Cast) -> None:
    shelter = cast.agencies["shelter"]
    new = _reword(cast, shelter.sector.code, label_en="A", label_fr="B", start=TODAY)
    assert Agency.objects.get(pk=shelter.pk).sector == new
    gone = Browser(cast.administrator).post(
        "agency", shelter.pk, name_en="x", name_fr="", sector=shelter.sector_id, statutes=["fippa"]
    )
    assert "The sectors have changed meanwhile" in field_error(gone, "sector")


def test_figures_and_files_say_the_newest_words_wherever_they_stand_in_the_alphabet(cast: Cast) -> None:
    for label in ("Zebra", "Aardvark"):
        _reword(cast, _FREE, label_en=label, label_fr=label, start=TODAY)
        assert dict(tables._sectors())[_FREE] == label
        assert Labels.read(TODAY).of["sector"][_FREE] == label


def test_an_issue_named_before_its_sector_got_other_words_is_the_same_issue(cast: Cast) -> None:
    meeting, sector = builders.sitting_meeting(cast), _newest("housing")

    def named(sector: Sector) -> int:
        with acting_as(cast.facilitator):
            return issues.name(meeting, kind=IssueKind.WAITING, sector=sector, by=cast.facilitator).pk

    first = named(sector)
    new = _reword(cast, "housing", label_en="Homes", label_fr="Foyers", start=TODAY)
    assert named(new) == first
    assert sector not in issues.sectors()
    assert new in issues.sectors()
