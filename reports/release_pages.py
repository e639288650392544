"""What does the page of a release show? Its steps, its figures with chart and table, what may be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from agencies.models import Member, Table
from privacy.context import in_role
from reports.evaluation.lines import range_columns, ranges_of, rows_of, value_columns
from reports.evaluation.reckoning import COST, EACH, RATIO, WORTH
from reports.models import CodedRecord
from reports.pack.audience import Audience
from reports.pack.counting import Cell
from reports.pack.document import Document
from reports.pack.periods import Period, parse, quarter_of, year_of
from reports.pack.tables import FIGURE_KINDS, OUTCOME
from reports.quarters import day_at
from reports.release_model import Release, ReleaseState
from reports.release_sections import Section, files, lines, number, sections
from reports.release_steps import NextStep, next_step, other_actions, released_words, steps
from reports.releases import store


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page, decided."""

    title: str
    period: str
    audience: str
    state_kind: str
    state_words: str
    steps: list[dict[str, str]]
    next: NextStep | None
    actions: list[dict[str, str]]
    notes: tuple[str, ...]
    facts: list[dict[str, str]]
    sections: list[Section]
    changes: list[list[dict[str, Any]]]
    change_columns: list[dict[str, Any]]
    evaluation: dict[str, Any]
    files: list[dict[str, str]]


def shown(row: Release, document: Document, by: Member) -> Shown:
    """The page for one member."""
    period = parse(row.period)
    out = row.state == ReleaseState.RELEASED
    return Shown(
        title=document.scope,
        period=period.label,
        audience=str(Audience[row.audience.upper()].label),
        state_kind="ok" if out else "half",
        state_words=released_words(row) if out else _("%(state)s, not released") % {"state": row.get_state_display()},
        steps=steps(row),
        next=next_step(row, by),
        actions=other_actions(row, by),
        notes=document.notes,
        facts=lines(document),
        sections=sections(document),
        changes=[
            [{"text": c.label}, {"text": number(c.before), "number": True}, {"text": number(c.now), "number": True}]
            for c in (document.changes.totals if document.changes else ())
        ],
        change_columns=[
            {"label": _("Total")}, {"label": _("Before"), "number": True}, {"label": _("Now"), "number": True},
        ],
        evaluation=_evaluation(document),
        files=files(lambda kind: reverse("release_file", args=[row.pk, kind])),
    )  # fmt: skip


def entries(rows: list[Release]) -> list[dict[str, Any]]:
    """The list: what waits, and what is out, newest first, as components/rows.html takes it. Whose figures they are
    stands in a line where the lines differ in it, or are of more than one table."""
    known = {table.pk: table for table in Table.objects.all()}
    scopes = {row.scope for row in rows}
    told = len(scopes) > 1 or not scopes <= {table.code for table in known.values()}
    return [
        {
            "title": parse(row.period).label,
            "url": reverse("release", args=[row.pk]),
            "when": released_words(row) if row.state == ReleaseState.RELEASED else row.get_state_display(),
            "when_kind": "ok" if row.state == ReleaseState.RELEASED else "half",
            "facts": [
                *([store.page_of(row, known).scope.label] if told else []),
                str(Audience[row.audience.upper()].label),
            ],
        }
        for row in rows
    ]


def periods(tables: list[Table]) -> list[Period]:
    """Quarters and years that have ended since the first record of some tables, newest first."""
    today = min(day_at(table) for table in tables)
    first = _first_record(tables)
    if first is None:
        return []
    found = {quarter_of(first), year_of(first, fiscal=settings.REPORT_YEARS_ARE_FISCAL)}
    day = first
    while day <= today:
        found |= {quarter_of(day), year_of(day, fiscal=settings.REPORT_YEARS_ARE_FISCAL)}
        day = date(day.year + (day.month > 9), (day.month + 2) % 12 + 1, 1)
    ended = [period for period in found if period.last_day < today]
    return sorted(ended, key=lambda period: (period.last_day, period.first_day), reverse=True)


def first_day_to_prepare(tables: list[Table]) -> date:
    """The day after the first period that will end: of the quarter of the first record, or of today's."""
    first = _first_record(tables) or min(day_at(table) for table in tables)
    return quarter_of(first).last_day + timedelta(days=1)


def _first_record(tables: list[Table]) -> date | None:
    with in_role("st_statistics"):
        found: date | None = CodedRecord.objects.filter(table__in=tables).aggregate(day=Min("opened_on"))["day"]
    return found


def first_missing(tables: list[Table], offered: list[Period]) -> str:
    """The newest period of which the committee of the first table has no figures yet, nor a draft of them."""
    there = set(
        Release.objects.exclude(state=ReleaseState.PLANNED)
        .filter(scope=tables[0].code, audience=Audience.COMMITTEE.code).values_list("first_day", "last_day")
    )  # fmt: skip
    return next((period.code for period in offered if (period.first_day, period.last_day) not in there), "")


@dataclass(frozen=True, slots=True)
class Lowered:
    """Accepted discussions that had a risk, and with how many of them overall risk was lowered since."""

    category: str
    label: str
    accepted: int
    lowered: int

    @property
    def percent(self) -> float:
        """The share that was lowered."""
        return round(100 * self.lowered / self.accepted, 1)


def lowered_by_risk(told: Mapping[Cell, int]) -> list[Lowered]:
    """By risk category, in the order of the list, where both counts are told."""
    labels = {kind.key: dict(kind.categories()) for kind in FIGURE_KINDS if kind.key == "risk-category"}
    found = []
    for code, label in labels["risk-category"].items():
        before, lowered = told.get(("risk-category", code)), told.get((OUTCOME, f"{code}/lowered"))
        if before and lowered is not None:
            found.append(Lowered(code, label, before, lowered))
    return found


def before_and_after(told: Mapping[Cell, int]) -> dict[str, Any]:
    """Of the discussions that had a risk when they were accepted: with how many was overall risk lowered since."""
    rows = []
    for of in lowered_by_risk(told):
        share = formats.number_format(of.percent, 1)
        values = [str(of.accepted), str(of.lowered), f"{share}\N{NO-BREAK SPACE}%"]
        rows.append([{"text": of.label}, *({"text": value, "number": True} for value in values)])
    columns = [{"label": _("Risk category")}, {"label": _("Accepted with it"), "number": True},
               {"label": _("Overall risk lowered"), "number": True}, {"label": _("Share"), "number": True}]  # fmt: skip
    return {"rows": rows, "columns": columns}


def _evaluation(document: Document) -> dict[str, Any]:
    """Costs and what they are set against, where a committee entered any."""
    made = document.evaluation
    return {
        "costs": rows_of(made, COST, EACH), "cost_columns": value_columns(), "worth": ranges_of(made, WORTH, RATIO),
        "worth_columns": range_columns(), "says": made.says if made else (), "notes": made.notes if made else (),
    }  # fmt: skip
