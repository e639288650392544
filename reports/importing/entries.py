"""Into which entries does a cell part, and how many may there be? What an entry means is looked up once.

A cell of a few letters can ask for a hundred thousand persons, and one of twenty thousand for a comparison that takes
seconds: nobody wrote either. Both are refused before anything is made of them or compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from reports.importing.layout import plain

_T = TypeVar("_T")
#: Entries of a cell, counts included; the longest list has some hundred codes, and nobody met two hundred persons.
MOST = 200
#: Letters of an entry: two labels of 160, what stands between them, and room for a slip.
LONGEST_ENTRY = 400
#: How many entries of a list are remembered, of those that mean something and of those that do not.
_REMEMBERED = 20_000
_BETWEEN = re.compile(r"[;|\n\r]+")
_COUNT = re.compile(r"(\d{1,2})\s*[x×*]\s*(.+)")  # the sign as people write it
#: What stands for "nothing is recorded here" (reports.md: rejected rows hold N/A).
NOTHING = frozenset({"n/a", "na", "s/o", "sans objet", "none", "aucun", "aucune", "nil", "not applicable"})


class NotInListError(ValueError):
    """A value that is in no list; the sentence says which list, never which value.

    `unmatched` holds (list, value) for whoever says what they mean (tally.py), and is told to nobody else.
    """

    def __init__(self, sentence: str, *unmatched: tuple[str, str]) -> None:
        super().__init__(sentence)
        self.unmatched = unmatched


class Lookup(Generic[_T]):
    """What entries of one list mean. NotInListError for one that means nothing, and for one that is too long to."""

    def __init__(self, name: str, look: Callable[[str], _T]) -> None:
        self._name, self._look = name, look
        self._found: dict[str, _T] = {}
        self._missed: dict[str, str] = {}

    def __call__(self, said: str) -> _T:
        if said in self._found:
            return self._found[said]
        if len(said) > LONGEST_ENTRY:
            raise NotInListError(
                _("holds an entry of more than %(most)s letters; write its code") % {"most": LONGEST_ENTRY}
            )
        if said in self._missed:
            raise NotInListError(self._missed[said], (self._name, said))
        try:
            found = self._look(said)
        except NotInListError as problem:
            if len(self._missed) < _REMEMBERED:
                self._missed[said] = str(problem)
            raise NotInListError(str(problem), (self._name, said)) from None
        if len(self._found) < _REMEMBERED:
            self._found[said] = found
        return found


def each_of(means: Callable[[str], _T], pieces: Iterable[str]) -> list[_T]:
    """What every entry of a cell means. NotInListError names all that mean nothing, with the sentence of the first."""
    found, missed = [], []
    for piece in pieces:
        try:
            found.append(means(piece))
        except NotInListError as problem:
            missed.append(problem)
    if missed:
        raise NotInListError(str(missed[0]), *(pair for problem in missed for pair in problem.unmatched))
    return found


def pieces_of(cell: str, *, by_commas: bool = False) -> list[str]:
    """The entries of a cell: parted by semicolon, bar or line end, or else by commas. NotInListError for too many."""
    parts = cell.split(",") if by_commas else _BETWEEN.split(cell)
    pieces = [p for piece in parts if (p := piece.strip())]
    _require_few(len(pieces))
    return pieces


def counted(pieces: Iterable[str]) -> list[tuple[int, str]]:
    """How often each entry stands, by a count in front of it: "2 x Health". NotInListError for too many together."""
    found = [(int(told[1]), told[2]) if (told := _COUNT.fullmatch(piece)) else (1, piece) for piece in pieces]
    _require_few(sum(times for times, _rest in found))
    return found


def _require_few(many: int) -> None:
    if many > MOST:
        told = _("holds more than %(most)s entries, counts like “2 x” included; correct the counts")
        raise NotInListError(told % {"most": MOST})


def is_nothing(cell: str) -> bool:
    """Whether a cell says that nothing is recorded."""
    return not cell or (len(cell) < 20 and plain(cell) in NOTHING)
