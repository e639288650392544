"""How does a figure get into a spreadsheet without starting a formula there, or saying more than the page?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: A cell that begins with one of these is run as a formula by common spreadsheets (reports.md).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without it the most used spreadsheet reads UTF-8 as something else, and French breaks.
BYTE_ORDER_MARK = "\ufeff"


def cell(value: str | int | None) -> str | int:
    """A value as a cell: words that would start a formula get an apostrophe in front; nothing is an empty cell."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def csv_bytes(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Rows as a CSV file (RFC 4180, UTF-8 with mark)."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()
