"""What would somebody count who only knows SQL? One plain statement a figure, nothing shared with the pack's own.

Asked as the superuser, of some tables between two days. No roll-up, no quarters, no sums: what a pack tells is this.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.db.raw import as_superuser

_OPENED = "opened_on BETWEEN %(first)s AND %(last)s AND status <> 'returned'"
_ACCEPTED = "accepted AND decided_on BETWEEN %(first)s AND %(last)s"
_REJECTED = "status = 'rejected' AND decided_on BETWEEN %(first)s AND %(last)s"
_CONCLUDED = "status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s"
_FROM = "FROM reports_codedrecord r"
_HERE = "r.table_id = ANY(%(tables)s)"
_INTERVENED = f"{_ACCEPTED} AND NOT (lead_sector = '' AND hours_to_first_contact IS NULL)"
_LOWERED = "status = 'concluded' AND conclusion_group = 'overall-risk-lowered'"

_TOTALS = {
    "opened": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_OPENED}",
    "carried-over": f"SELECT count(*) {_FROM} WHERE {_HERE} AND status <> 'returned' AND opened_on < %(first)s"
    " AND (closed_on IS NULL OR closed_on >= %(first)s)",
    "still-open": f"SELECT count(*) {_FROM} WHERE {_HERE} AND status <> 'returned' AND opened_on <= %(last)s"
    " AND (closed_on IS NULL OR closed_on > %(last)s)",
    "met": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_ACCEPTED}",
    "rejected": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_REJECTED}",
    "deferred": f"SELECT count(*) {_FROM} WHERE {_HERE} AND deferrals > 0 AND {_OPENED}",
    "concluded": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_CONCLUDED}",
    "risk-lowered": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_CONCLUDED}"
    " AND conclusion_group = 'overall-risk-lowered'",
    "risk-not-lowered": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_CONCLUDED}"
    " AND conclusion_group <> 'overall-risk-lowered'",
    "intervened": f"SELECT count(*) {_FROM} WHERE {_HERE} AND {_INTERVENED}",
    "persons": f"SELECT coalesce(sum(jsonb_array_length(persons)), 0) {_FROM} WHERE {_HERE} AND {_ACCEPTED}",
    "services": f"SELECT coalesce(sum(jsonb_array_length(services)), 0) {_FROM} WHERE {_HERE} AND {_ACCEPTED}",
    **{
        ended: f"SELECT count(*) {_FROM} WHERE {_HERE} AND status = '{ended}'"
        " AND closed_on BETWEEN %(first)s AND %(last)s"
        for ended in ("stopped", "withdrawn", "transferred")
    },
}  # fmt: skip


def _of(column: str, which: str) -> str:
    return f"SELECT {column}, count(*) {_FROM} WHERE {_HERE} AND {which} GROUP BY 1"


def _each(element: str, group: str) -> str:
    of = f"{_FROM}, jsonb_array_elements({group}) e"
    return f"SELECT e->>'{element}', count(*) {of} WHERE {_HERE} AND {_ACCEPTED} GROUP BY 1"


def _having(column: str, code: str) -> str:
    return (
        f"SELECT {code}, count(DISTINCT r.statistics_id) {_FROM}, unnest({column}) f"
        f" WHERE {_HERE} AND {_ACCEPTED} GROUP BY 1"
    )


def _named(column: str) -> str:
    return (
        f"SELECT split_part(f, '/', 1), count(*) {_FROM}, unnest({column}) f WHERE {_HERE} AND {_ACCEPTED} GROUP BY 1"
    )


_FIGURES = {
    "rejection": _of("conclusion_reason", _REJECTED),
    "type": _of("discussion_type", _ACCEPTED),
    "originating": _of("originating_sector", _ACCEPTED),
    "originating-rejected": _of("originating_sector", _REJECTED),
    "originating-decided": _of("originating_sector", f"({_ACCEPTED} OR {_REJECTED})"),
    "lead": _of("lead_sector", _ACCEPTED),
    "age": _each("age_group", "persons"),
    "sex": _each("sex", "persons"),
    "service": _each("category", "services"),
    "service-result": _each("result", "services"),
    "risk-category": _having("risk_factors", "split_part(f, '/', 1)"),
    "protective-category": _having("protective_factors", "split_part(f, '/', 1)"),
    "risk-factor": _having("risk_factors", "f"),
    "protective-factor": _having("protective_factors", "f"),
    "risk-mention": _named("risk_factors"),
    "protective-mention": _named("protective_factors"),
    "study-flag": _having("study_flags", "f"),
    "assisting": _having("assisting_sectors", "f"),
    "first-contact": _of(
        "CASE WHEN hours_to_first_contact IS NULL THEN '' WHEN hours_to_first_contact <= 48 THEN 'in-48-hours'"
        " ELSE 'later' END", _ACCEPTED,
    ),
    "consent": _of("consent", _INTERVENED),
    "notice": _of("notice", _INTERVENED),
    "conclusion": _of("conclusion_group", _CONCLUDED),
    "conclusion-reason": _of("conclusion_group || '/' || conclusion_reason", _CONCLUDED),
    "risk-outcome": _having(
        "risk_factors", f"split_part(f, '/', 1) || CASE WHEN {_LOWERED} THEN '/lowered' ELSE '/other' END"
    ),
}  # fmt: skip


def counts(tables: list[int], first: date, last: date) -> dict[tuple[str, str], int]:
    """Every count between two days, by figure and category; what is not there is none."""
    asked: dict[str, Any] = {"tables": tables, "first": first, "last": last}
    found: dict[tuple[str, str], int] = {}
    with as_superuser() as raw:
        cursor: Any = raw
        for name, sql in _TOTALS.items():
            cursor.execute(sql, asked)
            found["totals", name] = int(cursor.fetchone()[0])
        for name, sql in _FIGURES.items():
            cursor.execute(sql, asked)
            found |= {(name, code or ""): int(many) for code, many in cursor.fetchall()}
    return found
