"""Does the catalogue hold the whole lists, in two languages, and keep every code's meaning for good?"""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from risk import catalogue
from risk.models import CatalogueEntry, NeverDeletedError
from risk.vocabulary import CodeList

pytestmark = [pytest.mark.usefixtures("bare_db"), pytest.mark.django_db]

FIRST_DAY = date(2026, 1, 5)
LATER = date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the reference files that a test may edit."""
    return Path(shutil.copytree(catalogue.REFERENCE, tmp_path / "reference"))


def _edit(path: Path, code: str, /, **cells: str) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        fields, rows = list(reader.fieldnames or []), list(reader)
    for row in rows:
        if row["code"] == code:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fields)
        writer.writeheader()
        writer.writerows(rows)


def _versions(code_list: CodeList, code: str) -> list[CatalogueEntry]:
    return list(CatalogueEntry.objects.of(code_list).filter(code=code).order_by("version"))


@pytest.mark.parametrize(
    ("code_list", "entries", "categories"),
    [
        (CodeList.RISK_FACTOR, 105, 27),
        (CodeList.PROTECTIVE_FACTOR, 51, 8),
        (CodeList.STUDY_FLAG, 35, 1),
        (CodeList.DISCUSSION_TYPE, 6, 1),
        (CodeList.AGE_GROUP, 9, 1),
        (CodeList.SEX, 4, 1),
        (CodeList.SERVICE_CATEGORY, 25, 1),
        (CodeList.MOBILIZATION_TYPE, 5, 1),
        (CodeList.CONCLUSION_REASON, 15, 4),
    ],
)
def test_every_list_is_loaded_whole(code_list: CodeList, entries: int, categories: int) -> None:
    loaded = catalogue.load(on=FIRST_DAY)
    groups = CatalogueEntry.objects.of(code_list).in_force(FIRST_DAY).grouped()
    assert loaded.counts[code_list].added == entries
    assert sum(len(group.entries) for group in groups) == entries
    assert len(groups) == len({group.code for group in groups}) == categories


def test_every_entry_speaks_both_languages_and_says_who_translated_it() -> None:
    catalogue.load(on=FIRST_DAY)
    for entry in CatalogueEntry.objects.all():
        assert entry.label_en
        assert entry.label_fr
        assert bool(entry.category_en) == bool(entry.category_fr) == bool(entry.category_code)
        assert bool(entry.definition_en) == bool(entry.definition_fr)
        assert entry.french_provenance == "project translation"


def test_within_a_category_no_two_codes_read_the_same_in_french() -> None:
    catalogue.load(on=FIRST_DAY)
    for code_list in CodeList:
        for group in CatalogueEntry.objects.of(code_list).grouped():
            labels = [entry.label_fr for entry in group.entries]
            assert len(labels) == len(set(labels)), group.code


def test_one_label_may_stand_in_two_categories_and_still_be_two_codes() -> None:
    catalogue.load(on=FIRST_DAY)
    found = {entry.category_code for entry in _versions(CodeList.RISK_FACTOR, "not-following-prescribed-treatment")}
    assert found == {"mental-health", "physical-health"}


def test_labels_follow_the_reader_s_language() -> None:
    catalogue.load(on=FIRST_DAY)
    entry = CatalogueEntry.objects.get(category_code="antisocial-negative-behaviour", code__startswith="person-")
    with translation.override("en"):
        assert entry.label == "Person exhibiting antisocial/negative behaviour"
        assert entry.category_label == "Antisocial/negative behaviour"
        assert entry.definition.startswith("is engaged in behaviour")
    with translation.override("fr"):
        assert entry.label == "Personne ayant un comportement antisocial ou négatif"
        assert entry.category_label == "Comportement antisocial ou négatif"
        assert entry.definition.startswith("adopte un comportement")


def test_an_abbreviation_in_a_group_keeps_its_capitals() -> None:
    catalogue.load(on=FIRST_DAY)
    with translation.override("en"):
        groups = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).grouped()
        assert [group.label for group in groups] == ["Overall risk lowered", "Still AER", "Rejected", "Other"]


def test_exactly_criminal_involvement_and_recidivism_are_hidden_for_youth() -> None:
    catalogue.load(on=FIRST_DAY)
    hidden = CatalogueEntry.objects.filter(hidden_for_youth=True)
    assert {(e.code_list, e.category_code) for e in hidden} == {
        ("risk_factor", "criminal-involvement"),
        ("study_flag", ""),
    }
    assert hidden.of(CodeList.RISK_FACTOR).count() == 13
    assert [e.code for e in hidden.of(CodeList.STUDY_FLAG)] == ["recidivism"]


def test_loading_again_changes_nothing() -> None:
    catalogue.load(on=FIRST_DAY)
    before = list(CatalogueEntry.objects.order_by("pk").values())
    again = catalogue.load(on=LATER)
    assert again.written == 0
    assert sum(count.unchanged for count in again.counts.values()) == len(before)
    assert list(CatalogueEntry.objects.order_by("pk").values()) == before


def test_a_changed_label_is_a_new_version_and_the_old_one_retires(folder: Path) -> None:
    catalogue.load(folder, on=FIRST_DAY)
    _edit(folder / "study_flags.csv", "hoarding", label_en="Hoarding disorder")
    loaded = catalogue.load(folder, on=LATER)
    old, new = _versions(CodeList.STUDY_FLAG, "hoarding")
    assert (loaded.written, loaded.counts[CodeList.STUDY_FLAG].changed) == (1, 1)
    assert (old.label_en, old.version, old.retired_on) == ("Hoarding", 1, LATER)
    assert (new.label_en, new.version, new.valid_from, new.retired_on) == ("Hoarding disorder", 2, LATER, None)
    in_force = CatalogueEntry.objects.of(CodeList.STUDY_FLAG).filter(code="hoarding")
    assert in_force.in_force(LATER - timedelta(days=1)).get() == old
    assert in_force.in_force(LATER).get() == new


def test_a_row_that_left_the_file_stays(folder: Path) -> None:
    catalogue.load(folder, on=FIRST_DAY)
    lines = (folder / "sexes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "sexes.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    catalogue.load(folder, on=LATER)
    assert CatalogueEntry.objects.of(CodeList.SEX).in_force(LATER).filter(code="unknown").exists()


def test_loading_again_does_not_undo_what_an_administrator_changed() -> None:
    catalogue.load(on=FIRST_DAY)
    entry = _versions(CodeList.STUDY_FLAG, "hoarding")[0]
    entry.retired_on = LATER
    entry.save(update_fields=["retired_on"])
    fields = {f.name: getattr(entry, f.name) for f in CatalogueEntry._meta.fields if f.name != "id"}
    edited = fields | {"label_en": "Hoarding at home", "version": 2, "valid_from": LATER, "retired_on": None}
    CatalogueEntry.objects.create(**edited)
    flag = _versions(CodeList.STUDY_FLAG, "trespassing")[0]
    flag.retired_on = LATER
    flag.save(update_fields=["retired_on"])
    assert catalogue.load(on=LATER).written == 0
    now = CatalogueEntry.objects.of(CodeList.STUDY_FLAG).in_force(LATER)
    assert now.get(code="hoarding").label_en == "Hoarding at home"
    assert not now.filter(code="trespassing").exists()


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"label_fr": ""}, r"label_fr must all be filled"),
        ({"provenance": "official"}, r"official"),
        ({"code": "homelessness"}, r"stands in the file twice"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_nothing_is_loaded(
    folder: Path, cells: dict[str, str], says: str
) -> None:
    _edit(folder / "study_flags.csv", "hoarding", **cells)
    with pytest.raises(CommandError, match=rf"study_flags\.csv, line 16: .*{says}"):
        call_command("load_risk_reference", folder=folder)
    assert not CatalogueEntry.objects.exists()


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_risk_reference", "--on", "2026-01-05")
    assert "risk_factor: 105 added, 0 changed, 0 unchanged" in capsys.readouterr().out
    assert set(CatalogueEntry.objects.values_list("valid_from", flat=True)) == {FIRST_DAY}


def test_deletion_is_refused_by_queryset_and_instance() -> None:
    catalogue.load(on=FIRST_DAY)
    with pytest.raises(NeverDeletedError):
        CatalogueEntry.objects.of(CodeList.SEX).delete()
    with pytest.raises(NeverDeletedError):
        CatalogueEntry.objects.of(CodeList.SEX)[0].delete()
    assert CatalogueEntry.objects.of(CodeList.SEX).count() == 4


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM risk_catalogueentry WHERE code = 'hoarding'", "retired, never deleted"),
        # As the app role the missing privilege refuses first, as the owner the trigger does.
        ("TRUNCATE risk_catalogueentry CASCADE", "retired, never deleted|permission denied"),
        ("UPDATE risk_catalogueentry SET label_fr = 'autre' WHERE code = 'hoarding'", "never a new meaning"),
        ("UPDATE risk_catalogueentry SET code = 'other' WHERE code = 'hoarding'", "never a new meaning"),
        ("UPDATE risk_catalogueentry SET hidden_for_youth = false WHERE code = 'recidivism'", "never a new meaning"),
    ],
)
def test_postgresql_itself_refuses_to_delete_or_rewrite(statement: str, says: str) -> None:
    catalogue.load(on=FIRST_DAY)
    with pytest.raises(DatabaseError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_retirement_once_written_stays() -> None:
    catalogue.load(on=FIRST_DAY)
    entry = _versions(CodeList.STUDY_FLAG, "hoarding")[0]
    entry.retired_on = LATER
    entry.save(update_fields=["retired_on"])
    entry.retired_on = None
    with pytest.raises(DatabaseError, match="never a new meaning"), transaction.atomic():
        entry.save(update_fields=["retired_on"])


def test_two_versions_of_one_code_are_never_in_force_together() -> None:
    catalogue.load(on=FIRST_DAY)
    entry = _versions(CodeList.STUDY_FLAG, "hoarding")[0]
    fields = {f.name: getattr(entry, f.name) for f in CatalogueEntry._meta.fields if f.name != "id"}
    with pytest.raises(DatabaseError, match="one_version_in_force_per_code"), transaction.atomic():
        CatalogueEntry.objects.create(**fields | {"version": 2})
