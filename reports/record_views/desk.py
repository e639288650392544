"""Whose coded record is it, and what may this member do with it? A table, and whether one keeps its record.

The recorder keeps it; the facilitator and managers read what was sent and approve it. To everybody else these pages do
not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from reports import figures
from reports.exporting.exports import READERS
from reports.quarters import Quarter, day_at


@dataclass(frozen=True, slots=True)
class Desk:
    """One table's coded record as one member may see it."""

    table: Table
    tables: tuple[Table, ...]
    by: Member
    keeps: bool

    def tabs(self, address: str) -> list[dict[str, Any]]:
        """The tables one can change to."""
        if len(self.tables) < 2:
            return []
        return [
            {"url": f"{address}?table={t.code}", "label": t.name, "current": t.pk == self.table.pk} for t in self.tables
        ]

    def periods(self) -> list[tuple[str, str]]:
        """Quarters and years since the first record, newest first, as choices of a form."""
        quarters = figures.quarters([self.table])
        years = sorted({q.year for q in quarters}, reverse=True)
        return [*((q.code, q.label) for q in quarters), *((str(y), _("Year %(year)s") % {"year": y}) for y in years)]

    def period(self, asked: str) -> str:
        """The period asked for, else the newest quarter."""
        known = [code for code, _label in self.periods()]
        return asked if asked in known else known[0] if known else Quarter.of(day_at(self.table)).code


def desk_of(request: HttpRequest, code: str = "", *, recorder: bool = False) -> Desk:
    """The record of the table asked for, else of the first; 404 where there is none to read (or, with `recorder`, to
    keep).
    """
    by = request.user
    if not isinstance(by, Member):
        raise Http404
    roles = (Role.RECORDER,) if recorder else READERS
    seats = list(Standing.objects.of(by).in_roles(*roles).select_related("table").order_by("table__code"))
    tables = tuple({seat.table_id: seat.table for seat in seats}.values())
    table = next((t for t in tables if t.code == code or not code), None)
    if table is None:
        raise Http404
    keeps = any(seat.table_id == table.pk and seat.role == Role.RECORDER for seat in seats)
    return Desk(table, tables, by, keeps)
