"""How does a pack become a file? JSON, CSV, XLSX and PDF of one document; nothing in them but what it says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.evaluation.reckoning import Evaluation
from reports.pack.changes import Changes
from reports.pack.document import Document
from reports.pack.meetings import Meetings
from reports.pack.meetings import said as in_words
from reports.pack.pairs import Pairs, at_least
from reports.pack.printed import pdf
from reports.pack.rows import Row
from reports.planning.raised import Raised
from reports.spreadsheet import cell, csv_bytes, workbook

#: A share is a decimal number: a program reads it with a point in CSV, a spreadsheet shows it in its own language.
Cells = list[str | int | Decimal | None]


def as_json(document: Document) -> bytes:
    """The document as it is."""
    return json.dumps(document.plain(), ensure_ascii=False, indent=1).encode()


def as_csv(document: Document) -> bytes:
    """One line a number; every line says what it is counted among."""
    return csv_bytes([*_head(document), *rows(document)])


def as_xlsx(document: Document) -> bytes:
    """The same lines on one sheet. No formulas, no links, no metadata."""
    made = io.BytesIO()
    book = workbook(made)
    sheet = book.add_worksheet(_("Pack")[:31])
    share = book.add_format({"num_format": "0.0"})  # a spreadsheet writes its own decimal sign
    for at, line in enumerate([*_head(document), *rows(document)]):
        for column, value in enumerate(line):
            if isinstance(value, Decimal):
                sheet.write_number(at, column, float(value), share)
            elif value is not None:
                sheet.write(at, column, cell(value))
    sheet.set_column(0, 1, 34)
    book.close()
    return made.getvalue()


def _head(document: Document) -> Iterable[Cells]:
    yield [_("Scope"), document.scope, document.scope_code]
    days = (document.first_day.isoformat(), document.last_day.isoformat())
    yield [_("Period"), document.period_label, document.period, *days]
    if document.in_progress:
        yield [_("State"), _("In progress")]
    yield [_("Release number"), _("not released") if document.release is None else document.release]
    if document.compared_with is not None:
        release = _("not released") if document.compared_release is None else document.compared_release
        yield [_("Compared with"), document.compared_with, _("Release number"), release]
    yield [_("Audience"), document.audience_label, document.audience, _("fewest in a count"), document.k]
    yield [_("Code lists of"), document.code_lists_of.isoformat() if document.code_lists_of else None]
    yield [_("Made"), document.made_at.strftime("%Y-%m-%d %H:%M"), document.made_by]
    for note in document.notes:
        yield [_("Note"), note]
    yield []
    yield [_("Figure"), _("Category"), _("Code"), _("Count"), _("Counted among"), _("Base"), _("Per cent"),
           _("Period before")]  # fmt: skip


def rows(document: Document) -> Iterable[Cells]:
    """The numbers. A withheld one holds the word for it."""
    for row, base in zip(document.totals, document.total_bases, strict=True):
        yield _line(_("Totals"), row, base)
    for figure in document.figures:
        for row in figure.rows:
            yield _line(figure.title, row, figure.base)
    for row, base in zip(document.durations, document.duration_bases, strict=True):
        yield _line(_("Durations"), row, base)
    if document.changes is not None:
        yield from _changes(document.changes)
    for pairs in document.pairs:
        yield from _pairs(pairs)
    if document.evaluation is not None:
        yield from _evaluation(document.evaluation)
    if document.meetings is not None:
        yield from _meetings(document.meetings)
    if document.issues is not None:
        yield from _issues(document.issues)


def _changes(changes: Changes) -> Iterable[Cells]:
    """What differs from the release before, under a header of its own."""
    yield []
    yield [_("Changes since release"), changes.since]
    yield [_("Total"), _("Code"), _("Before"), _("Now")]
    for one in changes.totals:
        yield [one.label, one.code, *(_("withheld") if n is None else n for n in (one.before, one.now))]


def _pairs(pairs: Pairs) -> Iterable[Cells]:
    """What comes together, under a header of its own."""
    yield []
    yield [pairs.title, pairs.first, _("Code"), pairs.second, _("Code"), _("Discussions together")]
    for level in pairs.levels:
        yield [pairs.title, level.first_label, level.first, level.second_label, level.second, at_least(level.at_least)]
    yield [_("Note"), pairs.says]


def _evaluation(made: Evaluation) -> Iterable[Cells]:
    """Costs and what they are set against, under a header of their own."""
    yield []
    yield [_("Evaluation"), _("Code"), _("In"), _("Central"), _("Low"), _("High"), _("Rests on")]
    for line in made.lines:
        central = _("withheld") if line.central is None else str(line.central)
        low, high = ("" if value is None else str(value) for value in (line.low, line.high))
        yield [line.label, line.code, line.unit, central, low, high, line.rests_on]
    for said in made.says:
        yield [_("Note"), said]
    for said in made.notes:
        yield [_("The committee says"), said]


def _meetings(made: Meetings) -> Iterable[Cells]:
    """How the meetings went, under a header of its own. Steps stand as the least and the most."""
    yield []
    yield [_("Meetings"), _("Code"), _("Value"), _("At most"), _("Counted among"), _("Base"), _("Period before"),
           _("At most")]  # fmt: skip
    for line in made.lines:
        numbers = [_number(n) for n in (line.until, line.before, line.before_until)]
        value = in_words(None, None) if line.value is None else _number(line.value)
        yield [line.label, line.code, value, numbers[0], line.base, line.base_count, *numbers[1:]]
    if made.says:
        yield [_("Note"), made.says]


def _number(value: float | None) -> int | Decimal | None:
    return Decimal(str(value)) if isinstance(value, float) else value


def _issues(issues: tuple[Raised, ...]) -> Iterable[Cells]:
    """What stood in the way of many, under a header of its own."""
    yield []
    yield [_("Systemic issues raised"), _("State"), _("Code")]
    for one in issues:
        yield [one.words, one.state_label, one.state]
    if not issues:
        yield [_("Note"), _("None was raised.")]


def _line(title: str, row: Row, base: str) -> Cells:
    count: str | int = _("withheld") if row.count is None else row.count
    percent = None if row.percent is None else Decimal(f"{row.percent:.1f}")
    return [title, row.label, row.code, count, base, row.base, percent, row.before]


WRITERS: dict[str, Callable[[Document], bytes]] = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx, "pdf": pdf}


def write(document: Document, form: str) -> bytes:
    """The pack in one of the formats."""
    return WRITERS[form](document)
