"""On which page do many people come in by a file? First what it would do, then the doing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies import people_import as verbs
from agencies.forms.people import ImportForm
from agencies.refusal import NotPossible
from agencies.views import who


@require_http_methods(["GET", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """Read a file without doing anything; carried out only from the page that said what it would do."""
    by = who.administrator(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    reading: verbs.Reading | None = None
    text = ""
    if form.is_bound and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            text = verbs.decoded(upload.read()) if upload else form.cleaned_data["text"]
            if request.POST.get("do") == "import":
                count = verbs.carry_out(text, by=by)
                said = ngettext("%(n)s seat is proposed.", "%(n)s seats are proposed.", count) % {"n": count}
                messages.success(request, said)
                return redirect("people")
            reading = verbs.read(text, by=by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
    if reading is not None or (form.is_bound and text):
        form = ImportForm(initial={"text": text}) if reading is not None else form
    context = {
        "form": form, "read": reading is not None, "text": text,
        "mistakes": [_mistake(m) for m in reading.mistakes] if reading else [],
        "columns": [{"label": label} for label in (_("Line"), _("Name"), _("E-mail"), _("Agency"), _("Seat"))],
        "rows": [_row(p) for p in reading.proposals] if reading and not reading.mistakes else [],
        "count": len(reading.proposals) if reading else 0,
    }  # fmt: skip
    return render(request, "belonging/import.html", context)


def _mistake(mistake: verbs.Mistake) -> dict[str, Any]:
    names = {
        "name": _("Name"), "email": _("E-mail"), "agency": _("Agency"), "table": _("Table"), "role": _("Role"),
        "until": _("Until"), "phone": _("Telephone at work"), "language": _("Language"), "": "",
    }  # fmt: skip
    return {"line": mistake.line, "column": names[mistake.column], "reason": mistake.reason}


def _row(proposal: verbs.Proposal) -> list[dict[str, Any]]:
    seat = f"{proposal.role.label}, {proposal.table.code}"
    if proposal.until is not None:
        seat = _("%(seat)s, until %(day)s") % {"seat": seat, "day": date_format(proposal.until)}
    cells = (proposal.line, proposal.name, proposal.email, proposal.agency.name, seat)
    return [{"text": cell} for cell in cells]
