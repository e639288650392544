"""May an administrator change the lists, and never what was recorded? Versions, dates, languages, nothing deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, transaction
from django.utils import timezone

from privacy.context import acting_as
from risk import catalogue, editor
from risk.editor import Category, ChangedMeanwhile, NotPossible, Wording
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList, Origin, Provenance
from tests import builders
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)
NEW = Wording(
    label_en="Living in a vehicle", label_fr="Vit dans un véhicule", provenance=Provenance.LOCAL,
    french_provenance="local translation",
)  # fmt: skip


def _entry(code_list: CodeList, code: str) -> CatalogueEntry:
    return CatalogueEntry.objects.of(code_list).filter(code=code).order_by("-version")[0]


def _words(entry: CatalogueEntry) -> Wording:
    return Wording(**{name: getattr(entry, name) for name in asdict(NEW)})


@contextmanager
def _refused_at(field: str = "") -> Iterator[None]:
    """Expects a refusal about one field (empty: about none)."""
    with pytest.raises(NotPossible) as refused:
        yield
    assert (refused.value.field, bool(str(refused.value.reason))) == (field, True)


def test_new_words_count_from_their_day_and_old_records_keep_the_version_they_were_coded_with(cast: Cast) -> None:
    walk = builders.presented(cast)
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    new = editor.reword(
        old, replace(_words(old), label_en="No home"), start=LATER, why="Plainer", by=cast.administrator
    )
    old.refresh_from_db()
    assert (old.label_en, old.retired_on, old.why_retired) == ("Homelessness", LATER, "Plainer")
    assert (new.label_en, new.version, new.valid_from, new.retired_on) == ("No home", 2, LATER, None)
    assert (new.origin, new.written_by, new.why) == (Origin.EDITOR, cast.administrator, "Plainer")
    flags = CatalogueEntry.objects.of(CodeList.STUDY_FLAG).filter(code="homelessness")
    assert flags.in_force(LATER - timedelta(days=1)).get() == old
    assert flags.in_force(LATER).get() == new
    with acting_as(cast.shelter_rep):
        recorded = walk.situation().facts.get(entry__code="homelessness").entry
    assert recorded == old


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label_fr": ""}, "label_fr"),
        ({"label_en": ""}, "label_en"),
        ({"definition_en": "Has no roof."}, "definition_fr"),
        ({"definition_fr": "Sans toit."}, "definition_en"),
        ({"label_en": "hoarding"}, "label_en"),
        ({}, ""),
    ],
)
def test_half_a_wording_or_somebody_elses_is_refused(cast: Cast, changes: dict[str, str], field: str) -> None:
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    with _refused_at(field):
        editor.reword(old, replace(_words(old), **changes), start=LATER, why="x", by=cast.administrator)  # type: ignore[arg-type]  # words only
    assert CatalogueEntry.objects.versions(CodeList.STUDY_FLAG, "", "homelessness").count() == 1


@pytest.mark.parametrize("field", ["label_fr", "definition_fr", "category_fr"])
def test_postgresql_itself_refuses_half_a_wording(cast: Cast, field: str) -> None:
    entry = _entry(CodeList.RISK_FACTOR, "alcohol-abuse-by-person")
    fields = {f.attname: getattr(entry, f.attname) for f in CatalogueEntry._meta.fields if f.name != "id"}
    fields |= {"version": 2, "retired_on": LATER, "definition_en": "x", "definition_fr": "y"}
    CatalogueEntry.objects.create(**fields)
    with pytest.raises(DatabaseError, match="both_languages"), transaction.atomic():
        CatalogueEntry.objects.create(**fields | {"version": 3, field: ""})


def test_yesterday_is_not_rewritten(cast: Cast) -> None:
    old, yesterday = _entry(CodeList.STUDY_FLAG, "homelessness"), TODAY - timedelta(days=1)
    with _refused_at("start"):
        editor.reword(old, NEW, start=yesterday, why="x", by=cast.administrator)
    with _refused_at("start"):
        editor.retire(old, on=yesterday, why="x", by=cast.administrator)


def test_a_planned_wording_can_be_replaced_before_it_begins(cast: Cast) -> None:
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    planned = editor.reword(old, NEW, start=LATER, why="x", by=cast.administrator)
    with _refused_at("start"):
        editor.reword(planned, replace(NEW, label_en="Other"), start=TODAY, why="y", by=cast.administrator)
    better = editor.reword(planned, replace(NEW, label_en="Other"), start=LATER, why="y", by=cast.administrator)
    versions = CatalogueEntry.objects.versions(CodeList.STUDY_FLAG, "", "homelessness")
    for day, expected in ((TODAY, old), (LATER, better), (LATER + timedelta(days=900), better)):
        assert versions.in_force(day).get() == expected


def test_what_somebody_changed_meanwhile_is_not_overwritten_and_twice_is_once(cast: Cast) -> None:
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    first = editor.reword(old, NEW, start=LATER, why="x", by=cast.administrator)
    assert editor.reword(old, NEW, start=LATER, why="x", by=cast.administrator) == first
    with pytest.raises(ChangedMeanwhile):
        editor.reword(old, replace(NEW, label_en="Other"), start=LATER, why="x", by=cast.administrator)
    with pytest.raises(ChangedMeanwhile):
        editor.retire(old, on=LATER, why="x", by=cast.administrator)


def test_a_code_retires_stays_where_it_was_recorded_and_may_come_back(cast: Cast) -> None:
    walk = builders.presented(cast)
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    editor.retire(old, on=TODAY, why="Counted elsewhere", by=cast.administrator)
    flags = CatalogueEntry.objects.of(CodeList.STUDY_FLAG).filter(code="homelessness")
    assert not flags.in_force(TODAY).exists()
    with acting_as(cast.shelter_rep):
        assert walk.situation().facts.filter(entry=old).exists()
    old.refresh_from_db()
    back = editor.reword(old, _words(old), start=LATER, why="Needed", by=cast.administrator)
    assert flags.in_force(LATER).get() == back
    assert back.label_en == old.label_en


def test_rules_of_the_program_keep_their_codes(cast: Cast) -> None:
    youth = _entry(CodeList.AGE_GROUP, "12-17")
    with _refused_at():
        editor.retire(youth, on=LATER, why="x", by=cast.administrator)
    with _refused_at():
        editor.add(CodeList.AGE_GROUP, category=Category(), wording=NEW, start=LATER, why="x", by=cast.administrator)
    words = replace(_words(youth), label_en="12 to 17")
    assert editor.reword(youth, words, start=LATER, why="x", by=cast.administrator).version == 2


def test_the_last_reason_of_a_group_and_the_last_code_of_a_list_stay(cast: Cast) -> None:
    rejected = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).filter(category_code="rejected").in_force()
    *others, last = rejected
    for entry in others:
        editor.retire(entry, on=TODAY, why="x", by=cast.administrator)
    with _refused_at():
        editor.retire(last, on=TODAY, why="x", by=cast.administrator)


def test_a_new_code_stands_in_its_category_and_a_youth_category_hides_it(cast: Cast) -> None:
    crime = next(c for c in editor.categories(CodeList.RISK_FACTOR) if c.code == "criminal-involvement")
    added = editor.add(CodeList.RISK_FACTOR, category=crime, wording=NEW, start=TODAY, why="x", by=cast.administrator)
    assert (added.code, added.hidden_for_youth, added.category_fr) == ("living-in-a-vehicle", True, crime.label_fr)
    group = next(
        g for g in CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force().grouped() if g.code == crime.code
    )
    assert group.entries[-1] == added
    assert len(CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force().grouped()) == 27
    with _refused_at("hidden_for_youth"):
        editor.reword(added, replace(NEW, label_en="Lives in a car"), start=LATER, why="x", by=cast.administrator)


def test_a_new_category_is_named_in_both_languages_and_not_twice(cast: Cast) -> None:
    said: dict[str, Any] = {"wording": NEW, "start": TODAY, "why": "x", "by": cast.administrator}
    with _refused_at("category_fr"):
        editor.add(CodeList.RISK_FACTOR, category=Category.new("Climate", ""), **said)
    with _refused_at("category_en"):
        editor.add(CodeList.RISK_FACTOR, category=Category.new("Alcohol", "Boisson"), **said)
    with _refused_at("category"):
        editor.add(CodeList.CONCLUSION_REASON, category=Category.new("Climate", "Climat"), **said)
    with _refused_at("category"):
        editor.add(CodeList.RISK_FACTOR, category=Category(), **said)
    added = editor.add(CodeList.RISK_FACTOR, category=Category.new("Climate", "Climat"), **said)
    assert CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force().grouped()[-1].entries == (added,)


def test_a_code_name_is_never_given_twice(cast: Cast) -> None:
    said: dict[str, Any] = {"start": TODAY, "why": "x", "by": cast.administrator, "category": Category()}
    first = editor.add(CodeList.STUDY_FLAG, wording=NEW, **said)
    editor.retire(first, on=TODAY, why="x", by=cast.administrator)
    again = editor.add(CodeList.STUDY_FLAG, wording=NEW, **said)
    assert (first.code, again.code) == ("living-in-a-vehicle", "living-in-a-vehicle-2")


def test_loading_the_reference_files_undoes_nothing_an_administrator_wrote(cast: Cast, tmp_path: Path) -> None:
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    edited = editor.reword(old, replace(_words(old), label_en="No home"), start=TODAY, why="x", by=cast.administrator)
    gone = _entry(CodeList.STUDY_FLAG, "hoarding")
    editor.retire(gone, on=TODAY, why="x", by=cast.administrator)
    added = editor.add(
        CodeList.STUDY_FLAG, category=Category(), wording=NEW, start=TODAY, why="x", by=cast.administrator
    )
    assert catalogue.load(on=LATER).written == 0
    # Not even when the file says something it never said before.
    folder = _with_other_words(tmp_path, "homelessness", "Without housing")
    assert catalogue.load(folder, on=LATER).written == 0
    now = CatalogueEntry.objects.of(CodeList.STUDY_FLAG).in_force(LATER)
    assert now.get(code="homelessness") == edited
    assert not now.filter(code="hoarding").exists()
    assert now.filter(pk=added.pk).exists()


def _with_other_words(tmp_path: Path, code: str, label: str) -> Path:
    folder = Path(shutil.copytree(catalogue.REFERENCE, tmp_path / "reference"))
    flags = folder / "study_flags.csv"
    old = flags.read_text(encoding="utf-8")
    new = "\n".join(
        ",".join([code, label, *line.split(",")[2:]]) if line.startswith(f"{code},") else line
        for line in old.split("\n")
    )
    assert new != old
    flags.write_text(new, encoding="utf-8")
    return folder


def test_each_version_and_each_retirement_is_in_the_audit_with_its_actor(cast: Cast) -> None:
    old = _entry(CodeList.STUDY_FLAG, "homelessness")
    with acting_as(cast.administrator):
        new = editor.reword(old, NEW, start=LATER, why="x", by=cast.administrator)
        made = LogEntry.objects.get_for_object(new).get()
        ended = LogEntry.objects.get_for_object(old).filter(action=LogEntry.Action.UPDATE).get()
    assert (made.action, made.actor_id, ended.actor_id) == (0, cast.administrator.pk, cast.administrator.pk)
    assert ended.changes_dict["retired_on"][1] == str(LATER)
