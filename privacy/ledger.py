"""How is a disclosure recorded, and who reads the record? (R34-R37)

Facts go in through PostgreSQL functions that take actor, table and stage from the database, never from the caller.
Codes and ids only: no names, no narrative. django-auditlog is not the evidence; this is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from privacy.vocabulary import LedgerKind, Medium, Purpose


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger, as its readers get it."""

    id: int
    receipt: UUID
    at: datetime
    table_id: int
    ref: UUID
    kind: str
    filter: str
    actor_id: int
    agency_id: int
    compartment: str
    recipients: tuple[int, ...]
    recipient_agencies: tuple[int, ...]
    elements: tuple[str, ...]
    purpose: str
    authority: str
    medium: str
    consent: str
    meeting: str

    @property
    def kind_label(self) -> str:
        """What happened, in words."""
        return str(LedgerKind(self.kind).label)


_COLUMNS = (
    "id, receipt, at, table_id, ref, kind, filter, actor_id, agency_id, compartment, recipients, recipient_agencies,"
    " elements, purpose, authority, medium, consent, meeting"
)


def record(
    kind: LedgerKind,
    ref: UUID,
    *,
    agency_id: int | None = None,
    compartment: str = "",
    recipients: Iterable[tuple[int, int]] = (),
    elements: Iterable[str] = (),
    purpose: Purpose | str = "",
    authority: str = "",
    medium: Medium | str = "",
    consent: str = "",
    meeting: UUID | str = "",
) -> UUID:
    """Append one fact for the member of this transaction; returns its receipt. `recipients`: (member, agency) ids."""
    people = list(recipients)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger.record(%s, %s, %s, %s, %s::bigint[], %s::bigint[], %s::text[], %s, %s, %s, %s, %s)",
            [
                str(kind), ref, agency_id, compartment, [m for m, _ in people], sorted({a for _, a in people}),
                list(elements), str(purpose), authority, str(medium), consent, str(meeting),
            ],
        )  # fmt: skip
        row = cursor.fetchone()
    receipt: UUID = row[0] if isinstance(row[0], UUID) else UUID(str(row[0]))
    return receipt


def note_open(ref: UUID) -> bool:
    """Record that the member opened a de-identified item, once; True when this was the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.note_open(%s)", [ref])
        return bool(cursor.fetchone()[0])


def entries(ref: UUID) -> list[Entry]:
    """The rows about one situation that the member of this transaction may read, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM ledger.read(%s)", [ref])  # noqa: S608 - constant columns
        return [_entry(row) for row in cursor.fetchall()]


def entries_of_table(table_id: int, *, before: int = 2**62, limit: int = 100) -> list[Entry]:
    """The rows of a table for its privacy officer, newest first, older than `before` (keyset)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger.read_table(%s, %s, %s)",  # noqa: S608 - constant columns
            [table_id, before, limit],
        )
        return [_entry(row) for row in cursor.fetchall()]


def entries_by(function: str, *arguments: Any) -> list[Entry]:
    """The rows that another of the ledger's reading functions gives; `function` is written in the source."""
    with connection.cursor() as cursor:
        blanks = ", ".join(["%s"] * len(arguments))
        cursor.execute(f"SELECT {_COLUMNS} FROM {function}({blanks})", list(arguments))  # noqa: S608 - constant names
        return [_entry(row) for row in cursor.fetchall()]


def marked_of_table(table_id: int) -> int:
    """How many summaries of a table were presented with marked words left within a year; 0 for who may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.marked_of_table(%s)", [table_id])
        return int(cursor.fetchone()[0])


def _entry(row: tuple[object, ...]) -> Entry:
    values = [tuple(v) if isinstance(v, list) else v for v in row]
    values[1] = UUID(str(values[1]))
    values[4] = UUID(str(values[4]))
    return Entry(*values)  # type: ignore[arg-type]
