"""Does a table's past get in as it was written, or not at all, with every line to mend named?"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from privacy.context import in_role
from privacy.decision import Denied
from reports.importing import batches, undoing
from reports.importing.layout import columns
from reports.importing.problems import UnreadableFileError
from reports.models import SIX_GROUPS, CodedRecord, ImportBatch, ImportWord
from tests.cast import Cast

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "coded-record.csv"
pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ACCEPTED = {
    "Opened": "2025-01-14",
    "Closed": "2025-02-11",
    "Discussion Type": "Person",
    "Originating Agency": "Police",
    "Lead Agency": "Health",
    "Affected Persons": "18-24 female",
    "Risk Factors": "alcohol abuse by person; Criminal Involvement: assault",
    "Services Mobilized": "Counselling: Connected to service",
    "Conclusion": "Connected to services",
}
REJECTED = ACCEPTED | {
    "Lead Agency": "N/A",
    "Affected Persons": "N/A",
    "Risk Factors": "N/A",
    "Services Mobilized": "N/A",
    "Conclusion": "Single agency can address risk alone",
}


def _file(folder: Path, *rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path = folder / "past.csv"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _records(table_id: int) -> list[CodedRecord]:
    with in_role("st_statistics"):
        return list(CodedRecord.objects.at(table_id).order_by("opened_on"))


def _wrong(cast: Cast, path: Path) -> list[tuple[int, str]]:
    outcome = batches.import_file(path, table=cast.nia, by=None)
    assert outcome.batch is None
    assert not _records(cast.nia.pk)
    return [(p.line, p.column) for p in outcome.problems]


def test_the_example_in_the_documents_is_imported(cast: Cast) -> None:
    outcome = batches.import_file(EXAMPLE, table=cast.nia, by=None)
    assert (outcome.problems, outcome.read, outcome.accepted) == ([], 3, 2)
    concluded, rejected, ongoing = _records(cast.nia.pk)
    assert (concluded.status, concluded.quarter, concluded.days_open) == ("concluded", "2025Q1", 28)
    assert concluded.risk_factors == ["alcohol/alcohol-abuse-by-person", "drugs/drug-abuse-by-person"]
    assert concluded.persons == [{"age_group": "18-24", "sex": "female"}]
    assert concluded.services is not None
    assert concluded.services[1] == {"category": "housing", "result": "informed-of-service"}
    assert (concluded.lead_sector, concluded.assisting_sectors) == (
        "mental-health-and-addictions",
        ["housing", "health"],
    )
    assert (concluded.conclusion_group, concluded.hours_to_first_contact) == ("overall-risk-lowered", 26)
    assert all(getattr(rejected, group) is None for group in SIX_GROUPS)
    assert (rejected.status, rejected.decided_on) == ("rejected", date(2025, 1, 21))
    assert (ongoing.status, ongoing.closed_on, len(ongoing.persons or ())) == ("accepted", None, 4)


def test_a_dry_run_keeps_nothing(cast: Cast) -> None:
    outcome = batches.import_file(EXAMPLE, table=cast.nia, by=None, dry_run=True)
    assert outcome.ok
    assert not _records(cast.nia.pk)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"Opened": "2025-02-30"}, "Opened"),
        ({"Opened": "03/04/2025"}, "Opened"),
        ({"Opened": ""}, "Opened"),
        ({"Opened": "2999-01-01"}, "Opened"),
        ({"Closed": "2024-12-31"}, "Closed"),
        ({"Closed": ""}, "Closed"),
        ({"Discussion Type": "Somebody"}, "Discussion Type"),
        ({"Originating Agency": ""}, "Originating Agency Sector"),
        ({"Affected Persons": "a young woman"}, "Affected Persons"),
        ({"Risk Factors": "assault"}, "Risk Factors"),  # stands in two categories
        ({"Risk Factors": "N/A"}, "Risk Factors"),
        ({"Services Mobilized": "Counselling"}, "Services Mobilized"),
        ({"Conclusion": "went well"}, "Conclusion Reason"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column_and_nothing_is_kept(
    cast: Cast, tmp_path: Path, change: dict[str, str], column: str
) -> None:
    found = _wrong(cast, _file(tmp_path, ACCEPTED, ACCEPTED | change, ACCEPTED))
    assert found
    assert set(found) == {(3, column)}


@pytest.mark.parametrize("column", ["Affected Persons", "Risk Factors", "Services Mobilized", "Lead Agency"])
def test_a_rejected_line_holds_nothing_in_the_six_groups(cast: Cast, tmp_path: Path, column: str) -> None:
    assert len(_wrong(cast, _file(tmp_path, REJECTED | {column: ACCEPTED[column]}))) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_french_files_of_every_spreadsheet_are_read(cast: Cast, tmp_path: Path, encoding: str, delimiter: str) -> None:
    row = {
        "Ouverture": "14 février 2025",
        "Fermeture": "2025/03/01",
        "Type de discussion": "Famille",
        "Organisme d'origine": "Éducation",
        "Personnes touchées": "2 x 6-11 Masculin; 30 à 39 ans Féminin" if encoding != "x" else "",
        "Facteurs de risque": "Alcool : abus d’alcool par la personne",
        "Motif de conclusion": "Mise en contact avec des services",
    }
    outcome = batches.import_file(_file(tmp_path, row, encoding=encoding, delimiter=delimiter), table=cast.nia, by=None)
    assert outcome.problems == []
    (record,) = _records(cast.nia.pk)
    assert (record.opened_on, record.discussion_type, len(record.persons or ())) == (date(2025, 2, 14), "family", 3)


def _book(folder: Path, rows: Sequence[Sequence[Any]], name: str = "past.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(folder / name)
    return folder / name


def test_a_spreadsheet_is_read_as_values(cast: Cast, tmp_path: Path) -> None:
    values: list[Any] = list(ACCEPTED.values())
    values[0], values[1] = date(2025, 1, 14), date(2025, 2, 11)
    assert batches.import_file(_book(tmp_path, [list(ACCEPTED), values]), table=cast.nia, by=None).problems == []
    assert _records(cast.nia.pk)[0].opened_on == date(2025, 1, 14)


def test_a_cell_is_not_cut_to_a_line_that_reads_well(cast: Cast, tmp_path: Path) -> None:
    """What stood beyond the longest cell was left out in silence: a line came in with half of its factors."""
    said = "alcohol abuse by person" + ";" * 20_000 + "Criminal Involvement: assault"
    values = (ACCEPTED | {"Risk Factors": said}).values()
    with pytest.raises(UnreadableFileError, match=r"Line 2 .* Nothing was imported\. Shorten it"):
        batches.import_file(_book(tmp_path, [list(ACCEPTED), list(values)]), table=cast.nia, by=None)
    assert not _records(cast.nia.pk)


def test_lines_of_a_cell_are_parted_as_spreadsheets_write_them(cast: Cast, tmp_path: Path) -> None:
    """A carriage return before a line end stands in the file as `_x000D_`: the word before it was in no list."""
    said = "alcohol abuse by person_x000D_\nCriminal Involvement: assault"
    path = _book(tmp_path, [list(ACCEPTED), list((ACCEPTED | {"Risk Factors": said}).values())])
    assert batches.import_file(path, table=cast.nia, by=None).problems == []
    assert len(_records(cast.nia.pk)[0].risk_factors or ()) == 2


def test_a_formula_is_no_value(cast: Cast, tmp_path: Path) -> None:
    values = [*list(ACCEPTED.values())[:2], '=HYPERLINK("http://evil.example","x")', *list(ACCEPTED.values())[3:]]
    assert _wrong(cast, _book(tmp_path, [list(ACCEPTED), values])) == [(2, "Discussion Type")]


def test_an_unknown_column_is_named_and_never_read_in_silence(cast: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, ACCEPTED | {"Client Name": "Somebody"})
    assert _wrong(cast, path) == [(1, "10")]


def test_the_recorder_says_what_a_column_or_value_means(cast: Cast, tmp_path: Path, as_member: Any) -> None:
    path = _file(tmp_path, ACCEPTED | {"Client Name": "Somebody", "Lead Agency": "Crisis people"})
    with as_member(cast.recorder):
        ImportWord.objects.create(table=cast.nia, list="", said="client name", means="ignored")
        ImportWord.objects.create(table=cast.nia, list="sector", said="Crisis People", means="health")
    with as_member(cast.facilitator):
        assert not ImportWord.objects.exists()
    outcome = batches.import_file(path, table=cast.nia, by=cast.recorder)
    assert outcome.problems == []
    assert _records(cast.nia.pk)[0].lead_sector == "health"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"Opened\0,Closed\n", "text file"),
        (b'Opened,Discussion Type,Originating Agency\n"2025', "quotation mark"),
        (b",".join([b"x"] * 300), "200 columns"),
    ],
)
def test_what_is_no_spreadsheet_is_said_in_words(cast: Cast, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "past.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=said):
        batches.import_file(path, table=cast.nia, by=None)


def test_a_zip_bomb_is_not_unpacked(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 2**20))
    with pytest.raises(UnreadableFileError, match="far more"):
        batches.import_file(path, table=cast.nia, by=None)


def test_the_same_file_is_not_imported_twice_and_a_batch_is_taken_back_whole(cast: Cast, tmp_path: Path) -> None:
    first = batches.import_file(EXAMPLE, table=cast.nia, by=None)
    again = batches.import_file(EXAMPLE, table=cast.nia, by=None)
    assert not again.ok
    assert len(_records(cast.nia.pk)) == 3
    assert first.batch is not None
    assert undoing.undo(first.batch, by=None) == 3
    assert not _records(cast.nia.pk)
    assert batches.import_file(EXAMPLE, table=cast.nia, by=None).ok


@pytest.mark.parametrize(
    "again",
    ["{id}", "{{{id}}}", "urn:uuid:{id}", "{bare}", "{upper}"],
)
def test_an_id_that_is_written_in_two_ways_stands_twice(cast: Cast, tmp_path: Path, again: str) -> None:
    """The database refused the file, and told neither the line nor that the file is at fault."""
    one = UUID(int=7 * 2**80 + 0xABCDEF)
    written = again.format(id=one, bare=one.hex, upper=str(one).upper())
    rows = [ACCEPTED | {"Statistics ID": said} for said in (str(one), str(uuid4()), written)]
    done = batches.import_file(_file(tmp_path, *rows), table=cast.nia, by=None)
    assert [str(p) for p in done.problems] == ["line 4, column “Statistics ID”: stands in the file twice"]


def test_that_an_id_is_a_record_of_another_table_is_not_told(cast: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, ACCEPTED | {"Statistics ID": str(uuid4())})
    first = batches.import_file(path, table=cast.kes, by=None)
    told = [str(p) for p in batches.import_file(path, table=cast.nia, by=None).problems]
    assert not _records(cast.nia.pk)
    own = _file(tmp_path, (ACCEPTED | {"Statistics ID": str(_records(cast.kes.pk)[0].pk), "Opened": "2025-01-15"}))
    assert first.ok
    assert [str(p) for p in batches.import_file(own, table=cast.kes, by=None).problems] == told
    (said,) = told
    assert "cannot be used. Nothing was imported." in said
    assert "already" not in said


def test_only_the_recorder_of_the_table_imports_and_takes_back(cast: Cast, as_member: Any) -> None:
    for key, member in cast.everybody.items():
        if key == "recorder":
            continue
        with pytest.raises(Denied):
            batches.import_file(EXAMPLE, table=cast.nia, by=member)
    done = batches.import_file(EXAMPLE, table=cast.nia, by=cast.recorder)
    assert done.batch is not None
    with pytest.raises(Denied):
        undoing.undo(done.batch, by=cast.facilitator)
    with as_member(cast.recorder):
        assert ImportBatch.objects.get().imported_by == cast.recorder


def test_the_command_says_what_happened_and_how_to_take_it_back(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_records", str(EXAMPLE), table="NIA")
    said = capsys.readouterr().out
    assert "3 discussions imported" in said
    call_command("import_records", undo=said.split("--undo ")[1].rstrip(")\n"))
    assert "3 discussions taken back" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [{"table": "NOWHERE"}, {}])
def test_a_wrong_call_is_answered_in_words(cast: Cast, arguments: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("import_records", str(EXAMPLE), **arguments)


def test_words_that_cannot_be_written_are_no_crash(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such folder"):
        call_command("import_records", str(EXAMPLE), table="NIA", write_map=str(tmp_path / "no folder" / "map.json"))
    assert not _records(cast.nia.pk)


def test_a_file_in_which_every_line_is_wrong_is_not_read_to_its_end(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some 350,000 such lines fit into what a page takes, and would keep it busy for a minute."""
    monkeypatch.setattr("reports.importing.batches.MOST_REFUSED", 1_500)
    outcome = batches.import_file(_file(tmp_path, *[ACCEPTED | {"Opened": "x"}] * 4_000), table=cast.nia, by=None)
    assert (outcome.read, outcome.refused, outcome.ok, outcome.batch) == (2_000, 2_000, False, None)
    assert str(outcome.problems[0]) == "Reading stopped after 2000 lines with problems."
    assert outcome.problem_count == 2_001
    assert not _records(cast.nia.pk)


def test_the_layout_is_the_documented_one() -> None:
    page = (EXAMPLE.parents[1] / "coded-record.md").read_text(encoding="utf-8")
    for column in columns():
        assert f"| {column.header_en} |" in page
