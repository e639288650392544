"""Which values stand in the cells of one sheet? Read straight from its XML, a piece at a time.

openpyxl reads what is said of the workbook (book.py); its own reader of rows builds an object for every cell and every
empty column, which took more than half of the time of an import. Here a cell is its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601

from reports.importing.book import Sheet
from reports.importing.parsing import MAIN, MOST_DEEP, far_more, feed, parser, written
from reports.importing.problems import UnreadableFileError

_ROW, _CELL, _VALUE, _TEXT, _SOUND, _MERGED = (MAIN + name for name in ("row", "c", "v", "t", "rPh", "mergeCell"))
#: Rows that a sheet of any program can have.
MOST_ROWS = 1_048_576


def rows(sheet: Sheet, *, most_columns: int, longest: int) -> Iterator[tuple[int, list[object]]]:
    """The rows of a sheet as (number from 1, values), None for an empty cell.

    Values are text, int, float, bool, date and time. A row ends with its last filled cell. UnreadableFileError for a
    value beyond `most_columns`, for text of more than `longest` characters, or for what is no sheet.
    """
    reader = _Reader(sheet, most_columns, longest)
    try:
        for _piece in feed(reader.parser, sheet.archive, sheet.path):
            yield from reader.done
            reader.done.clear()
    except UnreadableFileError:
        raise
    except Exception as error:  # whatever the archive, the parser or a number in it met
        told = _("Line %(n)s of the spreadsheet is damaged.")
        raise UnreadableFileError(told % {"n": max(1, reader.number)}) from error


class _Reader:
    """What expat tells, put together to rows. `done` holds those that are whole."""

    def __init__(self, sheet: Sheet, most_columns: int, longest: int) -> None:
        self.done: list[tuple[int, list[object]]] = []
        self.number = 0
        self._sheet = sheet
        self._most, self._longest = most_columns, longest
        self._row: list[object] = []
        self._rows = self._column = self._deep = 0
        self._kind, self._style = "n", 0
        self._parts: list[str] = []
        self._held = 0
        self._reads, self._sound = False, False
        self.parser = parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._told

    def _start(self, name: str, said: dict[str, str]) -> None:
        self._deep += 1
        if name == _CELL:
            at = said.get("r")
            self._column = _column(at.rstrip("0123456789")) if at else self._column + 1
            self._kind, self._style = said.get("t", "n"), int(said.get("s", 0))
            self._parts.clear()
            self._held = 0
        elif name == _VALUE or (name == _TEXT and not self._sound):
            self._reads = True
        elif name == _ROW:
            self.number = int(float(said.get("r", self.number + 1)))
            self._row, self._column = [], 0
            self._rows += 1
        elif name == _SOUND:
            self._sound = True  # how a word is pronounced, beside it
        elif name == _MERGED:
            raise UnreadableFileError(_merged(said.get("ref", "")))
        if self._deep > MOST_DEEP or self._rows > MOST_ROWS:
            raise far_more()

    def _told(self, text: str) -> None:
        if self._reads:
            self._held += len(text)
            if self._held > self._longest:
                raise self._too_long()
            self._parts.append(text)

    def _end(self, name: str) -> None:
        self._deep -= 1
        if name in (_VALUE, _TEXT):
            self._reads = False
        elif name == _CELL:
            if self._parts and (value := self._meant("".join(self._parts))) is not None:
                self._put(value)
        elif name == _ROW:
            self.done.append((self.number, self._row))
        elif name == _SOUND:
            self._sound = False

    def _put(self, value: object) -> None:
        if self._column > self._most:
            raise UnreadableFileError(_("Line %(n)s has more than 200 columns.") % {"n": self.number})
        row = self._row
        if len(row) >= self._column:
            raise ValueError  # not in order, or twice the same: it would stand in another column
        if len(row) < self._column - 1:
            row += [None] * (self._column - 1 - len(row))
        row.append(value)

    def _meant(self, text: str) -> object:
        kind = self._kind
        if kind == "s":
            shared = self._sheet.strings[int(text)]
            if len(shared) > self._longest:
                raise self._too_long()
            return shared
        if kind == "n":
            number = float(text) if any(mark in text for mark in ".eE") else int(text)
            if self._style not in self._sheet.dates:
                return number
            try:
                return from_excel(number, self._sheet.epoch, timedelta=self._style in self._sheet.spans)
            except (OverflowError, ValueError):
                return "#VALUE!"  # what a spreadsheet shows for a number that is no day
        if kind == "b":
            return bool(int(text))
        return from_ISO8601(text) if kind == "d" else written(text)

    def _too_long(self) -> UnreadableFileError:
        """Cut, it could read like a whole one."""
        told = _(
            "Line %(n)s cannot be read: a cell holds more than %(most)s characters. Nothing was imported. Shorten it,"
            " and import the file again."
        )
        return UnreadableFileError(told % {"n": max(1, self.number), "most": self._longest})


def _merged(place: str) -> str:
    """Cells seen as one hold their words in the first alone: the others would be read as if nothing stood there."""
    told = _("Cells are merged in line %(n)s of the spreadsheet. Unmerge them, and fill in each of them.")
    return told % {"n": "".join(c for c in place.split(":")[0] if c in "0123456789")[:7] or "?"}


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))
