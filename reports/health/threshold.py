"""Where does a table's threshold lie? Accepted, rejected, deferred, objected to: four whole quarters, and four before.

Totals that the committee knows from its seats. Objections are none of those: their number is told from k on. A table
that rejects nothing for a year may bring too late or decide too easily; the number asks, it does not judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Table
from privacy.context import in_role
from reports.models import CodedRecord
from reports.pack.audience import Audience
from reports.pack.counting import DEFERRED, MET, OPENED, REJECTED, TOTALS, roll_up, together
from reports.pack.periods import Period, quarter_of
from reports.quarters import day_at

K = Audience.COMMITTEE.value


@dataclass(frozen=True, slots=True)
class Calibration:
    """Four whole quarters."""

    first_day: date
    last_day: date
    presented: int
    accepted: int
    rejected: int
    deferred: int
    #: Decided with at least one objection on record; None where they are fewer than k.
    objected: int | None


def calibration(table: Table) -> tuple[Calibration, Calibration]:
    """The last four whole quarters, and the four before them."""
    quarters = [quarter_of(day_at(table)).before]
    while len(quarters) < 8:
        quarters.append(quarters[-1].before)
    quarters.reverse()
    return _of(table, quarters[4:]), _of(table, quarters[:4])


def _of(table: Table, quarters: list[Period]) -> Calibration:
    counted = together(roll_up([table.pk], quarters), [table.pk], quarters).counts
    days = (quarters[0].first_day, quarters[-1].last_day)
    with in_role("st_statistics"):
        objected = CodedRecord.objects.at(table.pk).filter(
            Q(decided_on__range=days), objections_counted__gt=0
        ).count()  # fmt: skip
    opened, met, rejected, deferred = (counted[TOTALS, name] for name in (OPENED, MET, REJECTED, DEFERRED))
    return Calibration(*days, opened, met, rejected, deferred, objected if objected >= K else None)
