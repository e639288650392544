"""How is a meeting run and ended from its page? The verbs are those of situations.meetings, agenda and presence."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Member
from privacy.access import standing_of
from privacy.decision import Denied, hide
from situations import agenda, correcting, issues, presence, running
from situations import meetings as verbs
from situations import scene as scenes
from situations.meeting import Meeting
from situations.views import agenda as parts
from situations.views import living
from situations.views.frame import member_of
from situations.views.guests import guests_box
from situations.vocabulary import IssueKind, MeetingState, Mode


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: its agenda, who is here, what can be done."""
    by = member_of(request)
    seats = standing_of(by)
    found = running.visible_meeting(meeting_id, by=by, seats=seats)
    may_run = bool(running.may_run(found.table_id, by=by, seats=seats))
    context = {
        "meeting": found,
        "title": date_format(timezone.localtime(found.starts_at), "WHOLE_DAY_AND_HOUR"),
        "state": found.get_state_display(),
        "planned": found.state == MeetingState.PLANNED,
        "other_day": timezone.localtime(found.starts_at).date() != timezone.localdate(),
        "cancelled": found.state == MeetingState.CANCELLED,
        "until": date_format(timezone.localtime(found.starts_at + timedelta(minutes=found.minutes)), "HOUR"),
        "sitting": found.state == MeetingState.SITTING,
        "may_run": may_run,
        "may_show": bool(running.may_show(found, by=by, seats=seats)),
        "held": found.state == MeetingState.HELD,
        "to_confirm": correcting.unconfirmed(found) if may_run else [],
        "issues": parts.issues(found, may_run=may_run),
        "guests": guests_box(found, by=by, seats=seats),
        **parts.agenda(found, by=by, may_run=may_run, seats=seats),
        **parts.presence(found, by=by, may_run=may_run),
    }
    return living.page(request, "meetings/meeting.html", context, stream=reverse("live_meeting", args=[found.pk]))


@require_POST
def meeting_do(request: HttpRequest, meeting_id: UUID, verb: str) -> HttpResponse:
    """Start, end, add or move an item, mark somebody present or gone."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    act = {
        "start": _start,
        "end": _end,
        "add": _add,
        "move": _move,
        "present": _present,
        "gone": _gone,
        "issue": _issue,
        "issue_done": _issue_done,
    }.get(verb)
    if act is None:
        raise Http404
    with transaction.atomic():
        act(request, found, by)
    parts_of = {"present": "#present", "gone": "#present", "issue": "#issues", "issue_done": "#issues"}
    return living.back_to(request, found, part=parts_of.get(verb, ""))


def _start(request: HttpRequest, found: Meeting, by: Member) -> None:
    verbs.start(found, by=by)


def _end(request: HttpRequest, found: Meeting, by: Member) -> None:
    verbs.end(found, by=by)


def _add(request: HttpRequest, found: Meeting, by: Member) -> None:
    if not request.POST.get("situation"):
        messages.error(request, _("Choose the situation that you want on the agenda. Nothing was added."))
        return
    ref = _uuid(request.POST["situation"])
    situation = scenes.load(ref, by=by).situation  # 404 for what they stepped away from, too
    if situation.table_id != found.table_id:
        raise Http404
    agenda.add_to_agenda(found, situation, by=by)


def _move(request: HttpRequest, found: Meeting, by: Member) -> None:
    item = agenda.item_of(found, _uuid(request.POST.get("item", "")), by=by)
    agenda.move_item(item, up=request.POST.get("way") == "up", by=by)


def _present(request: HttpRequest, found: Meeting, by: Member) -> None:
    mode = Mode.PHONE if request.POST.get("mode") == Mode.PHONE else Mode.ROOM
    presence.mark_present(found, _member(request, found), by=by, mode=mode)


def _gone(request: HttpRequest, found: Meeting, by: Member) -> None:
    presence.mark_gone(found, _member(request, found), by=by)


def _issue(request: HttpRequest, found: Meeting, by: Member) -> None:
    kind, sector = request.POST.get("kind", ""), request.POST.get("sector", "")
    if not (kind and sector):
        messages.error(request, _("Choose a sector and what stands in the way. Nothing was named."))
        return
    chosen = issues.sectors().filter(pk=sector).first() if sector.isdecimal() and len(sector) < 10 else None
    if kind not in IssueKind.values or chosen is None:
        raise Http404
    issues.name(found, kind=IssueKind(kind), sector=chosen, by=by)


def _issue_done(request: HttpRequest, found: Meeting, by: Member) -> None:
    text = request.POST.get("issue", "")
    issue = issues.open_at(found.table_id).filter(pk=text).first() if text.isdecimal() and len(text) < 18 else None
    if issue is None:
        raise Http404
    issues.close(issue, found, by=by)


def _wanted(request: HttpRequest) -> int:
    text = request.POST.get("member", "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def _member(request: HttpRequest, meeting: Meeting) -> Member:
    by, wanted = member_of(request), _wanted(request)
    if wanted != by.pk:
        # Before anything is looked up: whether a member of that number exists is not theirs to learn.
        running.may_run(meeting.table_id, by=by).require()
    # People who do not sit here are no choice: the answer for them is the same as for nobody.
    found = presence.to_mark(meeting).filter(pk=wanted).first()
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@require_POST
def huddle_presence(request: HttpRequest, situation_id: UUID) -> HttpResponse:
    """A named person enters the huddle, or marks that somebody left it."""
    by = member_of(request)
    scene = scenes.load(situation_id, by=by)
    if scene.engagement is None or scene.item is None:
        raise Http404
    wanted = _wanted(request)
    if request.POST.get("way") == "in":
        person = next((e.person for e in scene.engagements if e.person_id == wanted), None)
        if person is None:
            raise Denied(hide("not-named"))
        presence.enter_huddle(scene.item, person, by=by)
    else:
        presence.leave(scene.item, wanted)
    return redirect("situation", situation_id)
