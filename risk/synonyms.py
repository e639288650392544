"""By which other words do people look for a code?

They help to find a code and mean nothing: what is recorded is the code. They are therefore no part of a version of the
catalogue, and a code that an administrator adds or words anew is found by its own words. The words are the project's
own, in both languages, since people mix them (`reference/search/synonyms.csv`, provenance `project`).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from risk.models import CatalogueEntry

FILE = Path(__file__).parent / "reference" / "search" / "synonyms.csv"
_PARTS = "; "


def synonyms(entry: CatalogueEntry) -> str:
    """The other words for a code, both languages, parted by semicolons; empty where nobody has thought of any."""
    return _known().get((entry.code_list, entry.category_code, entry.code), "")


def search_words(entry: CatalogueEntry) -> str:
    """Everything besides its label by which a code is found: the label's other language, its category, its synonyms."""
    named = (entry.label_en, entry.label_fr, entry.category_en, entry.category_fr, synonyms(entry))
    return _PARTS.join(part for part in named if part)


@cache
def _known() -> dict[tuple[str, str, str], str]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["code_list"], row["category_code"], row["code"]): _PARTS.join((row["words_en"], row["words_fr"]))
            for row in csv.DictReader(lines)
        }
