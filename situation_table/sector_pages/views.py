"""Which pages keep the sectors? The list, one sector with its history, and its changes with a preview.

Whoever may not edit code lists finds nothing here (risk.permission).
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import sector_editor
from agencies.models import Sector
from risk import versions
from risk.changing import CHANGES, Change, change_of, two_steps
from risk.permission import editor_of
from situation_table.sector_pages import words
from situation_table.sector_pages.forms import RetireSectorForm, SectorForm

_FORMS: dict[str, type[SectorForm] | type[RetireSectorForm]] = {
    "new-version": SectorForm, "retire": RetireSectorForm, "bring-back": SectorForm,
}  # fmt: skip


@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    """The list: what is in force, what is planned, what is retired."""
    editor_of(request)
    typed, retired = request.GET.get("words", "").strip(), request.GET.get("retired") == "1"
    found = words.rows(words=typed, retired=retired)
    context = {
        "title": _("Sectors"), "groups": [{"label": "", "rows": found}] if found else [], "words": typed,
        "retired": retired, "add_url": reverse("sector_add"), "add_label": _("Add a sector"), "of_sectors": True,
    }  # fmt: skip
    return render(request, "catalogue/list.html", context)


@require_safe
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """One sector: what it says now, what is planned, every version it had."""
    editor_of(request)
    found = _versions(code)
    context = {
        "title": found[-1].label,
        "caption": _("Sectors"),
        "rows": words.wording(versions.now_or_newest(found)),
        "history": versions.history(found),
        "history_columns": versions.HISTORY_COLUMNS,
        "acts": [
            {"url": reverse("sector_change", args=[code, what]), "label": CHANGES[what][0]}
            for what in versions.possible(found[-1])
        ],
        "back_url": reverse("sectors"),
    }
    return render(request, "catalogue/code.html", context)


@require_http_methods(["GET", "POST"])
def sector_change(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Give a sector other words, retire it, or bring it back: from a day on."""
    by, found, posted = editor_of(request), _versions(code), request.method == "POST"
    possible, back_url = versions.possible(found[-1]), reverse("sector", args=[code])
    change = change_of(what, found[-1], possible=possible, posted=posted, back_url=back_url)
    form = _FORMS[what](found, request.POST if posted else None)
    return two_steps(request, form, change, by=by, preview=words.preview, address=words.address)


@require_http_methods(["GET", "POST"])
def sector_add(request: HttpRequest) -> HttpResponse:
    """Add a sector, from a day on."""
    by = editor_of(request)
    form = SectorForm((), request.POST if request.method == "POST" else None)
    change = Change(
        title=_("Add a sector"), caption=_("Sectors"), done=_("The sector is kept."), back_url=reverse("sectors")
    )
    return two_steps(request, form, change, by=by, preview=words.preview, address=words.address)


def _versions(code: str) -> list[Sector]:
    """Every version of a sector, oldest first; 404 where there is none."""
    found = sector_editor.versions(code)
    if not found:
        raise Http404
    return found
