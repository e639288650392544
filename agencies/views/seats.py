"""Which page keeps one seat? The person accepts or declines, the agency's lead too; whoever sees to it ends it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import people as verbs
from agencies import seats
from agencies.clock import today_at
from agencies.models import Member, Seat, Standing
from agencies.refusal import NotPossible
from agencies.views import missing, who
from agencies.views import seat_words as words
from agencies.vocabulary import Role


@require_safe
def seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """One seat: what it is, how it stands, and what this reader can do about it."""
    by, found = _seen(request, seat_id)
    own, waits = by.pk == found.member_id, words.waits(found)
    standing = set(Standing.objects.filter(seat=found).values_list("seat_id", flat=True))
    kind, said = words.state(found, standing)
    lacks = (missing.reasons(found) if own else missing.for_others(found)) if kind == "late" else []
    if lacks and all(row["kind"] == "off" for row in lacks):  # no signature: the agency is on call
        kind, said = "off", _("On call")
    first = date_format(found.starts_on)
    span = _("From %(day)s on") % {"day": first}
    if found.ends_on:
        span = _("From %(first)s to %(last)s") % {"first": first, "last": date_format(found.ends_on)}
    rows = [(_("Person"), found.member.name), (_("Agency"), found.agency.name), (_("Table"), found.table.name)]
    rows += [(_("Role"), str(Role(found.role).label)), (_("Days"), span)]
    if found.covers is not None:
        rows.append((_("Covers the leave of"), found.covers.member.name))
    if found.proposed_by is not None:
        rows.append((_("Proposed by"), found.proposed_by.name))
    context = {
        "title": Role(found.role).label, "person": found.member.name, "table": found.table.name, "seat_id": found.pk,
        "rows": [{"key": key, "value": value} for key, value in rows], "kind": kind, "words": said,
        "sides": [] if words.over(found) else words.sides(found),
        "missing": lacks, "own": own,
        "accepts": waits and own and found.accepted_by_member_at is None,
        "accepts_for_agency": waits and found.accepted_by_lead_at is None and seats.may_accept_for_agency(by, found),
        "agency": found.agency.name,
        "declines": waits and seats.may_decline(by, found),
        "ends": not waits and not words.over(found) and not own and seats.may_end(by, found),
        "person_url": reverse("person", args=[found.member_id]) if not own and verbs.sees_people(by) else "",
        "back_url": reverse("to_sign") if own else f"{reverse('people')}?table={found.table.code}",
        "back": _("Back to what there is to sign") if own else _("Back to people"),
    }  # fmt: skip
    return render(request, "belonging/seat.html", context)


@require_POST
def seat_do(request: HttpRequest, seat_id: int, verb: str) -> HttpResponse:
    """Accept, decline or end a seat."""
    by, found = _seen(request, seat_id)
    try:
        said = _done(found, verb, by)
    except NotPossible as refused:
        messages.error(request, str(refused.reason))
        return redirect("seat", found.pk)
    messages.success(request, said)
    own = by.pk == found.member_id
    return redirect("to_sign") if own else redirect(f"{reverse('people')}?table={found.table.code}")


def _done(found: Seat, verb: str, by: Member) -> str:
    if verb == "accept":
        seats.accept_by_person(found, by=by)
        return _("You have accepted this seat.")
    if verb == "accept-for-agency":
        seats.accept_for_agency(found, by=by)
        return _("You have accepted this seat for your agency.")
    if verb == "decline":
        seats.decline(found, by=by)
        return _("The seat is not taken. Nothing opens by it.")
    if verb == "end":
        seats.end(found, on=today_at(found.table), by=by)
        return _("The seat has ended. Nothing of the table opens by it from now on.")
    raise Http404


def _seen(request: HttpRequest, seat_id: int) -> tuple[Member, Seat]:
    """One's own seat, or one that the member sees to; 404 otherwise."""
    by = who.member_of(request)
    rows = Seat.objects.filter(meeting__isnull=True).filter(
        Q(member=by) | Q(pk__in=verbs.seats_seen(by).order_by().values("pk"))
    )
    return by, get_object_or_404(
        rows.select_related("member", "agency", "table", "covers__member", "proposed_by"), pk=seat_id
    )
