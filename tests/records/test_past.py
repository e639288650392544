"""Does a recorder bring the past in through the page: checked first, all or nothing, taken back as a whole?"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from privacy.context import acting_as, in_role
from reports.models import CodedRecord, ImportBatch, ImportWord
from tests.cast import Cast
from tests.pages.browsing import Browser, text

EXAMPLE = (Path(__file__).resolve().parents[2] / "docs" / "examples" / "coded-record.csv").read_bytes()
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _file(content: bytes = EXAMPLE) -> SimpleUploadedFile:
    return SimpleUploadedFile("past.csv", content)


def _count(cast: Cast) -> int:
    with in_role("st_statistics"):
        return CodedRecord.objects.at(cast.nia.pk).count()


def test_a_file_is_checked_then_imported_then_taken_back(cast: Cast) -> None:
    browser = Browser(cast.recorder)
    told = text(browser.post("import_past", "NIA", file=_file(), check="1"))
    assert "3 discussions can be imported: 2 met the threshold" in told
    assert _count(cast) == 0
    browser.post("import_past", "NIA", file=_file(), **{"import": "1"})
    assert _count(cast) == 3
    with acting_as(cast.recorder):
        batch = ImportBatch.objects.get()
    assert batch.imported_by == cast.recorder
    assert "imported already" in text(browser.post("import_past", "NIA", file=_file(), **{"import": "1"}))
    assert Browser(cast.manager).post("import_undo", batch.pk).status_code == 404
    browser.post("import_undo", batch.pk)
    assert _count(cast) == 0


def test_one_wrong_line_keeps_everything_out_and_is_named_without_its_words(cast: Cast) -> None:
    wrong = EXAMPLE.replace(b"18-24 female", b"Canary Janedoe")
    told = text(Browser(cast.recorder).post("import_past", "NIA", file=_file(wrong), **{"import": "1"}))
    assert "line 2, column" in told
    assert "Janedoe" not in told
    assert _count(cast) == 0


def test_a_column_nobody_knows_is_asked_for_by_its_place_and_remembered(cast: Cast) -> None:
    lines = EXAMPLE.decode().splitlines()
    other = "\n".join([f"{lines[0]},Family Canary", *(f"{line},x" for line in lines[1:])]).encode()
    browser = Browser(cast.recorder)
    told = text(browser.post("import_past", "NIA", file=_file(other), check="1"))
    place = lines[0].count(",") + 2
    assert f'name="column-{place}"' in told
    assert "Canary" not in told
    told = text(browser.post("import_past", "NIA", file=_file(other), check="1", **{f"column-{place}": "ignored"}))
    assert "3 discussions can be imported" in told
    with acting_as(cast.recorder):
        assert ImportWord.objects.get().means == "ignored"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"PK\x03\x04broken", "The spreadsheet is damaged"),
        (b"Opened\n2025-01-01\n", "This column is missing"),
        (b"\x00\x01\x02", "This is not a text file"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(cast: Cast, content: bytes, told: str) -> None:
    assert told in text(Browser(cast.recorder).post("import_past", "NIA", file=_file(content), check="1"))
    assert _count(cast) == 0


def test_no_file_and_one_too_large_are_said_beside_the_field(cast: Cast) -> None:
    browser = Browser(cast.recorder)
    assert "Choose the file" in text(browser.post("import_past", "NIA", check="1"))
    large = _file(EXAMPLE + b"\n" * (3 * 2**20))
    assert "larger than 2.5 MB" in text(browser.post("import_past", "NIA", file=large, check="1"))


def test_without_the_file_what_was_said_of_its_columns_and_words_comes_back(cast: Cast) -> None:
    """As after the lock, which can carry everything but the file."""
    browser = Browser(cast.recorder)
    word = next(iter(_fields(text(browser.post("import_past", "NIA", file=_file(_legacy()), check="1"))).values()))
    said = {"column-3": "ignored", "column-4": "", word: "25-29/male"}
    told = text(browser.post("import_past", "NIA", check="1", **said))
    assert 'href="#id_file"' in told
    assert re.search(r'name="column-3".*?value="-" selected|value="ignored" selected', told, re.S)
    assert 'name="column-4"' in told
    assert f'type="hidden" name="{word}" value="25-29/male"' in told


def _legacy() -> bytes:
    return EXAMPLE.replace(b"18-24 female", b"25-29 yrs M").replace(b",Police,", b",=HYPERLINK(local force),")


def _fields(page: str) -> dict[str, str]:
    """Label of a word -> name of its field."""
    return {unescape(label): name for name, label in re.findall(r'for="id_(value-[^"]+)">(.*?)<', page)}


def test_words_that_no_list_holds_are_asked_for_and_remembered(cast: Cast) -> None:
    browser = Browser(cast.recorder)
    told = text(browser.post("import_past", "NIA", file=_file(_legacy()), check="1"))
    fields = _fields(told)
    assert set(fields) == {"“25-29 yrs M”", "“=HYPERLINK(local force)”"}
    assert 'value="25-29/male" selected' in told
    answers = {fields["“25-29 yrs M”"]: "25-29/male", fields["“=HYPERLINK(local force)”"]: "police"}
    told = text(browser.post("import_past", "NIA", file=_file(_legacy()), check="1", **answers))
    assert "3 discussions can be imported" in told
    assert _count(cast) == 0
    told = text(browser.post("import_past", "NIA", file=_file(_legacy()), check="1"))
    assert "3 discussions can be imported" in told
    assert 'value="police" selected' in told
    assert set(_fields(told)) == set(fields)
    browser.post("import_past", "NIA", file=_file(_legacy()), **{"import": "1"})
    told = text(browser.get("record", query="?table=NIA"))
    assert "How its words were read" in told
    assert "25-29, Male" in told
    assert "How its words were read" not in text(Browser(cast.manager).get("record", query="?table=NIA"))


def test_a_word_that_may_be_a_name_is_not_shown_but_can_be_answered(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    named = EXAMPLE.replace(b"18-24 female", b"Canary Janedoe")
    browser = Browser(cast.recorder)
    told = text(browser.post("import_past", "NIA", file=_file(named), check="1"))
    (field,) = _fields(told).values()
    assert "Line 2: a word that may be a name" in told
    told = text(browser.post("import_past", "NIA", file=_file(named), check="1", **{field: "18-24/female"}))
    assert "3 discussions can be imported" in told
    assert f'type="hidden" name="{field}" value="18-24/female"' in told
    assert "Janedoe" not in told + caplog.text
    with acting_as(cast.recorder):
        assert not ImportWord.objects.exists()


def test_markup_in_a_file_stays_text(cast: Cast) -> None:
    wrong = EXAMPLE.replace(b"18-24 female", b"<script>alert(1)</script>")
    assert "<script>alert" not in text(Browser(cast.recorder).post("import_past", "NIA", file=_file(wrong), check="1"))


def test_what_is_wrong_is_said_in_french_with_the_french_header(cast: Cast) -> None:
    browser = Browser(cast.recorder)
    browser.post("set_language", language="fr")
    wrong = EXAMPLE.replace(b"2025-01-14", b"2025-02-30")
    told = text(browser.post("import_past", "NIA", file=_file(wrong), check="1"))
    assert "ligne 2, colonne «\xa0Ouverture\xa0»\xa0: " in told
