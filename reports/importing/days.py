"""Which day does a cell mean? Written so that only one day can be meant, or refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType

from django.utils.translation import gettext as _

from reports.importing.reading import Cell

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr",
            "may mai", "june jun juin", "july jul juillet juil", "august aug aout", "september sep sept septembre",
            "october oct octobre", "november nov novembre", "december dec decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ][\d:.]+)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]+)\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
#: Letters of a cell that may be a day: of twenty thousand, putting the accents in order alone takes a second.
_LONGEST = 60
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
#: Day 0 of a spreadsheet that counts days from 1900 (most) or from 1904 (older Macintosh ones).
_ZERO = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
#: The list under which a table's words for its dates are kept.
DAYS = "days"
#: What a table can say of its dates, and how: which number comes first, and from when days are counted.
SAYABLE = {"order": ("day-first", "month-first"), "serial": tuple(_ZERO)}


class NotADayError(ValueError):
    """A cell that means no day, or more than one; the sentence says how to write it.

    `asks` is the key of SAYABLE whose answer would make it one day; empty where none would.
    """

    def __init__(self, sentence: str, asks: str = "") -> None:
        super().__init__(sentence)
        self.asks = asks


def day(cell: Cell, how: Mapping[str, str] = MappingProxyType({})) -> date:
    """The day of a cell. A month alone (as in exported files) is its first day. `how` is what the table said of its
    dates, by key of SAYABLE; what it did not say is never guessed.
    """
    if isinstance(cell, date):
        return cell
    if len(cell) > _LONGEST:
        raise NotADayError(_("is no date; write it as 2026-03-31"))
    with suppress(ValueError):
        return date.fromisoformat(cell)
    text = "".join(c for c in unicodedata.normalize("NFKD", cell.strip().casefold()) if not unicodedata.combining(c))
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := _NUMBERS.fullmatch(text):
            return _numbers(int(found[1]), int(found[2]), int(found[3]), how.get("order"))
        if found := _SERIAL.fullmatch(text):
            return _counted(int(found[1]), how.get("serial"))
        if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
            return date(int(found[4]), _MONTHS[found[2]], int(found[1] or found[3] or 1))
    except ValueError as error:
        if isinstance(error, NotADayError):
            raise
        raise NotADayError(_("is no day of the calendar")) from error
    raise NotADayError(_("is no date; write it as 2026-03-31"))


def _counted(days: int, since: str | None) -> date:
    if since not in _ZERO:
        raise NotADayError(_("is a number that a spreadsheet counts as a day; write it as 2026-03-31"), "serial")
    return _ZERO[since] + timedelta(days=days)


def _numbers(first: int, second: int, year: int, order: str | None) -> date:
    if first <= 12 and second <= 12 and first != second:
        if order not in SAYABLE["order"]:
            raise NotADayError(_("can be two days; write it as 2026-03-31"), "order")
        return date(year, second, first) if order == "day-first" else date(year, first, second)
    return date(year, second, first) if second <= 12 else date(year, first, second)
