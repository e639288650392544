"""Does the coded record leave as it stands, approved by a second person, and come back in as the same record?"""

from __future__ import annotations

import io
import re
from copy import copy
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.formats import date_format

from agencies.models import Sector, Table
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from reports.exporting import entering, exports
from reports.exporting.exports import ChangedSinceError, NothingToExportError
from reports.exporting.labels import Labels
from reports.exporting.lines import Row, header, lines, rows
from reports.importing import batches
from reports.models import SIX_GROUPS, CodedRecord, ExportTaking, RecordEntry, RecordExport
from reports.quarters import Quarter, day_at
from reports.vocabulary import ENDED, Status
from risk.editor import Wording, retire, reword
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import retention
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "coded-record.csv"
pytestmark = pytest.mark.django_db(databases=["default", "keys"])
_KEPT = (
    "statistics_id", "status", "quarter", "accepted", "discussion_type", "originating_sector", "lead_sector",
    "conclusion_group", "conclusion_reason", *SIX_GROUPS, "deferrals", "hours_to_first_contact",
)  # fmt: skip


def _codes(code_list: CodeList) -> list[str]:
    found = CatalogueEntry.objects.of(code_list).in_force()
    return [f"{e.category_code}/{e.code}" if e.category_code else e.code for e in found]


def _every_code(cast: Cast) -> list[CodedRecord]:
    """Records that together hold every code of every list, and sectors, persons and services several times."""
    sectors = list(dict.fromkeys(Sector.objects.values_list("code", flat=True)))
    codes = {name: _codes(name) for name in CodeList}
    kinds, results, sexes = codes[CodeList.SERVICE_CATEGORY], codes[CodeList.MOBILIZATION_TYPE], codes[CodeList.SEX]
    reasons = [r.split("/") for r in codes[CodeList.CONCLUSION_REASON] if not r.startswith(("rejected", "stopped"))]
    common = {
        "table": cast.nia, "opened_on": date(2025, 2, 14), "quarter": "2025Q1", "catalogue_on": date(2025, 1, 1),
        "updated_on": date(2025, 3, 1),
    }  # fmt: skip
    made = []
    for at, discussion_type in enumerate(codes[CodeList.DISCUSSION_TYPE] * 8):
        group, reason = reasons[at % len(reasons)]
        made.append(
            CodedRecord(
                **common, status=Status.CONCLUDED, accepted=True, decided_on=date(2025, 2, 20),
                closed_on=date(2025, 5, 3), days_open=78, discussion_type=discussion_type,
                originating_sector=sectors[at % len(sectors)], lead_sector=sectors[(at + 1) % len(sectors)],
                assisting_sectors=sorted([sectors[(at + 2) % len(sectors)]] * 2 + [sectors[(at + 3) % len(sectors)]]),
                conclusion_group=group, conclusion_reason=reason, hours_to_first_contact=at,
                risk_factors=codes[CodeList.RISK_FACTOR][at::7], study_flags=codes[CodeList.STUDY_FLAG][at::5],
                protective_factors=codes[CodeList.PROTECTIVE_FACTOR][at::3], deferrals=at % 3,
                persons=[
                    {"age_group": age, "sex": sex}
                    for age in codes[CodeList.AGE_GROUP]
                    for sex in [sexes[at % len(sexes)]] * 2
                ],
                services=[
                    {"category": kind, "result": results[(at + n) % len(results)]}
                    for n, kind in enumerate(kinds) for _twice in range(1 + n % 2)
                ],
            )
        )  # fmt: skip
    nothing = common | {"originating_sector": sectors[0], "discussion_type": codes[CodeList.DISCUSSION_TYPE][0]}
    ways = {Status.STOPPED: "duplicate", Status.WITHDRAWN: "withdrawn", Status.TRANSFERRED: "transferred"}
    for status in (Status.PRESENTED, Status.DEFERRED, Status.REJECTED, *ways):
        ended = {"closed_on": date(2025, 3, 1), "days_open": 15} if status in ENDED else {}
        decided = {"decided_on": date(2025, 3, 1), "conclusion_group": "rejected"} if status == Status.REJECTED else {}
        way = {"conclusion_group": status.value, "conclusion_reason": ways[status]} if status in ways else {}
        made.append(CodedRecord(**nothing, **ended, **decided, **way, status=status))
    return made


def _kept(table_id: int) -> list[tuple[object, ...]]:
    with in_role("st_statistics"):
        rows = list(CodedRecord.objects.at(table_id).order_by("statistics_id"))
    return [tuple(getattr(row, name) for name in _KEPT) for row in rows]


def _approved(cast: Cast, period: str = "2025Q1") -> RecordExport:
    with acting_as(cast.recorder):
        made = exports.prepare(table=cast.nia, period=period, by=cast.recorder).export
    with acting_as(cast.manager):
        return exports.approve(made.pk, by=cast.manager)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_taken_comes_back_as_the_same_records(cast: Cast, language: str, form: str) -> None:
    with transaction.atomic():
        with acting_as(cast.recorder):
            CodedRecord.objects.bulk_create(_every_code(cast))
        Table.objects.filter(pk=cast.nia.pk).update(  # so that every code is to come back
            youth_codes_before_f4=True, youth_codes_assessment="PIA 2025-03"
        )
        cast.nia.refresh_from_db()
        before = [row for row in _kept(cast.nia.pk) if row[1] in ENDED]
        export = _approved(cast)
        with acting_as(cast.recorder), translation.override(language):
            content = exports.take(export.pk, by=cast.recorder, form=form)
        transaction.set_rollback(True)  # the records are gone, the file is not
    assert len(before) > 20
    assert export.problems == {}
    assert _kept(cast.nia.pk) == []
    done = batches.import_file(io.BytesIO(content), table=cast.nia, by=None)
    assert [str(p) for p in done.problems] == []
    assert _kept(cast.nia.pk) == before


def test_a_french_file_has_the_colons_of_its_language(cast: Cast) -> None:
    with acting_as(cast.recorder), translation.override("fr"):
        CodedRecord.objects.bulk_create(_every_code(cast))
        said = [cell for line in lines(rows(CodedRecord.objects.at(cast.nia.pk)), {}, cast.nia) for cell in line]
    found = [m for cell in said for m in re.findall(r".:", cell)]
    assert len(found) > 20
    assert set(found) == {"\N{NO-BREAK SPACE}:"}


def test_days_leave_as_months_and_rejected_rows_as_not_applicable(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    export = _approved(cast)
    with acting_as(cast.recorder):
        content = exports.take(export.pk, by=cast.recorder, form="xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert list(rows[0]) == header()
    for row in rows[1:]:
        line = dict(zip(header(), row, strict=True))
        assert line["Opened"] in ("2025-01", "2025-02", "2025-03")
        if line["Status"] == "Rejected":
            assert {
                line[c] for c in ("Risk Factors", "Affected Persons", "Services Mobilized", "Assisting Agencies")
            } == {"N/A"}


def test_whoever_prepared_it_does_not_approve_it(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    with acting_as(cast.recorder):
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder).export
        with pytest.raises(Denied):
            exports.approve(made.pk, by=cast.recorder)
        with pytest.raises(Denied) as refused:
            exports.take(made.pk, by=cast.recorder, form="csv")
    assert refused.value.decision.code == "not-approved"
    with acting_as(cast.recorder), transaction.atomic(), pytest.raises(DatabaseError), transaction.atomic():
        RecordExport.objects.filter(pk=made.pk).update(approved_by=cast.recorder)


def test_what_was_prepared_can_not_be_changed_or_deleted_by_the_application(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    made = _approved(cast)
    with acting_as(cast.recorder):
        for change in ({"digest": "0" * 64}, {"rows": 0}, {"prepared_by": cast.manager}):
            with pytest.raises(DatabaseError), transaction.atomic():
                RecordExport.objects.filter(pk=made.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            RecordExport.objects.filter(pk=made.pk).delete()


def test_a_file_is_not_taken_once_a_record_has_changed(cast: Cast) -> None:
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create(_every_code(cast)[:3])
    made = _approved(cast)
    with acting_as(cast.recorder):
        changed = CodedRecord.objects.at(cast.nia.pk)[0]
        changed.hours_to_first_contact = 99
        changed.save()
        with pytest.raises(ChangedSinceError):
            exports.take(made.pk, by=cast.recorder, form="csv")
        assert not ExportTaking.objects.exists()


_CHANGES: dict[str, Any] = {
    "status": Status.STOPPED, "discussion_type": "other", "originating_sector": "other", "lead_sector": "other",
    "conclusion_group": "other", "conclusion_reason": "other", "assisting_sectors": ["other"],
    "risk_factors": ["other/other"], "study_flags": ["other"], "protective_factors": ["other/other"], "deferrals": 9,
    "hours_to_first_contact": 99, "persons": [{"age_group": "60", "sex": "male"}],
    "services": [{"category": "other", "result": "other"}], "quarter": "2025Q2", "opened_on": date(2025, 1, 14),
    "decided_on": date(2025, 3, 20), "closed_on": date(2025, 6, 3), "statistics_id": uuid4(),
}  # fmt: skip


def test_whatever_a_line_says_is_sealed_and_nothing_else(cast: Cast) -> None:
    """Each part of a line changed in turn; a day within its month, and what no line says, change nothing."""
    alone, one = CodedRecord.objects.at(cast.nia.pk), _every_code(cast)[0]

    def sealed(**change: Any) -> str:
        with transaction.atomic():
            record = copy(one)
            record.statistics_id = before_id
            for name, value in change.items():
                setattr(record, name, value)
            alone.model.objects.bulk_create([record])
            approved = exports._Approved(cast.nia)
            assert len(list(approved.read(alone))) == 1
            transaction.set_rollback(True)
        return approved.digest

    before_id = uuid4()
    with acting_as(cast.recorder):
        before = sealed()
        assert [name.removesuffix("_on") for name in sorted(_CHANGES)] == sorted(Row._fields)
        unsealed = [name for name, value in _CHANGES.items() if sealed(**{name: value}) == before]
        assert unsealed == []
        for name, value in (("opened_on", date(2025, 2, 27)), ("closed_on", date(2025, 5, 30)), ("version", 7)):
            assert sealed(**{name: value}) == before, name
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'America/Toronto'")
        assert sealed() == before


def test_a_file_is_not_taken_once_other_codes_may_leave_with_it(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    made = _approved(cast)
    Table.objects.filter(pk=cast.nia.pk).update(youth_codes_before_f4=True, youth_codes_assessment="PIA 2025-03")
    with acting_as(cast.recorder), pytest.raises(ChangedSinceError):
        exports.take(made.pk, by=cast.recorder, form="xlsx")


def test_a_file_is_not_taken_once_other_codes_are_left_out_of_it(cast: Cast) -> None:
    """An administrator, who may see no situation, hides a code of the young: the lines would lose it."""
    record = _every_code(cast)[0]
    record.persons = [{"age_group": "12-17", "sex": "female"}]
    record.risk_factors = ["alcohol/alcohol-abuse-by-person", "alcohol/alcohol-use-by-person"]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create([record])
    made = _approved(cast)
    seen = CatalogueEntry.objects.filter(code="alcohol-use-by-person").order_by("-version")[0]
    same = {f.name: getattr(seen, f.name) for f in fields(Wording)}
    reword(seen, Wording(**same | {"hidden_for_youth": True}), start=day_at(cast.nia), why="x", by=cast.administrator)
    with acting_as(cast.recorder), pytest.raises(ChangedSinceError):
        exports.take(made.pk, by=cast.recorder, form="csv")


def test_each_taking_stays_known_and_nobody_writes_another_s(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    made = _approved(cast)
    with acting_as(cast.recorder):
        for form in ("csv", "xlsx"):
            exports.take(made.pk, by=cast.recorder, form=form)
        waiting = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder).export
        for export, by in ((made, cast.manager), (waiting, cast.recorder)):
            with pytest.raises(DatabaseError), transaction.atomic():
                ExportTaking.objects.create(export=export, table=cast.nia, taken_by=by, form="csv")
        for change in (lambda: ExportTaking.objects.update(form="xlsx"), lambda: ExportTaking.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        with pytest.raises(DatabaseError), transaction.atomic():  # in another's name
            RecordExport.objects.filter(pk=waiting.pk).update(approved_by=cast.manager)
    page = text(Browser(cast.manager).get("export", made.pk))
    assert page.count(f"{cast.recorder.name}, ") == 3, "prepared once, taken twice"
    assert ", CSV" in page
    assert ", XLSX" in page


def test_an_empty_period_is_said_to_be_empty(cast: Cast) -> None:
    with acting_as(cast.recorder), pytest.raises(NothingToExportError):
        exports.prepare(table=cast.nia, period="2019Q1", by=cast.recorder)


def test_of_a_discussion_that_goes_on_the_recorder_reads_no_code(cast: Cast) -> None:
    """Past the door the table knows that it goes on, and nothing else; the record holds its factors all the same."""
    with acting_as(cast.recorder):
        ended, going_on = _every_code(cast)[:2]
        going_on.status, going_on.closed_on, going_on.days_open = Status.ACCEPTED, None, None
        going_on.conclusion_group = going_on.conclusion_reason = ""
        CodedRecord.objects.bulk_create([ended, going_on])
        assert going_on.risk_factors, "there must be something to hide"
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder).export
        assert (made.rows, made.still_open) == (1, 1)
        waiting, done = entering.of_period(cast.nia, "2025Q1", by=cast.recorder)
        assert [one.record.pk for one in (*waiting, *done)] == [ended.pk]
    with acting_as(cast.manager):
        exports.approve(made.pk, by=cast.manager)
    browser = Browser(cast.recorder)
    assert str(going_on.pk) not in text(browser.post("export_take", made.pk, "csv"))
    assert browser.get("entry", ended.pk).status_code == 200
    assert browser.get("entry", going_on.pk).status_code == 404
    assert browser.post("entry_done", going_on.pk, version=1).status_code == 404


def test_of_what_the_recorder_stepped_away_from_they_read_no_code_and_take_no_file(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    kept, away = builders.rejected(cast, meeting), builders.contacted(cast, meeting)
    away.act("recorder", "recuse")
    builders.close_notices(away)
    away.act("crisis_rep", "conclude", reason=builders.entry(CodeList.CONCLUSION_REASON, "connected-to-services"))
    period = Quarter.of(day_at(cast.nia)).code
    hidden, read = (walk.situation().statistics_id for walk in (away, kept))
    number = away.situation().number
    with acting_as(cast.recorder):
        waiting, done = entering.of_period(cast.nia, period, by=cast.recorder)
        assert [one.record.pk for one in (*waiting, *done)] == [read]
        made = exports.prepare(table=cast.nia, period=period, by=cast.recorder).export
    assert made.rows == 2
    with acting_as(cast.manager):
        exports.approve(made.pk, by=cast.manager)
    browser = Browser(cast.recorder)
    assert number not in text(browser.get("entry_list"))
    assert browser.get("entry", hidden).status_code == 404
    assert browser.post("entry_done", hidden, version=1).status_code == 404
    assert browser.get("entry", read).status_code == 200
    page = text(browser.get("export", made.pk))
    assert "another recorder takes the file" in page
    assert number not in page
    with acting_as(cast.recorder):
        with pytest.raises(Denied) as refused:
            exports.take(made.pk, by=cast.recorder, form="csv")
        assert refused.value.decision.code == "stepped-away"
        assert not ExportTaking.objects.exists()


def test_codes_that_suggest_a_youth_justice_record_leave_with_nobody_of_twelve_to_seventeen(cast: Cast) -> None:
    ended = _every_code(cast)[0]
    hidden = [f"{e.category_code}/{e.code}" for e in CatalogueEntry.objects.filter(hidden_for_youth=True)
              if e.code_list == CodeList.RISK_FACTOR]  # fmt: skip
    ended.risk_factors = [hidden[0], "alcohol/alcohol-abuse-by-person"]
    told: dict[tuple[str, bool], bool] = {}
    for age in ("12-17", "18-24"):
        for setting in (False, True):
            ended.persons = [{"age_group": age, "sex": "female"}]
            cast.nia.youth_codes_before_f4 = setting
            with acting_as(cast.recorder):
                CodedRecord.objects.bulk_create([ended], update_conflicts=True, unique_fields=["statistics_id"],
                                                update_fields=["persons"])  # fmt: skip
                (said,) = lines(rows(CodedRecord.objects.filter(pk=ended.pk)), {}, cast.nia)
            line = dict(zip(header(), said, strict=True))
            assert "alcohol" in line["Risk Factors"].lower()
            told[age, setting] = "criminal involvement" in line["Risk Factors"].lower()
    assert told == {("12-17", False): False, ("12-17", True): True, ("18-24", False): True, ("18-24", True): True}


def test_that_all_factors_of_a_young_person_are_left_out_is_no_mistake_of_a_line(cast: Cast) -> None:
    """Whoever met the threshold has one: said to be missing, it would tell the approver which they are."""
    record = _every_code(cast)[0]
    record.persons = [{"age_group": "12-17", "sex": "female"}]
    record.risk_factors = ["criminal-involvement/assault"]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create([record])
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder)
        assert (made.export.problems, made.problems) == ({}, [])
        ((said,), left) = lines(rows(CodedRecord.objects.at(cast.nia.pk)), {}, cast.nia), "criminal"
    assert left not in " ".join(said).lower()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_is_written_in_words_that_mean_it_alone(cast: Cast, language: str) -> None:
    today = day_at(cast.nia)
    with translation.override(language):
        before = Labels.read(today).of
        known = {n: {c for c in _codes(n) if c not in before[n]} for n in CodeList if n != CodeList.CONCLUSION_REASON}
        assert {name: codes for name, codes in known.items() if codes} == {}
        assert {e.code for e in CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).in_force()} <= {
            key.partition("/")[2] for key in before[CodeList.CONCLUSION_REASON]
        }


def test_words_of_two_codes_are_written_for_neither(cast: Cast) -> None:
    """A code that is called what a retired one was stands itself: the reader would not know which was meant."""
    seen, other = (
        CatalogueEntry.objects.filter(code=code).order_by("-version")[0]
        for code in ("alcohol-abuse-by-person", "alcohol-abuse-in-home")
    )
    retire(other, on=day_at(cast.nia), why="x", by=cast.administrator)
    words = {f.name: getattr(seen, f.name) for f in fields(Wording)} | {"label_en": other.label_en}
    reword(seen, Wording(**words), start=day_at(cast.nia), why="x", by=cast.administrator)
    said = Labels.read(day_at(cast.nia)).of[CodeList.RISK_FACTOR]
    assert "alcohol/alcohol-abuse-by-person" not in said
    assert "alcohol/alcohol-abuse-in-home" not in said
    assert "alcohol/alcohol-use-by-person" in said


def test_words_that_begin_later_stand_in_no_file_of_today(cast: Cast) -> None:
    seen = CatalogueEntry.objects.filter(code="alcohol-abuse-by-person").order_by("-version")[0]
    words = {f.name: getattr(seen, f.name) for f in fields(Wording)} | {"label_en": "Later words"}
    later = day_at(cast.nia) + timedelta(days=300)
    reword(seen, Wording(**words), start=later, why="x", by=cast.administrator)
    key = f"{seen.category_code}/{seen.code}"
    assert "Later" not in Labels.read(day_at(cast.nia)).of[CodeList.RISK_FACTOR][key]
    assert "Later" in Labels.read(later).of[CodeList.RISK_FACTOR][key]


def test_who_reads_no_line_is_told_no_day_of_one(cast: Cast) -> None:
    """The first and the last day of a batch are the days of two discussions."""
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    with in_role("st_statistics"):
        days = set(CodedRecord.objects.at(cast.nia.pk).values_list("opened_on", flat=True))
    page = text(Browser(cast.manager).get("record"))
    assert [day for day in days if date_format(day) in page] == []
    assert "January to February 2025" in page


def test_a_version_of_thousands_of_digits_is_no_version(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    with in_role("st_statistics"):
        record = CodedRecord.objects.at(cast.nia.pk).filter(status__in=ENDED)[0]
    browser = Browser(cast.recorder)
    assert browser.post("entry_done", record.pk, version="9" * 5000).status_code == 302
    assert "changed while you typed" in text(browser.get("entry", record.pk))


_READERS = {"recorder", "facilitator", "manager"}


def test_every_page_is_there_for_its_seats_only(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    made = _approved(cast)
    with in_role("st_statistics"):
        record = CodedRecord.objects.at(cast.nia.pk).filter(status__in=ENDED)[0]
    for key, member in cast.everybody.items():
        browser = Browser(member)
        reads, keeps = key in _READERS, key == "recorder"
        expected: dict[tuple[Any, ...], bool] = {
            ("record",): reads, ("export", made.pk): reads, ("import_past", "NIA"): keeps, ("entry_list",): keeps,
            ("entry", record.pk): keeps,
        }  # fmt: skip
        for page, there in expected.items():
            assert browser.get(*page).status_code == (200 if there else 404), (key, page)
        answer = browser.post("export_take", made.pk, "csv")
        assert answer.status_code == (200 if keeps else 404), key
        if reads:
            told = text(browser.get("export", made.pk))
            assert str(record.statistics_id) not in told


def test_from_preparing_to_taking_in_the_pages(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    recorder, manager = Browser(cast.recorder), Browser(cast.manager)
    assert "Choose one of the periods" in text(recorder.post("export_prepare", "NIA", period="1999Q1"))
    recorder.post("export_prepare", "NIA", period="2025Q1")
    with acting_as(cast.manager):
        made = RecordExport.objects.get()
    assert recorder.post("export_approve", made.pk).status_code in (403, 404)
    assert "A second person approves it first" in text(recorder.get("export", made.pk))
    assert manager.post("export_prepare", "NIA", period="2025Q1").status_code == 404
    assert manager.post("export_approve", made.pk).status_code == 302
    taken = recorder.post("export_take", made.pk, "csv")
    assert taken["Content-Type"].startswith("text/csv")
    assert text(taken).count("\n") == 1 + 2, "the third discussion of the example goes on"
    assert recorder.post("export_take", made.pk, "exe").status_code == 404
    assert recorder.get("export", uuid4()).status_code == 404


def test_what_was_entered_waits_again_when_it_changes(cast: Cast) -> None:
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    browser = Browser(cast.recorder)
    with in_role("st_statistics"):
        record = CodedRecord.objects.at(cast.nia.pk).order_by("opened_on")[0]
    page = text(browser.get("entry", record.pk))
    assert "alcohol abuse by person" in page.lower()
    browser.post("entry_done", record.pk, version=record.version)
    with acting_as(cast.recorder):
        assert RecordEntry.objects.get().version == record.version
        assert [r.record.pk for r in entering.of_period(cast.nia, record.quarter, by=cast.recorder)[1]] == [record.pk]
        CodedRecord.objects.filter(pk=record.pk).update(version=record.version + 1)
        assert record.pk in [r.record.pk for r in entering.of_period(cast.nia, record.quarter, by=cast.recorder)[0]]
    browser.post("entry_done", record.pk, version=record.version)
    assert "changed while you typed" in text(browser.get("entry", record.pk))


def test_a_sheet_whose_number_was_destroyed_says_so_and_tells_no_day(cast: Cast) -> None:
    """The one sheet of a day without a number would tie its codes to the destroyed item on that day's agenda."""
    batches.import_file(EXAMPLE, table=cast.nia, by=None)
    meeting = builders.sitting_meeting(cast)
    walks = [builders.concluded(cast, meeting), builders.rejected(cast, meeting)]
    kept, gone = walks[1].situation().number, walks[0].situation()
    Table.objects.filter(pk=cast.nia.pk).update(retention_days=0, retention_basis="by-law")
    assert retention.sweep() == 1
    browser, today = Browser(cast.recorder), day_at(cast.nia)
    page = text(browser.get("entry_list", query=f"?period={Quarter.of(today).code}"))
    said = f"A discussion whose number was destroyed, {date_format(today, 'YEAR_MONTH_FORMAT')}"
    assert said in page
    assert page.index(kept) < page.index(said), "by number; what has none stands last, in no order of days"
    assert "imported" not in page
    assert page.count(f"presented {date_format(today)}") == 1, "the day of the numbered one alone"
    sheet = text(browser.get("entry", gone.statistics_id))
    assert said in sheet
    assert sheet.count(date_format(today)) == 1, "the day of printing alone"
    past = text(browser.get("entry_list", query="?period=2025Q1"))
    assert "A discussion imported from the past, " in past
    assert "presented" not in past.split("<section", 1)[1]
