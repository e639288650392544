"""Which pages keep the code lists? The lists, one list, one code with its history, and its changes with a preview.

Every change is made in two steps (risk.changing). Whoever may not edit finds nothing here (risk.permission). A list
that another room keeps is a row of the first page, and has pages of its own (the setting FURTHER_CODE_LISTS).
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from risk import fixed, shown, versions
from risk.changing import CHANGES, Change, change_of, two_steps
from risk.forms import NewCodeForm, RetireForm, WordingForm
from risk.models import CatalogueEntry
from risk.permission import editor_of
from risk.vocabulary import CodeList

_FORMS: dict[str, type[WordingForm] | type[RetireForm]] = {
    "new-version": WordingForm, "retire": RetireForm, "bring-back": WordingForm,
}  # fmt: skip


@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    """All lists, with how many codes each has."""
    editor_of(request)
    entries = list(CatalogueEntry.objects.all())
    items = [shown.a_list(c, entries) for c in CodeList]
    items += [import_string(path)() for path in settings.FURTHER_CODE_LISTS]
    return render(request, "catalogue/lists.html", {"items": items})


@require_safe
def code_list(request: HttpRequest, code_list: str) -> HttpResponse:
    """One list, by category: what is in force, what is planned, what is retired."""
    editor_of(request)
    which = _list(code_list)
    words, retired = request.GET.get("words", "").strip(), request.GET.get("retired") == "1"
    context = {
        "title": which.label,
        "groups": shown.groups(which, words=words, retired=retired),
        "words": words,
        "retired": retired,
        "add_url": reverse("code_add", args=[which]) if fixed.takes_new_codes(which) else "",
        "add_label": _("Add a code"),
    }
    return render(request, "catalogue/list.html", context)


@require_safe
def code(request: HttpRequest, code_list: str, category: str, code: str) -> HttpResponse:
    """One code: what it says now, what is planned, every version it had."""
    editor_of(request)
    found = _versions(code_list, category, code)
    context = {
        "title": found[-1].label,
        "caption": shown.caption(found[-1]),
        "rows": shown.wording(versions.now_or_newest(found)),
        "history": versions.history(found),
        "history_columns": versions.HISTORY_COLUMNS,
        "acts": [
            {"url": reverse("code_change", args=[code_list, category, code, what]), "label": CHANGES[what][0]}
            for what in shown.possible(found[-1])
        ],
        "back_url": reverse("code_list", args=[code_list]),
    }
    return render(request, "catalogue/code.html", context)


@require_http_methods(["GET", "POST"])
def code_change(request: HttpRequest, code_list: str, category: str, code: str, what: str) -> HttpResponse:
    """Give a code another wording, retire it, or bring it back: from a day on."""
    by, found = editor_of(request), _versions(code_list, category, code)
    posted, possible = request.method == "POST", shown.possible(found[-1])
    if what not in possible and not fixed.takes_new_codes(_list(code_list)):
        raise Http404
    back_url = reverse("code", args=[code_list, category, code])
    change = change_of(what, found[-1], possible=possible, posted=posted, back_url=back_url)
    form = _FORMS[what](found, request.POST if posted else None)
    return two_steps(request, form, change, by=by, preview=shown.preview, address=shown.address)


@require_http_methods(["GET", "POST"])
def code_add(request: HttpRequest, code_list: str) -> HttpResponse:
    """Add a code to a list, from a day on."""
    by, which = editor_of(request), _list(code_list)
    if not fixed.takes_new_codes(which):
        raise Http404
    form = NewCodeForm(which, request.POST if request.method == "POST" else None)
    change = Change(
        title=_("Add a code"), caption=str(which.label), done=_("The code is kept."),
        back_url=reverse("code_list", args=[which]),
    )  # fmt: skip
    return two_steps(request, form, change, by=by, preview=shown.preview, address=shown.address)


def _list(code_list: str) -> CodeList:
    try:
        return CodeList(code_list)
    except ValueError:
        raise Http404 from None


def _versions(code_list: str, category: str, code: str) -> list[CatalogueEntry]:
    """Every version of a code, oldest first; 404 where there is none."""
    category_code = "" if category == shown.NO_CATEGORY else category
    found = CatalogueEntry.objects.versions(_list(code_list), category_code, code)
    rows = list(found.select_related("written_by", "retired_by"))
    if not rows:
        raise Http404
    return rows
