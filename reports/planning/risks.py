"""Which risks come first, do they grow, and in which area of the plan are they taken up?

Ranked by the counts of the newest release to the table's own committee, the whole year where one is released; what is
withheld there is not ranked here. The areas are the four of the province's framework. Which risk belongs to which is
this project's own proposal (`reference/planning_areas.csv`); a manager changes it for the table.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agencies.models import Table
from reports.models import AreaOfRisk, Release
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.planning_model import Area
from reports.release_model import ReleaseState
from reports.releases import reading
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

_SHIPPED = Path(__file__).parent.parent / "reference" / "planning_areas.csv"


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk category of the newest release."""

    rank: int
    category: str
    label: str
    count: int
    percent: float | None
    #: The count of the period before; None where it was not told, or nothing was released then.
    before: int | None
    area: Area
    #: Whether the table chose the area itself.
    own: bool


def newest(table: Table) -> Release | None:
    """The newest release to the committee: a year before a quarter, as far as the reader may see it."""
    found = Release.objects.filter(scope=table.code, audience=Audience.COMMITTEE.code, state=ReleaseState.RELEASED)
    newest_first = list(found.order_by("-last_day", "first_day", "-number")[:8])
    years = [r for r in newest_first if (r.last_day - r.first_day).days > 100]
    return next(iter(years or newest_first), None)


def ranked(table: Table, document: Document | None) -> list[Risk]:
    """The risks that are told, the most frequent first; equal ones in the order of the list."""
    if document is None:
        return []
    figure = next(f for f in document.figures if f.key == "risk-category")
    told = sorted((row for row in figure.rows if row.count), key=lambda row: -(row.count or 0))
    chosen = {row.category: Area(row.area) for row in AreaOfRisk.objects.filter(table=table)}
    return [
        Risk(at, row.code, row.label, row.count or 0, row.percent, row.before, area_of(row.code, chosen),
             row.code in chosen)
        for at, row in enumerate(told, 1)
    ]  # fmt: skip


def area_of(category: str, chosen: dict[str, Area]) -> Area:
    """Where a risk is taken up: as the table chose, else as shipped, else by those who intervene."""
    return chosen.get(category) or shipped().get(category) or Area.RISK_INTERVENTION


@cache
def shipped() -> dict[str, Area]:
    """The project's proposal."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        return {row["category"]: Area(row["area"]) for row in csv.DictReader(file)}


def categories() -> list[tuple[str, str]]:
    """Every risk category, in the order of the list."""
    entries = CatalogueEntry.objects.of(CodeList.RISK_FACTOR).order_by("position", "version")
    return list({e.category_code: e.category_label for e in entries}.items())


def document_of(release: Release | None) -> Document | None:
    """The release as it is told."""
    return reading.document_of(release) if release else None
