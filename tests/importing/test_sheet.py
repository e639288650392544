"""Are the cells of a sheet read as a spreadsheet shows them, whoever wrote it, and is nothing of a hostile one run?"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from reports.importing import reading, sheet
from reports.importing.problems import UnreadableFileError
from reports.importing.reading import Line, lines
from reports.spreadsheet import xlsx_bytes

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_NINE = datetime(2025, 3, 4, 9, tzinfo=UTC).replace(tzinfo=None)  # a spreadsheet knows no time zones
_SIZED = _HEAD.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>')


def _read(content: io.BytesIO) -> list[Line]:
    return list(lines(content))


def _book(*rows: list[Any]) -> io.BytesIO:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def _with_sheet(xml: bytes) -> io.BytesIO:
    """A workbook whose sheet is this XML."""
    good, file = zipfile.ZipFile(_book(["x"])), io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in good.namelist():
            made.writestr(part, xml if part == "xl/worksheets/sheet1.xml" else good.read(part))
    return file


def test_every_kind_of_cell_is_its_value() -> None:
    file = _book(
        ["a", " b ", None, "é"],
        [1, 2.5, 3.0, True],
        [],
        [date(2025, 1, 2), _NINE, None, "z"],
    )
    assert _read(file) == [
        (1, ["a", "b", "", "é"]),
        (2, ["1", "2.5", "3", "True"]),
        (4, [date(2025, 1, 2), date(2025, 3, 4), "", "z"]),
    ]


@pytest.mark.parametrize("constant_memory", [True, False])
def test_strings_in_the_cell_and_strings_of_the_book_read_alike(constant_memory: bool) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": constant_memory})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Risk <&> factors", "two\nlines"])
    sheet.write_formula(1, 1, "=1+1", None, "shown")
    sheet.write_rich_string(2, 0, "half ", book.add_format({"bold": True}), "bold")
    book.close()
    assert _read(file) == [(1, ["Risk <&> factors", "two\nlines"]), (2, ["", "shown"]), (3, ["half bold"])]


@pytest.mark.parametrize("constant_memory", [True, False], ids=["in the cell", "of the book"])
def test_characters_that_are_written_out_are_read_as_they_are_shown(constant_memory: bool) -> None:
    """What another program writes comes back, words that only look like it too (ECMA-376, ST_Xstring)."""
    shown = ["a\x07b", "_x000D_", "_x003D_1+1", "_x00e9_", "_x12_", "x_x_x"]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": constant_memory})
    book.add_worksheet().write_row(0, 0, shown)
    book.close()
    assert _read(file) == [(1, shown)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a_x000D_\nb", "a\r\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005F_x005F_x005F_x000D_", "_x005F_x000D_"),
        ("_x00E9_t_x00e9_", "été"),
        ("a_x0000_b", "a\ufffdb"),
        ("a_xD83D_b", "a\ufffdb"),
    ],
)
def test_a_character_that_is_written_out_is_itself_or_a_lost_one_where_no_text_can_hold_it(
    written: str, shown: str
) -> None:
    cell = f'<c t="inlineStr"><is><t>{written}</t></is></c>'.encode()
    assert _read(_with_sheet(_HEAD + b"<row>" + cell + b"</row></sheetData></worksheet>")) == [(1, [shown])]


def test_rows_and_cells_without_a_place_stand_one_after_another() -> None:
    xml = _HEAD + b"<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>"
    assert _read(_with_sheet(xml)) == [(1, ["1", "", "2"]), (2, ["3"])]


def test_a_sheet_is_read_to_its_end_whatever_it_says_of_its_size() -> None:
    xml = (
        _SIZED
        + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="7"><c r="C7"><v>2</v></c></row></sheetData></worksheet>'
    )
    assert _read(_with_sheet(xml)) == [(1, ["1"]), (7, ["", "", "2"])]


def test_how_many_lines_there_are_is_taken_from_what_a_file_says() -> None:
    """For a bar that moves: a sheet that does not say it, or a file that is none, has no bar."""
    many = _book(["Opened"], *([["2025-01-14"]] * 6))
    said = _with_sheet(_SIZED.replace(b"A1", b"A1:C7") + b"</sheetData></worksheet>")
    silent = io.BytesIO(xlsx_bytes([["Opened"], ["2025-01-14"]]))
    lines_of_text = io.BytesIO(b"Opened\n2025-01-14\n2025-01-15\n")
    files = (many, said, silent, lines_of_text, io.BytesIO(b"PK\x03\x04 broken"), io.BytesIO(b""))
    assert [reading.how_many(file) for file in files] == [6, 6, 0, 2, 0, 0]


def test_how_a_word_is_pronounced_is_not_part_of_it() -> None:
    cell = b'<c t="inlineStr"><is><t>said</t><rPh sb="0" eb="1"><t>sound</t></rPh></is></c>'
    assert _read(_with_sheet(_HEAD + b"<row>" + cell + b"</row></sheetData></worksheet>")) == [(1, ["said"])]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + _HEAD + b"</sheetData></worksheet>", "no spreadsheet"),
        (_HEAD + b'<row r="3"><c t="s"><v>999</v></c></row></sheetData></worksheet>', "Line 3 .* damaged"),
        (_SIZED + b'<row r="3"><c><v>1</v>', "Line 3 .* damaged"),
        (_HEAD + b'<row r="2"><c r="ZZ2"><v>1</v></c></row></sheetData></worksheet>', "Line 2 has more than 200"),
    ],
)
def test_a_sheet_that_is_none_is_refused_in_words(xml: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        _read(_with_sheet(xml))


def test_merged_cells_are_not_read_as_empty_ones() -> None:
    """Two lines that share one cell: the second would come in without its risk factors, and nobody would see it."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["Opened", "Risk Factors"], ["2025-01-14", "assault"], ["2025-01-21", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(file)
    with pytest.raises(UnreadableFileError, match=r"merged in line 2 .* Unmerge"):
        _read(file)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["readme.txt"], "This is no spreadsheet"),
        (["[Content_Types].xml", "word/document.xml"], "This is no spreadsheet"),
        (["mimetype", "content.xml"], "This is an OpenDocument file"),
    ],
)
def test_what_is_packed_like_a_spreadsheet_and_is_none_is_not_called_damaged(parts: list[str], said: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    with pytest.raises(UnreadableFileError, match=said):
        _read(file)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ab," * 4_000_000, "Line 2 has more than 200 columns"),
        ("a" * 12_000_000, "Line 2 cannot be read: a cell is too long"),
        ('"a\n",' * 2_000_000, "Line 2 cannot be read"),
        ('"' + "a\n" * 6_000_000, "Line 2 cannot be read: a cell is too long"),
    ],
    ids=["cells", "one cell", "cells of two lines", "not closed"],
)
def test_a_line_without_end_is_cut_before_it_becomes_millions_of_cells(
    monkeypatch: pytest.MonkeyPatch, line: str, said: str
) -> None:
    taken = 0

    class Seen(reading._Bounded):
        def __next__(self) -> str:
            nonlocal taken
            part = super().__next__()
            taken += len(part)
            return part

    monkeypatch.setattr(reading, "_Bounded", Seen)
    with pytest.raises(UnreadableFileError, match=said):
        _read(io.BytesIO(f"Opened,Closed\n{line}\n".encode()))
    assert taken <= reading._LONGEST_LINE + 20


@pytest.mark.parametrize("constant_memory", [True, False], ids=["in the cell", "of the book"])
@pytest.mark.parametrize("letters", [20_001, 30_000])
def test_a_cell_that_is_too_long_is_not_cut(constant_memory: bool, letters: int) -> None:
    """What is left could read like a whole cell, and the rest would be missing for good."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": constant_memory})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_row(1, 0, ["a" * 20_000, "b"])
    sheet.write_row(2, 0, ["a" * letters, "b"])
    book.close()
    with pytest.raises(UnreadableFileError, match="Line 3 cannot be read: a cell holds more than 20000 characters"):
        _read(file)


def test_what_is_too_long_is_refused_before_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    told, cell = 0, b'<c t="inlineStr"><is><t>' + b"a" * 3_000_000 + b"</t></is></c>"
    taken = sheet._Reader._told

    def counted(reader: sheet._Reader, text: str) -> None:
        nonlocal told
        told += len(text)
        taken(reader, text)

    monkeypatch.setattr(sheet._Reader, "_told", counted)
    with pytest.raises(UnreadableFileError, match="Line 1 cannot be read"):
        _read(_with_sheet(_HEAD + b"<row>" + cell + b"</row></sheetData></worksheet>"))
    assert 20_000 < told < 200_000


@pytest.mark.parametrize("places", [("C1", "A1"), ("A1", "A1")])
def test_a_cell_that_comes_out_of_order_is_not_read_into_another_column(places: tuple[str, str]) -> None:
    cells = "".join(f'<c r="{at}"><v>{n}</v></c>' for n, at in enumerate(places)).encode()
    with pytest.raises(UnreadableFileError, match=r"Line 1 .* damaged"):
        _read(_with_sheet(_HEAD + b'<row r="1">' + cells + b"</row></sheetData></worksheet>"))
