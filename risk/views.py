"""Which pages keep the code lists? The lists, one list, one code with its history, and its changes with a preview.

Every change is made in two steps that work without JavaScript: the form, then what it will change, then the
confirmation. Whoever may not edit finds nothing here (risk.permission).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from risk import fixed, shown
from risk.editor import ChangedMeanwhile, NotPossible
from risk.forms import ChangeForm, NewCodeForm, RetireForm, WordingForm
from risk.models import CatalogueEntry
from risk.permission import editor_of
from risk.vocabulary import CodeList

#: What can be done to a code: the form, the words of its page and button, of what was done.
_CHANGES: dict[str, tuple[type[WordingForm] | type[RetireForm], Any, Any]] = {
    "new-version": (WordingForm, gettext_lazy("Change the words"), gettext_lazy("The new words are kept.")),
    "retire": (RetireForm, gettext_lazy("Retire"), gettext_lazy("The retirement is kept.")),
    "bring-back": (WordingForm, gettext_lazy("Bring back"), gettext_lazy("It comes back on that day.")),
}


@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    """All lists, with how many codes each has."""
    editor_of(request)
    entries = list(CatalogueEntry.objects.all())
    return render(request, "catalogue/lists.html", {"items": [shown.a_list(c, entries) for c in CodeList]})


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
    }
    return render(request, "catalogue/list.html", context)


@require_safe
def code(request: HttpRequest, code_list: str, category: str, code: str) -> HttpResponse:
    """One code: what it says now, what is planned, every version it had."""
    editor_of(request)
    versions = _versions(code_list, category, code)
    context = {
        "title": versions[-1].label,
        "caption": shown.caption(versions[-1]),
        "rows": shown.wording(shown.now_or_newest(versions)),
        "history": shown.history(versions),
        "history_columns": shown.HISTORY_COLUMNS,
        "acts": [
            {"url": reverse("code_change", args=[code_list, category, code, what]), "label": _CHANGES[what][1]}
            for what in shown.possible(versions[-1])
        ],
        "back_url": reverse("code_list", args=[code_list]),
    }
    return render(request, "catalogue/code.html", context)


@require_http_methods(["GET", "POST"])
def code_change(request: HttpRequest, code_list: str, category: str, code: str, what: str) -> HttpResponse:
    """Give a code another wording, retire it, or bring it back: from a day on."""
    versions = _versions(code_list, category, code)
    if what not in shown.possible(versions[-1]):
        raise Http404
    form_class, title, done = _CHANGES[what]
    form = form_class(versions[-1], request.POST if request.method == "POST" else None)
    words = {
        "title": title,
        "caption": versions[-1].label,
        "kind": "danger" if what == "retire" else "",
        "back_url": reverse("code", args=[code_list, category, code]),
    }
    return _two_steps(request, form, words, done=done)


@require_http_methods(["GET", "POST"])
def code_add(request: HttpRequest, code_list: str) -> HttpResponse:
    """Add a code to a list, from a day on."""
    which = _list(code_list)
    if not fixed.takes_new_codes(which):
        raise Http404
    form = NewCodeForm(which, request.POST if request.method == "POST" else None)
    words = {
        "title": _("Add a code"),
        "caption": which.label,
        "kind": "",
        "back_url": reverse("code_list", args=[which]),
    }
    return _two_steps(request, form, words, done=_("The code is kept."))


def _two_steps(request: HttpRequest, form: ChangeForm, words: dict[str, Any], *, done: Any) -> HttpResponse:
    """The form; then what it will change; then, confirmed, the change itself."""
    by = editor_of(request)
    step = request.POST.get("step", "")
    if form.is_bound and step != "edit" and form.is_valid():
        if step != "confirm":
            return render(request, "catalogue/preview.html", words | {"form": form, "preview": shown.preview(form)})
        try:
            written = form.write(by=by)
        except NotPossible as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            form.add_error(
                None, _("Somebody changed this code after you opened the page. Go back and look at it again.")
            )
        else:
            messages.success(request, done)
            return redirect("code", written.code_list, written.category_code or shown.NO_CATEGORY, written.code)
    return render(request, "catalogue/change.html", words | {"form": form, "today": date_format(timezone.localdate())})


def _list(code_list: str) -> CodeList:
    try:
        return CodeList(code_list)
    except ValueError:
        raise Http404 from None


def _versions(code_list: str, category: str, code: str) -> list[CatalogueEntry]:
    """Every version of a code, oldest first; 404 where there is none."""
    category_code = "" if category == shown.NO_CATEGORY else category
    found = CatalogueEntry.objects.versions(_list(code_list), category_code, code)
    versions = list(found.select_related("written_by", "retired_by"))
    if not versions:
        raise Http404
    return versions
