"""Do page and files of a release say the same of a table's meetings and issues, and is it what plain SQL says?

Each is read as a stranger would read it; the plain statements share nothing with the product's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.models import Member, Table
from bench.disclosure_history import YEARS
from reports.pack.document import Document
from reports.pack.meetings import Line
from reports.planning_model import MatterStatus
from situations.vocabulary import IssueKind
from tests.db.raw import as_superuser

_WORDS = "=No bed for couples with a dog: {n} of {many}"
_FEW = 5
_MADE = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def lived(tables: list[Table], by: Member) -> None:
    """Three years of meetings of each table, fewer of the first; who came, what was called, and what was raised."""
    with as_superuser() as raw:
        cursor: Any = raw
        for at, table in enumerate(tables):
            asked = {"t": table.pk, "every": 70 // (at + 1), "days": 365 * len(YEARS), "by": by.pk}
            cursor.execute(_MADE, asked | {"from": f"{YEARS[0]}-01-06 15:00Z"})
            for n in range(4 * len(YEARS)):
                state = MatterStatus.values[n % len(MatterStatus.values)]
                day = f"{YEARS[n // 4]}-{3 * (n % 4) + 2:02}-15"
                words = _WORDS.format(n=n + 1, many=4 * len(YEARS))
                cursor.execute(_RAISED, [table.pk, words, state, day, by.pk])


_RAISED = (
    "INSERT INTO reports_matter (table_id, kind, words, marks_reason, area, service, why, issue_kind, issue_sector,"
    " status, raised_on, raised_by_id, changed_at)"
    " VALUES (%s, 'systemic', %s, '', 'social', '', '', '', '', %s, %s, %s, now())"
)
_DAY = "(m.starts_at AT TIME ZONE t.time_zone)::date BETWEEN %(first)s AND %(last)s"
_MET = f"FROM situations_meeting m JOIN agencies_table t ON t.id = m.table_id WHERE t.id = %(t)s AND {_DAY}"
_HELD = f"SELECT m.id {_MET} AND m.state = 'held' AND NOT m.urgent"
_ITEMS = f"FROM situations_agendaitem WHERE meeting_id IN ({_HELD}) AND closed_at IS NOT NULL"
_TIMED = f"FROM situations_agendaitem WHERE meeting_id IN ({_HELD} AND NOT m.on_paper) AND closed_at IS NOT NULL"
_PLAIN = {
    "held": f"SELECT count(*) FROM ({_HELD}) h",
    "present": "SELECT count(*) FROM (SELECT DISTINCT meeting_id, agency_id FROM situations_meetingpresence"
    f" WHERE NOT guest AND meeting_id IN ({_HELD})) p",
    "items": f"SELECT count(*) {_ITEMS}",
    "timed": f"SELECT count(*) {_TIMED} AND spent_seconds > 0",
    "seconds": f"SELECT coalesce(sum(spent_seconds), 0) {_TIMED}",
    "bringing": "SELECT count(DISTINCT originating_agency_id) FROM situations_situation s JOIN agencies_table t"
    " ON t.id = s.table_id WHERE t.id = %(t)s AND s.presented"
    " AND (s.presented_at AT TIME ZONE t.time_zone)::date BETWEEN %(first)s AND %(last)s",
}  # fmt: skip
_ISSUES = (
    "SELECT words FROM reports_matter WHERE table_id = %(t)s AND kind = 'systemic'"
    " AND raised_on BETWEEN %(first)s AND %(last)s"
)
_NAMED = f"SELECT count(*) FROM situations_systemicissue WHERE meeting_id IN (SELECT m.id {_MET})"


def miscounted(document: Document, tables: list[int]) -> Iterator[str]:
    """Where a committee's page says otherwise than plain SQL."""
    if document.audience != "committee":
        if document.meetings is not None or document.issues is not None:
            yield "sql: meetings or issues told to others than the committee"
        return
    asked = {"t": tables[0], "first": document.first_day, "last": document.last_day}
    with as_superuser() as raw:
        cursor: Any = raw
        plain: dict[str, int] = {}
        for name, sql in _PLAIN.items():
            cursor.execute(sql, asked)
            plain[name] = int(cursor.fetchone()[0])
        cursor.execute(_ISSUES, asked)
        written = sorted(row[0] for row in cursor.fetchall())
        cursor.execute(_NAMED, asked)
        named = int(cursor.fetchone()[0])
    lines = {line.code: line for line in (document.meetings.lines if document.meetings else ())}
    right = {
        "held": plain["held"],
        "present": round(plain["present"] / plain["held"], 1) if plain["held"] else None,
        "items": round(plain["items"] / plain["held"], 1) if plain["items"] >= _FEW else None,
        "minutes": round(plain["seconds"] / plain["timed"] / 60, 1) if plain["timed"] >= _FEW else None,
    }
    for code, number in right.items():
        of_year_less_quarters = "Q" not in document.period and lines[code].value is None
        if lines[code].value != number and not of_year_less_quarters:
            yield f"sql: meetings/{code} is {number}, told {lines[code].value}"
    step = lines["bringing"]
    if not (step.value or 0) <= plain["bringing"] <= (step.until or 0):
        yield f"sql: {plain['bringing']} agencies brought one, told {step.value} to {step.until}"
    told = [one.words for one in document.issues or ()]
    if sorted(one for one in told if one.startswith("=")) != written:
        yield f"sql: issues {written}, told {told}"
    if bool(named) != any(str(IssueKind.COST.label) in one for one in told):
        yield f"sql: {named} named at meetings, told {told}"


def differing(
    document: Document, plain: bytes, sheets: dict[str, list[list[str]]], printed: str,
    tables: dict[str, list[list[str]]],
) -> Iterator[str]:  # fmt: skip
    """Where one of the formats says another number or word. `tables` are those of the page, by their titles."""
    made = json.loads(plain)
    squeezed = _squeezed(printed)
    if document.meetings is None:
        if made["meetings"] is not None or _("Meetings") in tables:
            yield "meetings where there are none"
    else:
        lines = document.meetings.lines
        found = [(x["code"], x["value"], x["until"], x["base_count"], x["before"]) for x in made["meetings"]["lines"]]
        if found != [(x.code, x.value, x.until, x.base_count, x.before) for x in lines]:
            yield f"json: meetings {found}"
        for kind, rows in sheets.items():
            at = next((n for n, row in enumerate(rows) if row[:2] == [_("Meetings"), _("Code")]), None)
            shown = [] if at is None else [_numbers(row) for row in rows[at + 1 : at + 1 + len(lines)]]
            if shown != [_numbers(_as_row(line)) for line in lines]:
                yield f"{kind}: meetings {shown[:3]}"
        said = [[line.label, _said(line.value, line.until)] for line in lines]
        if [cells[:2] for cells in tables.get(_("Meetings"), [])] != said:
            yield f"page: meetings {tables.get(_('Meetings'))}, not {said}"
        yield from (f"pdf: {row} is not there" for row in said if _squeezed("".join(row)) not in squeezed)
    issues = None if document.issues is None else [[one.words, one.state_label] for one in document.issues]
    told = None if made["issues"] is None else [[x["words"], x["state_label"]] for x in made["issues"]]
    if told != issues:
        yield f"json: issues {told}"
    title = _("Systemic issues raised")
    if tables.get(title) != (issues or None) and not (issues == [] and tables.get(title) == []):
        yield f"page: issues {tables.get(title)}, not {issues}"
    for kind, rows in sheets.items():
        at = next((n for n, row in enumerate(rows) if row[:1] == [title]), None)
        if (at is None) != (issues is None):
            yield f"{kind}: issues where there are none, or none"
        elif at is not None and issues is not None:
            shown = [[row[0].removeprefix("'"), row[1]] for row in rows[at + 1 : at + 1 + len(issues)]]
            if shown != issues:
                yield f"{kind}: issues {shown}"
    yield from (f"pdf: {row} is not there" for row in issues or () if _squeezed("".join(row)) not in squeezed)


def _as_row(line: Line) -> list[str]:
    numbers = [line.until, line.base_count, line.before, line.before_until]
    until, base, before, most = ("" if n is None else str(n) for n in numbers)
    value = _("too few to say") if line.value is None else str(line.value)
    return [line.label, line.code, value, until, line.base, base, before, most]


def _numbers(row: list[str]) -> list[str]:
    """A row with its numbers as numbers: a spreadsheet says 7 where a program wrote 7.0."""
    return [str(Decimal(cell).normalize()) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell for cell in row[:8]]


def _said(value: float | None, until: float | None) -> str:
    if value is None:
        return _("too few to say")
    if until is not None:
        return _("%(least)s to %(most)s") % {"least": value, "most": until}
    return str(value) if isinstance(value, int) else number_format(value, 1)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
