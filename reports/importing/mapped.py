"""How does an operator say what the words of a file mean? A JSON file, written with the words and filled in by hand.

    {"sector": {"Crisis people": "health"}, "days": {"order": "day-first"}, "columns": {"Client": "ignored"}}

List -> word -> code, as in the code lists; an empty code is not answered yet. What stands in it is never repeated in a
message: a word may be a name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from reports.importing.batches import Outcome
from reports.importing.days import DAYS, SAYABLE
from reports.importing.layout import IGNORED, columns
from reports.importing.meanings import may_mean

_COLUMNS = "columns"
_MOST_BYTES = 2**20


class NotAMapError(Exception):
    """A file that says nothing of words, or names a code that its list does not hold."""


def read(path: Path) -> list[tuple[str, str, str]]:
    """The words of a map as (list, said, means), the list being empty for columns. NotAMapError says what to mend."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise NotAMapError("The map is larger than 1 MB.")
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotAMapError("The map cannot be read.") from error
    except (ValueError, RecursionError):  # the latter of maps within maps without end
        raise NotAMapError("The map is no JSON file.") from None  # its own message may quote the file
    if not isinstance(found, dict) or not all(isinstance(words, dict) for words in found.values()):
        raise NotAMapError('A map holds lists, and these hold words: {"sector": {"Crisis people": "health"}}.')
    return [word for name, words in found.items() for word in _words(name, words)]


def write(path: Path, outcome: Outcome) -> None:
    """Write the words of a file that no list holds, those that stand in it most often first, with what they obviously
    mean filled in. The file must not exist, and only its owner reads it.
    """
    found: dict[str, dict[str, str]] = {DAYS: dict.fromkeys(outcome.days, "")} if outcome.days else {}
    for one in outcome.unmatched:
        found.setdefault(one.list, {})[one.said] = one.likely
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False, indent=2)
        file.write("\n")


def _words(name: str, words: dict[str, object]) -> list[tuple[str, str, str]]:
    known = {IGNORED, *(c.key for c in columns())} if name == _COLUMNS else may_mean(name)
    if not known:
        raise NotAMapError("The map names a list that does not exist.")
    for at, (said, means) in enumerate(words.items(), 1):
        allowed = SAYABLE.get(said, ()) if name == DAYS else known
        if means not in ("", None) and not (isinstance(means, str) and means in allowed):
            raise NotAMapError(f"Word {at} of “{name}” has no code of that list.")
    return [("" if name == _COLUMNS else name, said, str(means)) for said, means in words.items() if means]
