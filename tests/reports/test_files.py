"""Do words that somebody entered stay words in every file, and are they printed whatever their script?"""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pypdf
import pytest

from agencies.models import Table
from reports.spreadsheet import cell, csv_bytes, xlsx_bytes
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser
from tests.pages.test_record import ended

BLANK = ' "\t\r\n\N{NO-BREAK SPACE}'
NATIONS = "ᓀᐦᐃᔭᐏᐏᐣ"


class TestSpreadsheets:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_cell_starts_a_formula(self, start: str) -> None:
        assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"

    @pytest.mark.parametrize("start", ["\n", " ", "\N{NO-BREAK SPACE}", "\t", 'x";', "x; ", "x\t", "x\n", 'x\r\n"'])
    @pytest.mark.parametrize("sign", "=+-@＝＋－＠")
    def test_nor_does_what_another_reader_takes_for_the_next_cell(self, start: str, sign: str) -> None:
        """A French Canadian desktop parts a CSV file at semicolons, whatever the file is parted by."""
        text = csv_bytes([["first", f"{start}{sign}cmd", "last"]]).decode("utf-8-sig")
        for parted_by in (",", ";", "\t"):
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
                read = csv.reader(io.StringIO(text), delimiter=parted_by, quoting=quoting)
                cells = [one.strip(BLANK) for row in read for one in row]
                assert not [one for one in cells if one.startswith(sign)], (parted_by, cells)

    def test_plain_cells_stay_plain(self) -> None:
        plain = ("housing", "a-b", "", "a; b", "costs; 5 - 3", "a, -b", "12-17", "60+", "x\ny")
        assert [cell(v) for v in (*plain, 0, None)] == [*plain, 0, ""]

    def test_no_cell_of_a_workbook_is_a_formula_or_a_link(self) -> None:
        said = ["=1+1", "{=1+1}", '=HYPERLINK("http://evil.example")', "http://evil.example", "mailto:a@b.example",
                "internal:Sheet1!A1", "external:c:/x.xlsx", "=cmd|' /C calc'!A0", "@SUM(1)", "-1", "+1"]  # fmt: skip
        content = xlsx_bytes([said])
        (row,) = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
        assert {one.data_type for one in row} == {"s"}
        assert not any(one.hyperlink for one in row)
        parts = zipfile.ZipFile(io.BytesIO(content))
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in parts.namelist() if "external" in name.lower() or "worksheets/_rels" in name]

    def test_rows_of_a_workbook_are_read_back_as_they_were(self) -> None:
        """More than are written at once, with gaps, marks that XML reserves, and what it may not hold at all."""
        said = ["<a & b>", None, 7, "  two  spaces ", "line\nline", NATIONS, "", 0, "x\x07y"]
        content = xlsx_bytes([said] * 1200)
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
        assert len(rows) == 1200
        (read,) = set(rows)
        assert read == (*said[:6], None, 0, "x\N{REPLACEMENT CHARACTER}y")

    def test_what_spreadsheets_read_as_another_letter_is_written_as_it_stands(self) -> None:
        """`_x003D_` is an equals sign to every one of them (ECMA-376, ST_Xstring)."""
        file = xlsx_bytes([["_x003D_1+1", "a_x000d_b", "_x_ax0041_", "_xyz0_"]])
        sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
        written = [part.partition("</t>")[0] for part in sheet.split("<t>")[1:]]
        assert written == ["_x005F_x003D_1+1", "a_x005F_x000d_b", "_x_ax0041_", "_xyz0_"]

    def test_a_workbook_says_nothing_of_who_made_it_when(self) -> None:
        parts = zipfile.ZipFile(io.BytesIO(xlsx_bytes([["word"]])))
        assert "2000-01-01T00:00:00Z" in parts.read("docProps/core.xml").decode()
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_name_in_syllabics_is_printed_and_what_no_font_has_stops_no_page(cast: Cast) -> None:
    Table.objects.filter(pk=cast.nia.pk).update(name_en=f"Nia {NATIONS} 😀\x07", name_fr=f"Nia {NATIONS} 😀\x07")
    held = ended(cast, builders.sitting_meeting(cast))
    content = Browser(cast.school_rep).get("meeting_record_pdf", held.pk).content
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert f"Nia {NATIONS} ��" in printed
