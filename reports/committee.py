"""Whose steering committee does a member read for, and what may they enter there?

Managers are the committee: they enter. Who runs and records the meeting and the privacy officer read beside them, and
the first two write down what the meeting raised. To everybody else these pages do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from reports import figures
from reports.pack.periods import NoPeriodError, Period, parse, year_of
from reports.quarters import day_at
from reports.releases.rights import PREPARES

READS = (Role.MANAGER, Role.FACILITATOR, Role.RECORDER, Role.PRIVACY_OFFICER)
RAISES = (Role.MANAGER, Role.FACILITATOR, Role.RECORDER)
#: Who reads how the table works: to its administrator who comes, and nothing of what is discussed.
HEALTH = (*READS, Role.ADMINISTRATOR)
#: The pages about a table's work, by address name: what they are called, and whose seat opens them.
PAGES: tuple[tuple[str, Promise, tuple[Role, ...]], ...] = (
    ("quarter", _("Totals of the quarter"), figures.READERS),
    ("releases", _("All releases"), PREPARES),
    ("evaluation", _("What it costs and what comes of it"), READS),
    ("planning", _("What it asks of the community plan"), READS),
    ("health_of_table", _("How the table works"), HEALTH),
)


@dataclass(frozen=True, slots=True)
class Committee:
    """One table's committee as one member reads for it."""

    table: Table
    tables: tuple[Table, ...]
    by: Member
    roles: frozenset[str]

    @property
    def manages(self) -> bool:
        """Whether the member enters costs, proxies, notes and areas."""
        return Role.MANAGER in self.roles

    @property
    def raises(self) -> bool:
        """Whether the member writes down what a meeting raised."""
        return bool(self.roles & set(RAISES))

    def address(self, name: str, **query: str) -> str:
        """A page of this table."""
        return f"{reverse(name)}?{urlencode({'table': self.table.code, **query})}"

    def tabs(self, name: str) -> list[dict[str, Any]]:
        """The tables one can change to."""
        if len(self.tables) < 2:
            return []
        return [
            {"url": f"{reverse(name)}?table={t.code}", "label": t.name, "current": t.pk == self.table.pk}
            for t in self.tables
        ]

    def beside(self, here: str) -> list[dict[str, str]]:
        """The other pages about this table's work, as far as they open for this member."""
        return [
            {"url": self.address(name), "label": str(label)}
            for name, label, whose in PAGES
            if name != here and self.roles & set(whose)
        ]

    def periods(self) -> list[Period]:
        """The years and quarters since the first record, the running ones included; years first, newest first."""
        quarters = [parse(q.code) for q in figures.quarters([self.table])]
        fiscal = settings.REPORT_YEARS_ARE_FISCAL
        years = list(dict.fromkeys(year_of(q.first_day, fiscal=fiscal) for q in quarters))
        return [*years, *quarters]

    def period(self, asked: str) -> Period:
        """The period asked for, where it is one of these; else the last whole year, or the oldest there is."""
        known = self.periods()
        try:
            wanted = parse(asked)
        except NoPeriodError:
            today = day_at(self.table)
            return next((p for p in known if p.last_day < today), known[0])
        return next((p for p in known if p == wanted), known[0])


def committee_of(request: HttpRequest, *roles: Role) -> Committee:
    """The committee of the table asked for, else of the first. Denied (hidden) without a seat in one of `roles`."""
    return committee_at(request.user, _asked(request), *roles)


def committee_at(by: object, code: str, *roles: Role) -> Committee:
    """The committee of a table by its code; without one, of the first. Denied (hidden) without such a seat."""
    found = _found(by, code, roles or READS)
    if found is None:
        raise Denied(hide())
    return found


def beside_of(request: HttpRequest, here: str) -> list[dict[str, str]]:
    """What stands beside a page that others read as well: nothing for who reads for no committee."""
    found = _found(request.user, _asked(request), READS)
    return found.beside(here) if found else []


def _asked(request: HttpRequest) -> str:
    return request.POST.get("table") or request.GET.get("table") or ""


def _found(by: object, code: str, roles: tuple[Role, ...]) -> Committee | None:
    if not isinstance(by, Member):
        return None
    seats = list(Standing.objects.of(by).in_roles(*roles).select_related("table").order_by("table__code"))
    tables = tuple({seat.table_id: seat.table for seat in seats}.values())
    table = next((t for t in tables if t.code == code or not code), None)
    if table is None:
        return None
    return Committee(table, tables, by, frozenset(s.role for s in seats if s.table_id == table.pk))
