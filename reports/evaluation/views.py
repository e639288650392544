"""Which pages tell what the table cost and what came of it, and where is that entered?"""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.vocabulary import Role
from reports.committee import Committee, committee_of
from reports.evaluation import verbs
from reports.evaluation.forms import CostForm, NoteForm, ProxyForm
from reports.evaluation.pages import page
from reports.pack.periods import Period

FORMS: dict[str, type[CostForm | ProxyForm | NoteForm]] = {"cost": CostForm, "proxy": ProxyForm, "note": NoteForm}


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """The evaluation of a period of one table."""
    committee = committee_of(request)
    return _shown(request, committee, committee.period(request.GET.get("period", "")))


@require_POST
def evaluation_add(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter a cost, a proxy or a note."""
    committee = committee_of(request, Role.MANAGER)
    if kind not in FORMS:
        raise Http404
    form = _form(kind, committee, request)
    period = committee.period(request.POST.get("shown", ""))
    if not form.is_valid():
        return _shown(request, committee, period, {kind: form})
    said = form.cleaned_data
    verbs.enter_once(kind, said, key=said.pop("key"), table=committee.table, by=committee.by)
    messages.success(request, _("It is entered."))
    return redirect(committee.address("evaluation", period=said.get("period", period).code))


@require_POST
def evaluation_take_back(request: HttpRequest, kind: str, entry_id: int) -> HttpResponse:
    """Take an entry back."""
    committee = committee_of(request, Role.MANAGER)
    if kind not in FORMS:
        raise Http404
    verbs.take_back(kind, entry_id, table=committee.table, by=committee.by)
    messages.success(request, _("It is taken back. Releases keep what they were made of."))
    return redirect(committee.address("evaluation", period=request.POST.get("shown", "")))


def _form(kind: str, committee: Committee, request: HttpRequest | None = None, shown: Period | None = None) -> Form:
    data = request.POST if request else None
    initial = {"period": shown.code} if shown else None
    if kind == "proxy":
        return ProxyForm(data, prefix=kind)
    which = CostForm if kind == "cost" else NoteForm
    return which(data, prefix=kind, periods=committee.periods(), initial=initial)


def _shown(
    request: HttpRequest, committee: Committee, period: Period, bound: dict[str, Form] | None = None
) -> HttpResponse:
    bound = bound or {}
    titles = {
        "cost": _("Enter a cost"), "proxy": _("Enter what a result is worth"), "note": _("Write a note"),
    }  # fmt: skip
    forms = [
        {"kind": kind, "title": titles[kind], "form": bound.get(kind) or _form(kind, committee, shown=period),
         "open": kind in bound}
        for kind in (FORMS if committee.manages else ())
    ]  # fmt: skip
    context = {
        "committee": committee, "tabs": committee.tabs("evaluation"), "period": period, "forms": forms,
        "form": next(iter(bound.values()), None), "beside": committee.beside("evaluation"),
        "choices": [{"code": p.code, "label": p.label, "current": p == period} for p in committee.periods()],
        **page(committee, period),
    }  # fmt: skip
    return render(request, "reports/evaluation.html", context, status=200)
