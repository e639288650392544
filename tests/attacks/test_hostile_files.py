"""Does whatever is chosen as a spreadsheet get an answer in words, and is nothing of it kept that should not be?"""

from __future__ import annotations

import difflib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from privacy.context import acting_as
from reports.importing import batches, reading
from reports.importing.problems import UnreadableFileError
from reports.models import ImportWord
from tests.cast import Cast
from tests.importing.test_import_records import ACCEPTED, _file, _records
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_NOT_TEXT = "This is not a text file"
_PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_PICTURE, _NOT_TEXT),
        (b"\xe9\x81,Opened\n", "in no known encoding"),
        (b"Opened,\xe9\nx\x00y,z\n", _NOT_TEXT),
        ("Opened,Closed\nx\0y,z\n".encode("utf-16"), _NOT_TEXT),
        ("Opened\n".encode("utf-32"), _NOT_TEXT),
        ("Opened".encode("utf-16") + b"\n", "in no known encoding"),
        (b"\xff\xfe\x00\xd8A\x00", "in no known encoding"),
        (b"Opened\n" + b"a" * 9000 + b"\x00\n", _NOT_TEXT),
    ],
    ids=["picture", "no-encoding", "windows", "utf-16", "utf-32", "half-a-letter", "half-a-pair", "far-in"],
)
def test_a_file_that_is_no_text_is_told_so_in_every_encoding(cast: Cast, content: bytes, told: str) -> None:
    file = io.BytesIO(content)
    with pytest.raises(UnreadableFileError, match=told):
        list(reading.lines(file))
    assert not file.closed, "the file is its owner's to close"
    sent = SimpleUploadedFile("past.csv", content)
    answer = Browser(cast.recorder).post("import_past", "NIA", file=sent, check="1")
    assert (answer.status_code, told in text(answer)) == (200, True)


@pytest.mark.parametrize("column", ["Deferrals", "Hours to First Contact"])
def test_a_number_of_thousands_of_digits_is_named_and_not_counted(cast: Cast, tmp_path: Path, column: str) -> None:
    path = _file(tmp_path, ACCEPTED | {column: "9" * 5000})
    done = batches.import_file(path, table=cast.nia, by=None)
    assert [(p.line, p.column) for p in done.problems] == [(2, column)]
    assert not _records(cast.nia.pk)


def test_a_header_of_many_words_can_be_left_unread(cast: Cast, tmp_path: Path) -> None:
    """Old spreadsheets ask whole questions in their headers."""
    header = "Please describe in your own words " * 6
    content = _file(tmp_path, ACCEPTED | {header: "something"}).read_bytes()
    answer = Browser(cast.recorder).post(
        "import_past", "NIA", file=SimpleUploadedFile("past.csv", content), check="1",
        **{f"column-{len(ACCEPTED) + 1}": "ignored"},
    )  # fmt: skip
    assert "1 discussion can be imported" in text(answer)


def test_a_file_of_stories_in_the_place_of_codes_is_not_looked_through_without_end(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A near word was looked for beside each of them: a file of 2 MB would have held a web process for an hour."""
    asked: list[str] = []

    def none_near(at: str, *_said: object, **_how: object) -> list[str]:
        asked.append(at)
        return []

    monkeypatch.setattr(difflib, "get_close_matches", none_near)
    told = ["; ".join(f"story {line:02d}{n:02d}" for n in range(100)) for line in range(15)]
    path = _file(tmp_path, *[ACCEPTED | {"Risk Factors": one} for one in told])
    done = batches.import_file(path, table=cast.nia, by=None)
    assert (done.refused, {p.column for p in done.problems}) == (15, {"Risk Factors"})
    assert 0 < len(asked) <= batches.MOST_NAMED


def test_lines_without_a_number_do_not_all_have_the_same_one(cast: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, ACCEPTED | {"Discussion Number": "N/A"}, ACCEPTED | {"Discussion Number": "n/a"})
    assert batches.import_file(path, table=cast.nia, by=None, dry_run=True).ok


@pytest.mark.parametrize(
    "said",
    ['{"sector": {"Crisis people": ["health"]}}', '{"sector": {"Crisis people": {"a": 1}}}', '{"a":' * 100_000],
    ids=["a-list", "a-map", "deep"],
)
def test_a_map_that_is_none_is_refused_in_words(cast: Cast, tmp_path: Path, said: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(said, encoding="utf-8")
    with pytest.raises(CommandError, match=r"(?i)map|word 1") as refused:
        call_command("import_records", str(_file(tmp_path, ACCEPTED)), table="NIA", map=str(path))
    assert "Crisis" not in str(refused.value)


def test_a_header_that_may_be_a_name_is_kept_nowhere(cast: Cast, tmp_path: Path) -> None:
    content = _file(tmp_path, ACCEPTED | {"Canary Janedoe": "x"}).read_bytes()
    browser, place = Browser(cast.recorder), f"column-{len(ACCEPTED) + 1}"

    def check(**said: str) -> str:
        return text(browser.post("import_past", "NIA", file=SimpleUploadedFile("past.csv", content), check="1", **said))

    told = check(**{place: "ignored"})
    assert "1 discussion can be imported" in told
    assert f'type="hidden" name="{place}" value="ignored"' in told, "the next check need not ask again"
    assert "Janedoe" not in told
    assert "What is column J" not in told
    with acting_as(cast.recorder):
        assert not ImportWord.objects.exists()
    assert "What is column J" in check(), "forgotten with the page"
