"""Is every reference file of every app translated whole, and is each French label marked as the project's own?"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    [
        *(ROOT / "risk/reference").glob("*.csv"),
        ROOT / "agencies/reference/sectors.csv",
        ROOT / "privacy/reference/legal_authorities.csv",
    ]
)
ENGLISH_ABBREVIATIONS = re.compile(r"\b(M?FIPPA|PHIPA|CYFSA|PIPEDA|YCJA|CSPA|AER)\b")
STRAIGHT_APOSTROPHE = "'"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_english_cell_has_its_french(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        fields, rows = list(reader.fieldnames or []), list(reader)
    french = [name for name in fields if name.endswith("_fr")]
    assert "label_fr" in french
    assert rows
    for row in rows:
        assert row["french_provenance"] == "project translation"
        assert row["provenance"] in {"exact", "reconstructed", "inferred", "read", "recalled"}
        for name in french:
            stem = name.removesuffix("_fr")
            english = row[f"{stem}_en"] if f"{stem}_en" in row else row[stem]
            assert bool(english) == bool(row[name]), (row["code"], name)
            assert not ENGLISH_ABBREVIATIONS.search(row[name]), row["code"]
            assert STRAIGHT_APOSTROPHE not in row[name], row["code"]


def test_all_ten_files_are_looked_at() -> None:
    assert len(FILES) == 10
