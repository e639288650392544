"""Is what comes together counted as by hand, told to a committee's year alone, and frozen with it?"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import translation
from django.utils.html import escape

from bench.formats_agree import differing
from privacy.context import acting_as, in_role
from reports.importing import batches
from reports.pack import heat
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.pack.files import write
from reports.pack.pairs import Pairs
from reports.pack.periods import parse
from reports.release_model import Release
from reports.releases import store, verbs
from tests.cast import Cast
from tests.releases.test_formats import document, page, printed, released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HEADERS = ("Opened", "Closed", "Discussion Type", "Originating Agency Sector", "Lead Agency Sector",
           "Assisting Agencies", "Affected Persons", "Risk Factors", "Conclusion Group",
           "Conclusion Reason")  # fmt: skip
ALCOHOL, DRUGS = "alcohol abuse by person", "drug abuse by person"
HOUSED = "person does not have access to appropriate housing"
OTHER = "chronic gambling by person"
#: Kinds of discussions: with which risks, lead and assisting sector, how many lowered and how many not.
KINDS = (
    ((ALCOHOL, DRUGS), "Health", "Housing", 16, 10),
    ((ALCOHOL,), "Housing", "Health", 10, 8),
    ((DRUGS, HOUSED), "Housing", "Health", 12, 8),
    ((HOUSED,), "Health", "", 14, 10),
    *(((OTHER,), lead, "", 2, 2) for lead in ("Education", "Police", "Municipal services", "Social services")),
)
MONTHS = (2, 5, 8, 11)


def recorded(cast: Cast, folder: Path, year: int = 2024, kinds: object = KINDS, name: str = "pairs.csv") -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        for risks, lead, assisting, lowered, other in kinds:  # type: ignore[attr-defined]  # tuples as above
            for n in range(lowered + other):
                day = f"{year}-{MONTHS[n % 4]:02}-10"
                ended = ("Overall risk lowered", "Connected to services") if n < lowered else (
                    "Still AER", "Informed of services")  # fmt: skip
                writer.writerow({
                    "Opened": day, "Closed": day, "Discussion Type": "Person", "Originating Agency Sector": "Police",
                    "Lead Agency Sector": lead, "Assisting Agencies": assisting, "Affected Persons": "18-24 female",
                    "Risk Factors": "; ".join(risks), "Conclusion Group": ended[0], "Conclusion Reason": ended[1],
                })  # fmt: skip
    outcome = batches.import_file(folder / name, table=cast.nia, by=None)
    assert outcome.problems == []


def told(made: Document, key: str) -> dict[tuple[str, str], int | None]:
    pairs: Pairs = next(one for one in made.pairs if one.key == key)
    return {(level.first, level.second): level.at_least for level in pairs.levels}


def test_levels_are_those_counted_by_hand(cast: Cast, tmp_path: Path) -> None:
    """104 accepted. Alcohol 44, drugs 46, housing 44; alcohol and drugs 26, drugs and housing 20, alcohol and housing
    none. Health leads 50, housing 38; housing assists 26, all led by health; health assists 38, all led by housing.
    """
    recorded(cast, tmp_path)
    made = document(cast, released(cast, "2024"))
    assert told(made, "risk-pairs") == {
        ("alcohol", "drugs"): 20, ("alcohol", "housing"): None, ("drugs", "housing"): 20,
    }  # fmt: skip
    assert told(made, "sector-pairs") == {
        ("health", "health"): None, ("health", "housing"): 20, ("housing", "health"): 20, ("housing", "housing"): None,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_and_files_say_the_same_levels(cast: Cast, tmp_path: Path, language: str) -> None:
    recorded(cast, tmp_path)
    out = released(cast, "2024")
    with translation.override(language):
        made, shown = document(cast, out), page(cast, out, language)
        assert list(differing(made, shown)) == []
        assert any("says" in said for said in differing(made, shown.replace(" 20", " 40"))), "a difference is found"
        text = printed(made).replace("\N{NO-BREAK SPACE}", " ")
        for words in ("Risk categories that come together", "at least 20") if language == "en" else (
            "Catégories de risque présentes ensemble", "au moins 20"):  # fmt: skip
            assert words in text
        for pairs in made.pairs:
            assert (heat.drawn(pairs) or "none") in shown, "the drawing of the page is that of the print"
            assert escape(heat.words(pairs)) in shown


def test_shaded_cells_have_words_and_one_specification(cast: Cast, tmp_path: Path) -> None:
    recorded(cast, tmp_path)
    made = document(cast, released(cast, "2024"))
    cells = heat.cells(made.pairs[0])
    assert ("Alcohol", "Drugs", "20+", 2) in cells
    assert ("Drugs", "Alcohol", "20+", 2) in cells
    assert ("Alcohol", "Housing", "–", 0) in cells
    text = heat.specification(tuple(cells))["layer"][1]
    assert text["encoding"]["text"]["field"] == "words"
    drawn = heat.drawn(made.pairs[0]) or ""
    assert "20+" in drawn
    assert "Alcohol" in drawn


def test_no_other_page_holds_pairs(cast: Cast, tmp_path: Path) -> None:
    recorded(cast, tmp_path)
    year = released(cast, "2024")
    assert year.together
    with in_role("st_statistics"):
        held = [(row.period, row.audience, row.together) for row in Release.objects.all()]
    assert [(period, audience) for period, audience, kept in held if kept is not None] == [("2024", "committee")]
    public = released(cast, "2024", Audience.PUBLIC)
    partner = released(cast, "2024", Audience.PARTNER)
    quarter = released(cast, "2024Q1")
    for other in (public, partner, quarter):
        assert other.together is None
        made = document(cast, other)
        assert made.pairs == ()
        assert "together" not in page(cast, other, "en").split("<main")[1]
        assert json.loads(write(made, "json"))["pairs"] == []


def test_a_release_from_before_says_that_it_has_none(cast: Cast, tmp_path: Path) -> None:
    recorded(cast, tmp_path)
    made = verbs.prepare(store.page_of(released(cast, "2024Q1")).scope, parse("2024"),
                         Audience.COMMITTEE, by=None)  # fmt: skip
    with in_role("st_statistics"):
        Release.objects.filter(pk=made.pk).update(together=None)
    old = document(cast, made)
    assert [pairs.levels for pairs in old.pairs] == [(), ()]
    assert "decided before the pack had pairs" in page(cast, made, "en")
    assert b"decided before the pack had pairs" in write(old, "csv")
    assert list(differing(old, page(cast, made, "en"))) == []


def test_levels_are_frozen_and_stand_when_it_is_run_again(cast: Cast, tmp_path: Path) -> None:
    recorded(cast, tmp_path)
    out = released(cast, "2024")
    with pytest.raises(DatabaseError, match="frozen"), in_role("st_statistics"):
        Release.objects.filter(pk=out.pk).update(together={})
    recorded(cast, tmp_path, kinds=(KINDS[0],), name="more.csv")
    with acting_as(cast.manager):
        assert verbs.run_again(out.pk, by=cast.manager).together == out.together


def test_what_was_corrected_since_it_was_counted_is_not_paired(cast: Cast, tmp_path: Path) -> None:
    """A level of other records than the counts beside it would be one of the few that were corrected."""
    recorded(cast, tmp_path)
    released(cast, "2024Q1")
    recorded(cast, tmp_path, kinds=(((ALCOHOL, DRUGS), "Health", "Housing", 4, 0),), name="late.csv")
    made = document(cast, released(cast, "2024"))
    assert set(told(made, "risk-pairs").values()) == {None}
    assert set(told(made, "sector-pairs").values()) == {None}
