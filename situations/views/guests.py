"""Who is invited to a meeting from outside, and have they signed? The facilitator's page, and a box on the meeting's.

Guests read and sign before the first item opens: whoever has not is not let in (R57). Agencies on call are called here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies import guests as verbs
from agencies import oncall
from agencies.clock import today_at
from agencies.models import Member, Standing
from agencies.refusal import NotPossible
from agencies.vocabulary import CallReason, Role
from situations import planning, running
from situations.forms.guests import CallForm, GuestForm
from situations.meeting import Meeting
from situations.views.frame import member_of
from situations.vocabulary import MeetingState

_OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@require_http_methods(["GET", "POST"])
def meeting_guests(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The guests of a meeting; registering one; calling an agency that is on call."""
    by = member_of(request)
    found = _chaired(meeting_id, by)
    wanted = request.POST.get("what", "")
    guest = GuestForm(found, request.POST if wanted == "guest" else None)
    call = CallForm(found, by, request.POST if wanted == "call" else None)
    form: GuestForm | CallForm = call if wanted == "call" else guest
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                said = _register(found, guest, by) if form is guest else _call(found, call, by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, said)
            return redirect("meeting_guests", meeting_id)
    context = {
        "form": form, "guest_form": guest, "call_form": call if call.waiting else None, "rows": _rows(found),
        "caption": found.table.name, "back_url": reverse("meeting", args=[meeting_id]),
        "title": date_format(timezone.localtime(found.starts_at), "WHOLE_DAY_AND_HOUR"),
    }  # fmt: skip
    return render(request, "agreements/guests.html", context)


@require_POST
def meeting_guest_off(request: HttpRequest, meeting_id: UUID, seat_id: int) -> HttpResponse:
    """Take a guest off the list: the next request is refused."""
    by = member_of(request)
    found = _chaired(meeting_id, by)
    seat = get_object_or_404(verbs.guests_of(found.pk), pk=seat_id)
    verbs.take_off(seat, by=by)
    messages.success(request, _("Taken off the list."))
    return redirect("meeting_guests", meeting_id)


def guests_box(meeting: Meeting, *, by: Member, seats: Sequence[Standing]) -> dict[str, Any]:
    """What the meeting's page says of its guests, for templates/agreements/_guests.html; `words` empty: nothing."""
    chairs = _chairs(meeting, by, seats) and meeting.state not in _OVER
    count = verbs.guests_of(meeting.pk).count()
    waiting = verbs.not_signed(meeting.pk) if count else 0
    words = (
        ngettext("%(n)s guest is registered.", "%(n)s guests are registered.", count) % {"n": count} if count else ""
    )
    not_signed = ngettext(
        "%(n)s has not signed and is not let in.", "%(n)s have not signed and are not let in.", waiting
    ) % {"n": waiting}  # fmt: skip
    return {
        "words": words,
        "not_signed": not_signed if waiting else "",
        "url": reverse("meeting_guests", args=[meeting.pk]) if chairs else "",
    }


def _register(meeting: Meeting, form: GuestForm, by: Member) -> str:
    got = form.cleaned_data
    verbs.register(
        meeting=meeting.pk, table=meeting.table, day=_day(meeting), name=got["name"], email=got["email"],
        language=got["language"], agency=got["agency"], by=by,
    )  # fmt: skip
    return _("Registered. The guest is invited by e-mail and signs before the first item opens.")


def _call(meeting: Meeting, form: CallForm, by: Member) -> str:
    got = form.cleaned_data
    oncall.call(
        agency=got["agency"], table=meeting.table, meeting=meeting.pk, day=_day(meeting),
        item=got["item"].pk if got["item"] else None, reason=CallReason(got["reason"]), by=by,
    )  # fmt: skip
    return _("Called. Its people hear what they are called for while the meeting sits.")


def _rows(meeting: Meeting) -> list[dict[str, Any]]:
    standing = set(Standing.objects.filter(role=Role.GUEST, meeting=meeting.pk).values_list("seat_id", flat=True))
    today = today_at(meeting.table)
    rows = []
    for seat in verbs.guests_of(meeting.pk):
        signed = seat.pk in standing or (seat.accepted_by_member_at is not None and today < _day(meeting))
        rows.append(
            {
                "title": seat.member.name,
                "agency": seat.agency.name,
                "one_item": seat.item is not None,
                "kind": "ok" if signed else "warn",
                "words": _("Signed") if signed else _("Not signed: not let in"),
                "off_url": reverse("meeting_guest_off", args=[meeting.pk, seat.pk]),
            }
        )
    return rows


def _day(meeting: Meeting) -> date:
    """The day of a meeting at its table; today for one that sits past midnight or late."""
    planned = planning.day_of(meeting)
    return max(planned, today_at(meeting.table)) if meeting.state == MeetingState.SITTING else planned


def _chairs(meeting: Meeting, by: Member, seats: running.Seats = None) -> bool:
    return running.holds(meeting.table_id, Role.FACILITATOR, by=by, seats=seats)


def _chaired(meeting_id: UUID, by: Member) -> Meeting:
    """A meeting the member facilitates and that is not over; 404 otherwise."""
    found = running.visible_meeting(meeting_id, by=by)
    if not _chairs(found, by) or found.state in _OVER:
        raise Http404
    return found
