"""Can a small file hold whoever reads it, or fill the memory?"""

from __future__ import annotations

import contextlib
import io
import time
import tracemalloc
import zipfile
from typing import IO, Any

import pytest
import xlsxwriter

from reports.importing.problems import UnreadableFileError
from reports.spreadsheet import xlsx_bytes
from tests.importing.test_sheet import _read

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: Seconds of processor for one small file; an honest one of this size takes hundredths.
_PATIENCE = 3.0


def _seconds(file: io.BytesIO) -> float:
    began = time.process_time()
    with contextlib.suppress(UnreadableFileError):
        _read(file)
    return time.process_time() - began


def _peak(file: io.BytesIO) -> int:
    """Bytes in memory at most."""
    tracemalloc.start()
    try:
        with contextlib.suppress(UnreadableFileError):
            _read(file)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _shared() -> io.BytesIO:
    """A workbook whose texts lie in a part of their own."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write_row(0, 0, ["x"])
    book.close()
    return file


def _with_part(name: str, content: str) -> io.BytesIO:
    """A workbook in which one part is this, packed."""
    good, file = zipfile.ZipFile(_shared()), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part in good.namelist():
            if part != name:
                made.writestr(part, good.read(part))
        made.writestr(name, content)
    return file


@pytest.mark.parametrize(
    ("part", "mark"),
    [("xl/styles.xml", "<xf/>"), ("xl/workbook.xml", "<sheet/>"), ("xl/_rels/workbook.xml.rels", "<Relationship/>"),
     ("[Content_Types].xml", "<Override/>")],
)  # fmt: skip
def test_a_few_bytes_of_formats_or_names_do_not_become_millions_of_objects(part: str, mark: str) -> None:
    file = _with_part(part, f"<a>{mark * 400_000}</a>")
    assert len(file.getvalue()) < 30_000
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(file)


def test_strings_that_lie_among_the_sheets_are_bounded_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.importing.book.MOST_STRINGS", 100_000)
    good = zipfile.ZipFile(_shared())
    said = good.read("[Content_Types].xml").decode().replace("/xl/sharedStrings.xml", "/xl/worksheets/words.xml")

    def book(words: bytes) -> io.BytesIO:
        file = _with_part("[Content_Types].xml", said)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as made:
            made.writestr("xl/worksheets/words.xml", words)
        return file

    assert _read(book(good.read("xl/sharedStrings.xml"))) == [(1, ["x"])]
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(book(b"<sst>" + b"<si/>" * 30_000 + b"</sst>"))


def test_the_sheets_of_a_workbook_of_very_many_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    opening = zipfile.ZipFile.open

    def seen(archive: zipfile.ZipFile, name: Any, *rest: Any, **more: Any) -> IO[bytes]:
        read.append(getattr(name, "filename", name))
        return opening(archive, name, *rest, **more)

    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 300))
    ends = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    book = f'<workbook xmlns="{_MAIN}" {ends}><sheets>{sheets}</sheets></workbook>'
    file = _with_part("xl/workbook.xml", book)
    monkeypatch.setattr(zipfile.ZipFile, "open", seen)
    with pytest.raises(UnreadableFileError, match="several sheets"):
        _read(file)
    assert "xl/workbook.xml" in read
    assert not [name for name in read if "worksheets" in name]


def test_a_sheet_that_does_not_say_how_large_it_is_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours does not say it, and was read to its end before its first line."""
    file, asked = io.BytesIO(xlsx_bytes([["Opened"], ["2025-01-14"]])), 0
    asking = zipfile.ZipFile.open

    def counted(archive: zipfile.ZipFile, name: Any, *rest: Any, **more: Any) -> IO[bytes]:
        nonlocal asked
        asked += "worksheets" in getattr(name, "filename", name)
        return asking(archive, name, *rest, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", counted)
    assert _read(file) == [(1, ["Opened"]), (2, ["2025-01-14"])]
    assert asked == 1


def test_what_a_file_says_of_its_parts_is_not_looked_through_without_end() -> None:
    """Ten times as much took a hundred times as long."""
    file = _with_part("[Content_Types].xml", "<" + "main+xml" * 16_000)
    assert len(file.getvalue()) < 10_000
    assert _seconds(file) < _PATIENCE
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(_with_part("[Content_Types].xml", "<" + "main+xml" * 160_000))


def test_strings_of_very_many_runs_do_not_become_millions_of_objects() -> None:
    runs = f'<sst xmlns="{_MAIN}"><si>' + "<r><t/></r>" * 400_000 + "</si></sst>"
    file = _with_part("xl/sharedStrings.xml", runs)
    assert len(file.getvalue()) < 30_000
    assert _peak(file) < 30 * 2**20
    assert _seconds(file) < _PATIENCE


def test_strings_of_nothing_are_not_read_without_end() -> None:
    nothing = f'<sst xmlns="{_MAIN}">' + "<si/>" * 2_100_000 + "</sst>"
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(_with_part("xl/sharedStrings.xml", nothing))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(("before", "after"), [("<!--", "-->"), ("<a b='", "'/>")], ids=["comment", "attribute"])
def test_one_piece_of_xml_without_end_is_refused(part: str, before: str, after: str) -> None:
    """The parser looks through what it holds of it anew for every part that comes: 40 MB took 26 seconds."""
    long = before + "".join("x" * 200 + f"{n % 99_999:05d}" for n in range(150_000)) + after
    file = _with_part(part, f'<worksheet xmlns="{_MAIN}">{long}</worksheet>')
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(file)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_elements_within_elements_without_end_are_refused(part: str) -> None:
    """The parser holds every one that is open, in memory that Python does not count."""
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(_with_part(part, "<a>" * 1_000_000))


@pytest.mark.parametrize("nothing", ["<row/>", "<row><c/></row>"])
def test_rows_of_nothing_are_not_read_without_end(nothing: str) -> None:
    """A real sheet has 1,048,576 rows at most."""
    many = (nothing * 33 + nothing.replace("/", " /")) * 31_000 if nothing == "<row/>" else nothing * 1_054_000
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{many}</sheetData></worksheet>'
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(_with_part("xl/worksheets/sheet1.xml", sheet))


def test_cells_of_nothing_are_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.importing.parsing._MARKS", 100_000)
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData><row>' + "<c/>" * 200_000 + "</row></sheetData></worksheet>"
    with pytest.raises(UnreadableFileError, match="far more"):
        _read(_with_part("xl/worksheets/sheet1.xml", sheet))


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_spreadsheet_packed_as_none_is_is_not_unpacked(packing: int) -> None:
    good, file = zipfile.ZipFile(_shared()), io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as made:
        for part in good.namelist():
            made.writestr(part, good.read(part))
    with pytest.raises(UnreadableFileError, match="damaged"):
        _read(file)
