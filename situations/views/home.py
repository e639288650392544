"""What does a member see on entering? What waits, the next meeting, and what this person may do here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import signing
from agencies.models import Standing
from agencies.vocabulary import AGENCY_ROLES, SEATED_ROLES, Role
from situations.models import Situation
from situations.views.frame import member_of, people
from situations.views.readiness import next_meeting, readiness
from situations.views.waiting import Waiting, waiting


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    by = member_of(request)
    seats = list(Standing.objects.of(by).select_related("table", "agency"))
    if not seats and signing.concerns(by):
        return redirect("to_sign")  # nothing opens: what is missing, and what to do
    roles = {s.role for s in seats}
    speaks = bool(roles & set(AGENCY_ROLES))
    found = waiting(by, seats)
    meeting = next_meeting(s.table_id for s in seats if s.role in (*SEATED_ROLES, Role.GUEST))
    context = {
        "caption": _where(seats),
        "today": date_format(timezone.localdate(), "l j F"),
        "speaks": speaks,
        "waiting": found,
        "tally": _tally(found),
        "meeting": meeting,
        "hears": bool(roles & {*SEATED_ROLES, Role.GUEST}),
        "meeting_url": reverse("meeting", args=[meeting.pk]) if meeting else "",
        "starts": date_format(timezone.localtime(meeting.starts_at), "WEEKDAY_AND_HOUR") if meeting else "",
        "runs": bool(roles & {Role.FACILITATOR, Role.RECORDER}),
        "readiness": readiness(meeting) if meeting and roles & {Role.FACILITATOR, Role.RECORDER} else [],
        "who_drafts": _who_drafts(seats),
        "at_table": _at_table(seats),
        "may": _may(roles),
    }
    return render(request, "home.html", context)


def _where(seats: list[Standing]) -> str:
    first = next(iter(seats), None)
    if first is None:
        return _("You hold no seat in good standing at any table.")
    return _("%(agency)s, %(table)s") % {"agency": first.agency.name, "table": first.table.name}


def _tally(found: Waiting) -> list[dict[str, Any]]:
    return [
        {"count": len(found.actions), "label": _("due from my agency"), "url": "#actions"},
        {"count": len(found.answers), "label": _("waiting for my answer"), "url": "#waiting"},
        {"count": len(found.drafts), "label": _("drafts of my agency"), "url": "#drafts"},
    ]


def _who_drafts(seats: list[Standing]) -> str:
    seat = next((s for s in seats if s.role in AGENCY_ROLES), None)
    if seat is None:
        return ""
    own = Standing.objects.at(seat.table_id).filter(agency_id=seat.agency_id, role__in=AGENCY_ROLES)
    said = _("the %(people)s seated for %(agency)s. Nobody else can know that a draft exists.")
    count = own.values("member_id").distinct().count()
    return said % {"people": people(count), "agency": seat.agency.name}


def _at_table(seats: list[Standing]) -> list[dict[str, Any]]:
    """How many situations are open at each table where this member hears them."""
    tables = {s.table_id: s.table for s in seats if s.role in SEATED_ROLES}
    return [
        {
            "count": Situation.objects.at(pk).open().count(),
            "table": table.name,
            "url": f"{reverse('situations')}?table={table.code}&show=open",
        }
        for pk, table in tables.items()
    ]


def _may(roles: set[str]) -> list[dict[str, str]]:
    """What a person without a place at the discussion may do, in words, with the way there."""
    said = {
        Role.PRIVACY_OFFICER: (
            _("You keep the ledger of your table, freeze items and place holds. You never see who anybody is."),
            _("Open the ledger"),
            reverse("ledger"),
        ),
        Role.PRIVACY_LEAD: (
            _("You see who has seen the situations of your agency, to answer access requests. Never the text."),
            _("See the situations"),
            reverse("situations"),
        ),
        Role.MANAGER: (
            _("You see figures about the table, never a situation."),
            _("Open the quarter"),
            reverse("quarter"),
        ),
        Role.ADMINISTRATOR: (_("You keep agencies, seats and agreements, never a situation."), "", ""),
        Role.GUEST: (
            _("You hear the items of one meeting while it sits, without names."),
            _("See the meetings"),
            reverse("meetings"),
        ),
        Role.AGENCY_LEAD: (
            _("You name and replace the persons who act for your agency, and accept its seats."), "", "",
        ),
    }  # fmt: skip
    return [{"text": t, "link": k, "url": u} for role, (t, k, u) in said.items() if role in roles]
