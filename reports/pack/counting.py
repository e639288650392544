"""How many? Every count of one table in one period, from its coded records, and nothing decided about telling it.

A discussion enters the figures of what was presented when it was opened; of what was accepted when the threshold was
met; of what was concluded when it was concluded. Each event has one day, so quarters add up to years and tables to
regions. Rejected discussions hold N/A and enter no factor, person, assisting or service count (reports.md, R12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack.periods import Period
from reports.vocabulary import RISK_LOWERED, Status

#: figure, category
Cell: TypeAlias = tuple[str, str]
TOTALS = "totals"
#: The totals a table's own steering committee knows from its seats (reports.md, "Exempt").
OPENED, CARRIED, MET, REJECTED, STOPPED, DEFERRED = "opened", "carried-over", "met", "rejected", "stopped", "deferred"
WITHDRAWN, TRANSFERRED, CONCLUDED, STILL_OPEN = "withdrawn", "transferred", "concluded", "still-open"
LOWERED, NOT_LOWERED = "risk-lowered", "risk-not-lowered"
_ENDED_AS = {
    Status.STOPPED: STOPPED,
    Status.WITHDRAWN: WITHDRAWN,
    Status.TRANSFERRED: TRANSFERRED,
    Status.CONCLUDED: CONCLUDED,
}
_READ = (
    "table_id", "status", "opened_on", "decided_on", "closed_on", "accepted", "discussion_type", "originating_sector",
    "lead_sector", "conclusion_group", "conclusion_reason", "assisting_sectors", "risk_factors", "study_flags",
    "protective_factors", "persons", "services", "deferrals", "hours_to_first_contact", "days_open",
)  # fmt: skip


@dataclass
class Counted:
    """Counts by figure and category, and the days open that medians are made of."""

    counts: Counter[Cell] = field(default_factory=Counter)
    days_open: list[int] = field(default_factory=list)

    def add(self, figure: str, *categories: str) -> None:
        """Count one in each of some categories."""
        for category in categories:
            self.counts[figure, category] += 1


def records(tables: Iterable[int], first: date, last: date) -> list[dict[str, Any]]:
    """The coded records of some tables that can count between two days. Read as the statistics role, in one pass."""
    with in_role("st_statistics"):
        found = CodedRecord.objects.filter(table_id__in=list(tables), opened_on__lte=last)
        found = found.exclude(closed_on__lt=first).exclude(status=Status.RETURNED)
        return list(found.values(*_READ))


def count(rows: Iterable[Mapping[str, Any]], period: Period) -> Counted:
    """The counts of a period over some records."""
    made = Counted()
    for row in rows:
        _total(made, row, period)
        if row["accepted"] and _in(row["decided_on"], period):
            _accepted(made, row)
        if row["status"] == Status.CONCLUDED and _in(row["closed_on"], period):
            made.add("conclusion", row["conclusion_group"])
            made.add("conclusion-reason", f"{row['conclusion_group']}/{row['conclusion_reason']}")
            made.days_open.append(row["days_open"])
    return made


def _in(day: date | None, period: Period) -> bool:
    return day is not None and period.first_day <= day <= period.last_day


def _total(made: Counted, row: Mapping[str, Any], period: Period) -> None:
    opened, closed = row["opened_on"], row["closed_on"]
    if _in(opened, period):
        made.add(TOTALS, OPENED)
        if row["deferrals"]:
            made.add(TOTALS, DEFERRED)
    if opened < period.first_day and (closed is None or closed >= period.first_day):
        made.add(TOTALS, CARRIED)
    if opened <= period.last_day and (closed is None or closed > period.last_day):
        made.add(TOTALS, STILL_OPEN)
    if _in(row["decided_on"], period):
        if row["accepted"]:
            made.add(TOTALS, MET)
        elif row["status"] == Status.REJECTED:
            made.add(TOTALS, REJECTED)
            made.add("rejection", row["conclusion_reason"])
    if _in(closed, period) and row["status"] in _ENDED_AS:
        made.add(TOTALS, _ENDED_AS[row["status"]])
        if row["status"] == Status.CONCLUDED:
            made.add(TOTALS, LOWERED if row["conclusion_group"] == RISK_LOWERED else NOT_LOWERED)


def _accepted(made: Counted, row: Mapping[str, Any]) -> None:
    made.add("type", row["discussion_type"])
    made.add("originating", row["originating_sector"])
    made.add("lead", row["lead_sector"])
    made.add("first-contact", _contacted(row["hours_to_first_contact"]))
    made.add("assisting", *sorted(set(row["assisting_sectors"])))
    for person in row["persons"]:
        made.add(TOTALS, "persons")
        made.add("age", person["age_group"])
        made.add("sex", person["sex"])
    made.add("risk-category", *sorted({f.split("/", 1)[0] for f in row["risk_factors"]}))
    made.add("protective-category", *sorted({f.split("/", 1)[0] for f in row["protective_factors"]}))
    made.add("study-flag", *sorted(set(row["study_flags"])))
    for service in row["services"]:
        made.add(TOTALS, "services")
        made.add("service", service["category"])
        made.add("service-result", service["result"])


def _contacted(hours: int | None) -> str:
    if hours is None:
        return ""
    return "in-48-hours" if hours <= 48 else "later"
