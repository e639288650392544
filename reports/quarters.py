"""What is a quarter? A calendar quarter, written 2026Q1; its days are those of the table's own time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.models import Table

_CODE = re.compile(r"(20[0-9]{2})Q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day falls in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, code: str) -> Quarter:
        """The quarter written as 2026Q1. Raises ValueError for anything else."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError("a quarter is written as 2026Q1")
        return cls(int(found[1]), int(found[2]))

    @property
    def code(self) -> str:
        """As written in addresses and files: 2026Q1."""
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return Quarter.of(self.first_day - timedelta(days=1))

    @property
    def label(self) -> str:
        """In words, in the active language: January to March 2026."""
        return capfirst(self.inside)  # French months are written small, a title is not

    @property
    def inside(self) -> str:
        """The same inside a sentence."""
        return _("%(first)s to %(last)s %(year)s") % {
            "first": formats.date_format(self.first_day, "F"),
            "last": formats.date_format(self.last_day, "F"),
            "year": self.year,
        }

    def __str__(self) -> str:
        return self.code


def day_at(table: Table, at: datetime | None = None) -> date:
    """The day it is at a table, now or at a given instant."""
    return timezone.localtime(at, ZoneInfo(table.time_zone)).date()
