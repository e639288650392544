"""Is every code found by the words people use, in both languages?"""

from __future__ import annotations

import csv

import pytest

from privacy.context import acting_as
from risk import synonyms
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import scene
from situations.forms.draft import FactorsForm
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_every_synonym_belongs_to_a_code_there_is_and_speaks_both_languages(cast: Cast) -> None:
    with synonyms.FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = set(CatalogueEntry.objects.in_force().values_list("code_list", "category_code", "code"))
    assert not {(r["code_list"], r["category_code"], r["code"]) for r in rows} - known
    assert all(r["words_en"] and r["words_fr"] and r["provenance"] == "project" for r in rows)
    named = {(r["code_list"], r["category_code"], r["code"]) for r in rows}
    factors = {row for row in known if row[0] == CodeList.RISK_FACTOR}
    assert factors <= named, "every risk factor has other words"


def test_a_code_worded_anew_keeps_its_synonyms_and_a_local_one_is_found_by_its_own_words(cast: Cast) -> None:
    homeless = builders.entry(CodeList.STUDY_FLAG, "homelessness")
    homeless.version, homeless.label_en = 2, "No home"
    assert "sans-abri" in synonyms.search_words(homeless)
    assert "No home" in synonyms.search_words(homeless)
    local = CatalogueEntry(code_list=CodeList.STUDY_FLAG, code="local", label_en="Ours", label_fr="La nôtre")
    assert synonyms.search_words(local) == "Ours; La nôtre"


def test_the_pages_choices_carry_the_other_words(cast: Cast) -> None:
    ref = builders.draft(cast).id
    with acting_as(cast.shelter_rep):
        page = FactorsForm(scene.load(ref, by=cast.shelter_rep)).as_div()
    assert "sans-abri" in page
    assert 'type="search"' in page
    assert page.count('type="checkbox"') == 105
