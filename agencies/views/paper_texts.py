"""Which pages keep the two texts of a table? Their versions, the draft of the next one, its publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import texts
from agencies.forms.papers import PublishForm, TextForm
from agencies.models import AgreementInForce, PaperText, Seat, Table
from agencies.refusal import NotPossible
from agencies.views import paper_rows
from agencies.views.papers import governed
from agencies.vocabulary import Paper


@require_safe
def paper_text(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """The text that is signed now, and every version before and after it."""
    desk, which = governed(request, table), _kind(kind)
    versions = texts.versions(desk.table, which)
    wanted = request.GET.get("version", "")
    shown = next((v for v in versions if str(v.version) == wanted), None) or texts.in_force(desk.table, which)
    language = request.GET.get("text") or (get_language() or "en")[:2]
    language = "fr" if language == "fr" else "en"
    draft = versions[0] if versions[0].published_at is None else None
    context = {
        "title": which.label, "table": desk.table, "back_url": paper_rows.papers_url(desk.table), "shown": shown,
        "language": language, "other": "en" if language == "fr" else "fr", "blocks": texts.blocks(shown.body(language)),
        "versions": [_row(v, shown, desk.table, which) for v in versions],
        "edit_url": reverse("paper_text_edit", args=[table, kind]),
        "edit_label": _("Go on with the draft") if draft else _("Write a new version"),
        "publish_url": reverse("paper_text_publish", args=[table, kind]) if draft else "",
        "drop_url": reverse("paper_text_drop", args=[table, kind]) if draft else "",
    }  # fmt: skip
    return render(request, "agreements/text.html", context)


@require_http_methods(["GET", "POST"])
def paper_text_edit(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """Write the next version; it is a draft until it is published, and may lack one language."""
    desk, which = governed(request, table), _kind(kind)
    form = TextForm(texts.versions(desk.table, which)[0], request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        texts.save_draft(table=desk.table, kind=which, **form.cleaned_data, by=desk.by)
        if "later" in request.POST:
            messages.success(request, _("The draft is kept. Nobody signs it before it is published."))
            return redirect("paper_text", table, kind)
        return redirect("paper_text_publish", table, kind)
    context = {"form": form, "title": which.label, "table": desk.table, "back_url": _back(desk.table, which)}
    return render(request, "agreements/text_edit.html", context)


@require_http_methods(["GET", "POST"])
def paper_text_publish(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """Read the draft once more in both languages, say from when it is signed, and publish it."""
    desk, which = governed(request, table), _kind(kind)
    draft = _draft(desk.table, which)
    form = PublishForm(draft, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            texts.publish(
                draft,
                seen=got["seen"],
                valid_from=got["valid_from"],
                sign_again_from=got["sign_again_from"],
                by=desk.by,
            )
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("The text is published and kept as it is."))
            return redirect("paper_text", table, kind)
    context = {
        "form": form, "title": which.label, "table": desk.table,
        "back_url": reverse("paper_text_edit", args=[table, kind]),
        "english": texts.blocks(draft.body_en), "french": texts.blocks(draft.body_fr), "reviewed": draft.reviewed,
        "written_here": draft.written_here,
        "whom": _whom(desk.table, which),
    }  # fmt: skip
    return render(request, "agreements/text_publish.html", context)


@require_POST
def paper_text_drop(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """Throw the draft away."""
    desk, which = governed(request, table), _kind(kind)
    texts.drop_draft(_draft(desk.table, which), by=desk.by)
    messages.success(request, _("The draft is thrown away."))
    return redirect("paper_text", table, kind)


def _draft(table: Table, kind: Paper) -> PaperText:
    newest = texts.versions(table, kind)[0]
    if newest.published_at is not None:
        raise Http404
    return newest


def _kind(kind: str) -> Paper:
    try:
        return Paper(kind)
    except ValueError:
        raise Http404 from None


def _back(table: Table, kind: Paper) -> str:
    return reverse("paper_text", args=[table.code, kind])


def _whom(table: Table, kind: Paper) -> str:
    """How many would have to sign again: what a day for signing again means, in numbers."""
    if kind == Paper.AGREEMENT:
        n = AgreementInForce.objects.filter(table=table).values("agency").distinct().count()
        return ngettext("%(n)s agency has an agreement in force.", "%(n)s agencies have an agreement in force.", n) % {
            "n": n
        }
    n = Seat.objects.filter(table=table, accepted_by_member_at__isnull=False).values("member").distinct().count()
    return ngettext("%(n)s person has a seat.", "%(n)s people have a seat.", n) % {"n": n}


def _row(v: PaperText, shown: PaperText, table: Table, kind: Paper) -> dict[str, Any]:
    facts = []
    if v.valid_from:
        facts.append(_("signed from %(day)s") % {"day": date_format(v.valid_from)})
    if v.sign_again_from:
        facts.append(
            _("earlier signatures count until the day before %(day)s") % {"day": date_format(v.sign_again_from)}
        )
    if v.written_by:
        facts.append(v.written_by.name)
    elif v.version == 1:
        facts.append(_("came with the program"))
    return {
        "title": _("Version %(version)s") % {"version": v.version},
        "url": "" if v.pk == shown.pk else f"{_back(table, kind)}?version={v.version}",
        "when": _("Draft") if v.published_at is None else _("Shown here") if v.pk == shown.pk else "",
        "when_kind": "half" if v.published_at is None else "ok",
        "facts": facts,
    }
