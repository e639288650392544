"""What does a table's privacy officer read? Every disclosure and reveal of the table, newest first, in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Standing
from agencies.vocabulary import Role
from privacy import ledger as rows_of
from privacy import unusual
from privacy.decision import Denied, hide
from situations.models import Situation
from situations.views.frame import member_of
from situations.views.log import sentence
from situations.who_saw import in_words

PAGE = 100


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger of one table."""
    by = member_of(request)
    seats = Standing.objects.of(by).filter(role=Role.PRIVACY_OFFICER).select_related("table")
    tables = {s.table.code: s.table for s in seats}
    table = tables.get(request.GET.get("table", "")) or next(iter(tables.values()), None)
    if table is None:
        raise Denied(hide())
    before, odd = request.GET.get("before", ""), request.GET.get("show") == "unusual"
    entries = unusual.entries(table) if odd else _older(table.pk, before)
    known = Situation.objects.at(table.pk).filter(pk__in={e.ref for e in entries})
    numbers = dict(known.values_list("pk", "number"))
    rows: list[list[dict[str, Any]]] = []
    for entry, said in zip(entries, in_words(entries), strict=True):
        url = reverse("situation", args=[entry.ref]) if numbers.get(entry.ref) else ""
        rows.append(
            [
                {"text": date_format(timezone.localtime(entry.at), "DATETIME_FORMAT"), "url": ""},
                {"text": numbers.get(entry.ref) or _("Not shown"), "url": url},
                {"text": sentence(said), "url": ""},
            ]
        )
    here = f"{reverse('ledger')}?table={table.code}"
    context = {
        "table": table,
        "columns": [{"label": _("When")}, {"label": _("Situation")}, {"label": _("What happened")}],
        "rows": rows,
        "marked": rows_of.marked_of_table(table.pk),
        "tables": [
            {"label": t.name, "url": f"{reverse('ledger')}?table={t.code}", "current": t == table}
            for t in tables.values()
        ],
        "shows": [
            {"label": _("Everything"), "url": here, "current": not odd},
            {"label": _("Unusual reveals"), "url": f"{here}&show=unusual", "current": odd},
        ],
        "definition": unusual.definition() if odd else "",
        "next_url": f"{here}&before={entries[-1].id}" if len(entries) == PAGE and not odd else "",
        "previous_url": here if before and not odd else "",
    }
    return render(request, "situations/ledger.html", context)


def _older(table_id: int, before: str) -> list[rows_of.Entry]:
    return rows_of.entries_of_table(table_id, before=int(before) if before.isdecimal() else 2**62, limit=PAGE)
