"""How does French write the first day of a month? "1er décembre", wherever a date is shown in words.

Django's formats cannot say it: a format is one text for all days, and its `S` writes English endings only. So the day
itself answers; pages, letters and files all ask `date_format`, and none has to think of it.
"""

from __future__ import annotations

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

_number = DateFormat.j


def teach() -> None:
    """From now on the day of a date written in French is an ordinal on the first."""
    DateFormat.j = _day  # type: ignore[assignment,method-assign]  # Django's own answer is a number; it is printed


def _day(date: DateFormat) -> str:
    day = _number(date)
    return "1er" if day == 1 and (get_language() or "").startswith("fr") else str(day)
