"""How does a figure get into a spreadsheet without starting a formula there, or saying more than the page?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: Where a cell begins that common spreadsheets run as a formula: at the start of the words, and after whatever parts
#: cells for a reader that is not told what parts them here. A French Canadian desktop parts CSV at semicolons, so that
#: a word with one in it becomes two cells, the second without the quotation marks that held both together.
_STARTS_A_FORMULA = re.compile(r'(?:^|[;\t\r\n])[\s"]*(?=[=+\-@＝＋－＠])')
_PARTS = ("\t", "\r", "\n")
#: Without it the most used spreadsheet reads UTF-8 as something else, and French breaks.
BYTE_ORDER_MARK = "\ufeff"


def cell(value: str | int | Decimal | None) -> str | int:
    """A value as a cell: what would start a formula gets an apostrophe in front; nothing is an empty cell."""
    if isinstance(value, str):
        inert = _STARTS_A_FORMULA.sub(r"\g<0>'", value)
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
    """Rows as a spreadsheet of one sheet."""
    made = io.BytesIO()
    book = workbook(made)
    sheet = book.add_worksheet()
    for at, line in enumerate(rows):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(at, column, cell(value))
    book.close()
    return made.getvalue()


def workbook(to: io.BytesIO) -> Workbook:
    """An empty spreadsheet: words stay words, no links, nothing in its properties, no time either."""
    import xlsxwriter  # slow to import, and only files need it

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(to, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the library knows no zones
    return book
