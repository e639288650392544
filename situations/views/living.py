"""How does a page that follows a meeting answer: whole the first time, afterwards only the parts that change?

The browser asks the same address again, through the same guarded view, with a header that says so (static/js/live.js).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from situations.meeting import AgendaItem, Meeting
from situations.vocabulary import MeetingState

#: The header by which live.js asks for the parts that change.
HEADER = "X-Live"
#: The pages of a sitting meeting that a form may lead back to.
_PAGES = {"control": "meeting_control", "now": "meeting_now"}


def asked(request: HttpRequest) -> bool:
    """Whether live.js asks for the parts that change."""
    return HEADER in request.headers


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    stream: str,
    say: str = "",
    status: int = 200,
    frame: str = "base.html",
) -> HttpResponse:
    """A page that follows `stream`, in its `frame`; `say` is read out when it changes."""
    layout = "live.html" if stream and asked(request) else frame
    return render(request, template, {**context, "layout": layout, "live": stream, "say": say}, status=status)


def back_of(request: HttpRequest) -> str:
    """The page of a sitting meeting that a form stands on, by its short name; empty for any other page."""
    name = request.POST.get("back") or request.GET.get("back", "")
    return name if name in _PAGES else ""


def back_to(request: HttpRequest, meeting: Meeting, *, part: str = "") -> HttpResponse:
    """Where a form of a meeting leads: the page it stood on, else the meeting's own."""
    return redirect(way_back(request, meeting, part=part))


def way_back(request: HttpRequest, meeting: Meeting, *, part: str = "") -> str:
    """The address a form of a meeting leads back to."""
    name = _PAGES.get(back_of(request), "meeting")
    return reverse(name, args=[meeting.pk]) + (part if name == "meeting" else "")


def asked_back(request: HttpRequest, situation_id: UUID) -> Meeting | None:
    """The sitting meeting a form about one situation leads back to, where it stood on one of its pages."""
    if not back_of(request):
        return None
    items = AgendaItem.objects.filter(situation_id=situation_id, meeting__state=MeetingState.SITTING)
    item = items.select_related("meeting").first()
    return item.meeting if item else None


def back_url(request: HttpRequest, situation_id: UUID) -> str:
    """The way back from a form about one situation, as an address."""
    if meeting := asked_back(request, situation_id):
        return reverse(_PAGES[back_of(request)], args=[meeting.pk])
    return reverse("situation", args=[situation_id])
