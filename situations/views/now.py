"""What does a member's device show while the meeting sits? The item the table is on, at the stage allowed to it.

Before the door: the facts, and what one's own agency can say. Past it: nothing but that it has gone on, and for the
named persons the way to their own page. (screens.md, "Members' devices"; R15, R58)
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.kept import kept
from privacy.access import standing_of
from privacy.vocabulary import Category, Filter
from situations import on_file, opening, running
from situations.live import lately
from situations.meeting import MeetingPresence
from situations.projection import project
from situations.scene import Scene, alike
from situations.seen import SeenSituation
from situations.turns import may_drive
from situations.views import living
from situations.views.facts import factor_rows, heading
from situations.views.frame import Heads, band, heads, member_of
from situations.views.offered import entry, offered
from situations.views.strip import Strip, said, strip
from situations.vocabulary import MeetingState

#: What one says in the room by a tap; everything else is on the item's own page.
_TAPS = ("stand", "name_person", "offer", "agree_reject", "object", "resolve_objection")
_DE_IDENTIFIED = (Filter.F2, Filter.F3A)


@require_safe
def meeting_now(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as it sits, from one's own chair."""
    by = member_of(request)
    seats = standing_of(by)
    found = running.visible_meeting(meeting_id, by=by, seats=seats)
    line = strip(found, by=by, seats=seats)
    may_run = bool(running.may_run(found.table_id, by=by, seats=seats))
    context = {
        "meeting": found,
        "title": date_format(localtime(found.starts_at), "WHOLE_DAY_AND_HOUR"),
        "sitting": found.state == MeetingState.SITTING,
        "now": line.current,
        "elsewhere": line.elsewhere,
        "may_run": may_run,
        "drives": may_run and bool(may_drive(found, by=by, seats=seats)),
        "here": bool(_here(found.pk, by.pk)),
        "me": by.pk,
        "item_key": line.current["situation"] if line.current else "",
        "band": None,
        "part": "",
        **_item(line, live=living.asked(request)),
    }
    return living.page(
        request, "meetings/now.html", context, stream=reverse("live_meeting", args=[meeting_id]), say=said(line)
    )


@kept
def _here(meeting_id: UUID, member_id: int) -> QuerySet[MeetingPresence]:
    return MeetingPresence.objects.filter(meeting_id=meeting_id, member_id=member_id, left_at__isnull=True)


def _item(line: Strip, *, live: bool) -> dict[str, Any]:
    scene = line.scene
    if scene is None:
        return {}
    if live:
        lately.lend(scene)
    seen, counted = project(scene), heads(scene)
    opening.note(scene)
    shared = {"band": band(scene, seen, counted), "seen": seen}
    if Category.CODED in seen.categories and seen.stage in _DE_IDENTIFIED:
        return shared | {"part": "item", "facts": de_identified(scene), **_taps(scene, counted)}
    if seen.named and Category.IDENTIFIERS in seen.categories:
        return shared | {"part": "huddle", "band": _closed_band(seen)}
    return shared | {"part": "closed"}


@alike
def de_identified(scene: Scene) -> SafeString:
    """The facts of an item before the door, as they stand on the page: no act, no form, nothing of one's own."""
    seen = project(scene)
    coded = seen.coded
    facts = {
        "seen": seen,
        "heading": heading(seen),
        "facts": factor_rows(seen),
        "factor_count": len(coded.risk_factors) if coded else 0,
        "brought_by": coded.originating_agency if coded else "",
    }
    return render_to_string("meetings/_item.html", facts)


def _closed_band(seen: SeenSituation) -> dict[str, Any]:
    """Behind the door is another page: this one stays what everybody may look at over a shoulder."""
    return {"code": "door", "words": _("With intervening agencies, you among them"), "end": ""}


def _taps(scene: Scene, counted: Heads) -> dict[str, Any]:
    acts, already = offered(scene), said_already(scene)
    return {
        "taps": [
            entry(scene, name)
            | {
                "said": already.get(name, False),
                "hint": "",
                "kind": "" if name in ("stand", "name_person") else "quiet",
            }
            for name in _TAPS
            if name in acts.possible and not (name == "object" and already["object"])
        ],
        "recuse": entry(scene, "recuse") if "recuse" in acts.possible else None,
        "for_agency": scene.own_agency().name if scene.relation.agencies else "",
        "page_url": reverse("situation", args=[scene.situation.pk]),
        "count": counted.table,
    }


def said_already(scene: Scene) -> dict[str, bool]:
    """What the member's agency has said of this item, by the act that says it."""
    mine = scene.relation.agencies | scene.relation.backs
    stands = {s.stance for s in on_file.stands(scene) if s.agency_id in mine}
    return {
        "stand": "accept" in stands,
        "agree_reject": "reject" in stands,
        "object": bool(scene.relation.agencies & on_file.objecting(scene)),
    }
