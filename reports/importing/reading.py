"""How does a file become lines of cells, whoever made it? Streamed, bounded, and without running anything in it.

CSV in the encodings spreadsheets write (UTF-8 with or without mark, UTF-16 with mark, Windows-1252) and with comma,
semicolon or tab; XLSX as values, never formulas. What the file is follows from its first bytes, not from its name.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TypeAlias

from django.utils.translation import gettext as _

from reports.importing.problems import UnreadableFileError

Cell: TypeAlias = str | date
Line: TypeAlias = tuple[int, list[Cell]]

MOST_BYTES = 200 * 2**20
MOST_COLUMNS = 200
_LONGEST_CELL = 20_000
#: Letters of a line of CSV: every one of its cells full of quotation marks, each written twice, and in quotation marks.
_LONGEST_LINE = MOST_COLUMNS * (2 * _LONGEST_CELL + 3)


def lines(file: IO[bytes]) -> Iterator[Line]:
    """The lines of a file that are not empty, with their numbers, the header first."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size == 0:
        raise UnreadableFileError(_("The file is empty."))
    if size > MOST_BYTES:
        raise UnreadableFileError(_("The file is larger than 200 MB. Import it year by year."))
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        yield from _spreadsheet(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            _("This is an old or a protected spreadsheet. Save it as .xlsx or CSV without a password.")
        )
    elif start.startswith(b"%PDF"):
        raise UnreadableFileError(_("This is a PDF. Export the spreadsheet as .xlsx or CSV."))
    else:
        yield from _text(file)


def how_many(file: IO[bytes]) -> int:
    """About how many lines a file has below its header, for a progress bar: line ends, or what the sheet says of
    itself. 0 where it does not say. Reads nothing of what stands in the cells.
    """
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        file.seek(0)
        ends = sum(part.count(b"\n") for part in iter(lambda: file.read(2**20), b""))
        return max(0, ends - 1)
    from reports.importing import book  # openpyxl is slow to import, and only spreadsheets need it

    try:
        return max(0, book.rows_said(file) - 1)
    except UnreadableFileError:  # told by whoever reads it; here it only has no bar
        return 0


def _text(file: IO[bytes]) -> Iterator[Line]:
    text = io.TextIOWrapper(file, encoding=_encoding(file), newline="")
    first = text.readline(100_000)
    text.seek(0)
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    bounded = _Bounded(text)
    reader = csv.reader(bounded, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            bounded.left = _LONGEST_LINE
            if len(cells) > MOST_COLUMNS:
                raise UnreadableFileError(_("Line %(n)s has more than 200 columns.") % {"n": begins})
            if any(cell.strip() for cell in cells):
                yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        told = _("Line %(n)s cannot be read: a cell is too long, or a quotation mark is not closed.")
        raise UnreadableFileError(told % {"n": begins}) from error
    finally:
        text.detach()  # the file is its owner's to close, and may be read again


class _Bounded:
    """The lines of a text, cut off where one (with those that its cells continue on) is longer than any that is read.

    What is cut off has a cell that is too long or more columns than a table has, and is refused for that; a whole one
    of 200 MB would first become millions of cells.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.left = _LONGEST_LINE
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self.left + 1) if self.left >= 0 else ""
        if not line:
            raise StopIteration
        self.left -= len(line)
        return line


def _encoding(file: IO[bytes]) -> str:
    """Told by the mark at its start, else by reading it through: once it is known, every line of it can be read."""
    marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        if _is_written_in(file, encoding):
            file.seek(0)
            return encoding
    raise UnreadableFileError(_("The text is in no known encoding. Save it as CSV UTF-8."))


def _is_written_in(file: IO[bytes], encoding: str) -> bool:
    """Whether every byte is; UnreadableFileError where a letter is one that no text holds."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while part := file.read(2**20):
            # Of the bytes first: a picture holds some that are in no encoding as well.
            if (encoding != "utf-16" and b"\0" in part) or "\0" in decoder.decode(part):
                raise UnreadableFileError(_("This is not a text file. Export the spreadsheet as .xlsx or CSV."))
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _spreadsheet(file: IO[bytes]) -> Iterator[Line]:
    from reports.importing import book, sheet  # openpyxl is slow to import, and only spreadsheets need it

    found = book.only_sheet(file, longest=_LONGEST_CELL)
    for number, row in sheet.rows(found, most_columns=MOST_COLUMNS, longest=_LONGEST_CELL):
        cells = [_cell(value) for value in row]
        if any(cells):
            yield number, cells


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@contextmanager
def opened(source: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """A file of the operator's, or one that was uploaded and stays in memory."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        source.seek(0)
        yield source
