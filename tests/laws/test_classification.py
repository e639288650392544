"""Has every column a category, and is there none that could hold a name? (house-style.md, 7)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from privacy.classification import FIELDS, MAY_HOLD_WORDS, DataCategory, of

_APPS = ("agencies", "risk", "privacy", "keyring", "situations", "reports")
#: Text columns of the apps that know situations, each with what its values are. Nothing else may be text.
CODES_ONLY = {
    "situations.Situation.number": "table code, year, sequence",
    "situations.Situation.screening": "ScreeningQuestion values",
    "situations.Situation.ending_group": "group of a conclusion reason",
    "situations.Situation.ending_reason": "code of a conclusion or stop reason",
    "situations.Situation.transferred_from": "a table's code",
    "situations.Determination.act": "name of an act",
    "situations.Determination.reason": "code of a reason",
    "situations.History.act": "name of an act",
    "situations.EndingCorrection.was_group": "group of a conclusion reason",
    "situations.EndingCorrection.was_reason": "code of a conclusion reason",
    "situations.EndingCorrection.now_group": "group of a conclusion reason",
    "situations.EndingCorrection.now_reason": "code of a conclusion reason",
    "situations.Performed.key": "random key of a form",
    "situations.Performed.act": "name of an act",
    "situations.Meeting.slips": "kind of a slip, ids and times",
    "situations.Consent.scope": "policy categories",
    "situations.Consent.purpose": "a coded purpose",
    "situations.NoticeTask.authority": "code of an authority",
    "privacy.Disclosure.elements": "names of elements",
    "privacy.Disclosure.consent": "id of a consent",
    "privacy.Tombstone.level": "a key level",
    "keyring.DataKey.level": "a key level",
    "keyring.ShreddedKey.level": "a key level",
    "keyring.Witness.line": "a signed checkpoint: numbers and hashes",
    "agencies.Letter.kind": "kind of letter",
    "reports.ImportBatch.digest": "checksum of a file",
    "reports.RecordExport.period": "a period's code",
    "reports.RecordExport.problems": "kinds of problems, counted",
    "reports.RecordExport.digest": "checksum of a file",
    "reports.ExportTaking.form": "kind of a file",
    "reports.Release.scope": "a table's code or a region",
    "reports.Release.audience": "name of an audience",
    "reports.Release.period": "a period's code",
    "reports.Release.told": "figure/category and count",
    "reports.Release.durations": "name of a duration and days",
    "reports.Release.together": "name of a figure, codes and levels",
    "reports.Release.meetings": "name of a figure of meetings and numbers",
    "reports.Release.letters_of": "a state",
    "reports.ReleaseReasons.withheld": "figure/category and name of a reason",
    "reports.QuarterCounts.counts": "figure/category and count",
    "reports.QuarterCounts.days_open": "days and count",
    "reports.QuarterCounts.contact_hours": "hours and count",
    "reports.CodedRecord.quarter": "year and quarter",
    "reports.CodedRecord.discussion_type": "code of a type",
    "reports.CodedRecord.originating_sector": "code of a sector",
    "reports.CodedRecord.lead_sector": "code of a sector",
    "reports.CodedRecord.conclusion_group": "group of a conclusion reason",
    "reports.CodedRecord.conclusion_reason": "code of a conclusion or stop reason",
    "reports.CodedRecord.assisting_sectors": "codes of sectors",
    "reports.CodedRecord.risk_factors": "category/code",
    "reports.CodedRecord.study_flags": "codes of flags",
    "reports.CodedRecord.protective_factors": "category/code",
    "reports.CodedRecord.persons": "age group and sex, by code",
    "reports.CodedRecord.services": "category and result, by code",
}


def _our_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in _APPS:
            yield model


def _model_fields() -> dict[str, models.Field[object, object]]:
    return {
        f"{m._meta.app_label}.{m._meta.object_name}.{f.name}": f
        for m in _our_models()
        for f in (*m._meta.concrete_fields, *m._meta.local_many_to_many)
    }


def test_every_field_of_every_model_has_a_category_and_no_category_is_left_over() -> None:
    mapped = {name for name in FIELDS if not name.startswith(("vault.", "ledger."))}
    found = set(_model_fields())
    assert found - mapped == set(), "classify these in privacy/classification.py"
    assert mapped - found == set(), "these are gone"


@pytest.mark.django_db
def test_every_column_that_no_model_maps_has_a_category() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname || '.' || c.relname || '.' || a.attname FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('vault', 'ledger') AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0"
            " AND NOT a.attisdropped"
        )
        found = {row[0] for row in cursor.fetchall()}
    assert found == {name for name in FIELDS if name.startswith(("vault.", "ledger."))}


@pytest.mark.django_db
def test_no_table_of_ours_escapes_the_models() -> None:
    """Every table in public is a model's, of ours or of a library we can name."""
    with connection.cursor() as cursor:
        found = {
            t.name
            for t in connection.introspection.get_table_list(cursor)
            if not t.name.startswith("django_migrations")
        }
    assert found == {m._meta.db_table for m in apps.get_models(include_auto_created=True)} - {
        m._meta.db_table for m in apps.get_app_config("keyring").get_models()
    }


def _holds_text(field: models.Field[object, object]) -> bool:
    if isinstance(field, ArrayField):
        return _holds_text(field.base_field)
    return (
        isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
        and not field.choices
    )


def test_no_column_that_speaks_of_a_situation_has_room_for_a_name() -> None:
    """Words in the clear stand in reference data and about people who sit at tables, nowhere else."""
    text = {name for name, field in _model_fields().items() if _holds_text(field)}
    beside_words = {name for name in text if FIELDS[name] not in MAY_HOLD_WORDS}
    beside_words -= {n for n in text if FIELDS[n] is DataCategory.CREDENTIAL}  # hashes, digests, session keys
    assert beside_words == set(CODES_ONLY)


def test_codes_are_short() -> None:
    fields = _model_fields()
    for name in CODES_ONLY:
        field = fields[name]
        inner = field.base_field if isinstance(field, ArrayField) else field
        no_limit = isinstance(inner, models.JSONField) or name == "keyring.Witness.line"
        assert no_limit or (inner.max_length or 10_000) <= 170, name


def test_an_unclassified_field_is_an_error_not_a_default() -> None:
    assert of("situations.CodedFact", "entry") == DataCategory.SIX_GROUPS
    with pytest.raises(KeyError):
        of("situations.Situation", "nickname")
