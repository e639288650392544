"""Which sheet of a workbook holds the lines, and what do its numbers mean? openpyxl reads what is said of it.

Only that: the formats, the names of the sheets, which part is which. Its own way to open a workbook reads every sheet
that does not say how large it is to the end, once for each opening.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils.translation import gettext as _
from openpyxl.packaging.relationship import get_rels_path
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_STYLE, SHARED_STRINGS

from reports.importing.parsing import far_more
from reports.importing.problems import UnreadableFileError
from reports.importing.strings import shared

#: What the parts of an XLSX may unpack to, together, and the densest packing of a real one.
MOST_UNPACKED = 512 * 2**20
MOST_DENSE = 400
_DENSE_FROM = 10 * 2**20
#: The texts of a workbook, which are read whole.
MOST_STRINGS = 100 * 2**20
#: Which part is which: a line for each.
MOST_TYPES = 2**20
#: What becomes objects one by one (formats, names): a workbook has 65,000 formats at most.
MOST_SAID = 20 * 2**20
MOST_MARKS = 200_000
#: What a sheet says of its size stands before its rows.
_START = 2**16
_LAST_ROW = re.compile(rb"""<(?:[^<>\s:]*:)?dimension\s[^<>]*ref=["'](?:[A-Z]+\d+:)?[A-Z]+(\d{1,7})["']""")


@dataclass(frozen=True)
class Sheet:
    """One sheet, still packed, and what is said of its workbook."""

    archive: ZipFile
    path: str
    #: The texts that cells share, by number.
    strings: list[str] = field(repr=False)
    #: From when days are counted, and the formats in which a number is a day, or a span of time.
    epoch: datetime
    dates: Collection[int]
    spans: Collection[int]


def only_sheet(file: IO[bytes], *, longest: int) -> Sheet:
    """The one sheet that is seen. Texts of more than `longest` characters stay longer, and are cut after that.

    UnreadableFileError says why there is none, or that the file unpacks to more than a table's past.
    """
    reader, path = _opened(file)
    with _told_as_damaged():
        apply_stylesheet(reader.archive, reader.wb)
        texts = reader.package.find(SHARED_STRINGS)
        strings = _strings(reader.archive, texts.PartName[1:], longest) if texts is not None else []
    book = reader.wb
    return Sheet(reader.archive, path, strings, book.epoch, book._date_formats, book._timedelta_formats)


def rows_said(file: IO[bytes]) -> int:
    """The last row of the sheet as it says at its start; 0 where it does not. UnreadableFileError as above."""
    reader, path = _opened(file)
    with _told_as_damaged(), reader.archive.open(path) as source:
        said = _LAST_ROW.search(source.read(_START))
    return int(said[1]) if said else 0


def _opened(file: IO[bytes]) -> tuple[ExcelReader, str]:
    """What opening a workbook does, without the texts, the properties, the theme and the sheets; the sheet's part."""
    _require_spreadsheet(file)
    with _told_as_damaged():
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        _require_little(reader.archive, ARC_CONTENT_TYPES, most=MOST_TYPES)
        reader.read_manifest()
        named = _find_workbook_part(reader.package).PartName[1:]
        for part in (named, get_rels_path(named), ARC_STYLE):
            _require_little(reader.archive, part, most=MOST_SAID)
        reader.read_workbook()
        seen = [
            link.target
            for sheet, link in reader.parser.find_sheets()
            if sheet.state == "visible" and link.target in reader.valid_files and "chartsheet" not in link.Type
        ]
    if not seen:
        raise UnreadableFileError(_("The spreadsheet has no visible sheet."))
    if len(seen) > 1:
        raise UnreadableFileError(_("The spreadsheet has several sheets. Keep the one to import."))
    return reader, seen[0]


def _require_spreadsheet(file: IO[bytes]) -> None:
    """By the names of the parts and by what they say of their size, before any is unpacked."""
    try:
        parts = ZipFile(file).infolist()
    except zipfile.BadZipFile as error:
        raise _damaged() from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(
            _("This is an OpenDocument file. Save it as .xlsx or CSV.")
            if {"mimetype", "content.xml"} <= names
            else _("This is no spreadsheet. Export it as .xlsx or CSV.")
        )
    if {part.compress_type for part in parts} - {ZIP_STORED, ZIP_DEFLATED}:
        raise _damaged()  # as no spreadsheet is packed: Python unpacks it without a bound
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise far_more()
    if any(p.file_size > _DENSE_FROM and p.file_size > MOST_DENSE * max(1, p.compress_size) for p in parts):
        raise far_more()


def _require_little(archive: ZipFile, name: str, *, most: int) -> None:
    """Refuse a part that becomes more objects than one of a real workbook; its size first, before it is unpacked."""
    if name in archive.NameToInfo and (
        archive.NameToInfo[name].file_size > most or archive.read(name).count(b"<") > MOST_MARKS
    ):
        raise far_more()


def _strings(archive: ZipFile, name: str, longest: int) -> list[str]:
    if archive.getinfo(name).file_size > MOST_STRINGS:
        raise far_more()
    return shared(archive, name, longest=longest)


@contextmanager
def _told_as_damaged() -> Iterator[None]:
    try:
        yield
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl answers a broken file with whatever its parser met
        raise _damaged() from error


def _damaged() -> UnreadableFileError:
    return UnreadableFileError(_("The spreadsheet is damaged. Open it, and save it again as .xlsx."))
