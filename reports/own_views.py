"""Which page tells an agency its own figures, and where is the file?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies.models import Member
from privacy.decision import Denied, hide
from reports import own_figures
from reports.own_figures import OwnFigure, Place
from reports.pack.periods import Period, parse
from reports.spreadsheet import csv_bytes


class OwnForm(forms.Form):
    """Chosen in the address (GET)."""

    place = forms.ChoiceField(label=gettext_lazy("Agency and table"))
    quarter = forms.ChoiceField(
        label=gettext_lazy("Quarter"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the quarters in the list")},
    )

    def __init__(self, data: dict[str, str], *, places: list[Place], periods: list[Period]) -> None:
        super().__init__(data)
        named = _("%(agency)s, %(table)s")
        self.fields["place"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (p.code, named % {"agency": p.agency.name, "table": p.table.name}) for p in places
        ]
        self.fields["quarter"].choices = [(p.code, p.label) for p in periods]  # type: ignore[attr-defined]  # ChoiceField


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The own agency's totals of a quarter."""
    form, place, period, figures = _asked_for(request)
    context: dict[str, Any] = {"form": form, "agency": place.agency.name, "period": period, "rows": []}
    if figures:
        context |= {
            "columns": [{"label": _("Figure")}, {"label": _("Count"), "number": True}],
            "rows": [[{"text": f.label}, {"text": str(f.count), "number": True}] for f in figures],
            "csv_url": f"{reverse('own_csv')}?{urlencode({'place': place.code, 'quarter': period.code})}",
        }  # fmt: skip
    return render(request, "reports/own.html", context)


@require_safe
def own_csv(request: HttpRequest) -> HttpResponse:
    """The same totals as a file."""
    _form, place, period, figures = _asked_for(request)
    if not figures:
        raise Http404
    head: list[str | int | None] = [_("Table"), _("Agency"), _("Quarter"), _("Figure"), _("Count")]
    of = [place.table.code, place.agency.name, period.code]
    lines: list[list[str | int | None]] = [[*of, f.label, f.count] for f in figures]
    name = f"{place.table.code}-{period.code}-own.csv"
    return HttpResponse(
        csv_bytes([head, *lines]), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )  # fmt: skip


def _asked_for(request: HttpRequest) -> tuple[OwnForm, Place, Period, list[OwnFigure]]:
    """What is asked for, and its figures; none where the form has errors. An agency that is not one's own is hidden."""
    by = request.user
    if not isinstance(by, Member):
        raise Denied(hide())
    places = own_figures.places(by)
    code = request.GET.get("place") or (places[0].code if places else "")
    place = next((p for p in places if p.code == code), None)
    if place is None:
        raise Denied(hide())
    periods = own_figures.periods(place)
    data = {"place": code, "quarter": request.GET.get("quarter") or periods[0].code}
    form = OwnForm(data, places=places, periods=periods)
    if not form.is_valid():
        return form, place, periods[0], []
    period = parse(form.cleaned_data["quarter"])
    return form, place, period, own_figures.own_figures(place, period, by=by)
