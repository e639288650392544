"""From which page is a meeting run? Strip, item, presence, and every act of this filter with what it makes visible.

The acts are those of the item's own page, by the same forms and verbs; impossible ones say why. Whoever does not drive
sees who does, and can take over. (screens.md, "Run the meeting"; docs/adr/0037)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Member, Standing
from privacy.access import standing_of
from privacy.context import is_shared
from privacy.decision import Text
from privacy.vocabulary import Category, Filter
from situations import agenda, deciding, leaving, opening, running, undoing
from situations.acts import ACTS
from situations.driving import driving
from situations.forms import FORMS
from situations.lifecycle import decisions
from situations.meeting import Meeting
from situations.projection import project
from situations.scene import Scene
from situations.seen import SeenSituation
from situations.views import living
from situations.views.act import DANGER
from situations.views.frame import Heads, band, heads, member_of
from situations.views.item import checks, chosen
from situations.views.now import de_identified, said_already
from situations.views.offered import entry, offered, said_once
from situations.views.present import present
from situations.views.preview import preview
from situations.views.strip import Strip, said, strip
from situations.vocabulary import MeetingState, State

#: The acts of whoever runs the meeting, in the order they are pressed, each with its key.
_KEYS = {
    "discuss": "o", "accept": "a", "choose": "c", "unchoose": "z", "pass_door": "h", "defer": "d", "reject": "r",
    "stop": "s", "return": "b",
}  # fmt: skip
_SAID_ELSEWHERE = frozenset({"originating-only", deciding.NOT_HANDED})


@require_safe
def meeting_control(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The control screen of a meeting, for those who run it."""
    by = member_of(request)
    seats = standing_of(by)
    found = running.visible_meeting(meeting_id, by=by, seats=seats)
    runs = _driving(found, by, seats)
    line = strip(found, by=by, seats=seats)
    scene = line.scene
    context = {
        "meeting": found,
        "title": date_format(localtime(found.starts_at), "WHOLE_DAY_AND_HOUR"),
        "sitting": found.state == MeetingState.SITTING,
        "planned": found.state == MeetingState.PLANNED,
        "held": found.state == MeetingState.HELD,
        "other_day": localtime(found.starts_at).date() != localdate(),
        "strip": line.items,
        "left": sum(e["left"] for e in line.items),
        **_what_waits(line),
        "now": line.current,
        "elsewhere": line.elsewhere,
        "seen_item": str(found.current_id or ""),
        "item_key": line.current["situation"] if line.current else "",
        "band": None,
        "part": "", "discuss": None, "checks": (), "choosing": False, "accept": None, "not_yet": "", "offers": (),
        "deferred": False, "for_agency": "", "may_lead": (),
        **present(found, scene=scene),
        **runs,
        **_planning(found, line, by),
        **_item(scene, by),
    }  # fmt: skip
    stream = reverse("live_meeting", args=[meeting_id])
    return living.page(request, "meetings/control.html", context, stream=stream, say=said(line))


def _what_waits(line: Strip) -> dict[str, Any]:
    """Once the last item of the list is dealt with: the first that the meeting passed over; else its end is next."""
    now = line.current
    last = now is not None and now["n"] == now["of"] and not now["left"]
    waits = next((e for e in line.items if e["left"] and not e["current"]), None) if last else None
    return {"waits": waits, "ends_above": last and waits is None}


def _driving(meeting: Meeting, by: Member, seats: Sequence[Standing]) -> dict[str, Any]:
    """Who turns the items, to whom the typing can be given, whether it can be taken."""
    found = driving(meeting, by=by, seats=seats)
    return {
        "drives": found.drives, "driver": found.driver, "types_for": found.types_for, "chairs": found.chairs,
        "may_take": found.may_take,
        "hand_to": [{"id": d.member, "name": d.name, "role": d.role.label} for d in found.hand_to],
    }  # fmt: skip


def _planning(meeting: Meeting, line: Strip, by: Member) -> dict[str, Any]:
    """What can be undone, and whose items should come forward because it leaves."""
    numbers = {str(e["id"]): e["number"] for e in line.items}
    leaves = [
        {
            "id": x.agency.pk, "agency": x.agency.name, "at": date_format(localtime(x.at), "HOUR"),
            "numbers": ", ".join(numbers[str(i.pk)] for i in x.items if str(i.pk) in numbers),
        }
        # Its items are those it was chosen for as well: not on a screen that others look at.
        for x in (() if is_shared() else leaving.leaving(meeting, by=by)) if x.items
    ]  # fmt: skip
    return {"undo": _slip(undoing.last(meeting), numbers), "leaves": leaves, "most_minutes": agenda.MOST_MINUTES}


def _slip(slip: undoing.Slip | None, numbers: dict[str, str]) -> str:
    """What would be undone, in words; empty where nothing can be."""
    if slip is None:
        return ""
    if slip["kind"] in ("present", "gone"):
        name = {"name": Member.objects.get(pk=slip["member"]).name}
        return (_("%(name)s is here") if slip["kind"] == "present" else _("%(name)s has left")) % name
    if slip["kind"] == "turn":
        return _("turn to %(number)s") % {"number": numbers[slip["to"]]} if slip["to"] in numbers else _("the turn")
    return _("the order of the items") if slip["kind"] == "order" else _("when an agency leaves")


def _item(scene: Scene | None, by: Member) -> dict[str, Any]:
    if scene is None:
        return {}
    seen, counted = project(scene), heads(scene)
    opening.note(scene)
    shared = {"seen": seen, "band": _band(scene, seen, counted)}
    if Category.CODED not in seen.categories or seen.stage not in (Filter.F2, Filter.F3A):
        return shared | {"part": "closed"}
    facts = {"facts": de_identified(scene), "choosing": scene.state == State.CHOOSING}
    return shared | {"part": "item", **facts, **_acts(scene, seen, counted)}


def _band(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    shown = band(scene, seen, counted)
    if seen.stage in (Filter.F2, Filter.F3A) and scene.item is not None:
        here = scene.item.presences.filter(left_at__isnull=True).count()
        shown["end"] = _("%(n)s hear it now") % {"n": here} if scene.in_discussion else ""
    return shown


def _acts(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    """The acts of this filter: those of the chair opened in place, the others as on the item's own page."""
    decided = decisions(scene)
    not_handed = next((d for d in decided.values() if d.code == deciding.NOT_HANDED), None)
    chairs = deciding.decides(scene) or deciding.typed_for(scene) is not None
    acts = offered(scene, leave_out=frozenset(_KEYS) - {"discuss"}, with_first=False)
    said = said_already(scene)
    others = [a | {"said": said.get(a["name"], False), "hint": ""} for a in acts.others if a["name"] != "discuss"]
    judging = scene.state == State.PRESENTED and scene.in_discussion
    shown = [n for n in _KEYS if n not in ("discuss", "accept") and decided.get(n)]
    refused: list[tuple[Text, Text]] = [
        (ACTS[n].label, decided[n].reason)
        for n in _KEYS
        if n != "accept" and n in decided and not decided[n] and decided[n].code not in _SAID_ELSEWHERE
    ]
    if not_handed is not None:
        refused.insert(0, (_("Decisions of the table"), not_handed.reason))
    return {
        "discuss": entry(scene, "discuss") if decided.get("discuss") and not scene.in_discussion else None,
        "accept": _in_place(scene, "accept", counted) if judging and chairs else None,
        "not_yet": decided["accept"].reason if judging and chairs and not decided["accept"] else "",
        "checks": checks(seen.discussion, scene) if judging and seen.discussion else (),
        "deferred": scene.state == State.PRESENTED and scene.item is not None and scene.item.closed_at is not None,
        "chosen": chosen(seen),
        "may_lead": _may_lead(scene, seen, may_choose=bool(decided.get("choose"))),
        "offers": _offers(scene, seen, may_choose=bool(decided.get("choose"))),
        "in_place": [_in_place(scene, n, counted) for n in shown],
        "taps": others,
        "for_agency": _speaks_for(scene) if any(a["name"] in said for a in others) else "",
        "refused": said_once(refused),
        "page_url": reverse("situation", args=[scene.situation.pk]),
    }


def _offers(scene: Scene, seen: SeenSituation, *, may_choose: bool) -> list[dict[str, Any]]:
    """The agencies that say they should be involved; one tap chooses one, for the reason it gave."""
    there = {c.agency_id for c in seen.choice or ()}
    taps = may_choose and seen.choice is not None  # on a shared screen one is chosen by the form, which tells nothing
    return [
        {
            "agency": o.agency, "why": o.why, "chosen": o.agency_id in there,
            "url": reverse("act", args=[scene.situation.pk, "choose"]) if taps else "",
            "fields": {"agency": o.agency_id, "necessity": o.code, "key": uuid4().hex},
        }
        for o in (seen.discussion.offers if seen.discussion else ())
    ]  # fmt: skip


def _speaks_for(scene: Scene) -> str:
    """The agency in whose name the taps speak: the facilitator's own, as `situations/effects/threshold.py` takes it."""
    backs = scene.relation.backs - {scene.situation.originating_agency_id}
    return next((s.agency.name for s in scene.seats if backs and s.agency_id == min(backs)), "")


def _may_lead(scene: Scene, seen: SeenSituation, *, may_choose: bool) -> list[dict[str, Any]]:
    """While no lead is proposed: the chosen agencies, each to be proposed by one tap, for the reason it was chosen."""
    chosen_ones = seen.choice or ()
    if not may_choose or any(c.proposed_lead for c in chosen_ones):
        return []
    why = {e.agency_id: e.necessity for e in scene.engagements}
    return [
        {
            "agency": c.agency,
            "url": reverse("act", args=[scene.situation.pk, "choose"]),
            "fields": {
                "agency": c.agency_id, "necessity": why[c.agency_id], "proposed_lead": "on", "key": uuid4().hex,
            },
        }
        for c in chosen_ones if c.agency_id != scene.situation.originating_agency_id
    ]  # fmt: skip


def _in_place(scene: Scene, name: str, counted: Heads) -> dict[str, Any]:
    """One act with its form and what it makes visible to whom, as meetings/_act.html takes it."""
    return {
        "name": name,
        "label": ACTS[name].label,
        "key": _KEYS[name],
        "url": reverse("act", args=[scene.situation.pk, name]),
        "form": FORMS[name](scene, auto_id=f"id_{name}_%s"),
        "preview": preview(scene, name, counted),
        "kind": "danger" if name in DANGER else "",
    }
