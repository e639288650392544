"""How does a coded record become a line of the layout? In words of the code lists, days as months.

The same layout is imported (reports.importing): what is written here is read back there to the same record, months for
days apart (reports.md, "The coded record": "month for export; date inside"). Groups that are N/A say so. Whoever keeps
the record is not told the codes that suggest a youth-justice record of a person of 12 to 17 (privacy.policy, R46).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from agencies.models import Table
from reports.exporting.labels import Labels
from reports.importing.layout import Column, columns
from reports.models import CodedRecordQuerySet
from reports.quarters import day_at
from reports.vocabulary import ENDED, Status
from risk.vocabulary import CodeList
from risk.youth import YOUTH_AGE_GROUPS

#: Columns of the layout that another column of an exported line says already.
_SAID_BY_PERSONS = ("age_group", "sex")
#: Endings that are no group of the list of conclusions.
ENDED_OTHERWISE = {Status.STOPPED: "stopped", Status.WITHDRAWN: "withdrawn", Status.TRANSFERRED: "transferred"}
_OTHERWISE: dict[str, str] = {status.value: group for status, group in ENDED_OTHERWISE.items()}
_NO_GROUPS = frozenset(_OTHERWISE.values())


@cache
def written() -> tuple[Column, ...]:
    """The columns of an exported file, in the order of the layout."""
    return tuple(c for c in columns() if c.key not in _SAID_BY_PERSONS)


@cache
def _in_order() -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    return itemgetter(*(c.key for c in written()))


def header() -> list[str]:
    """The headers in the active language."""
    return [c.header for c in written()]


class Row(NamedTuple):
    """All that a line is made of, in codes, and nothing else: days are read as months."""

    statistics_id: str
    status: str
    quarter: str
    discussion_type: str
    originating_sector: str
    lead_sector: str
    conclusion_group: str
    conclusion_reason: str
    deferrals: int
    hours_to_first_contact: int | None
    #: Codes with a space between them.
    assisting_sectors: str | None
    risk_factors: str | None
    study_flags: str | None
    protective_factors: str | None
    #: As JSON.
    persons: str | None
    services: str | None
    #: "2025-03"
    opened: str
    decided: str | None
    closed: str | None


_TEXT = models.TextField()
_PLAIN = Row._fields[1 : Row._fields.index("assisting_sectors")]
_CODES = ("assisting_sectors", "risk_factors", "study_flags", "protective_factors")
_LISTS = ("persons", "services")
_DAYS = ("opened_on", "decided_on", "closed_on")
#: PostgreSQL makes text of what would cost more as an object.
_READ: tuple[str | Combinable, ...] = (
    Cast("statistics_id", _TEXT),
    *_PLAIN,
    *(models.Func(name, template="array_to_string(%(expressions)s, ' ')", output_field=_TEXT) for name in _CODES),
    *(Cast(name, _TEXT) for name in _LISTS),
    *(models.Func(day, template="to_char(%(expressions)s, 'YYYY-MM')", output_field=_TEXT) for day in _DAYS),
)
#: How many rows are in memory at once.
_AT_A_TIME = 2000


def rows(records: CodedRecordQuerySet) -> Iterator[Row]:
    """What the lines of some records are made of. A row costs a quarter of what an instance does."""
    return map(Row._make, records.values_list(*_READ).iterator(chunk_size=_AT_A_TIME))


def lines(
    records: Iterable[Row], numbers: Mapping[str, str], table: Table, *, whole: bool = False
) -> Iterator[tuple[str, ...]]:
    """One line after the other in the language that is active at the first. `numbers`: the discussion numbers by
    statistics id, as far as they are still linked. `whole`: with what is left out of a young person's, for no reader.
    """
    labels, region, in_order = Labels.read(day_at(table)), table.region, _in_order()
    reasons, sectors = labels.of[CodeList.CONCLUSION_REASON], labels.of["sector"]
    types, conclusions = labels.of[CodeList.DISCUSSION_TYPE], labels.of["conclusion_group"]
    for r in records:
        groups = labels.groups_of_youth if not whole and _hides(r, table) else labels.groups
        group = _OTHERWISE.get(r.status, r.conclusion_group) if r.status in ENDED else ""
        reason = r.conclusion_reason
        if reason and group not in _NO_GROUPS:
            reason = f"{r.conclusion_group}/{reason}"
        yield in_order({
            "statistics_id": r.statistics_id,
            "number": numbers.get(r.statistics_id, ""),
            "table": table.code,
            "region": region,
            "opened": r.opened,
            "decided": r.decided or "",
            "closed": r.closed or "",
            "quarter": r.quarter,
            "discussion_type": types.get(r.discussion_type, r.discussion_type),
            "status": labels.statuses[r.status],
            "originating_sector": sectors.get(r.originating_sector, r.originating_sector),
            "lead_sector": sectors.get(r.lead_sector, r.lead_sector) or labels.absent,
            "persons": groups["persons"](r.persons),
            "risk_factors": groups["risk_factors"](r.risk_factors),
            "protective_factors": groups["protective_factors"](r.protective_factors),
            "study_flags": groups["study_flags"](r.study_flags),
            "assisting_sectors": groups["assisting_sectors"](r.assisting_sectors),
            "services": groups["services"](r.services),
            "conclusion_group": conclusions.get(group, group),
            "conclusion_reason": reasons.get(reason, reason),
            "hours_to_first_contact": "" if r.hours_to_first_contact is None else str(r.hours_to_first_contact),
            "deferrals": str(r.deferrals),
        })  # fmt: skip


def _hides(r: Row, table: Table) -> bool:
    """Whether the codes that suggest a youth-justice record are left out of a line."""
    return not table.youth_codes_before_f4 and r.persons is not None and _young(r.persons)


@lru_cache(maxsize=1000)
def _young(persons: str) -> bool:
    return any(person["age_group"] in YOUTH_AGE_GROUPS for person in json.loads(persons))
