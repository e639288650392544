"""Which pages tell the quarter? The page of totals and the same totals as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Member, Table
from privacy.decision import Denied, hide
from reports import figures
from reports.committee import committee_of
from reports.figures import QuarterTotals
from reports.forms import QuarterForm
from reports.quarters import Quarter, day_at
from reports.spreadsheet import csv_bytes


@require_safe
def quarter(request: HttpRequest) -> HttpResponse:
    """The totals of one table in one quarter."""
    form, totals = _asked_for(request)
    context: dict[str, Any] = {"form": form, "totals": totals}
    if totals is not None:
        context |= {
            "columns": _columns(),
            "beside": committee_of(request, *figures.READERS).beside("quarter"),
            "rows": _page_rows(totals),
            "releases_url": f"{reverse('releases')}?"
            + urlencode({"table": totals.table.code, "quarter": totals.quarter.code}),
            "csv_url": f"{reverse('quarter_csv')}?{urlencode({'table': totals.table.code, 'quarter': totals.quarter})}",
        }
    return render(request, "reports/quarter.html", context)


@require_safe
def quarter_csv(request: HttpRequest) -> HttpResponse:
    """The same totals as a file, with who took it, on which day, and the version of the code lists."""
    _form, totals = _asked_for(request)
    if totals is None:
        raise Http404
    name = f"{totals.table.code}-{totals.quarter}.csv"
    return HttpResponse(
        csv_bytes(_file_rows(totals)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def _asked_for(request: HttpRequest) -> tuple[QuarterForm, QuarterTotals | None]:
    """The form and the totals it asks for; none where the form has errors. Denied (hidden) for who reads no table.

    Another table's code answers like one that does not exist. What is not asked for is the first table, and its last
    complete quarter with anything in it.
    """
    if not isinstance(request.user, Member):
        raise Denied(hide())
    tables = figures.readable_tables(request.user)
    code = request.GET.get("table", "") or (tables[0].code if tables else "")
    table = next((t for t in tables if t.code == code), None)
    if table is None:
        raise Denied(hide())
    data = {"table": code, "quarter": request.GET.get("quarter") or figures.latest_complete(table).code}
    form = QuarterForm(data, tables=tables, quarters=figures.quarters(tables), current=Quarter.of(day_at(table)))
    if not form.is_valid():
        return form, None
    return form, figures.totals(table, Quarter.parse(form.cleaned_data["quarter"]), by=request.user)


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Figure")},
        {"label": _("Count"), "number": True},
        {"label": _("Counted among")},
        {"label": _("Share"), "number": True},
    ]


def _page_rows(totals: QuarterTotals) -> list[list[dict[str, Any]]]:
    """Cells of the page's table. An empty base has no share."""
    return [
        [
            {"text": f.label},
            {"text": str(f.count), "number": True},
            {"text": f.base_words or "–"},
            {"text": "–" if f.percent is None else _("%(number)d%%") % {"number": f.percent}, "number": True},
        ]
        for f in totals.figures
    ]


def _file_rows(totals: QuarterTotals) -> list[list[str | int | None]]:
    """Rows of the file, headers first; every row says of which table and quarter it speaks."""
    state = _("In progress") if totals.in_progress else _("Complete")
    head = [_("Table"), _("Quarter"), _("State"), _("Figure"), _("Count"), _("Counted among"), _("Base"), _("Per cent"),
            _("Code"), _("First day"), _("Last day"), _("Code lists of"), _("Made on"), _("Made by")]  # fmt: skip
    of: list[str | int | None] = [_table_name(totals.table), totals.quarter.code, state]
    listed = totals.code_lists_of.isoformat() if totals.code_lists_of else None
    days = [day.isoformat() for day in (totals.quarter.first_day, totals.quarter.last_day)]
    by = [*days, listed, totals.made_on.isoformat(), totals.made_by]
    rows = ([*of, f.label, f.count, f.base_words, f.base, f.percent, f.code, *by] for f in totals.figures)
    return [[*head], *rows]


def _table_name(table: Table) -> str:
    return f"{table.code} {table.name}"
