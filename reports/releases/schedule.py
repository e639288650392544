"""Which releases are prepared by the clock? The last quarter and the last year of each table, for its committee.

A fortnight after the period ended, so that what happened in its last days is recorded. A draft only: people check it,
sign it off and release it. One a run: deciding a year takes seconds.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.conf import settings

from agencies.models import Table
from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack import scopes
from reports.pack.audience import Audience, NotOfferedError
from reports.pack.periods import Period, quarter_of, year_of
from reports.quarters import day_at
from reports.release_model import Release, ReleaseState
from reports.releases import verbs

SETTLED_AFTER = timedelta(days=14)


def sweep() -> int:
    """Prepare the next draft that is due, if any; how many were."""
    for table in Table.objects.order_by("code"):
        for period in _due(table):
            with suppress(NotOfferedError):  # the others are not kept waiting
                verbs.prepare(scopes.of_table(table.code), period, Audience.COMMITTEE, by=None)
                return 1
    return 0


def _due(table: Table) -> list[Period]:
    """The last settled quarter and year of a table that nobody prepared yet and in which anything was opened."""
    day = day_at(table) - SETTLED_AFTER
    quarter = quarter_of(quarter_of(day).first_day - timedelta(days=1))
    fiscal = settings.REPORT_YEARS_ARE_FISCAL
    year = year_of(year_of(day, fiscal=fiscal).first_day - timedelta(days=1), fiscal=fiscal)
    found = []
    with in_role("st_statistics"):
        for period in (quarter, year):
            days = (period.first_day, period.last_day)
            there = Release.objects.filter(
                scope=table.code, audience=Audience.COMMITTEE.code, first_day=days[0], last_day=days[1]
            ).exclude(state=ReleaseState.PLANNED)
            if not there.exists() and CodedRecord.objects.at(table.pk).filter(opened_on__range=days).exists():
                found.append(period)
    return found
