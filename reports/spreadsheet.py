"""How does a figure get into a spreadsheet without starting a formula there, or saying more than the page?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

#: A cell that begins with one of these is run as a formula by common spreadsheets (reports.md).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without it the most used spreadsheet reads UTF-8 as something else, and French breaks.
BYTE_ORDER_MARK = "\ufeff"


def cell(value: str | int | Decimal | None) -> str | int:
    """A value as a cell: words that would start a formula get an apostrophe in front; nothing is an empty cell."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
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
    """Rows as a spreadsheet of one sheet: no formulas, no links, nothing in its properties, no time either."""
    import xlsxwriter  # slow to import, and only files need it

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the library knows no zones
    sheet = book.add_worksheet()
    for at, line in enumerate(rows):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(at, column, cell(value))
    book.close()
    return made.getvalue()
