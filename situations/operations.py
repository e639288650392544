"""How much is open, late and owed at a table? Counts for who may not see the rows: the wall counts, nobody reads.

Facilitator, recorder, manager and privacy officer of the table; everybody else gets nothing (migration 0009).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Operations:
    """Counts of one table now. None of them says which."""

    #: Presented and not ended.
    situations_open: int
    #: Interventions whose first contact is past its time.
    contacts_late: int
    #: Written notices that are owed, and those past their day.
    notices_open: int
    notices_late: int
    #: Meetings held in the last 90 days.
    meetings: int


def operations(table_id: int) -> Operations | None:
    """The counts of a table for the member of this transaction; None without a seat that may know them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM situations_operations(%s)", [table_id])
        row = cursor.fetchone()
    return None if row is None else Operations(*(int(n) for n in row))
