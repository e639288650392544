"""How does a figure get into a spreadsheet without starting a formula there, or saying more than the page?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: Where a cell begins that common spreadsheets run as a formula: at the start of the words, and after whatever parts
#: cells for a reader that is not told what parts them here. A French Canadian desktop parts CSV at semicolons, so that
#: a word with one in it becomes two cells, the second without the quotation marks that held both together.
_SIGNS = "=+-@＝＋－＠"
_STARTS_A_FORMULA = re.compile(rf'(?:^|[;\t\r\n])[\s"]*(?=[{re.escape(_SIGNS)}])')
_PARTS = ("\t", "\r", "\n")
#: Without it the most used spreadsheet reads UTF-8 as something else, and French breaks.
BYTE_ORDER_MARK = "\ufeff"
#: Where the library keeps the one sheet, and what it says of its size as long as it is empty.
_SHEET, _ONE_CELL = "xl/worksheets/sheet1.xml", b'<dimension ref="A1"/>'
#: What no XML may hold.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What a spreadsheet would read as another letter (ECMA-376, ST_Xstring): "_x003D_" is an equals sign.
_SAID_BY_NUMBER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Of zlib's nine: words that come again and again become small anyway.
_QUICK = 1
_AT_A_TIME = 500


def cell(value: str | int | Decimal | None) -> str | int:
    """A value as a cell: what would start a formula gets an apostrophe in front; nothing is an empty cell."""
    if isinstance(value, str):
        inert = _STARTS_A_FORMULA.sub(r"\g<0>'", value) if any(sign in value for sign in _SIGNS) else value
        return f"'{inert}" if inert.startswith(_PARTS) else inert
    if isinstance(value, Decimal):
        return str(value)
    return "" if value is None else value


def csv_bytes(rows: Iterable[Sequence[str | int | Decimal | None]]) -> bytes:
    """Rows as a CSV file (RFC 4180, UTF-8 with mark)."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def xlsx_bytes(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Rows as a spreadsheet of one sheet. Words stay words whatever they hold.

    The library makes the book, and the rows are written into its sheet as they come: cell by cell through the library a
    hundred thousand discussions take most of a minute, or all of the memory (docs/adr/0065).
    """
    empty, made = io.BytesIO(), io.BytesIO()
    book = workbook(empty)
    book.add_worksheet()
    book.close()
    with ZipFile(empty) as parts, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=_QUICK) as to:
        for part in parts.infolist():
            if part.filename != _SHEET:
                to.writestr(part, parts.read(part))
                continue
            before, after = parts.read(part).split(b"<sheetData/>")
            with to.open(part, "w") as sheet:
                sheet.write(before.replace(_ONE_CELL, b"") + b"<sheetData>")
                sheet.writelines(_parts(rows))
                sheet.write(b"</sheetData>" + after)
    return made.getvalue()


def _parts(rows: Iterable[Sequence[str | int | None]]) -> Iterator[bytes]:
    """Some rows at a time as XML. A cell is made ready once for as long as it keeps coming: most are labels of a code
    list, and in order of their columns they need no names.
    """
    ready = lru_cache(maxsize=20_000)(_ready)
    lines = (f"<row>{''.join(map(ready, row))}</row>" for row in rows)
    while some := "".join(islice(lines, _AT_A_TIME)):
        yield some.encode()


def _ready(value: str | int | None) -> str:
    inert = cell(value)
    if inert == "":
        return "<c/>"
    if isinstance(inert, int):
        return f"<c><v>{inert}</v></c>"
    if "_x" in inert:
        inert = _SAID_BY_NUMBER.sub("_x005F_", inert)
    words = escape(inert if inert.isprintable() else _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", inert), quote=False)
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f'<c t="inlineStr"><is><t{space}>{words}</t></is></c>'


def workbook(to: io.BytesIO) -> Workbook:
    """An empty spreadsheet: words stay words, no links, nothing in its properties, no time either."""
    import xlsxwriter  # slow to import, and only files need it

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(to, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the library knows no zones
    return book
