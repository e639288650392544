"""Which period is asked for? Calendar or fiscal quarter, calendar or fiscal year, or several years.

Written `2026Q1`, `2026`, `2024-2026`; fiscal, from April on, `FY2026Q1`, `FY2026` (April 2026 to March 2027, Ontario's
and Saskatchewan's public year).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

_FISCAL_FIRST_MONTH = 4
_WRITTEN = re.compile(r"(FY)?(20\d\d)(?:Q([1-4])|-(20\d\d))?", re.ASCII | re.IGNORECASE)
MOST_YEARS = 10


class NoPeriodError(ValueError):
    """Words that mean no period; the sentence says how one is written."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Consecutive days. `quarters` are the quarters it is made of, itself if it is one."""

    first_day: date
    last_day: date
    code: str

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The calendar quarters that make it up: a fiscal quarter is one of them under another name."""
        found, start = [], self.first_day
        while start < self.last_day:
            found.append(quarter_of(start))
            start = found[-1].last_day + timedelta(days=1)
        return tuple(found)

    @property
    def years(self) -> tuple[Period, ...]:
        """The years that make it up, itself if it is one; none if it is a quarter."""
        fiscal, first, many = self.code.startswith("FY"), self.first_day.year, len(self.quarters) // 4
        return tuple(_years(first + n, first + n, fiscal=fiscal) for n in range(many))

    @property
    def label(self) -> str:
        """In words, in the active language: January to March 2026; 2026; April 2026 to March 2027."""
        return capfirst(self.inside)

    @property
    def inside(self) -> str:
        """The same in the middle of a sentence, where French writes its months small."""
        if len(self.quarters) > 1 and self.first_day.month == 1:
            return self.code
        return months(self.first_day, self.last_day)

    @property
    def before(self) -> Period:
        """The period of the same length just before, to compare with."""
        fiscal = self.code.startswith("FY")
        if "Q" in self.code:
            year, number = _quarter_of(self.first_day - timedelta(days=1), fiscal=fiscal)
            return _quarter(year, number, fiscal=fiscal)
        years = len(self.quarters) // 4
        return _years(self.first_day.year - years, self.first_day.year - 1, fiscal=fiscal)


def months(first_day: date, last_day: date) -> str:
    """From one month to another inside a sentence: January to March 2026; January 2026."""
    first, last = formats.date_format(first_day, "F Y"), formats.date_format(last_day, "F Y")
    if first == last:
        return first
    if first_day.year == last_day.year:
        first = formats.date_format(first_day, "F")
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def parse(written: str) -> Period:
    """The period; NoPeriodError for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise NoPeriodError("A period is written as 2026Q1, 2026, 2024-2026, FY2026 or FY2026Q1.")
    fiscal, year, quarter, until = bool(found[1]), int(found[2]), found[3], found[4]
    if quarter:
        return _quarter(year, int(quarter), fiscal=fiscal)
    last = int(until) if until else year
    if not year <= last < year + MOST_YEARS:
        raise NoPeriodError(f"Years run forward, at most {MOST_YEARS} of them, as in 2024-2026.")
    return _years(year, last, fiscal=fiscal)


def quarter_of(day: date) -> Period:
    """The calendar quarter a day falls in."""
    return _quarter(*_quarter_of(day, fiscal=False), fiscal=False)


def year_of(day: date, *, fiscal: bool) -> Period:
    """The year a day falls in."""
    year = day.year - (fiscal and day.month < _FISCAL_FIRST_MONTH)
    return _years(year, year, fiscal=fiscal)


def _quarter_of(day: date, *, fiscal: bool) -> tuple[int, int]:
    month = day.month - (_FISCAL_FIRST_MONTH - 1 if fiscal else 0)
    return (day.year, (month + 2) // 3) if month > 0 else (day.year - 1, (month + 14) // 3)


def _quarter(year: int, number: int, *, fiscal: bool) -> Period:
    first = _start(year, 3 * (number - 1), fiscal=fiscal)
    after = _start(year, 3 * number, fiscal=fiscal)
    return Period(first, after - timedelta(days=1), f"{'FY' if fiscal else ''}{year}Q{number}")


def _years(first: int, last: int, *, fiscal: bool) -> Period:
    code = f"{'FY' if fiscal else ''}{first}" + (f"-{last}" if last != first else "")
    return Period(_start(first, 0, fiscal=fiscal), _start(last + 1, 0, fiscal=fiscal) - timedelta(days=1), code)


def _start(year: int, months: int, *, fiscal: bool) -> date:
    month = months + (_FISCAL_FIRST_MONTH if fiscal else 1) - 1
    return date(year + month // 12, month % 12 + 1, 1)
