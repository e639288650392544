"""What does the page of a release show? Its steps, its figures with chart and table, what may be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import formats, timezone
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
from reports.releases import rights, store


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page, decided."""

    title: str
    period: str
    audience: str
    state_kind: str
    state_words: str
    steps: list[dict[str, str]]
    actions: list[dict[str, str]]
    waits: str
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
        state_words=_released_words(row) if out else _("%(state)s, not released") % {"state": row.get_state_display()},
        steps=_steps(row),
        actions=_actions(row, by),
        waits=_waits(row, by),
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
            "when": _released_words(row) if row.state == ReleaseState.RELEASED else row.get_state_display(),
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
    with in_role("st_statistics"):
        first: date | None = CodedRecord.objects.filter(table__in=tables).aggregate(day=Min("opened_on"))["day"]
    if first is None:
        return []
    found = {quarter_of(first), year_of(first, fiscal=settings.REPORT_YEARS_ARE_FISCAL)}
    day = first
    while day <= today:
        found |= {quarter_of(day), year_of(day, fiscal=settings.REPORT_YEARS_ARE_FISCAL)}
        day = date(day.year + (day.month > 9), (day.month + 2) % 12 + 1, 1)
    ended = [period for period in found if period.last_day < today]
    return sorted(ended, key=lambda period: (period.last_day, period.first_day), reverse=True)


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


def _released_words(row: Release) -> str:
    day = formats.date_format(_day(row.released_at), "DATE_FORMAT")
    return _("Released %(day)s as number %(number)s") % {"day": day, "number": row.number}


def _steps(row: Release) -> list[dict[str, str]]:
    done = (
        (_("Prepared"), row.prepared_at, row.prepared_by), (_("Checked"), row.checked_at, row.checked_by),
        (_("Signed off by a second person"), row.signed_at, row.signed_by),
        (_("Released and frozen"), row.released_at, row.released_by),
    )  # fmt: skip
    return [
        {"key": label, "value": _when(at, who) if at else _("not yet"), "url": "", "lines": ""}
        for label, at, who in done
    ]


def _when(at: datetime | None, who: Member | None) -> str:
    day = formats.date_format(_day(at), "DATE_FORMAT")
    return f"{day}\n{who.name}" if who else f"{day}\n{_('by the clock')}"


def _day(at: datetime | None) -> date:
    return timezone.localtime(at or timezone.now()).date()


def _prepares(row: Release, by: Member) -> bool:
    return bool({table.pk for table in rights.tables_prepared_by(by)} & set(row.tables))


def _actions(row: Release, by: Member) -> list[dict[str, str]]:
    """What this member can do next."""
    if not _prepares(row, by):
        return []
    labels = {"check": _("Check"), "sign": _("Sign off"), "publish": _("Release"), "again": _("Run again")}
    steps = []
    if row.state == ReleaseState.DRAFT:
        steps.append("check")
    elif row.state == ReleaseState.CHECKED and rights.may_sign(row, by):
        steps.append("sign")
    elif row.state == ReleaseState.SIGNED:
        steps.append("publish")
    elif row.state == ReleaseState.RELEASED and row.audience == Audience.COMMITTEE.code:
        steps.append("again")
    made = [{"label": labels[s], "url": reverse("release_step", args=[row.pk, s]), "kind": ""} for s in steps]
    if row.state != ReleaseState.RELEASED:
        url = reverse("release_step", args=[row.pk, "discard"])
        made.append({"label": _("Discard the draft"), "url": url, "kind": "quiet"})
    return made


def _waits(row: Release, by: Member) -> str:
    """Why the next step is somebody else's."""
    if row.state == ReleaseState.CHECKED and _prepares(row, by) and not rights.may_sign(row, by):
        return _(
            "A second person signs off: a manager or the privacy officer, and neither who prepared nor who checked it."
        )
    return ""
