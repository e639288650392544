"""Can a file of a few kilobytes hold a web process, or a line of the coded record say more than was approved?"""

from __future__ import annotations

import contextlib
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.formats import date_format

from privacy.context import acting_as, in_role
from reports.exporting import exports
from reports.exporting.exports import ChangedSinceError
from reports.exporting.lines import Labels, cells, header, rows
from reports.importing import batches, reading
from reports.importing.codes import place_of
from reports.importing.layout import plain
from reports.importing.problems import UnreadableFileError
from reports.models import BatchWords, CodedRecord, RecordExport
from reports.quarters import day_at
from reports.spreadsheet import xlsx_bytes
from risk.editor import Wording, reword
from risk.models import CatalogueEntry
from tests.cast import Cast
from tests.importing.test_import_records import ACCEPTED, _file, _records
from tests.pages.browsing import Browser, text
from tests.records.test_export import EXAMPLE, _approved, _every_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

#: Seconds of processor for one small file; an honest one of this size takes hundredths.
_PATIENCE = 3.0


def _book(part: str, change: Callable[[bytes], bytes]) -> io.BytesIO:
    """A workbook with one part changed, packed as browsers send it."""
    plain_one, file = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain_one)
    book.add_worksheet().write_row(0, 0, ["Opened"])
    book.close()
    with zipfile.ZipFile(plain_one) as good, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in good.namelist():
            made.writestr(name, change(good.read(name)) if name == part else good.read(name))
    return file


def _seconds(read: Callable[[], object]) -> float:
    began = time.process_time()
    with contextlib.suppress(UnreadableFileError):
        read()
    return time.process_time() - began


def test_what_a_file_says_of_its_parts_is_not_looked_through_without_end() -> None:
    """128 KB, packed to less than 1 KB; ten times as much takes a hundred times (10 MB may be as dense as it likes)."""
    file = _book("[Content_Types].xml", lambda _was: b"<" + b"main+xml" * 16_000)
    assert len(file.getvalue()) < 10_000
    assert _seconds(lambda: list(reading.lines(file))) < _PATIENCE


def test_strings_of_very_many_runs_do_not_become_millions_of_objects() -> None:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    runs = b'<sst xmlns="' + main + b'"><si>' + b"<r><t/></r>" * 400_000 + b"</si></sst>"
    file = _book("xl/sharedStrings.xml", lambda _was: runs)
    assert len(file.getvalue()) < 30_000
    assert _seconds(lambda: list(reading.lines(file))) < _PATIENCE


@pytest.mark.parametrize(("before", "after"), [(b"<!--", b"-->"), (b"<a b='", b"'/>")], ids=["comment", "attribute"])
def test_one_piece_of_xml_without_end_is_refused(before: bytes, after: bytes) -> None:
    """The parser looks through what it holds of it anew for every part that comes: 40 MB take 26 seconds."""
    long = before + b"".join(b"x" * 200 + b"%05d" % (n % 99_999) for n in range(150_000)) + after
    file = _book("xl/worksheets/sheet1.xml", lambda was: was.replace(b"<sheetData>", long + b"<sheetData>"))
    assert len(file.getvalue()) < 1_000_000
    assert _seconds(lambda: list(reading.lines(file))) < _PATIENCE


def test_rows_of_nothing_are_not_read_without_end() -> None:
    """A real sheet has 1,048,576 rows at most."""
    rows_of_nothing = (b"<row/>" * 33 + b"<row />") * 60_000
    file = _book("xl/worksheets/sheet1.xml", lambda was: was.replace(b"<sheetData>", b"<sheetData>" + rows_of_nothing))
    with pytest.raises(UnreadableFileError):
        list(reading.lines(file))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Services Mobilized", "a" + " " * 15_000 + "b"),
        ("Services Mobilized", "a/" * 2500),
    ],
    ids=["spaces", "marks"],
)
def test_one_long_cell_is_no_code_at_once(cast: Cast, tmp_path: Path, column: str, cell: str) -> None:
    path = _file(tmp_path, ACCEPTED | {column: cell})
    told = []
    took = _seconds(lambda: told.append(batches.import_file(path, table=cast.nia, by=None, dry_run=True)))
    assert [p.column for p in told[0].problems] == [column]
    assert took < _PATIENCE


def test_a_cell_is_not_cut_to_a_line_that_reads_well(cast: Cast) -> None:
    """What stands beyond the longest cell is refused in a CSV file, and left out in silence in a spreadsheet."""
    said = "alcohol abuse by person" + ";" * 20_000 + "Criminal Involvement: assault"
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(ACCEPTED))
    book.active.append(list((ACCEPTED | {"Risk Factors": said}).values()))
    book.save(file)
    done = batches.import_file(file, table=cast.nia, by=None)
    kept = [len(r.risk_factors or ()) for r in _records(cast.nia.pk)]
    assert (done.ok, kept) in ((False, []), (True, [2]))


def test_a_version_of_thousands_of_digits_is_no_crash(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    with in_role("st_statistics"):
        record = CodedRecord.objects.at(cast.nia.pk).order_by("opened_on")[0]
    assert Browser(cast.recorder).post("entry_done", record.pk, version="9" * 5000).status_code == 302


def test_a_long_word_that_is_answered_is_no_crash(cast: Cast, tmp_path: Path) -> None:
    """Words beyond 120 letters are not asked for; an answer to one all the same is a page, not an error."""
    word = "a place where they slept for a while " * 5
    content = _file(tmp_path, ACCEPTED | {"Risk Factors": f"assaulted; {word}"}).read_bytes()
    field = f"value-risk_factor-{place_of('risk_factor', plain(word))}"
    said = {field: "alcohol/alcohol-abuse-by-person"}
    answer = Browser(cast.recorder).post(
        "import_past", "NIA", file=SimpleUploadedFile("past.csv", content), check="1", **said
    )
    assert answer.status_code == 200


def test_a_batch_that_is_taken_back_leaves_none_of_its_words(cast: Cast, tmp_path: Path) -> None:
    """The guard misses some names: who took the file back because of one finds it on the page ever after."""
    path = _file(tmp_path, ACCEPTED | {"Originating Agency": "the old constabulary"})
    words = [("sector", "the old constabulary", "police")]
    with acting_as(cast.recorder):
        done = batches.import_file(path, table=cast.nia, by=cast.recorder, words=words)
        assert done.batch
        assert BatchWords.objects.exists()
        batches.undo(done.batch, by=cast.recorder)
        assert not BatchWords.objects.exists()
    assert "old constabulary" not in text(Browser(cast.recorder).get("record"))


def test_a_word_that_a_spreadsheet_would_read_as_another_is_written_as_it_is() -> None:
    """`_x003D_` in a cell is an equals sign to every spreadsheet program (ECMA-376, ST_Xstring)."""
    file = xlsx_bytes([["_x003D_1+1", "a_x000D_b"]])
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x003D_1+1" in sheet
    assert "a_x005F_x000D_b" in sheet


def test_a_file_is_not_taken_once_other_codes_are_left_out_of_it(cast: Cast) -> None:
    """An administrator, who may see no situation, hides a code for the young: the lines lose it, the seal holds."""
    record = _every_code(cast)[0]
    record.persons = [{"age_group": "12-17", "sex": "female"}]
    record.risk_factors = ["alcohol/alcohol-abuse-by-person", "alcohol/alcohol-use-by-person"]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create([record])
    made = _approved(cast)
    with acting_as(cast.recorder):
        before = exports.take(made.pk, by=cast.recorder, form="csv")
    seen = CatalogueEntry.objects.filter(code="alcohol-use-by-person").order_by("-version")[0]
    same = {f.name: getattr(seen, f.name) for f in fields(Wording)} | {"hidden_for_youth": True}
    reword(seen, Wording(**same), start=day_at(cast.nia), why="a test", by=cast.administrator)
    with acting_as(cast.recorder):
        try:
            after = exports.take(made.pk, by=cast.recorder, form="csv")
        except ChangedSinceError:
            return
    assert after == before


def test_what_is_left_out_of_a_young_persons_line_is_not_told_by_its_absence(cast: Cast) -> None:
    """Whoever met the threshold has a factor: "N/A" says that all were of criminal involvement, to a manager too."""
    record = _every_code(cast)[0]
    record.persons = [{"age_group": "12-17", "sex": "female"}]
    record.risk_factors = ["criminal-involvement/assault"]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create([record])
        (row,) = rows(CodedRecord.objects.at(cast.nia.pk))
        line = dict(zip(header(), cells(row, table=cast.nia, number="", labels=Labels.read()), strict=True))
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder)
    assert made.export.problems == {}, "the approver is told that a line lacks its factors"
    assert line["Risk Factors"] != "N/A"


def test_who_took_a_file_first_stays_known(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    made = _approved(cast)
    with acting_as(cast.recorder):
        exports.take(made.pk, by=cast.recorder, form="csv")
        first = RecordExport.objects.get().taken_at
        exports.take(made.pk, by=cast.recorder, form="xlsx")
        assert RecordExport.objects.get().taken_at == first


def test_lines_of_a_cell_are_parted_as_spreadsheets_write_them(cast: Cast) -> None:
    """A carriage return before a line end stands in the file as `_x000D_`: the word before it was in no list."""
    said = "alcohol abuse by person_x000D_\nCriminal Involvement: assault"
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(ACCEPTED))
    book.active.append(list((ACCEPTED | {"Risk Factors": said}).values()))
    book.save(file)
    done = batches.import_file(file, table=cast.nia, by=None, dry_run=True)
    assert [str(p) for p in done.problems] == []


def test_what_is_only_compared_is_not_held_in_its_whole_length(cast: Cast, tmp_path: Path) -> None:
    """Numbers of 20,000 letters; an upload of 2.5 MB may unpack to 512 MB of them."""
    lines = [ACCEPTED | {"Discussion Number": f"{n:06d}" + "x" * 19_000} for n in range(4000)]
    path = _file(tmp_path, *lines)
    tracemalloc.start()
    batches.import_file(path, table=cast.nia, by=None, dry_run=True)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 2**20 + 1000 * 20_000  # a thousand lines at once are in memory by design


def test_words_that_pass_from_one_code_to_another_do_not_spoil_the_file(cast: Cast) -> None:
    """Words a code no longer has are another's now: of our own file the reader says for good that both can be meant."""
    first, second = (
        CatalogueEntry.objects.filter(code=code).order_by("-version")[0]
        for code in ("alcohol-use-by-person", "alcohol-abuse-in-home")
    )
    words = {f.name: getattr(first, f.name) for f in fields(Wording)}
    today = day_at(cast.nia)
    for seen, said in ((first, words | {"label_en": "drinks", "label_fr": "boit"}), (second, words)):
        reword(seen, Wording(**said), start=today, why="a test", by=cast.administrator)
    record = _every_code(cast)[0]
    record.risk_factors = [f"{second.category_code}/{second.code}"]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create([record])
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder)
    assert [str(p) for p in made.problems] == []


@pytest.mark.parametrize(
    ("column", "one"),
    [("Affected Persons", "99 x f 12-17;"), ("Services Mobilized", "99 x Counselling: Connected to service;"),
     ("Assisting Agencies", "99 x Health;")],
)  # fmt: skip
def test_a_cell_of_counts_does_not_become_a_hundred_thousand_entries(
    cast: Cast, tmp_path: Path, column: str, one: str
) -> None:
    """A thousand such lines, a few kilobytes as a spreadsheet, are in memory at once; and nobody was that many."""
    cell = one * (19_500 // len(one))
    tracemalloc.start()
    done = batches.import_file(_file(tmp_path, ACCEPTED | {column: cell}), table=cast.nia, by=None, dry_run=True)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [p.column for p in done.problems] == [column], f"{most // 2**20} MB for one line"


def test_who_approves_is_told_no_day_of_a_single_discussion(cast: Cast, tmp_path: Path) -> None:
    """The first and the last day of a batch are the days of two discussions; of a batch of one, of that one."""
    batches.import_file(_file(tmp_path, ACCEPTED), table=cast.nia, by=None)
    assert date_format(date(2025, 1, 14)) not in text(Browser(cast.manager).get("record"))
