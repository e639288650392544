"""Coded records of past quarters, built as the recorder would have kept them."""

from __future__ import annotations

from datetime import date
from typing import Any

from agencies.models import Table
from reports.models import SIX_GROUPS, CodedRecord
from reports.quarters import Quarter
from reports.vocabulary import ENDED, Status

PAST = Quarter(2025, 3)
RISK = "overall-risk-lowered"


def record(
    table: Table, status: Status, opened: str, *, decided: str = "", closed: str = "", accepted: bool = False,
    group: str = "",
) -> CodedRecord:  # fmt: skip
    """One record, saved. Days are ISO dates."""
    opened_on = date.fromisoformat(opened)
    values: dict[str, Any] = dict.fromkeys(SIX_GROUPS, [] if accepted else None)
    if status in ENDED:
        closed_on = date.fromisoformat(closed)
        values |= {"closed_on": closed_on, "days_open": (closed_on - opened_on).days}
        values |= {"conclusion_group": group, "conclusion_reason": group and "some-reason"}
    return CodedRecord.objects.create(
        table=table,
        status=status,
        opened_on=opened_on,
        quarter=Quarter.of(opened_on).code,
        decided_on=date.fromisoformat(decided) if decided else None,
        accepted=accepted,
        originating_sector="housing",
        catalogue_on=date(2024, 1, 1),
        **values,
    )


def third_quarter_of_2025(table: Table) -> None:
    """Around the quarter PAST: on its edges, across them, and just outside."""
    s = Status
    # Presented before it, decided in it; concluded in it, on its last day.
    record(table, s.CONCLUDED, "2025-06-30", decided="2025-07-01", closed="2025-09-30", accepted=True, group=RISK)
    # All of it inside; the risk was not lowered.
    record(
        table, s.CONCLUDED, "2025-07-01", decided="2025-07-08", closed="2025-08-01", accepted=True, group="still-aer"
    )
    # Accepted in it, concluded after it: not its conclusion.
    record(table, s.CONCLUDED, "2025-09-30", decided="2025-09-30", closed="2025-10-01", accepted=True, group=RISK)
    # Accepted before it, still open.
    record(table, s.ACCEPTED, "2025-04-02", decided="2025-04-09", accepted=True)
    # Accepted before it, stopped in it: ended, not concluded.
    record(table, s.STOPPED, "2025-05-02", decided="2025-05-09", closed="2025-08-02", accepted=True, group="stopped")
    # Ended before it: in none of its bases.
    record(table, s.CONCLUDED, "2025-04-03", decided="2025-04-10", closed="2025-06-30", accepted=True, group=RISK)
    record(table, s.REJECTED, "2025-06-03", decided="2025-06-10", closed="2025-06-10", group="rejected")
    # Rejected in it; withdrawn in it; carried over undecided; returned.
    record(table, s.REJECTED, "2025-08-05", decided="2025-08-12", closed="2025-08-12", group="rejected")
    record(table, s.WITHDRAWN, "2025-08-06", closed="2025-08-13", group="withdrawn")
    record(table, s.DEFERRED, "2025-08-07")
    record(table, s.RETURNED, "2025-08-08")
    # After it.
    record(table, s.PRESENTED, "2025-10-01")


#: What PAST must come to, counted by hand: figure -> (count, base).
EXPECTED = {
    "opened": (5, None), "carried-over": (3, None), "met": (3, 4), "rejected": (1, 4), "deferred": (0, 5),
    "stopped": (1, None), "withdrawn": (1, None), "transferred": (0, None), "concluded": (2, None),
    "risk-lowered": (1, 2), "risk-not-lowered": (1, 2), "still-open": (3, None),
}  # fmt: skip
