"""How does whoever drives turn to an item, plan, undo, and hand the typing over? The verbs are situations.turns' and
those of `undoing`, `leaving` and `agenda`."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.models import Agency, Member
from situations import agenda, driving, leaving, running, turns, undoing
from situations.forms.driving import LeavesForm, MinutesForm
from situations.meeting import AgendaItem, Meeting
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
        turns.turn_to(found, _item(found, request.POST.get("item", ""), by), by=by)
    return living.back_to(request, found)


@require_POST
def meeting_drive(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Hand the typing to somebody, or take it."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    to = request.POST.get("to", "")
    if to:
        # Who does not run this table's meetings is no choice: the answer for them is the same as for nobody.
        able = driving.to_hand_to(found, by=by)
        person = able.filter(pk=int(to)).first() if _number(to) else None
        if person is None:
            raise Http404
        turns.hand_over(found, person, by=by)
    else:
        turns.take_over(found, by=by)
    return living.back_to(request, found)


@require_POST
def meeting_undo(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Take the last slip back."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    undoing.undo(found, by=by)
    return living.back_to(request, found)


@require_POST
def meeting_leaves(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """An agency leaves at a time; or its items come forward."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    turns.may_drive(found, by=by).require()
    wanted = request.POST.get("agency", "")
    here = found.presences.filter(left_at__isnull=True, guest=False).values("agency_id")
    agency = Agency.objects.filter(pk=int(wanted), pk__in=here).first() if _number(wanted) else None
    if agency is None:
        raise Http404
    if "forward" in request.POST:
        leaving.bring_forward(found, agency, by=by)
    else:
        form = LeavesForm(request.POST)
        if not form.is_valid():
            title = _("Leaves at: %(agency)s") % {"agency": agency.name}
            return _asked_again(request, found, form, title, _("Note it"))
        leaving.says(found, agency, at=_today_at(form.cleaned_data["at"]), by=by)
    return living.back_to(request, found)


@require_POST
def meeting_minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Plan another time for an item."""
    by = member_of(request)
    found = running.visible_meeting(meeting_id, by=by)
    running.may_run(found.table_id, by=by).require()
    item = _item(found, request.POST.get("item", ""), by)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _asked_again(request, found, form, _("Change the planned minutes"), _("Set the minutes"))
    agenda.plan_minutes(item, form.cleaned_data["minutes"], by=by)
    return living.back_to(request, found, part=f"#m{item.pk}")


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _asked_again(
    request: HttpRequest, meeting: Meeting, form: MinutesForm | LeavesForm, title: str, button: str
) -> HttpResponse:
    """A small form that was refused, on a page of its own: with what was typed, and what is wrong with it."""
    context = {
        "form": form, "meeting": meeting, "title": title, "button": button,
        "back_url": living.way_back(request, meeting),
    }  # fmt: skip
    return render(request, "meetings/asked_again.html", context, status=403)


def _today_at(at: time | None) -> datetime | None:
    """A time of today; nothing typed: it stays."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), at)) if at else None


def _item(meeting: Meeting, text: str, by: Member) -> AgendaItem:
    try:
        wanted = UUID(text)
    except ValueError:
        raise Http404 from None
    return agenda.item_of(meeting, wanted, by=by)
