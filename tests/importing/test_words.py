"""Can a table say what the words of its old spreadsheets mean, without a word of them going anywhere else?"""

from __future__ import annotations

import json
import stat
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from agencies.models import Sector
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from privacy.guard import screen
from reports.exporting import exports
from reports.importing import batches, undoing, words
from reports.importing.batches import Outcome
from reports.importing.codes import place_of, read_lists
from reports.importing.layout import plain
from reports.importing.meanings import Suggestions, may_mean, synonyms
from reports.models import BatchWords, CodedRecord, ImportBatch, ImportWord
from reports.quarters import day_at
from risk.editor import Wording, reword
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from tests.cast import Cast
from tests.importing.test_import_records import ACCEPTED, REJECTED, _file, _records
from tests.pages.browsing import Browser
from tests.records.test_export import _every_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LEGACY = ACCEPTED | {
    "Opened": "03/04/2025",
    "Closed": "45757",
    "Originating Agency": "Constabulary",
    "Affected Persons": "25-29 yrs M; somebody grown",
    "Risk Factors": "drinks a lot; assault; no fixed address",
    "Services Mobilized": "Counselling – connected!; hampers",
    "Conclusion": "Overall risk lowered",
}
MEANT = {
    "days": {"order": "day-first", "serial": "1900"},
    "sector": {"Constabulary": "police"},
    "persons": {"25-29 yrs M": "25-29/male", "somebody grown": "ignored"},
    "risk_factor": {
        "Drinks a LOT": "alcohol/alcohol-abuse-by-person",
        "assault": "criminal-involvement/assault",
        "no fixed address": "ignored",
    },
    "services": {
        "Counselling – connected!": "counselling/connected-to-service",
        "hampers": "food-support/informed-of-service",
    },
    "conclusion_reason": {"Overall risk lowered": "overall-risk-lowered/connected-to-services"},
}


def _said(meant: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(name, said, code) for name, pairs in meant.items() for said, code in pairs.items()]


def _answers(done: Outcome, meant: dict[str, str]) -> dict[tuple[str, str], str]:
    return {(one.list, one.place): meant[one.said] for one in done.unmatched if one.said in meant}


def test_every_word_that_no_list_holds_is_told_once_with_how_often_it_stands(cast: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, LEGACY, LEGACY | {"Risk Factors": "DRINKS a lot"}, REJECTED)
    done = batches.import_file(path, table=cast.nia, by=None, dry_run=True)
    told = {(one.list, one.said): one.times for one in done.unmatched}
    assert told["risk_factor", "drinks a lot"] == 2
    assert told["risk_factor", "assault"] == 1  # stands in two categories
    assert ("sector", "Health") not in told
    assert done.days == {"order": 2, "serial": 2}
    assert {name for name, _word in told} == set(MEANT) - {"days"}


def test_a_file_of_old_words_comes_in_once_they_are_said(cast: Cast, tmp_path: Path) -> None:
    done = batches.import_file(_file(tmp_path, LEGACY), table=cast.nia, by=None, words=_said(MEANT))
    assert done.problems == []
    (record,) = _records(cast.nia.pk)
    assert (record.opened_on, record.closed_on) == (date(2025, 4, 3), date(2025, 4, 10))
    assert record.originating_sector == "police"
    assert record.persons == [{"age_group": "25-29", "sex": "male"}]
    assert record.risk_factors == ["alcohol/alcohol-abuse-by-person", "criminal-involvement/assault"]
    assert record.services == [
        {"category": "counselling", "result": "connected-to-service"},
        {"category": "food-support", "result": "informed-of-service"},
    ]
    assert (record.conclusion_group, record.conclusion_reason) == ("overall-risk-lowered", "connected-to-services")
    with in_role("st_worker"):
        kept = BatchWords.objects.get().words
    assert kept["sector"] == {"constabulary": "police"}
    assert kept["days"] == MEANT["days"]


@pytest.mark.parametrize(
    ("name", "said", "means"),
    [
        ("sex", "M.", "male"),
        ("age_group", "25-29 yrs", "25-29"),
        ("age_group", "27", "25-29"),
        ("age_group", "Age 72 ans", "60-plus"),
        ("sector", "Children’s Aid Society", "child-protection"),
        ("sector", "GRC", "police"),
        ("conclusion_reason", "Refused services - uncooperative", "still-aer/refused-services-uncooperative"),
        ("persons", "M, 25-29 yrs", "25-29/male"),
        ("services", "Counselling (connected)", "counselling/connected-to-service"),
        ("risk_factor", "assault", ""),
        ("risk_factor", "drinks", ""),
        ("sector", "…", ""),
    ],
)
def test_only_what_is_obvious_is_suggested(cast: Cast, name: str, said: str, means: str) -> None:
    assert Suggestions(read_lists()).likely(said, name) == means


def test_every_synonym_is_of_a_code_that_exists(cast: Cast) -> None:
    assert [(name, code) for (name, _word), code in synonyms().items() if code not in may_mean(name)] == []


def test_an_answer_is_kept_for_the_next_file_and_can_be_given_anew(cast: Cast, tmp_path: Path) -> None:
    path, of_both = _file(tmp_path, ACCEPTED | {"Lead Agency": "Crisis people"}), {"Crisis people": "health"}
    first = batches.import_file(path, table=cast.nia, by=cast.recorder, dry_run=True)
    answers = _answers(first, of_both)
    done = batches.import_file(path, table=cast.nia, by=cast.recorder, answers=answers, dry_run=True)
    with acting_as(cast.recorder):
        assert words.keep(done.used, answers, table=cast.nia, by=cast.recorder) == 1
        again = batches.import_file(path, table=cast.nia, by=cast.recorder, dry_run=True)
        assert again.ok
        assert again.used == {"sector": {"crisis people": "health"}}
        other = dict.fromkeys(answers, "housing")
        changed = batches.import_file(path, table=cast.nia, by=cast.recorder, answers=other)
    assert changed.ok
    assert _records(cast.nia.pk)[0].lead_sector == "housing"


@pytest.mark.parametrize("name", ["Mary Kowalchuk", "Const. Kowalchuk 613-555-0142"])
def test_a_marked_word_is_used_and_kept_nowhere(cast: Cast, tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, ACCEPTED | {"Lead Agency": name})
    first = batches.import_file(path, table=cast.nia, by=cast.recorder, dry_run=True)
    answers = _answers(first, {name: "police"})
    with acting_as(cast.recorder):
        done = batches.import_file(path, table=cast.nia, by=cast.recorder, answers=answers)
        assert words.keep(done.used, answers, table=cast.nia, by=cast.recorder) == 0
        assert not ImportWord.objects.exists()
        assert ImportBatch.objects.exists()
        assert not BatchWords.objects.exists()
    assert _records(cast.nia.pk)[0].lead_sector == "police"
    assert "kowalchuk" not in repr(done).casefold() + repr(first).casefold()


@pytest.mark.parametrize("code", ["murder", "alcohol/alcohol-abuse-by-person", ""])
def test_an_answer_that_is_no_code_of_its_list_is_none(cast: Cast, tmp_path: Path, code: str) -> None:
    path = _file(tmp_path, ACCEPTED | {"Lead Agency": "Crisis people"})
    first = batches.import_file(path, table=cast.nia, by=None, dry_run=True)
    done = batches.import_file(path, table=cast.nia, by=None, answers=_answers(first, {"Crisis people": code}))
    assert [(p.line, p.column) for p in done.problems] == [(2, "Lead Agency Sector")]


@pytest.mark.parametrize("at", [("days", "Canary Janedoe"), ("days", "order")])
def test_an_answer_about_dates_is_one_to_a_question_that_is_asked(
    cast: Cast, tmp_path: Path, at: tuple[str, str]
) -> None:
    """Kept, it would stand unguarded in the record, and no page could say it any more."""
    done = batches.import_file(_file(tmp_path, ACCEPTED), table=cast.nia, by=cast.recorder, answers={at: "1900"})
    assert (done.ok, done.used) == (True, {})


@pytest.mark.parametrize("column", ["Discussion Type", "Originating Agency"])
def test_what_is_needed_cannot_be_left_empty(cast: Cast, tmp_path: Path, column: str) -> None:
    path = _file(tmp_path, ACCEPTED | {column: "whatever"})
    first = batches.import_file(path, table=cast.nia, by=None, dry_run=True)
    assert first.unmatched[0].needed
    done = batches.import_file(path, table=cast.nia, by=None, answers=_answers(first, {"whatever": "ignored"}))
    assert [p.text for p in done.problems] == ["is missing"]


@pytest.mark.parametrize("column", ["Lead Agency", "Affected Persons", "Services Mobilized", "Conclusion Group"])
def test_a_word_left_empty_is_as_an_empty_cell(cast: Cast, tmp_path: Path, column: str) -> None:
    path = _file(tmp_path, ACCEPTED | {column: "whatever"}, REJECTED | {column: "whatever"})
    first = batches.import_file(path, table=cast.nia, by=None, dry_run=True)
    assert not first.unmatched[0].needed
    done = batches.import_file(path, table=cast.nia, by=None, answers=_answers(first, {"whatever": "ignored"}))
    assert done.problems == []


def test_a_narrative_is_not_asked_for(cast: Cast, tmp_path: Path) -> None:
    done = batches.import_file(_file(tmp_path, ACCEPTED | {"Lead Agency": "x y " * 40}), table=cast.nia, by=None)
    assert (done.problem_count, done.unmatched) == (1, [])


def test_an_answer_to_a_word_that_is_too_long_to_be_kept_is_none(cast: Cast, tmp_path: Path) -> None:
    """Nobody is asked for it; the form of somebody who answers all the same met an error of the database."""
    word = "a place where they slept for a while " * 5
    path = _file(tmp_path, ACCEPTED | {"Risk Factors": f"assaulted; {word}"})
    answers = {("risk_factor", place_of("risk_factor", plain(word))): "alcohol/alcohol-abuse-by-person"}
    done = batches.import_file(path, table=cast.nia, by=cast.recorder, answers=answers)
    assert (done.used, done.ok) == ({}, False)
    with acting_as(cast.recorder):
        long = {"risk_factor": {plain(word): "alcohol/alcohol-abuse-by-person"}}
        assert words.keep(long, answers, table=cast.nia, by=cast.recorder) == 0
    content, field = path.read_bytes(), f"value-risk_factor-{place_of('risk_factor', plain(word))}"
    said = {field: "alcohol/alcohol-abuse-by-person"}
    answer = Browser(cast.recorder).post(
        "import_past", "NIA", file=SimpleUploadedFile("past.csv", content), check="1", **said
    )
    assert answer.status_code == 200


def test_the_name_guard_reads_the_beginning_of_a_header(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header may hold twenty thousand letters, and there may be two hundred of them."""
    read = 0

    def counted(said: str, *, language: str) -> object:
        nonlocal read
        read = max(read, len(said))
        return screen(said, language=language)

    monkeypatch.setattr("reports.importing.words.screen", counted)
    long = "Notes " + "of a day " * 2000
    path = _file(tmp_path, ACCEPTED | {long: "x", long + "more": "x", "Notes by Mary Kowalchuk " + long: "x"})
    with acting_as(cast.recorder), path.open("rb") as file:
        assert words.unknown_columns(file, table=cast.nia) == [10, 11, 12]
        once = words.learn(file, {10: "ignored", 12: "ignored"}, table=cast.nia, by=cast.recorder)
        assert list(once) == [12], "a name in what is read is seen"
        assert words.unknown_columns(file, table=cast.nia, words=once.values()) == []
        assert ImportWord.objects.get().said == plain(long)[:120].strip()
    assert 120 < read <= 1000
    done = batches.import_file(path, table=cast.nia, by=cast.recorder, words=once.values())
    assert done.ok


def test_many_words_are_asked_for_a_hundred_at_a_time(cast: Cast, tmp_path: Path) -> None:
    rows = [ACCEPTED | {"Lead Agency": f"Team {n}"} for n in range(130)]
    done = batches.import_file(_file(tmp_path, *rows, ACCEPTED | {"Lead Agency": "team 7"}), table=cast.nia, by=None)
    assert (len(done.unmatched), done.unmatched_more) == (100, 30)
    assert (done.unmatched[0].said, done.unmatched[0].times) == ("Team 7", 2)


def test_only_the_recorder_reads_what_the_words_of_a_batch_meant(cast: Cast, tmp_path: Path) -> None:
    """Facilitator and managers read that a file came in; a word that somebody wrote may be a name no guard knows."""
    batches.import_file(_file(tmp_path, LEGACY), table=cast.nia, by=None, words=_said(MEANT))
    for key, member in cast.everybody.items():
        with acting_as(member):
            seen, read = ImportBatch.objects.exists(), BatchWords.objects.exists()
        assert read == (key == "recorder"), key
        assert seen == (key in ("recorder", "facilitator", "manager")), key
    with acting_as(cast.recorder):
        columns = ImportBatch.objects.values().get()
    assert "constabulary" not in str(columns)


def test_nobody_but_the_import_writes_what_the_words_of_a_batch_meant(cast: Cast, tmp_path: Path) -> None:
    batches.import_file(_file(tmp_path, LEGACY), table=cast.nia, by=None, words=_said(MEANT))
    with acting_as(cast.recorder), pytest.raises(DatabaseError), transaction.atomic():
        BatchWords.objects.update(words={})


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_batch_that_is_taken_back_leaves_none_of_its_words(cast: Cast, tmp_path: Path, by_hand: bool) -> None:
    """The guard misses some names: who takes a file back because of one finds it nowhere, and the next file asks."""
    path, meant = _file(tmp_path, ACCEPTED | {"Lead Agency": "Crisis people"}), {"Crisis people": "health"}
    first = batches.import_file(path, table=cast.nia, by=cast.recorder, dry_run=True)
    answers = _answers(first, meant)
    with acting_as(cast.recorder):
        done = batches.import_file(path, table=cast.nia, by=cast.recorder, answers=answers)
        words.keep(done.used, answers, table=cast.nia, by=cast.recorder)
        others = {("sector", place_of("sector", "others")): "housing"}
        words.keep({"sector": {"others": "housing"}}, others, table=cast.nia, by=cast.recorder)
        assert BatchWords.objects.exists()
        assert done.batch
        assert undoing.undo(done.batch, by=cast.recorder if by_hand else None) == 1
        assert not BatchWords.objects.exists()
        assert list(ImportWord.objects.values_list("said", flat=True)) == ["others"], "of another file"
        assert not batches.import_file(path, table=cast.nia, by=cast.recorder, dry_run=True).ok


def test_only_the_recorder_keeps_words(cast: Cast) -> None:
    for key, member in cast.everybody.items():
        if key != "recorder":
            with acting_as(member), pytest.raises(Denied):
                words.keep({"sector": {"x": "health"}}, {}, table=cast.nia, by=member)


def test_the_command_writes_the_words_and_reads_them_back(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, written = _file(tmp_path, LEGACY), tmp_path / "words.json"
    with pytest.raises(CommandError):
        call_command("import_records", str(path), table="NIA", dry_run=True, write_map=str(written))
    told = capsys.readouterr()
    assert "Constabulary" not in told.out + told.err
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    found = json.loads(written.read_text())
    assert found["sector"] == {"Constabulary": ""}
    assert found["persons"] == {"25-29 yrs M": "25-29/male", "somebody grown": ""}
    written.write_text(json.dumps(MEANT))
    call_command("import_records", str(path), table="NIA", map=str(written))
    assert "1 discussions imported" in capsys.readouterr().out
    with in_role("st_statistics"):
        assert CodedRecord.objects.at(cast.nia.pk).count() == 1


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"sector": "x"}', '{"nothing": {}}', '{"sector": {"Janedoe": "murder"}}']
)
def test_a_map_that_is_none_is_refused_without_its_words(cast: Cast, tmp_path: Path, content: str) -> None:
    path, said = _file(tmp_path, ACCEPTED), tmp_path / "words.json"
    said.write_text(content)
    with pytest.raises(CommandError) as refused:
        call_command("import_records", str(path), table="NIA", map=str(said))
    assert "Janedoe" not in str(refused.value)


_USE, _ABUSE = "alcohol/alcohol-use-by-person", "alcohol/alcohol-abuse-in-home"


def _reword(cast: Cast, code: str, start: date, **said: str) -> CatalogueEntry:
    category, _mark, name = code.partition("/")
    seen = CatalogueEntry.objects.versions(CodeList.RISK_FACTOR, category, name).order_by("-version")[0]
    wording = {f.name: getattr(seen, f.name) for f in fields(Wording)} | said
    return reword(seen, Wording(**wording), start=start, why="a test", by=cast.administrator)


def test_words_that_pass_from_one_code_to_another_mean_the_other(cast: Cast) -> None:
    """Both could be meant, for good: a file of our own with them was refused."""
    seen = CatalogueEntry.objects.versions(CodeList.RISK_FACTOR, *_USE.split("/")).get()
    theirs = {"label_en": seen.label_en, "label_fr": seen.label_fr}
    today = day_at(cast.nia)
    _reword(cast, _USE, today, label_en="drinks", label_fr="boit")
    _reword(cast, _ABUSE, today, **theirs)
    factors = read_lists(on=today)["risk_factor"]
    for said in (seen.label_en, f"{seen.category_fr} : {seen.label_fr}"):
        assert factors.meant(said) == {_ABUSE}
    assert factors.meant("drinks") == {_USE}
    assert factors.meant("alcohol abuse in home") == {_ABUSE}, "what nothing is called any more means what it meant"
    assert read_lists(on=today - timedelta(days=1))["risk_factor"].meant(seen.label_en) == {_USE}


def test_words_of_later_do_not_hide_those_of_today(cast: Cast) -> None:
    today = day_at(cast.nia)
    seen = CatalogueEntry.objects.versions(CodeList.RISK_FACTOR, *_USE.split("/")).get()
    _reword(cast, _USE, today + timedelta(days=5), label_en="drinks", label_fr="boit")
    _reword(cast, _ABUSE, today + timedelta(days=5), label_en=seen.label_en, label_fr=seen.label_fr)
    for day, code in ((today, _USE), (today + timedelta(days=5), _ABUSE)):
        assert read_lists(on=day)["risk_factor"].meant(seen.label_en) == {code}
        assert read_lists(on=day)["risk_factor"].meant("drinks") == {_USE}


def test_a_file_of_our_own_is_read_once_words_have_passed(cast: Cast) -> None:
    first, today = CatalogueEntry.objects.versions(CodeList.RISK_FACTOR, *_USE.split("/")).get(), day_at(cast.nia)
    _reword(cast, _USE, today, label_en="drinks", label_fr="boit")
    _reword(cast, _ABUSE, today, label_en=first.label_en, label_fr=first.label_fr)
    records = _every_code(cast)[:1]
    records[0].risk_factors = [_ABUSE, _USE]
    with acting_as(cast.recorder):
        CodedRecord.objects.bulk_create(records)
        made = exports.prepare(table=cast.nia, period="2025Q1", by=cast.recorder)
    assert [str(p) for p in made.problems] == []


def test_a_sector_takes_words_over_as_well(cast: Cast) -> None:
    today = day_at(cast.nia)
    codes = ("mental-health-and-addictions", "housing")
    giver, taker = (Sector.objects.filter(code=code).order_by("-version")[0] for code in codes)
    said = giver.label_en
    for one, label in ((giver, "Clinics"), (taker, said)):
        Sector.objects.filter(pk=one.pk).update(retired_on=today)
        one.pk, one.version, one.label_en, one.valid_from = None, one.version + 1, label, today
        one.save(force_insert=True)
    sectors = read_lists(on=today)["sector"]
    assert (sectors.meant(said), sectors.meant("Clinics")) == ({taker.code}, {giver.code})
