"""What does a text say, however it was typed? Accents, quotes, odd spaces and invisible characters fold away.

Rules read `plain` (no accents, straight quotes, single-width spaces) or `low` (the same in lower case, same length) and
give offsets in it; `original()` leads back to the characters as they were given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ODD = {
    **dict.fromkeys("‘’‚‛′`´ʼʻ＇", "'"),
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ı": "i", "ð": "d", "þ": "th", "…": "...",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _ODD:
        return _ODD[character]
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:  # accents that stand alone; zero-width and direction marks
        return ""
    if category in {"Zs", "Zl", "Zp"}:
        return " " if category == "Zs" else "\n"
    if character in "\t\v\f\r":
        return " "
    apart = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in apart if unicodedata.category(part) not in {"Mn", "Me"})
    return kept if len(kept) <= 4 else character  # a few signs stand for whole phrases


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules read it."""

    given: str
    plain: str
    low: str
    #: For each character of `plain` its place in `given`; None where they are the same.
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]` (not empty) stands in the text as given; accents after its last letter belong to it."""
        if self.places is None:
            return start, end
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(self.given) and unicodedata.category(self.given[last]) in {"Mn", "Me"}:
            last += 1
        return first, last


def read(text: str) -> Reading:
    """Fold a text once, for all rules."""
    if text.isascii():
        plain = text.translate(_ASCII)
        return Reading(text, plain, plain.lower(), None)
    parts = [_folded(character) for character in text]
    plain = "".join(parts)
    places = tuple(at for at, part in enumerate(parts) for _each in part)
    low = plain.lower()
    if len(low) != len(plain):  # a few letters grow in lower case
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)
    return Reading(text, plain, low, places)


_ASCII = str.maketrans({"\t": " ", "\v": " ", "\f": " ", "\r": " ", "`": "'"})

#: A word with its inner apostrophes and hyphens.
WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
