"""Do the page and every file of a release say the same, each in the language and the form of who reads it?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pypdf
import pytest
from django.utils import translation

from bench.formats_agree import differing
from privacy.context import acting_as
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.pack.files import write
from reports.pack.periods import parse
from reports.release_model import Release
from reports.release_pages import entries
from reports.releases import reading, rights, verbs
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NBSP = "\N{NO-BREAK SPACE}"


def released(cast: Cast, period: str, audience: Audience = Audience.COMMITTEE, scope: str = "NIA") -> Release:
    made = verbs.prepare(scopes.of_code(scope), parse(period), audience, by=None)
    for verb, by in ((verbs.check, cast.facilitator), (verbs.sign, cast.manager), (verbs.publish, cast.recorder)):
        with acting_as(by):
            made = verb(made.pk, by=by)
    return made


def document(cast: Cast, out: Release) -> Document:
    with acting_as(cast.manager):
        return reading.document_of(Release.objects.get(pk=out.pk))


def page(cast: Cast, out: Release, language: str) -> str:
    client = Browser(cast.manager).client
    client.cookies["django_language"] = language
    return client.get(f"/releases/{out.pk}/", headers={"accept-language": language}).content.decode()


def printed(made: Document) -> str:
    return " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(write(made, "pdf"))).pages)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("audience", [Audience.COMMITTEE, Audience.PUBLIC])
def test_page_and_files_say_the_same(cast: Cast, tmp_path: Path, language: str, audience: Audience) -> None:
    past(tmp_path, a_year(2023, 2, many=60) + a_year(many=90), cast)
    released(cast, "2023", audience)
    out = released(cast, "2024", audience)
    with translation.override(language):
        made = document(cast, out)
        assert made.compared_with == "2023"
        assert made.code_lists_of is not None
        assert any(row.count is not None for row in made.durations)
        assert list(differing(made, page(cast, out, language))) == []


def test_the_page_tells_durations_and_the_version_of_the_code_lists(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024")
    shown = page(cast, out, "en")
    assert "<h2>Durations</h2>" in shown
    assert "Days open, median" in shown
    assert "Code lists of" in shown


def test_a_comparison_that_finds_nothing_wrong_would_find_it(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024")
    made, shown = document(cast, out), page(cast, out, "en")
    days = next(row for row in made.durations if row.count is not None)
    wrong = shown.replace(f'number">{days.count}<', f'number">{days.count or 0}00<')
    assert any("Durations" in said for said in differing(made, wrong))
    assert any("code lists" in said for said in differing(made, shown.replace("Code lists of", "Code lists")))


def test_french_is_read_by_a_person_as_french_and_by_a_program_as_codes(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024")
    with translation.override("fr"):
        made = document(cast, out)
        text = printed(made)
        assert "Comité directeur" in text.replace(NBSP, " ")
        assert "committee" not in text
        assert "2024-" not in text
        assert "31 décembre 2024" in text.replace(NBSP, " ")
        shares = [r.percent for f in made.figures for r in f.rows if r.percent is not None and r.percent % 1]
        assert shares
        for share in shares:
            assert f"{share:.1f}".replace(".", ",") in text
            assert f"{share:.1f}" not in text
        lines = list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"))))
        told = next(line for line in lines if line[:1] == ["Destinataires"])
        assert told[1:3] == ["Comité directeur", "committee"]
        assert any(line[2:5] == ["2024", "2024-01-01", "2024-12-31"] for line in lines)
        assert any(line[6:7] == [f"{shares[0]:.1f}"] for line in lines), "a program reads a point"
        sheet = openpyxl.load_workbook(io.BytesIO(write(made, "xlsx"))).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert "Comité directeur" in [cell.value for cell in cells]
        numbers = [c for c in cells if c.column == 7 and isinstance(c.value, float)]
        assert {c.number_format for c in numbers} == {"0.0"}, "numbers, shown with the reader's own decimal sign"
        plain = json.loads(write(made, "json"))
        assert (plain["audience"], plain["audience_label"]) == ("committee", "Comité directeur")
        assert (plain["period"], plain["first_day"]) == ("2024", "2024-01-01")


def test_a_region_is_called_by_its_name_in_each_language(cast: Cast, tmp_path: Path) -> None:
    table = cast.nia
    table.region_en, table.region_fr = "Falls", "Chutes"
    table.save()
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024", Audience.PUBLIC, "region:Falls")
    for language, name, other in (("en", "Falls", "Chutes"), ("fr", "Chutes", "Falls")):
        with translation.override(language), acting_as(cast.manager):
            rows = entries(rights.readable(cast.manager))
            assert [row["facts"][0] for row in rows] == [name]
            shown = page(cast, out, language)
            assert name in shown
            assert other not in shown


def run_again(cast: Cast, out: Release) -> Release:
    with acting_as(cast.facilitator):
        again = verbs.run_again(out.pk, by=cast.facilitator)
    for verb, by in ((verbs.check, cast.recorder), (verbs.sign, cast.manager), (verbs.publish, cast.recorder)):
        with acting_as(by):
            again = verb(again.pk, by=by)
    return again


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_changed_stands_in_every_file_of_the_new_release(cast: Cast, tmp_path: Path, language: str) -> None:
    past(tmp_path, a_year(many=90), cast)
    first = released(cast, "2024Q1")
    more = [row | {"Opened": "2024-02-01", "Closed": "2024-02-20"} for row in a_year(many=6, seed=5)]
    past(tmp_path, more, cast, "more.csv")
    second = run_again(cast, first)
    with translation.override(language):
        made, old = document(cast, second), document(cast, first)
        assert old.changes is None
        assert made.changes is not None
        assert made.changes.since == first.number
        opened = first.told["totals/opened"]
        change = next(one for one in made.changes.totals if one.code == "opened")
        assert (change.before, change.now) == (opened, opened + 6)
        told = [[one.label, one.code, str(one.before), str(one.now)] for one in made.changes.totals]
        plain = json.loads(write(made, "json"))["changes"]
        assert [[c["label"], c["code"], str(c["before"]), str(c["now"])] for c in plain["totals"]] == told
        lines = list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"))))
        sheet = openpyxl.load_workbook(io.BytesIO(write(made, "xlsx"))).active
        cells = [["" if c.value is None else str(c.value) for c in row] for row in sheet.iter_rows()]
        for rows in (lines, cells):
            at = next(n for n, row in enumerate(rows) if row[:1] == [translation.gettext("Changes since release")])
            assert rows[at][1] == str(first.number)
            assert [row[:4] for row in rows[at + 2 : at + 2 + len(told)]] == told
        text, shown = "".join(printed(made).split()), "".join(page(cast, second, language).split())
        assert "".join(translation.gettext("What changed since the release before").split()) in text
        for label, _code, before, now in told:
            assert "".join(f"{label}{before}{now}".split()) in text
            assert f"{before}</td>" in shown
        assert list(differing(made, page(cast, second, language))) == []
