"""Which column of a spreadsheet is which part of the coded record? The mapping is data and can be edited.

The headers of the coded record's own layout (reports.md, "The coded record") and what other spreadsheets call them
stand in `reports/reference/record_layout.csv`, in English and French; a table adds its own words for headers and values
as `ImportWord` rows. The provincial column names are not public in full, so nothing here is called official.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.importing.problems import Problem

_FILE = Path(__file__).parent.parent / "reference" / "record_layout.csv"
#: Said of a header that is not to be read.
IGNORED = "ignored"
#: What a table keeps of a header or a word, compared; a word of a cell that is longer is no code's.
LONGEST = 120
#: What of a header is read: enough for a question, and for the name guard to see a name in it.
_LONGEST_READ = 500
_GAPS = re.compile(r"[\s_]+")
_MARKS = re.compile(r"\s*([:/>])\s*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the layout, in the order in which files are written."""

    key: str
    header_en: str
    header_fr: str
    synonyms: tuple[str, ...]
    needed: bool

    @property
    def header(self) -> str:
        """The header in the active language."""
        return self.header_fr if (get_language() or "en").startswith("fr") else self.header_en


def plain(text: str) -> str:
    """Text as it is compared: without case, accents, punctuation at its ends, repeated spaces, spaces around marks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).replace("’", "'").replace("–", "-")
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = bare(_GAPS.sub(" ", text)).casefold()
    return _MARKS.sub(r"\1", text) if any(mark in text for mark in ":/>") else text


def bare(text: str) -> str:
    """Text without spaces and punctuation at its ends."""
    return text.strip(" \t:*#.-")


def headers(line: Iterable[object]) -> list[str]:
    """The headers of the first line of a file, as far as they are read: a cell may hold twenty thousand letters."""
    return [str(cell)[:_LONGEST_READ] for cell in line]


def kept(header: str) -> str:
    """A header as a table keeps it: as it is compared, cut, since some spreadsheets ask a whole question there."""
    return plain(plain(header)[:LONGEST])


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the layout."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Column(
                row["key"],
                row["header_en"],
                row["header_fr"],
                tuple(s for s in row["synonyms"].split(";") if s),
                row["needed"] == "yes",
            )
            for row in csv.DictReader(lines)
        )


@cache
def _known() -> dict[str, str]:
    return {plain(word): c.key for c in columns() for word in (c.key, c.header_en, c.header_fr, *c.synonyms)}


def placed(headers: Sequence[str], words: Iterable[tuple[str, str]] = ()) -> tuple[dict[int, str], list[Problem]]:
    """Position -> column key for a header line, with the table's own words first; what is wrong with it besides.

    A header that nobody knows is a problem, never skipped in silence: it may hold names. Empty headers over empty
    columns are let pass by the reader of rows.
    """
    own = {kept(said): means for said, means in words}
    found: dict[int, str] = {}
    problems: list[Problem] = []
    for position, header in enumerate(headers):
        if not plain(header):
            continue
        key = own.get(kept(header)) or _known().get(plain(header))
        if key is None:
            told = _("Column %(n)s is not part of the layout. Say what it is, or that it is not to be read.")
            problems.append(Problem(1, str(position + 1), told % {"n": position + 1}))
        elif key != IGNORED and key in found.values():
            told = _("Column %(n)s says the same as an earlier one.")
            problems.append(Problem(1, str(position + 1), told % {"n": position + 1}))
        elif key != IGNORED:
            found[position] = key
    missing = [c.header_en for c in columns() if c.needed and c.key not in found.values()]
    return found, [*problems, *(Problem(1, header, _("This column is missing.")) for header in missing)]
