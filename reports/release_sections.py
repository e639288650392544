"""How does the page of a release show its numbers? Section by section: a drawing with words for it, and a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.pack import charts, heat
from reports.pack.document import Document
from reports.pack.facts import facts
from reports.pack.files import WRITERS
from reports.pack.meetings import base_of, earlier, said
from reports.pack.pairs import Pairs, at_least
from reports.pack.periods import parse
from reports.pack.printed import measured_among
from reports.pack.rows import Row


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: its drawing with words for it, and its table."""

    title: str
    base: str
    svg: SafeString | None
    alternative: str
    columns: list[dict[str, Any]]
    rows: list[list[dict[str, Any]]]
    withheld: int = 0
    #: Its cells stand under one another on a telephone, each with the name of its column.
    wide: bool = False


def sections(document: Document) -> list[Section]:
    """Every number of a release, in the order of its files."""
    return [
        _totals(document), *_figures(document), _durations(document), *(_pairs(pairs) for pairs in document.pairs),
        *_meetings(document), *_issues(document),
    ]  # fmt: skip


def lines(document: Document) -> list[dict[str, str]]:
    """What is said of a release before its numbers, as components/summary_list.html takes it."""
    return [{"key": name, "value": words, "url": "", "lines": ""} for name, words in facts(document)]


def files(address: Callable[[str], str]) -> list[dict[str, str]]:
    """The files of a release by the address of each kind: those that people read before those that programs do."""
    return [{"label": kind.upper(), "url": address(kind)} for kind in reversed(WRITERS)]


def number(count: int | None) -> str:
    """A count, or the word for one that is withheld."""
    return _("withheld") if count is None else str(count)


def _columns(document: Document, *, shares: bool = True) -> list[dict[str, Any]]:
    return [
        {"label": _("Category")}, {"label": _("Count") if shares else _("Days or hours"), "number": True},
        *([{"label": _("Share"), "number": True}] if shares else []),
        *([{"label": parse(document.compared_with).label, "number": True}] if document.compared_with else []),
    ]  # fmt: skip


def _totals(document: Document) -> Section:
    funnel = charts.funnel(document)
    return Section(
        _("Totals"), "", mark_safe(funnel) if funnel else None,  # noqa: S308  # nosec  # our own drawing, escaped
        charts.words(_("The way through the filters"), charts.funnel_rows(document)), _columns(document),
        _rows(document, document.totals, document.total_bases),
    )  # fmt: skip


def _figures(document: Document) -> list[Section]:
    made = []
    for figure in document.figures:
        rows = list(figure.rows)
        svg = charts.bars(rows) if figure.key in charts.DRAWN else None
        told = [row for row in rows if row.count is not None]
        made.append(
            Section(
                figure.title, _of(figure.base, figure.base_count),
                mark_safe(svg) if svg else None,  # noqa: S308  # nosec  # our own drawing
                charts.words(figure.title, rows), _columns(document), _rows(document, tuple(told)),
                len(rows) - len(told),
            )
        )  # fmt: skip
    return made


def _durations(document: Document) -> Section:
    """Days and hours, not counts: no share, and every row whether told or not."""
    return Section(
        _("Durations"), measured_among(document), None, "", _columns(document, shares=False),
        _rows(document, document.durations, shares=False),
    )  # fmt: skip


def _pairs(pairs: Pairs) -> Section:
    """What comes together: the pairs of which a level is told."""
    svg = heat.drawn(pairs)
    return Section(
        pairs.title, pairs.says, mark_safe(svg) if svg else None,  # noqa: S308  # nosec  # our own drawing
        heat.words(pairs), [{"label": pairs.first}, {"label": pairs.second}, {"label": _("Discussions together")}],
        [[{"text": level.first_label}, {"text": level.second_label}, {"text": at_least(level.at_least)}]
         for level in pairs.told],
    )  # fmt: skip


def _meetings(document: Document) -> list[Section]:
    """How the meetings went: averages, no counts of people."""
    made = document.meetings
    if made is None:
        return []
    before = parse(document.compared_with).label if document.compared_with else ""
    columns: list[dict[str, Any]] = [
        {"label": _("Meetings")}, {"label": _("Value"), "number": True}, {"label": _("Counted among")},
        *([{"label": before, "number": True}] if before else []),
    ]  # fmt: skip
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": line.label}, {"text": said(line.value, line.until), "number": True},
            {"text": base_of(line) or "–"}, *([{"text": earlier(line), "number": True}] if before else []),
        ]
        for line in made.lines
    ]  # fmt: skip
    named = [[cell | {"label": column["label"]} for cell, column in zip(row, columns, strict=True)] for row in rows]
    return [Section(_("Meetings"), made.says, None, "", columns, named, wide=True)]


def _issues(document: Document) -> list[Section]:
    """What stood in the way of many, and how far it has come."""
    if document.issues is None:
        return []
    rows = [[{"text": one.words}, {"text": one.state_label}] for one in document.issues]
    none = "" if rows else _("None was raised.")
    columns = [{"label": _("Issue")}, {"label": _("State")}]
    return [Section(_("Systemic issues raised"), none, None, "", columns, rows)]


def _of(base: str, count: int | None) -> str:
    return _("Of %(base)s: %(count)s") % {"base": base, "count": number(count)}


def _rows(
    document: Document, rows: tuple[Row, ...], bases: tuple[str, ...] = (), *, shares: bool = True
) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": row.label},
            {"text": number(row.count), "number": True},
            *([{"text": _share(row, bases[n] if bases else ""), "number": True}] if shares else []),
            *(
                [{"text": "–" if row.before is None else str(row.before), "number": True}]
                if document.compared_with
                else []
            ),
        ]
        for n, row in enumerate(rows)
    ]


def _share(row: Row, base: str) -> str:
    if row.percent is None:
        return "–"
    share = formats.number_format(row.percent, 1)
    return (
        _("%(share)s%% of %(base)s") % {"share": share, "base": base} if base else _("%(share)s%%") % {"share": share}
    )
