"""What was decided and counted before, that a new page has to be held against? Read and kept as statistics role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import connection

from agencies.models import Table
from reports.evaluation.entries import Entries, entered
from reports.pack import document, scopes
from reports.pack.audience import Audience
from reports.pack.counting import Cell, Counted
from reports.pack.durations import durations
from reports.pack.pages import Page
from reports.pack.periods import Period, parse, quarter_of
from reports.pack.release import Decided, Store, Told
from reports.pack.scopes import Scope
from reports.pack.world import Kept
from reports.planning import raised
from reports.release_model import QuarterCounts, Release, ReleaseReasons, ReleaseState
from reports.suppression.counts import Reason

V = TypeVar("V")
#: Nobody decides a page while another is decided: each must know the other.
_ONE_AT_A_TIME = 0x5245_4C45


def read(tables: Iterable[int], first: date, last: date) -> Store:
    """Everything decided between two days that shares a table with these, directly or over a region. In a transaction
    of the statistics role.
    """
    rows = Release.objects.filter(replaces__isnull=True, first_day__gte=first, last_day__lte=last)
    reasons = dict(ReleaseReasons.objects.filter(release__in=rows).values_list("release_id", "withheld"))
    wanted = set(tables)
    touching = list(rows)
    while more := [row for row in touching if wanted & set(row.tables) and not wanted >= set(row.tables)]:
        wanted |= {table for row in more for table in row.tables}
    known = {table.pk: table for table in Table.objects.filter(pk__in=wanted)}
    pages = [
        Kept(page_of(row, known), cells(row.told), {c: Reason[name] for c, name in cells(reasons[row.pk]).items()},
             row.together, row.meetings)
        for row in touching if wanted & set(row.tables)
    ]  # fmt: skip
    counts = {
        (row.table_id, quarter_of(row.first_day)): Counted(
            Counter(cells(row.counts)), _lengths(row.days_open), _lengths(row.contact_hours)
        )
        for row in QuarterCounts.objects.filter(table__in=wanted, first_day__range=(first, last))
    }
    return Store(pages, counts)


def keep(decided: Decided, *, now: datetime, today: date) -> None:
    """Keep what was decided on the way to a page, itself included, as planned; and the counts it was made of."""
    for kept in decided.new:
        page = kept.page
        made = decided.counted(page)
        told = Told(dict(kept.told), made.days_open, made.contact_hours)
        row = Release.objects.create(
            scope=page.scope.code, tables=[table.pk for table in page.scope.tables], audience=page.audience.code,
            period=page.period.code, first_day=page.period.first_day, last_day=page.period.last_day,
            state=ReleaseState.PLANNED, told=written(kept.told),
            durations=durations(told, page.audience.value),
            code_lists_of=document.code_lists_on(min(today, page.period.last_day)), decided_at=now,
            together=kept.together, meetings=kept.meetings,
        )  # fmt: skip
        ReleaseReasons.objects.create(
            release=row, withheld=written({cell: reason.name for cell, reason in kept.withheld.items()})
        )
    for (table, quarter), counted in decided.counts.items():
        QuarterCounts.objects.get_or_create(
            table_id=table, first_day=quarter.first_day,
            defaults={
                "counts": written(counted.counts),
                "days_open": {str(days): many for days, many in counted.days_open.items()},
                "contact_hours": {str(hours): many for hours, many in counted.contact_hours.items()},
            },
        )  # fmt: skip


def forget(page: Page) -> bool:
    """Let a page be decided anew, and the planned ones around it; not where a draft or release stands on them."""
    tables = {table.pk for table in page.scope.tables}
    span = Release.objects.filter(first_day__lte=page.period.last_day, last_day__gte=page.period.first_day)
    touching = span.filter(tables__overlap=list(tables))
    while wider := {table for row in touching for table in row.tables} - tables:
        tables |= wider
        touching = span.filter(tables__overlap=list(tables))
    if touching.exclude(state=ReleaseState.PLANNED).exists():
        return False
    touching.delete()
    QuarterCounts.objects.filter(
        table__in=tables, first_day__range=(page.period.first_day, page.period.last_day)
    ).delete()
    return True


def _lengths(written_: Mapping[str, int]) -> Counter[int]:
    return Counter({int(length): many for length, many in written_.items()})


def entered_for(row: Release) -> Entries | None:
    """What a table's committee entered beside a page of its own; to nobody else is it told."""
    if row.audience != Audience.COMMITTEE.code:
        return None
    return entered(row.tables[0], period_of(row))


def issues_for(row: Release) -> list[raised.Stored] | None:
    """The systemic issues of a committee's page as they stand; none are told to anybody else."""
    period = period_of(row)
    if row.audience != Audience.COMMITTEE.code:
        return None
    return raised.between(row.tables[0], period.first_day, period.last_day)


def one_at_a_time() -> None:
    """Wait until nobody else decides a page; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def page_of(row: Release, tables: dict[int, Table] | None = None) -> Page:
    """The page of a release, of the tables it then had."""
    known = tables or {table.pk: table for table in Table.objects.filter(pk__in=row.tables)}
    of = tuple(sorted((known[pk] for pk in row.tables), key=lambda table: table.code))
    scope = Scope(row.scope, scopes.label_of(row.scope, of), of)
    return Page(scope, period_of(row), Audience[row.audience.upper()])


def period_of(row: Release) -> Period:
    """The period of a release."""
    return parse(row.period)


def cells(written_: Mapping[str, V]) -> dict[Cell, V]:
    """Cells from their written form."""
    return {(figure, code): value for name, value in written_.items() for figure, code in [name.split("/", 1)]}


def written(values: Mapping[Cell, V]) -> dict[str, V]:
    """Cells as they are written."""
    return {f"{figure}/{code}": value for (figure, code), value in values.items()}
