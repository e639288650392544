"""Which words are names, which are ordinary words, and which capitalised words name nobody? Read once, kept in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "words"


def _read(name: str) -> frozenset[str]:
    lines = (_WORDS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def given() -> frozenset[str]:
    """Given names and nicknames."""
    return _read("given.txt")


@cache
def surnames() -> frozenset[str]:
    """Family names."""
    return _read("surnames.txt")


@cache
def common() -> frozenset[str]:
    """Ordinary words of either language, contractions without their apostrophe included."""
    return _read("common_en.txt") | _read("common_fr.txt") | _read("general.txt")


@cache
def proper() -> frozenset[str]:
    """Capitalised words that name no person: places, peoples, bodies, brands, months, medicines."""
    return _read("proper.txt")


@cache
def shortened() -> frozenset[str]:
    """Given names of five letters or more with any one letter left out: finds names that are one slip away.

    A flat set: a mapping to sets of names would be walked by every garbage collection, 15 ms at a time.
    """
    return frozenset(name[:at] + name[at + 1 :] for name in given() if len(name) >= 5 for at in range(len(name)))


def is_one_slip_from_a_name(word: str) -> bool:
    """Whether one letter left out, added, changed or swapped makes a given name of five letters or more."""
    if not 5 <= len(word) <= 24:
        return False
    if word in shortened():
        return True
    for at in range(len(word)):
        shorter = word[:at] + word[at + 1 :]
        if shorter in shortened() or (len(shorter) >= 5 and shorter in given()):
            return True
    return False
