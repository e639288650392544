"""How did a table's meetings go: how many, who came, how many situations, how long? (reports.md, "The pack")

A table's own quarter or year, for its committee, decided with the page and kept with its release. What is too little to
average is not told: of one long discussion its length would show. Agencies, never persons.
What a release kept is {"held": 12, "present": 9.4, "items": 3.1, "timed": 36, "minutes": 7.2, "bringing": [5, 9]}; None
is "too few to say".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from privacy.context import in_role
from reports.pack.audience import Audience, reckoned
from reports.pack.periods import Period
from reports.pack.scopes import Scope

#: Fewer situations than this are not averaged: one long discussion would show.
FEWEST = 5
#: How many agencies brought a situation is told in steps.
STEP = 5

Stored: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted between two days."""

    held: int
    #: Agencies at each meeting, added up.
    presences: int
    #: Situations called and closed, added up; and how many of them were timed, for how many seconds together.
    items: int
    timed: int
    seconds: int
    #: Agencies that brought a situation, in whole steps of five.
    fives: int

    @property
    def present(self) -> float | None:
        """Agencies at a meeting, on average."""
        return round(self.presences / self.held, 1) if self.held else None

    @property
    def a_meeting(self) -> float | None:
        """Situations a meeting, on average; None for too few."""
        return round(self.items / self.held, 1) if self.held and self.items >= FEWEST else None

    @property
    def minutes(self) -> float | None:
        """Minutes a situation, on average; None where too few were timed."""
        return round(self.seconds / self.timed / 60, 1) if self.timed >= FEWEST else None

    @property
    def bringing(self) -> tuple[int, int]:
        """The least and the most agencies that brought a situation."""
        return self.fives * STEP, self.fives * STEP + STEP - 1


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `value` is None where too few are there to say; `until`: the most, of one told in steps. `base` in
    words, with its number; `before`: the same of the period before, where both are told.
    """

    code: str
    label: str
    value: float | None
    until: float | None
    base: str
    base_count: int | None
    before: float | None
    before_until: float | None


@dataclass(frozen=True, slots=True)
class Meetings:
    """A period's meetings. No lines where it was decided before the pack had them; `says` tells so."""

    says: str
    lines: tuple[Line, ...]


def held(scope: Scope, period: Period, audience: Audience) -> bool:
    """Whether a page tells of meetings: a table's own quarter or year, to its committee."""
    decided = len(period.quarters) == 1 or (len(period.years) == 1 and reckoned(period))
    return audience is Audience.COMMITTEE and scope.single and decided


def decide(table: int, period: Period) -> Stored:
    """What may be told of a period's meetings.

    A year is told less its quarters as well: where quarters had too few to say, they have enough together, or none.
    """
    parts = [_between(table, q.first_day, q.last_day) for q in period.quarters]
    whole = parts[0] if len(parts) == 1 else _between(table, period.first_day, period.last_day)
    items = whole.a_meeting if _enough(s.items for s in parts) else None
    minutes = whole.minutes if _enough(s.timed for s in parts) else None
    return {
        "held": whole.held, "present": whole.present, "items": items,
        "timed": None if minutes is None else whole.timed, "minutes": minutes, "bringing": list(whole.bringing),
    }  # fmt: skip


def _enough(quarters: Iterable[int]) -> bool:
    """Whether what is told of a year says nothing of a few: those of its quarters that tell nothing, together."""
    few = sum(many for many in quarters if many < FEWEST)
    return few == 0 or few >= FEWEST


def _between(table: int, first: date, last: date) -> Sums:
    with in_role("st_statistics"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_meetings_between(%s, %s, %s)", [table, first, last])
        return Sums(*(int(n) for n in cursor.fetchone()))


def meetings_of(stored: Stored | None, before: Stored | None) -> Meetings:
    """What was kept, in words."""
    if stored is None:
        return Meetings(_("Not told: these figures were decided before the pack had meetings."), ())
    of = _("meetings held")
    rows = (
        ("held", _("Meetings held"), "", None),
        ("present", _("Agencies present, on average"), of, stored["held"]),
        ("items", _("Situations a meeting, on average"), of, stored["held"]),
        ("bringing", _("Agencies that brought a situation"), of, stored["held"]),
        ("minutes", _("Minutes a situation, on average"), _("situations timed"), stored["timed"]),
    )
    return Meetings("", tuple(_line(code, label, base, many, stored, before) for code, label, base, many in rows))


def _line(code: str, label: str, base: str, many: int | None, stored: Stored, before: Stored | None) -> Line:
    value, until = _span(stored[code])
    earlier = (None, None) if before is None or value is None else _span(before[code])
    return Line(code, label, value, until, base, many, *earlier)


def _span(kept: Any) -> tuple[float | None, float | None]:
    return (kept[0], kept[1]) if isinstance(kept, list | tuple) else (kept, None)


def said(value: float | None, until: float | None) -> str:
    """A number in words of the active language."""
    if value is None:
        return _("too few to say")
    if until is not None:
        return _("%(least)s to %(most)s") % {"least": value, "most": until}
    return str(value) if isinstance(value, int) else number_format(value, 1)


def earlier(line: Line) -> str:
    """The number of the period before in words, where both are told."""
    return "–" if line.before is None else said(line.before, line.before_until)


def base_of(line: Line) -> str:
    """What a number is counted among, in words; nothing for one that is a base itself."""
    if not line.base:
        return ""
    many = _("too few to say") if line.base_count is None else line.base_count
    return _("Of %(base)s: %(count)s") % {"base": line.base, "count": many}
