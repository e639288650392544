"""What does the shared screen show: on the wall of the room, or in a window shared in a call?

Its own frame and its own values: the template takes an `OnScreen`, which has no place for a name, a text, a link or
anything beyond filter 2; everybody who may put it up gets the same one. (screens.md, "Shared screen"; docs/adr/0042)
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Member, Standing
from agencies.vocabulary import Role
from privacy.decision import Denied
from privacy.models import AccessState
from privacy.policy import rule
from privacy.vocabulary import Audience, Category, Filter
from situations import opening, running
from situations import scene as scenes
from situations.meeting import AgendaItem, Meeting
from situations.projection import project_for_room
from situations.seen import SeenSituation
from situations.turns import spent_now
from situations.views import living
from situations.views.facts import factor_rows, heading
from situations.views.frame import member_of
from situations.views.item import checks
from situations.views.strip import clock
from situations.vocabulary import MeetingState, State


@dataclass(frozen=True, slots=True)
class Spent:
    """The time the table was on the item, and what was planned."""

    seconds: int
    clock: str
    planned: str
    planned_seconds: int
    pace: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of facts (a category and its codes), or of how the threshold stands."""

    key: str
    words: tuple[str, ...]
    kind: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """Everything that can stand on the screen. `part`: item, closed, apart, between, before, over."""

    table: str
    when: str
    part: str
    n: int = 0
    of: int = 0
    spent: Spent | None = None
    stage: str = ""
    number: str = ""
    heading: str = ""
    brought_by: str = ""
    status: str = ""
    factors: tuple[Line, ...] = ()
    factor_count: int = 0
    youth_codes_hidden: bool = False
    checks: tuple[Line, ...] = ()


@require_safe
def meeting_screen(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The shared screen of a meeting, for whoever is seated at its table to put up."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    running.may_show(found, by=by).require()
    screen, stream = on_screen(found, by=by), reverse("live_meeting", args=[meeting_id])
    return living.page(
        request, "screen/screen.html", {"screen": screen}, stream=stream, say=_said(screen), frame="screen/frame.html"
    )


def on_screen(meeting: Meeting, *, by: Member) -> OnScreen:
    """What stands on it now; `by` only decides that the screen may be up, and can make it show less."""
    table, when = meeting.table.name, date_format(localtime(meeting.starts_at), "WHOLE_DAY_AND_HOUR")
    item = meeting.current
    if meeting.state != MeetingState.SITTING:
        return OnScreen(table, when, "before" if meeting.state == MeetingState.PLANNED else "over")
    places = _places(meeting)
    if item is None:
        return OnScreen(table, when, "between", of=len(places))
    n = places.index(item.situation_id) + 1 if item.situation_id in places else 0
    place = OnScreen(table, when, "apart", n=n, of=len(places), spent=_spent(meeting, item))
    try:
        scene = scenes.load(item.situation_id, by=by)
    except Denied:
        return place
    seen = project_for_room(scene, beside=_beside(meeting, item))
    if Category.CODED in seen.categories:
        opening.note(scene)
        return _item(place, seen, scene)
    return _closed(place, seen) if Category.REPORT_BACK in seen.categories else place


def _item(place: OnScreen, seen: SeenSituation, scene: scenes.Scene) -> OnScreen:
    coded = seen.coded
    talked = seen.discussion if scene.state == State.PRESENTED else None
    return OnScreen(
        place.table, place.when, "item", place.n, place.of, place.spent,
        stage=seen.stage,
        number=seen.number,
        heading=heading(seen),
        brought_by=coded.originating_agency if coded else "",
        factors=tuple(Line(r["key"], tuple(r.get("lines") or [r["value"]])) for r in factor_rows(seen)),
        factor_count=len(coded.risk_factors) if coded else 0,
        youth_codes_hidden=coded.youth_codes_hidden if coded else False,
        checks=tuple(
            Line(c["text"], tuple(x for x in [c["note"]] if x), c["kind"], c["side"]) for c in checks(talked, scene)
        ) if talked else (),
    )  # fmt: skip


def _closed(place: OnScreen, seen: SeenSituation) -> OnScreen:
    """Past the door, or ended: the number and that it has gone on. How it ended is told aloud."""
    return OnScreen(
        place.table, place.when, "closed", place.n, place.of, place.spent,
        stage=seen.stage, number=seen.number, status=str(seen.report.status),
    )  # fmt: skip


def _places(meeting: Meeting) -> list[UUID]:
    """The items in order that the table knows of: the same count whoever put the screen up."""
    items = list(meeting.items.order_by("position").values_list("situation_id", flat=True))
    states = AccessState.objects.filter(pk__in=items, table_id=meeting.table_id, presented=True)
    known = {s.pk for s in states if Category.EXISTENCE in rule(Filter(s.filter), Audience.SEATED).categories}
    return [i for i in items if i in known]


def _beside(meeting: Meeting, item: AgendaItem) -> list[Audience]:
    """Who is in the room besides the table: guests, and whoever was called for another item only."""
    there = meeting.presences.filter(guest=True, left_at__isnull=True).values("member_id")
    seats = Standing.objects.at(meeting.table_id).filter(role=Role.GUEST, meeting=meeting.pk, member_id__in=there)
    mine = {s.item in (None, item.situation_id) for s in seats}
    return [Audience.GUEST if hears else Audience.OUTSIDER for hears in sorted(mine)]


def _spent(meeting: Meeting, item: AgendaItem) -> Spent:
    seconds, planned = item.spent_seconds + spent_now(meeting, timezone.now()), 60 * item.planned_minutes
    pace = "over" if seconds > planned else ("near" if seconds > planned * 0.8 else "")
    return Spent(seconds, clock(seconds), clock(planned), planned, pace)


def _said(screen: OnScreen) -> str:
    if not screen.n:
        return ""
    return _("Item %(n)s of %(of)s") % {"n": screen.n, "of": screen.of}
