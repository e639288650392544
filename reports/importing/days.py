"""Which day does a cell mean? Written so that only one day can be meant, or refused."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date

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


class NotADayError(ValueError):
    """A cell that means no day, or more than one; the sentence says how to write it."""


def day(cell: Cell) -> date:
    """The day of a cell. A month alone (as in exported files) is its first day."""
    if isinstance(cell, date):
        return cell
    with suppress(ValueError):
        return date.fromisoformat(cell)
    text = "".join(c for c in unicodedata.normalize("NFKD", cell.strip().casefold()) if not unicodedata.combining(c))
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := _NUMBERS.fullmatch(text):
            return _numbers(int(found[1]), int(found[2]), int(found[3]))
        if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
            return date(int(found[4]), _MONTHS[found[2]], int(found[1] or found[3] or 1))
    except ValueError as error:
        if isinstance(error, NotADayError):
            raise
        raise NotADayError(_("is no day of the calendar")) from error
    raise NotADayError(_("is no date; write it as 2026-03-31"))


def _numbers(first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        raise NotADayError(_("can be two days; write it as 2026-03-31"))
    return date(year, second, first) if second <= 12 else date(year, first, second)
