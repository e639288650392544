"""How does whoever drives turn to an item, and hand the typing over? The verbs are situations.turns'."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from agencies.models import Member
from situations import running, turns
from situations.meeting import AgendaItem
from situations.views import living
from situations.views.frame import member_of


@require_POST
def meeting_turn(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """To the next item, the one before, or the one that was chosen."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    way = request.POST.get("way", "")
    if way in ("next", "previous"):
        turns.step(found, forward=way == "next", by=by, seen=request.POST.get("seen"))
    else:
        turns.turn_to(found, _item(found.pk, request.POST.get("item", "")), by=by)
    return living.back_to(request, found)


@require_POST
def meeting_drive(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Hand the typing to somebody, or take it."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    to = request.POST.get("to", "")
    if to:
        person = Member.objects.filter(pk=int(to)).first() if to.isdecimal() and len(to) < 18 else None
        if person is None:
            raise Http404
        turns.hand_over(found, person, by=by)
    else:
        turns.take_over(found, by=by)
    return living.back_to(request, found)


def _item(meeting_id: UUID, text: str) -> AgendaItem:
    try:
        wanted = UUID(text)
    except ValueError:
        raise Http404 from None
    item = AgendaItem.objects.filter(meeting_id=meeting_id, pk=wanted).first()
    if item is None:
        raise Http404
    return item
