"""Which words of a file does no list hold, and how often does each stand in it?

They are what somebody wrote by hand over the years and may hold a name: bounded, forgotten with the answer, shown to
nobody but the recorder who chose the file, never told in a message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.importing.codes import place_of
from reports.importing.layout import LONGEST, columns, plain

#: Different words that are told apart. A file with more of them holds something else than codes.
MOST = 2000
_NEEDED = frozenset(c.key for c in columns() if c.needed)


@dataclass(slots=True)
class Unmatched:
    """A word that no list holds: its list, as first written, as compared, and how often it stands in the file."""

    list: str
    said: str = field(repr=False)
    plain: str = field(repr=False)
    #: The first line that holds it.
    line: int
    times: int = 0
    #: Whether it stands in a column that may not be empty.
    needed: bool = False
    #: The code that it obviously means, as a suggestion; else empty.
    likely: str = ""

    @property
    def place(self) -> str:
        """The word in the name of a form's field."""
        return place_of(self.list, self.plain)


@dataclass
class Tally:
    """The words of one file, and what it asks of its dates: key of days.SAYABLE -> cells."""

    days: Counter[str] = field(default_factory=Counter)
    _found: dict[tuple[str, str], Unmatched] = field(default_factory=dict, repr=False)

    def note(self, words: Iterable[tuple[str, str]], column: str, line: int) -> None:
        """A cell of a column and line held words, (list, said), that no list holds. What is too long for a code is left
        out.
        """
        for name, said in words:
            at = plain(said)
            if (name, at) not in self._found:
                if not at or len(at) > LONGEST or len(self._found) >= MOST:
                    continue
                self._found[name, at] = Unmatched(name, said, at, line)
            one = self._found[name, at]
            one.times += 1
            one.needed = one.needed or column in _NEEDED

    def ask(self, what: str) -> None:
        """A cell held a date that is one day once something is said of the file's dates."""
        if what:
            self.days[what] += 1

    def words(self) -> list[Unmatched]:
        """The words, those that stand in the file most often first."""
        return sorted(self._found.values(), key=lambda one: (-one.times, one.list, one.plain))
