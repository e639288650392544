"""Do the pages of the code lists show what will change before it changes, and exist for administrators only?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LATER = timezone.localdate() + timedelta(days=30)
_FLAG = ("study_flag", "-", "homelessness")
_PAGES: tuple[tuple[Any, ...], ...] = (
    ("code_lists",), ("code_list", "study_flag"), ("code_add", "study_flag"), ("code", *_FLAG),
    ("code_change", *_FLAG, "new-version"), ("code_change", *_FLAG, "retire"),
)  # fmt: skip


def _now() -> CatalogueEntry:
    return CatalogueEntry.objects.of(CodeList.STUDY_FLAG).filter(code="homelessness").order_by("-version")[0]


def _typed(**changes: str) -> dict[str, str]:
    return {
        "label_en": "No home", "label_fr": "Sans logement", "provenance": "local",
        "french_provenance": "local translation", "start": str(LATER), "why": "Plainer words",
    } | changes  # fmt: skip


@pytest.mark.parametrize("page", _PAGES, ids=lambda p: p[0])
def test_only_administrators_in_good_standing_find_anything(cast: Cast, page: tuple[Any, ...]) -> None:
    for key, member in cast.everybody.items():
        expected = 200 if key == "administrator" else 404
        assert Browser(member).get(*page).status_code == expected, key
    for key in ("facilitator", "stranger"):
        browser = Browser(cast.people[key])
        assert browser.client.post(f"/code-lists/{'/'.join(_FLAG)}/retire/", _typed()).status_code == 404
    assert _now().retired_on is None


def test_every_list_is_there_with_its_counts_and_where_its_words_come_from(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    page = text(browser.get("code_lists"))
    for code_list in CodeList:
        assert str(code_list.label) in page
    assert "105 codes in force" in page
    listed = text(browser.get("code_list", "risk_factor"))
    assert "Exact" in listed
    assert "Reconstructed" in listed
    found = text(browser.get("code_list", "risk_factor", query="?words=consommation"))
    assert "consommation d’alcool" in found
    assert "gambling" not in found.lower()


def test_a_new_wording_is_previewed_then_confirmed(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    page = browser.get("code_change", *_FLAG, "new-version")
    preview = browser.post("code_change", *_FLAG, "new-version", **hidden(page), **_typed(step="preview"))
    said = text(preview)
    assert date_format(LATER) in said
    for words in ("Homelessness", "No home", "Itinérance", "Sans logement", "keeps version 1"):
        assert words in said
    assert _now().version == 1
    done = browser.post("code_change", *_FLAG, "new-version", **hidden(preview), step="confirm")
    assert done.status_code == 302
    assert (_now().version, _now().label_fr, _now().valid_from) == (2, "Sans logement", LATER)
    page_of_code = text(browser.get("code", *_FLAG))
    for words in ("Homelessness", "No home", "Plainer words", cast.administrator.name):
        assert words in page_of_code


def test_what_was_typed_survives_a_mistake_and_a_second_thought(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    wrong = browser.post("code_change", *_FLAG, "new-version", **_typed(label_fr="", step="preview"))
    assert field_error(wrong, "label_fr").endswith("Both languages are needed before it can be used.")
    assert 'value="No home"' in text(wrong)
    again = browser.post("code_change", *_FLAG, "new-version", **_typed(step="edit"))
    for words in ("No home", "Sans logement", "Plainer words", str(LATER)):
        assert f'value="{words}"' in text(again)
    past = browser.post("code_change", *_FLAG, "new-version", **_typed(start="2020-01-01", step="confirm"))
    assert "Choose today or a later day" in field_error(past, "start")
    assert _now().version == 1


def test_a_change_on_an_outdated_page_is_refused_with_words(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    seen = hidden(browser.get("code_change", *_FLAG, "new-version"))
    browser.post("code_change", *_FLAG, "new-version", **seen, **_typed(step="confirm"))
    late = browser.post("code_change", *_FLAG, "new-version", **seen, **_typed(label_en="Roofless", step="confirm"))
    assert late.status_code == 409
    assert "Somebody changed this code after you opened the page" in text(late)
    assert (_now().version, _now().label_en) == (2, "No home")


def test_a_code_retires_and_comes_back(cast: Cast) -> None:
    browser, today = Browser(cast.administrator), str(timezone.localdate())
    done = browser.post("code_change", *_FLAG, "retire", start=today, why="Counted elsewhere", step="confirm")
    assert done.status_code == 302
    assert "Homelessness" not in text(browser.get("code_list", "study_flag"))
    assert "Homelessness" in text(browser.get("code_list", "study_flag", query="?retired=1"))
    assert browser.get("code_change", *_FLAG, "retire").status_code == 404
    # A page that was open when a colleague retired it: told so, and never the way back by accident.
    open_page = browser.post("code_change", *_FLAG, "new-version", **_typed(step="confirm"))
    assert open_page.status_code == 409
    assert 'value="No home"' in text(open_page)
    assert (_now().version, _now().retired_on) == (1, timezone.localdate())
    assert browser.post("code_change", "age_group", "-", "12-17", "retire", **_typed()).status_code == 404
    page = browser.get("code_change", *_FLAG, "bring-back")
    back = _typed(label_en="Homelessness", label_fr="Itinérance", step="confirm", start=today)
    assert browser.post("code_change", *_FLAG, "bring-back", **hidden(page), **back).status_code == 302
    assert "Homelessness" in text(browser.get("code_list", "study_flag"))


def test_a_code_is_added_to_a_category(cast: Cast) -> None:
    browser, today = Browser(cast.administrator), str(timezone.localdate())
    nowhere = browser.post("code_add", "risk_factor", **_typed(step="preview"))
    assert field_error(nowhere, "category").endswith("Choose the category it belongs to.")
    half = browser.post("code_add", "risk_factor", **_typed(category="+", category_en="Climate", step="preview"))
    assert field_error(half, "category_fr").endswith("Name the category in both languages.")
    preview = browser.post("code_add", "risk_factor", **_typed(category="alcohol", start=today, step="preview"))
    assert browser.post("code_add", "risk_factor", **hidden(preview), step="confirm").status_code == 302
    assert CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force().get(code="no-home").category_code == "alcohol"
    assert browser.get("code_add", "age_group").status_code == 404


def test_a_correction_keeps_where_the_words_come_from_unless_told_otherwise(cast: Cast) -> None:
    """Whoever mends one French word must not write off the public source of the English."""
    now = _now()
    page = text(Browser(cast.administrator).get("code_change", *_FLAG, "new-version"))
    for source in (now.provenance, now.french_provenance):
        assert f'<option value="{source}" selected>' in page
    assert (now.provenance, now.french_provenance) != ("local", "local translation"), "there must be something to lose"


def test_beside_words_that_change_stands_where_they_come_from(cast: Cast) -> None:
    """New English that goes on calling itself seen at a public source is noticed before it is confirmed."""
    now, browser = _now(), Browser(cast.administrator)
    same = {name: getattr(now, name) for name in ("label_fr", "definition_en", "definition_fr", "provenance")}
    sent = _typed(label_en="No home", french_provenance=now.french_provenance, step="preview") | same
    page = text(browser.post("code_change", *_FLAG, "new-version", **hidden(browser.get(
        "code_change", *_FLAG, "new-version")), **sent))  # fmt: skip
    table = page.split("<tbody", 1)[1].split("</tbody>")[0]
    assert table.count(str(now.get_provenance_display())) == 2, "as it is and as it will be"
    assert "Where the English comes from" in table
    assert "Where the French comes from" not in table, "its words stay"


def test_each_cell_of_a_history_names_its_column(cast: Cast) -> None:
    """On a telephone the cells stand under one another and no header is shown."""
    cells = re.findall(r'<td class="govuk-table__cell[^>]*>', text(Browser(cast.administrator).get("code", *_FLAG)))
    assert len(cells) == 5
    assert [cell for cell in cells if 'data-label="' not in cell] == []
