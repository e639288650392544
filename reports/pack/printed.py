"""How is a pack printed? As tagged PDF, from data: the words of a figure never become markup."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reports import printing
from reports.pack import charts, heat
from reports.pack.document import Document
from reports.pack.facts import facts, percent
from reports.pack.meetings import base_of, earlier, said
from reports.pack.pairs import Pairs, at_least
from reports.pack.periods import parse
from reports.pack.rows import Row

_TEMPLATE = Path(__file__).parent / "pack.typ"


def pdf(document: Document) -> bytes:
    """The pack as PDF/UA-1: headings, header cells, reading order."""
    compared = document.compared_with is not None
    before = [_("Period before")] if compared else []
    named = {"scope": document.scope, "period": parse(document.period).inside}
    pack = {
        "language": (get_language() or "en")[:2],
        "title": _("The pack: %(scope)s, %(period)s") % named,
        "facts": [_("%(name)s: %(words)s") % {"name": name, "words": words} for name, words in facts(document)],
        "notes": list(document.notes),
        "columns": [_("Category"), _("Count"), _("Per cent"), *before],
        "tables": [
            {"title": _("Totals"), "base": "", "rows": _totals(document, compared),
             "columns": [_("Category"), _("Count"), _("Per cent"), *before, _("Counted among")],
             "numbers": 3 + len(before),
             "svg": charts.funnel(document) or "",
             "words": charts.words(_("The way through the filters"), charts.funnel_rows(document))},
            *(
                {"title": f.title, "base": _of(f.base, f.base_count),
                 "rows": _rows([row for row in f.rows if row.count is not None], compared),
                 "withheld": _withheld(f.rows),
                 "svg": (charts.bars(list(f.rows)) or "") if f.key in charts.DRAWN else "",
                 "words": charts.words(f.title, list(f.rows))}
                for f in document.figures
            ),
            {"title": _("Durations"), "base": measured_among(document),
             "rows": _durations(document.durations, compared), "svg": "", "words": "",
             "columns": [_("Category"), _("Days or hours"), *before]},
            *_changes(document),
            *(_pairs(pairs) for pairs in document.pairs),
            *_evaluation(document),
            *_meetings(document),
            *_issues(document),
        ],
        "closing": [*document.evaluation.says, *document.evaluation.notes] if document.evaluation else [],
    }  # fmt: skip
    return printing.pdf(_TEMPLATE, pack)


def _rows(rows: Iterable[Row], compared: bool) -> list[list[str]]:
    return [[row.label, _said(row.count), percent(row.percent), *_before(row, compared)] for row in rows]


def _before(row: Row, compared: bool) -> list[str]:
    return ["" if row.before is None else str(row.before)] if compared else []


def _totals(document: Document, compared: bool) -> list[list[str]]:
    """Totals are shares of different things: each says of which, and of how many."""
    rows = _rows(document.totals, compared)
    bases = zip(document.total_bases, document.totals, strict=True)
    return [[*row, _of(base, one.base) if base else ""] for row, (base, one) in zip(rows, bases, strict=True)]


def _withheld(rows: Iterable[Row]) -> str:
    """How many, as the page says it: a list of blanks tells nobody anything."""
    many = sum(row.count is None for row in rows)
    said = ngettext("%(many)s count is withheld.", "%(many)s counts are withheld.", many)
    return said % {"many": many} if many else ""


def _durations(rows: Iterable[Row], compared: bool) -> list[list[str]]:
    """Days and hours are shares of nothing."""
    return [[row.label, _said(row.count), *_before(row, compared)] for row in rows]


def _changes(document: Document) -> list[dict[str, Any]]:
    """What differs from the release before, as a table with columns of its own."""
    made = document.changes
    if made is None:
        return []
    rows = [[one.label, _said(one.before), _said(one.now)] for one in made.totals]
    since = _("Since release number %(number)s: %(many)s") % {"number": made.since, "many": len(rows)}
    return [{"title": _("What changed since the release before"), "base": since, "rows": rows, "svg": "", "words": "",
             "columns": [_("Total"), _("Before"), _("Now")]}]  # fmt: skip


def _pairs(pairs: Pairs) -> dict[str, Any]:
    """What comes together, as a table with columns of its own: the pairs of which a level is told."""
    rows = [[level.first_label, level.second_label, at_least(level.at_least)] for level in pairs.told]
    columns = [pairs.first, pairs.second, _("Discussions together")]
    return {"title": pairs.title, "base": pairs.says, "rows": rows, "svg": heat.drawn(pairs) or "",
            "words": heat.words(pairs), "columns": columns, "numbers": 1, "wide": True}  # fmt: skip


def _evaluation(document: Document) -> list[dict[str, Any]]:
    """Costs and what they are set against, as a table with columns of its own."""
    if document.evaluation is None or not document.evaluation.lines:
        return []
    lines = document.evaluation.lines
    rows = [[f"{line.label} ({line.unit})" if line.unit else line.label, _money(line.low, ""),
             _money(line.central, _("withheld")), _money(line.high, ""), line.rests_on] for line in lines]  # fmt: skip
    columns = [_("Evaluation"), _("Low"), _("Central"), _("High"), _("Rests on")]
    return [{"title": _("Evaluation"), "base": "", "rows": rows, "svg": "", "words": "", "columns": columns}]


def _meetings(document: Document) -> list[dict[str, Any]]:
    """How the meetings went, as a table with columns of its own."""
    made = document.meetings
    if made is None:
        return []
    compared = document.compared_with is not None
    rows = [
        [line.label, said(line.value, line.until), base_of(line), *([earlier(line)] if compared else [])]
        for line in made.lines
    ]
    columns = [_("Meetings"), _("Value"), _("Counted among"), *([_("Period before")] if compared else [])]
    return [{"title": _("Meetings"), "base": made.says, "rows": rows, "svg": "", "words": "", "columns": columns,
             "numbers": 2}]  # fmt: skip


def _issues(document: Document) -> list[dict[str, Any]]:
    """What stood in the way of many, as a table with columns of its own."""
    if document.issues is None:
        return []
    rows = [[one.words, one.state_label] for one in document.issues]
    return [{"title": _("Systemic issues raised"), "base": "" if rows else _("None was raised."), "rows": rows,
             "svg": "", "words": "", "columns": [_("Issue"), _("State")], "numbers": 1}]  # fmt: skip


def _money(value: Decimal | None, otherwise: str) -> str:
    return otherwise if value is None else number_format(value, use_l10n=True, force_grouping=True)


def measured_among(document: Document) -> str:
    """Each base of the durations once, with its number."""
    bases = zip(document.duration_bases, document.durations, strict=True)
    return " · ".join(dict.fromkeys(_of(base, row.base) for base, row in bases))


def _of(base: str, count: int | None) -> str:
    return _("Of %(base)s: %(count)s") % {"base": base, "count": _said(count)}


def _said(count: int | None) -> str:
    return _("withheld") if count is None else str(count)
