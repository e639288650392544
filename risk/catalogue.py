"""How do the code lists get in, and change, without a code ever changing meaning?

The files in `reference/` are copies of public or reconstructed lists with the project's French; an administrator may
edit the catalogue as well (`editor.py`). Loading therefore adds and supersedes, never deletes, and never undoes a local
edit: a code whose newest version an administrator wrote keeps it, a wording the catalogue has already had in an earlier
version is old news, and a code retired here stays retired. Source: domain.md, "Honesty about sources".
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from risk.models import CatalogueEntry
from risk.vocabulary import CodeList, Origin, Provenance
from risk.youth import hidden_for_youth

REFERENCE = Path(__file__).parent / "reference"

#: What a version consists of. A difference in any of these is a new version; `position` is only an order.
_MEANING = (
    "label_en", "label_fr", "category_en", "category_fr", "definition_en", "definition_fr", "provenance",
    "french_provenance", "hidden_for_youth",
)  # fmt: skip

_FILES: dict[str, CodeList | None] = {
    "risk_factors.csv": CodeList.RISK_FACTOR,
    "protective_factors.csv": CodeList.PROTECTIVE_FACTOR,
    "study_flags.csv": CodeList.STUDY_FLAG,
    "discussion_types.csv": CodeList.DISCUSSION_TYPE,
    "age_groups.csv": CodeList.AGE_GROUP,
    "sexes.csv": CodeList.SEX,
    "services.csv": None,  # two lists in one file: its `kind` column names the list
    "conclusion_reasons.csv": CodeList.CONCLUSION_REASON,
}


class BadReferenceError(ValueError):
    """A reference file that cannot be loaded; says which file and line, and what to mend."""


@dataclass(slots=True)
class Count:
    """What happened to one list: rows never seen before, rows with a new version, rows as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of a load, list by list."""

    counts: Mapping[CodeList, Count] = field(default_factory=lambda: {code_list: Count() for code_list in CodeList})

    @property
    def written(self) -> int:
        """How many rows were added to the catalogue; 0 when it was up to date."""
        return sum(count.added + count.changed for count in self.counts.values())


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a file, as the catalogue would hold it."""

    code_list: CodeList
    category_code: str
    code: str
    position: int
    meaning: dict[str, str | bool]


@transaction.atomic
def load(folder: Path = REFERENCE, *, on: date | None = None) -> Loaded:
    """Bring the catalogue up to the files of a folder, all or nothing. Idempotent.

    `on` is the day new rows become valid and superseded ones retire (today, when none is given). A row missing from a
    file is left as it is: leaving a file is not a decision to retire.
    """
    day = on or timezone.localdate()
    loaded = Loaded()
    known: dict[tuple[str, str, str], list[CatalogueEntry]] = {}
    for entry in CatalogueEntry.objects.select_for_update().order_by("version"):
        known.setdefault((entry.code_list, entry.category_code, entry.code), []).append(entry)
    for row in _rows(folder):
        _keep(row, known.get((row.code_list, row.category_code, row.code), []), day, loaded.counts[row.code_list])
    return loaded


def _keep(row: _Row, versions: list[CatalogueEntry], day: date, count: Count) -> None:
    newest = versions[-1] if versions else None
    if newest is not None:
        had_before = any(all(getattr(v, k) == value for k, value in row.meaning.items()) for v in versions)
        if had_before or newest.retired_on is not None or newest.origin == Origin.EDITOR:
            if newest.position != row.position:
                newest.position = row.position
                newest.save(update_fields=["position"])
            count.unchanged += 1
            return
        newest.retired_on = max(day, newest.valid_from)
        newest.save(update_fields=["retired_on"])
    CatalogueEntry.objects.create(
        code_list=row.code_list,
        category_code=row.category_code,
        code=row.code,
        position=row.position,
        version=newest.version + 1 if newest else 1,
        valid_from=max(day, newest.valid_from) if newest else day,
        **row.meaning,
    )
    if newest:
        count.changed += 1
    else:
        count.added += 1


def _rows(folder: Path) -> Iterator[_Row]:
    seen: set[tuple[str, str, str]] = set()
    for name, code_list in _FILES.items():
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for position, line in enumerate(reader, start=1):
                row = _row(line, code_list, position, where=f"{name}, line {reader.line_num}")
                identity = (row.code_list, row.category_code, row.code)
                if identity in seen:
                    raise BadReferenceError(f"{name}, line {reader.line_num}: this code stands in the file twice.")
                seen.add(identity)
                yield row


def _row(line: Mapping[str, str | None], code_list: CodeList | None, position: int, *, where: str) -> _Row:
    def cell(*names: str) -> str:
        return next((text.strip() for name in names if (text := line.get(name))), "")

    try:
        in_list = code_list or CodeList(cell("kind"))
        provenance = Provenance(cell("provenance"))
    except ValueError as problem:
        raise BadReferenceError(f"{where}: {problem}.") from problem
    if not (cell("code") and cell("label_en") and cell("label_fr")):
        raise BadReferenceError(f"{where}: code, label_en and label_fr must all be filled.")
    category_code = cell("category_code", "group_code")
    meaning: dict[str, str | bool] = {
        "label_en": cell("label_en"),
        "label_fr": cell("label_fr"),
        "category_en": cell("category_en", "group_en"),
        "category_fr": cell("category_fr", "group_fr"),
        "definition_en": cell("definition_en"),
        "definition_fr": cell("definition_fr"),
        "provenance": provenance.value,
        "french_provenance": cell("french_provenance"),
        "hidden_for_youth": hidden_for_youth(in_list, category_code, cell("code")),
    }
    return _Row(in_list, category_code, cell("code"), position, meaning)
