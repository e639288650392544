"""How is any act carried out from a page? One shape: load, show or send the form, perform, redirect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Member
from privacy.decision import Denied
from situations import lifecycle, marks
from situations import scene as scenes
from situations.acts import ACTS
from situations.forms import FORMS, ActForm
from situations.projection import project
from situations.seen import SeenSituation
from situations.views import living, marked
from situations.views.again import done_before, fresh
from situations.views.facts import coded_rows
from situations.views.frame import band, heads, member_of
from situations.views.preview import preview, sees_after
from situations.views.stepping_away import what_recusing_does

#: Acts that take something away: their button warns.
DANGER = frozenset(
    {"discard", "withdraw", "reject", "stop", "stop_intervention", "recall", "withdraw_consent", "recuse"}
)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, situation_id: UUID, act: str) -> HttpResponse:
    """The page and the post of one act on one situation."""
    by = member_of(request)
    if act not in ACTS or act == "save":
        raise Http404
    key = request.POST.get("key", "")
    if request.method == "POST" and done_before(by, act, key, situation_id):
        return _leave(request, situation_id, by)
    scene = scenes.load(situation_id, by=by)
    lifecycle.decide(ACTS[act], scene).require()
    if request.method != "POST":
        return _page(request, scene, FORMS[act](scene, initial=_given(request)))
    form = FORMS[act](scene, request.POST)
    if not form.is_valid():
        return _page(request, scene, form)
    return _perform(request, scene, form)


def _perform(request: HttpRequest, scene: scenes.Scene, form: ActForm) -> HttpResponse:
    """Carry it out. What the lifecycle refuses in something typed is said on the form, with all that was typed."""
    ref, seen_version = scene.situation.pk, form.cleaned_data["seen_version"]
    try:
        with transaction.atomic():
            lifecycle.perform(
                form.act, ref, by=scene.by, key=form.cleaned_data["key"], seen_version=seen_version, **form.act_data()
            )
    except Denied as refused:
        if refused.decision.hidden or not form.asks:
            raise
        form.refuse(refused.decision)
        return _page(request, scenes.load(ref, by=scene.by), form)
    except lifecycle.Stale:
        return _conflict(request, scene.by, ref, form)
    messages.success(request, _("Done: %(act)s.") % {"act": ACTS[form.act].label})
    return _leave(request, ref, scene.by)


def _conflict(request: HttpRequest, by: Member, ref: UUID, sent: ActForm) -> HttpResponse:
    """Somebody changed it meanwhile: nothing was done, what was typed is kept, the page shows it as it is."""
    scene = scenes.load(ref, by=by)
    lifecycle.decide(ACTS[sent.act], scene).require()
    form = FORMS[sent.act](scene, fresh(request.POST, FORMS[sent.act](scene)))
    form.is_valid()
    said = _("This changed after you opened the page. Nothing was done. Look at it as it is now, then confirm again.")
    if form.overwrites:
        said = _(
            "Somebody wrote here after you opened the page. Nothing of it was overwritten; yours is still in the"
            " fields. Reveal what stands there now on the situation’s own page. Confirm again to put yours in its"
            " place."
        )
    form.add_error(None, said)
    return _page(request, scene, form, status=409)


def _given(request: HttpRequest) -> dict[str, Any]:
    """Choices a link has made already, for example which action is closed. Codes and numbers only."""
    return {k: v for k, v in request.GET.items() if k in ("number", "agency", "subject", "reason", "notice")}


def _leave(request: HttpRequest, ref: UUID, by: Member) -> HttpResponse:
    """Back to the meeting's page it was done on; else to the situation, or home where it is no longer theirs to see."""
    if meeting := living.asked_back(request, ref):
        return living.back_to(request, meeting)
    try:
        scenes.load(ref, by=by)
    except Denied:
        return redirect("home")
    return redirect("situation", ref)


def _page(request: HttpRequest, scene: scenes.Scene, form: ActForm, *, status: int = 200) -> HttpResponse:
    seen, counted = project(scene), heads(scene)
    moves = preview(scene, form.act, counted)
    context = {
        "form": form,
        "act": form.act,
        "title": ACTS[form.act].label,
        "caption": _caption(seen),
        "because": ACTS[form.act].because,
        "band": band(scene, seen, counted),
        "back": living.back_of(request),
        "back_url": living.back_url(request, scene.situation.pk),
        "preview": moves,
        "does": what_recusing_does(scene) if form.act == "recuse" else (),
        "who": "" if moves or form.act == "recuse" else sees_after(scene, form.act, counted),
        "check": coded_rows(seen) if form.act == "present" else (),
        "summary": seen.summary if form.act == "present" else "",
        "marks": marked.rows(*marks.marks_left(scene)) if form.act == "present" else (),
        "fix_url": reverse("draft_section", args=[scene.situation.pk, "summary"]),
        "kind": "danger" if form.act in DANGER else "",
        "conflict": status == 409,
        "now": seen.report.status if status == 409 else "",
        "look_url": reverse("situation", args=[scene.situation.pk]) if status == 409 else "",
    }
    return render(request, "situations/act.html", context, status=status)


def _caption(seen: SeenSituation) -> str:
    return seen.number or _("Draft %(code)s") % {"code": seen.draft_code}
