"""How do a table's meetings go, which agencies seldom come, and which come and rarely intervene? (R59)

Agencies, never persons; in the order of their names, never of a score. An agency that missed as many meetings in a row
as the table's setting says is up for review: it may be put on call, and called when it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from agencies.models import Agency, Sector, Standing, Table
from agencies.sector_editor import in_force
from agencies.vocabulary import AGENCY_ROLES
from reports.pack.meetings import Sums
from reports.quarters import day_at

LOOKS_BACK = timedelta(days=365)
#: Stands in the code list for what fits nowhere: nobody misses it.
_NO_SECTOR = "other"


@dataclass(frozen=True, slots=True)
class Attendance:
    """One agency with people seated at the table, since the first of those seats; not one that is on call."""

    agency: Agency
    held: int
    came: int
    missed_in_a_row: int
    #: It missed as many meetings in a row as the table reviews after.
    review: bool


@dataclass(frozen=True, slots=True)
class Meetings:
    """A year of meetings. None where too little is there to tell."""

    held: int
    present: float | None
    items: float | None
    minutes: float | None
    #: The least and the most agencies that brought a situation.
    bringing: tuple[int, int]


def since(table: Table) -> date:
    """The first day that is looked at."""
    return day_at(table) - LOOKS_BACK


def attendance(table: Table) -> list[Attendance]:
    """Every agency that should come, by name; nothing for who does not keep the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_attendance(%s, %s)", [table.pk, since(table)])
        rows: dict[int, tuple[int, int, int]] = {row[0]: row[1:] for row in cursor.fetchall()}
    agencies = sorted(Agency.objects.filter(pk__in=rows), key=lambda agency: agency.name.casefold())
    after = table.review_after_meetings
    return [Attendance(a, held, came, missed, missed >= after) for a in agencies for held, came, missed in [rows[a.pk]]]


def rarely_intervening(table: Table, coming: list[Attendance]) -> list[Agency]:
    """The agencies that came to at least every other meeting and were engaged in almost nothing, by name. Which it is
    decides the database, which tells no count (migration 0017).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id FROM reports_rarely_intervening(%s)", [table.pk])
        rarely = {row[0] for row in cursor.fetchall()}
    return [a.agency for a in coming if a.agency.pk in rarely and a.held and 2 * a.came >= a.held and not a.review]


def meetings(table: Table) -> Meetings | None:
    """The year's meetings; None for who does not keep the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_meetings(%s, %s)", [table.pk, since(table)])
        row = cursor.fetchone()
    if row is None:
        return None
    sums = Sums(*(int(n) for n in row))
    return Meetings(sums.held, sums.present, sums.a_meeting, sums.minutes, sums.bringing)


def missing_sectors(table: Table) -> list[Sector]:
    """The sectors of the code list for which no agency sits in good standing."""
    day = day_at(table)
    there = Standing.objects.at(table.pk).in_roles(*AGENCY_ROLES).values("agency__sector__code")
    return list(in_force(day).exclude(code__in=there).exclude(code=_NO_SECTOR).order_by("pk"))
