"""What does each person see of one situation? Four pages, one projection: draft, item, huddle, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from privacy.vocabulary import Audience, Category, Filter
from situations import opening
from situations import scene as scenes
from situations.projection import project
from situations.scene import Scene
from situations.seen import SeenSituation
from situations.views import autosave, corrected, living
from situations.views.frame import Heads, band, heads, member_of
from situations.views.huddle import huddle_context
from situations.views.item import item_context
from situations.views.log import log_lines
from situations.views.offered import offered
from situations.views.tasks import tasks
from situations.vocabulary import ReturnReason, State
from situations.who_saw import who_saw

_NEWEST = 12


@require_safe
def situation(request: HttpRequest, situation_id: UUID) -> HttpResponse:
    """The page of one situation, as this member may see it now."""
    scene = scenes.load(situation_id, by=member_of(request))
    seen, counted = project(scene), heads(scene)
    template, more = _choose(scene, seen, counted)
    opening.note(scene)
    everything = request.GET.get("log") == "all"
    context = {
        "seen": seen,
        "band": band(scene, seen, counted),
        "back_url": reverse("situations") if seen.number else reverse("home"),
        "back_label": _("Back to situations") if seen.number else _("Back to home"),
        "log": _log(scene, everything=everything),
        "all_url": "" if everything else f"{reverse('situation', args=[situation_id])}?log=all#log",
        **more,
    }
    return living.page(request, f"situations/{template}.html", context, stream=_stream(scene, template))


def _stream(scene: Scene, template: str) -> str:
    """Which stream tells this page that it is out of date; a draft is nobody else's to change."""
    if template == "draft":
        return ""
    return reverse("live_huddle" if template == "huddle" else "live_situation", args=[scene.situation.pk])


def _choose(scene: Scene, seen: SeenSituation, counted: Heads) -> tuple[str, dict[str, Any]]:
    if scene.state == State.DRAFT:
        return "draft", _draft(scene, seen, counted)
    if Category.CODED in seen.categories and seen.stage in (Filter.F2, Filter.F3A):
        return "item", item_context(scene, seen, counted)
    if seen.named and Category.IDENTIFIERS in seen.categories:
        return "huddle", huddle_context(scene, seen, counted)
    return "closed", _closed(scene, seen)


def _draft(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    listed = tasks(scene, seen, counted)
    returned = scene.situation.determinations.filter(act="return").last()
    return {
        "tasks": listed,
        "saved": autosave.saved_words(seen.saved_at),
        "returned": ReturnReason(returned.reason).label if returned and returned.reason else "",
        "agency": scene.situation.originating_agency.name,
        "counted": counted,
        "discard_url": reverse("act", args=[seen.id, "discard"]),
    }


def _closed(scene: Scene, seen: SeenSituation) -> dict[str, Any]:
    past_door = seen.stage == "door"
    report = seen.report
    rows = [{"key": _("Status"), "value": report.status}]
    if report.reason:
        rows.append({"key": _("Reason"), "value": report.reason})
    if report.corrected:
        rows.append({"key": _("Corrected"), "value": "\n".join(corrected.endings(report))})
    if report.concluded_on:
        rows.append({"key": _("Ended on"), "value": date_format(report.concluded_on)})
    chosen = [
        {"text": c.agency, "kind": "ok" if c.person else "open", "side": c.person or _("Nobody named yet"),
         "note": c.necessity}
        for c in seen.choice or ()
    ]  # fmt: skip
    heard = bool(scene.relation.audiences & {Audience.SEATED, Audience.FACILITATOR, Audience.RECORDER})
    return {
        "past_door": past_door,
        "heard": past_door and heard,
        "tells": Audience.FACILITATOR not in scene.relation.audiences,
        "rows": rows,
        "chosen": chosen,
        # Whoever reads nothing but that it ended has nothing to step away from.
        "acts": offered(scene, leave_out=frozenset({"recuse"}) if _only_its_end(scene, seen) else frozenset()),
    }


def _only_its_end(scene: Scene, seen: SeenSituation) -> bool:
    if scene.state == State.TRANSFERRED:  # whoever brought it still reads the grounds given for passing it on
        return Audience.ORIGINATING not in scene.relation.audiences
    return seen.stage == Filter.CONCLUDED and Category.CODED not in seen.categories


def _log(scene: Scene, *, everything: bool) -> list[dict[str, str]] | None:
    entries = who_saw(scene)
    if entries is None:
        return None
    newest = list(reversed(entries))
    return log_lines(newest if everything else newest[:_NEWEST], every_name=everything)
