"""Which pages keep people? The list of a table, one person, an invitation, another seat, cover for a leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import people as verbs
from agencies import reach, seats
from agencies.forms.people import CoverForm, InviteForm, PersonForm, SeatForm
from agencies.forms.seen import over
from agencies.models import Member, Seat, Standing
from agencies.overwriting import Overwriting
from agencies.refusal import NotPossible
from agencies.views import seat_words as words
from agencies.views import who
from agencies.vocabulary import AGENCY_ROLES, Role


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people of a table (an agency's lead: of the own agency): what waits first, then everybody."""
    by = who.sees_people(request)
    tables = reach.tables_of(by, Role.ADMINISTRATOR, Role.AGENCY_LEAD, Role.PRIVACY_LEAD)
    code = request.GET.get("table", "")
    table = next((t for t in tables if t.code == code or not code), None)
    if table is None:
        raise Http404
    rows = verbs.running(verbs.seats_seen(by).filter(table=table, member__is_active=True))
    found = list(rows.select_related("covers__member").order_by("agency__name_en", "member__name", "pk"))
    standing = set(Standing.objects.at(table.pk).values_list("seat_id", flat=True))
    waiting = [words.row(s, standing) for s in found if words.waits(s)]
    governs = reach.administers(by, table) or bool(reach.agency_ids_led(by, table))
    context = {
        "table": table, "parts": who.parts(by, "people"), "waiting": waiting, "governs": governs,
        "administers": reach.administers(by, table),
        "tables": [{"url": f"?table={t.code}", "label": t.code, "current": t == table} for t in tables],
        "rows": [] if request.GET.get("show") == "waiting" else _by_person(found, standing),
        "only_waiting": request.GET.get("show") == "waiting",
        "unseated": _unseated(by) if reach.administers(by, table) else [],
    }  # fmt: skip
    return render(request, "belonging/people.html", context)


def _by_person(found: list[Seat], standing: set[int]) -> list[dict[str, Any]]:
    """Everybody with a seat that both sides accepted, each once."""
    held: dict[int, list[Seat]] = {}
    for seat in found:
        if not words.waits(seat):
            held.setdefault(seat.member_id, []).append(seat)
    rows = []
    for mine in held.values():
        worst = min((words.state(s, standing) for s in mine), key=lambda s: ("late", "soon", "ok").index(s[0]))
        facts = [mine[0].agency.name, ", ".join(dict.fromkeys(str(Role(s.role).label) for s in mine))]
        facts += [_("until %(day)s") % {"day": date_format(s.ends_on)} for s in mine if s.ends_on]
        rows.append(
            {
                "title": mine[0].member.name,
                "url": reverse("person", args=[mine[0].member_id]),
                "facts": facts,
                "when": worst[1],
                "when_kind": worst[0],
            }
        )
    return rows


def _unseated(by: Member) -> list[dict[str, Any]]:
    rows = verbs.people_seen(by).filter(seats__isnull=True, is_active=True)
    return [{"title": m.name, "url": reverse("person", args=[m.pk])} for m in rows.order_by("name")]


@require_safe
def person(request: HttpRequest, member_id: int) -> HttpResponse:
    """One person: how to reach them, their seats, and what can be done."""
    by, member = _seen(request, member_id)
    mine = list(verbs.seats_seen(by).filter(member=member).select_related("covers__member").order_by("-starts_on"))
    standing = set(Standing.objects.of(member).values_list("seat_id", flat=True))
    goes_on = [s for s in mine if not words.over(s)]
    may = [s for s in goes_on if seats.may_end(by, s)]
    contact = [(_("E-mail"), member.email), (_("Telephone at work"), member.phone or _("not given"))]
    contact += [(_("Agency"), member.agency.name if member.agency else _("none"))]
    password = _("chosen") if member.has_usable_password() else _("not chosen yet: the invitation leads there")
    contact += [(_("Password"), password)]
    context = {
        "person": member.name, "ended": not member.is_active,
        "contact": [{"key": key, "value": value} for key, value in contact],
        "seats": [words.row(s, standing, person=False) for s in goes_on],
        "past": [words.row(s, standing, person=False) for s in mine if words.over(s)],
        "change_url": reverse("person_change", args=[member.pk]) if verbs.governs(by, member) else "",
        "propose_url": reverse("seat_propose", args=[member.pk]) if _may_propose(by) and member.is_active else "",
        "leaving_url": reverse("leaving", args=[member.pk]) if member.is_active and by != member and may else "",
        "cover": [_cover(s) for s in may if s.role in AGENCY_ROLES and not words.waits(s)],
    }  # fmt: skip
    return render(request, "belonging/person.html", context)


def _cover(seat: Seat) -> dict[str, str]:
    role = f"{Role(seat.role).label}, {seat.table.code}"
    return {"url": reverse("seat_cover", args=[seat.pk]), "label": role}


@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Invite a person to a seat."""
    by = who.sees_people(request)
    if not _may_propose(by):
        raise Http404
    form = InviteForm(by, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            seat = verbs.invite(**form.asked)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("Proposed. Both sides are asked; the seat is active once both have accepted."))
            return redirect("seat", seat.pk)
    page = {"title": _("Invite a person"), "button": _("Propose the seat and invite")}
    return _form(request, form, page, reverse("people"), _("Back to people"))


@require_http_methods(["GET", "POST"])
def seat_propose(request: HttpRequest, member_id: int) -> HttpResponse:
    """Propose another seat to a person who is here already."""
    by, member = _seen(request, member_id)
    if not _may_propose(by) or not member.is_active:
        raise Http404
    form = SeatForm(by, request.POST if request.method == "POST" else None, initial={"agency": member.agency})
    if form.is_bound and form.is_valid():
        try:
            seat = seats.propose(member=member, **form.asked)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("Proposed. Both sides are asked; the seat is active once both have accepted."))
            return redirect("seat", seat.pk)
    page = {"title": _("Propose another seat"), "caption": member.name, "button": _("Propose the seat")}
    return _form(request, form, page, reverse("person", args=[member.pk]), member.name)


@require_http_methods(["GET", "POST"])
def seat_cover(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Propose who covers somebody's leave: an alternate's seat that ends by itself."""
    by = who.sees_people(request)
    seat = get_object_or_404(verbs.running(verbs.seats_seen(by)).filter(role__in=AGENCY_ROLES), pk=seat_id)
    if not seats.may_end(by, seat):
        raise Http404
    form = CoverForm(seat, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            made = seats.propose(
                member=got["person"], table=seat.table, agency=seat.agency, role=Role.ALTERNATE,
                starts_on=got["starts_on"], ends_on=got["ends_on"], covers=seat, by=by,
            )  # fmt: skip
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("Proposed. It begins once both sides have accepted, and ends by itself."))
            return redirect("seat", made.pk)
    page = {
        "title": _("Cover a leave"), "caption": f"{seat.member.name}, {seat.agency.name}",
        "button": _("Propose the cover"),
        "lead": _("A colleague sits as alternate meanwhile. Where this person is named for a situation, the agency’s"
                  " lead names somebody else there."),
    }  # fmt: skip
    return _form(request, form, page, reverse("person", args=[seat.member_id]), seat.member.name)


@require_http_methods(["GET", "POST"])
def person_change(request: HttpRequest, member_id: int) -> HttpResponse:
    """Correct what is written about a person."""
    by, member = _seen(request, member_id)
    if not verbs.governs(by, member):
        raise Http404
    form = PersonForm(member, request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"title": _("Change this person’s details"), "caption": member.email, "button": _("Save")}
    if form.is_bound and form.is_valid():
        try:
            verbs.change(member, **form.cleaned_data, by=by)
        except Overwriting as meanwhile:
            page["conflict"], form = True, over(lambda sent, row: PersonForm(row, sent), request.POST, meanwhile.row)
        else:
            messages.success(request, _("Changed."))
            return redirect("person", member.pk)
    return _form(request, form, page, reverse("person", args=[member.pk]), member.name)


def _form(request: HttpRequest, form: Any, page: dict[str, Any], back_url: str, back: str) -> HttpResponse:
    context = {"form": form, "back_url": back_url, "back": back, "caption": "", "lead": "", "upload": False}
    return render(request, "belonging/form.html", context | page, status=409 if page.get("conflict") else 200)


def _seen(request: HttpRequest, member_id: int) -> tuple[Member, Member]:
    by = who.sees_people(request)
    return by, get_object_or_404(verbs.people_seen(by), pk=member_id)


def _may_propose(by: Member) -> bool:
    return reach.held_seats(by, Role.ADMINISTRATOR, Role.AGENCY_LEAD).exists()
