"""Which pages keep a table's papers? Who has signed until when, what ends soon, one signature as it was made.

Administrators see to the papers of their table; privacy officers read the list; an agency's lead reads the own
agency's. To everybody else these pages do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import agreements, expiry, leavers, oncall, reach, texts, undertakings
from agencies.forms.papers import OnCallForm, PrepareForm
from agencies.models import (
    Agency,
    AgreementInForce,
    Member,
    PaperText,
    PreparedAgreement,
    SharingAgreement,
    Table,
    Undertaking,
)
from agencies.refusal import NotPossible
from agencies.views import paper_rows as rows
from agencies.vocabulary import Paper, Role


@dataclass(frozen=True, slots=True)
class Desk:
    """One table's papers as one member may see them: all of them, or those of the agencies one leads."""

    table: Table
    by: Member
    administers: bool
    #: None: every agency.
    agencies: frozenset[int] | None

    def shows(self, agency_id: int | None) -> bool:
        """Whether an agency's papers are shown."""
        return self.agencies is None or agency_id in self.agencies


def desk_of(request: HttpRequest, code: str = "") -> Desk:
    """The papers a member may see (of the table asked for, else the first); 404 where there are none."""
    by = request.user
    if not isinstance(by, Member):
        raise Http404
    tables = reach.tables_of(by, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.AGENCY_LEAD)
    table = next((t for t in tables if t.code == code or not code), None)
    if table is None:
        raise Http404
    all_of_them = reach.held_seats(by, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER).filter(table=table).exists()
    led = None if all_of_them else frozenset(reach.agency_ids_led(by, table))
    return Desk(table, by, reach.administers(by, table), led)


def governed(request: HttpRequest, code: str) -> Desk:
    """The papers of a table one administers; 404 otherwise."""
    desk = desk_of(request, code)
    if not desk.administers:
        raise Http404
    return desk


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """All papers of a table: agreements by agency, undertakings by person, what waits for a signature."""
    desk = desk_of(request, request.GET.get("table", ""))
    context = {
        "table": desk.table,
        "tables": rows.tabs(reach.tables_of(desk.by, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.AGENCY_LEAD), desk),
        "administers": desk.administers,
        "agencies": rows.agencies(desk),
        "people": rows.people(desk),
        "texts": [rows.a_text(desk.table, kind) for kind in Paper] if desk.administers else [],
    }
    return render(request, "agreements/papers.html", context)


@require_safe
def papers_ending(request: HttpRequest) -> HttpResponse:
    """What has run out or ends soon, for those who can do something about it; others are led to what they sign."""
    try:
        desk = desk_of(request, request.GET.get("table", ""))
    except Http404:
        return redirect("to_sign")
    within = max(settings.EXPIRY_NOTICE_DAYS)
    context = {
        "table": desk.table,
        "within": within,
        "agreements": [
            rows.run_out(a, reverse("agreement", args=[a.pk]))
            for a in expiry.run_out_agreements(desk.table)
            if desk.shows(a.agency_id)
        ]
        + [
            rows.ending(a.agency.name, a.ends_on, desk.table, reverse("agreement", args=[a.pk]))
            for a in expiry.ending_agreements(desk.table, within)
            if desk.shows(a.agency_id)
        ],
        "undertakings": [
            rows.run_out(u, reverse("undertaking", args=[u.pk]))
            for u in expiry.run_out_undertakings(desk.table)
            if desk.shows(u.member.agency_id)
        ]
        + [
            rows.ending(u.member.name, u.ends_on, desk.table, reverse("undertaking", args=[u.pk]))
            for u in expiry.ending_undertakings(desk.table, within)
            if desk.shows(u.member.agency_id)
        ],
    }
    return render(request, "agreements/ending.html", context)


@require_http_methods(["GET", "POST"])
def paper_prepare(request: HttpRequest, table: str) -> HttpResponse:
    """Prepare an agreement and ask the signatory."""
    desk = governed(request, table)
    wanted = request.GET.get("agency", "")
    agency = Agency.objects.filter(pk=int(wanted), is_active=True).first() if wanted.isdecimal() else None
    form = PrepareForm(desk.table, desk.by, request.POST if request.method == "POST" else None, agency=agency)
    if form.is_bound and form.is_valid():
        agreements.prepare(**form.asked, language=form.cleaned_data["language"])
        messages.success(request, _("It is prepared, and the signatory is told by e-mail."))
        return redirect(rows.papers_url(desk.table))
    text = texts.in_force(desk.table, Paper.AGREEMENT)
    context = {"form": form, "table": desk.table, "back_url": rows.papers_url(desk.table),
               "reviewed": text.reviewed, "written_here": text.written_here}  # fmt: skip
    return render(request, "agreements/prepare.html", context)


@require_POST
def paper_withdraw(request: HttpRequest, prepared_id: int) -> HttpResponse:
    """Take back what waits for a signature."""
    prepared = get_object_or_404(PreparedAgreement.objects.select_related("table"), pk=prepared_id, agreement=None)
    desk = governed(request, prepared.table.code)
    agreements.withdraw(prepared, by=desk.by)
    messages.success(request, _("The request to sign is withdrawn. Its link opens nothing any more."))
    return redirect(rows.papers_url(desk.table))


@require_safe
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agency's signature as it was made, with the text under which it was."""
    found = get_object_or_404(SharingAgreement.objects.select_related("agency", "table", "text"), pk=agreement_id)
    desk = desk_of(request, found.table.code)
    if not desk.shows(found.agency_id):
        raise Http404
    counts = AgreementInForce.objects.filter(agreement=found).exists()
    may_end = counts and (desk.administers or found.agency_id in reach.agency_ids_led(desk.by, desk.table))
    context = {
        "rows": rows.signature(found, found.agency.name, found.starts_on, counts=counts),
        "end_url": reverse("agreement_end", args=[found.pk]) if may_end else "",
    }
    return _signed(request, found.text, found.language, context, desk.table, _("Sharing agreement"))


@require_http_methods(["GET", "POST"])
def agreement_end(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """End an agreement before its time, after saying what that does."""
    found = get_object_or_404(SharingAgreement.objects.select_related("agency", "table"), pk=agreement_id)
    desk = desk_of(request, found.table.code)
    leads = found.agency_id in reach.agency_ids_led(desk.by, desk.table)
    if not (desk.administers or leads) or not AgreementInForce.objects.filter(agreement=found).exists():
        raise Http404
    if request.method == "POST":
        agreements.end(found, by=desk.by)
        messages.success(request, _("The agreement has ended. Nothing of the table opens for this agency any more."))
        return redirect(rows.papers_url(desk.table))
    people = found.agency.seats.filter(table=found.table, accepted_by_lead_at__isnull=False).values("member").distinct()
    context = {"agency": found.agency.name, "people": people.count(), "table": desk.table}
    context["named"] = leavers.named_of_agency(found.agency, found.table, by=desk.by)
    context["back_url"] = reverse("agreement", args=[found.pk])
    return render(request, "agreements/end.html", context)


@require_safe
def undertaking(request: HttpRequest, undertaking_id: int) -> HttpResponse:
    """One person's signature as it was made: for that person, and for whoever keeps the table's papers."""
    found = get_object_or_404(Undertaking.objects.select_related("member", "table", "text"), pk=undertaking_id)
    if request.user != found.member and not desk_of(request, found.table.code).shows(found.member.agency_id):
        raise Http404
    counts = undertakings.last_day(found) is not None
    context = {"rows": rows.signature(found, found.member.name, found.signed_on, counts=counts), "end_url": ""}
    return _signed(request, found.text, found.language, context, found.table, _("Confidentiality undertaking"))


@require_http_methods(["GET", "POST"])
def on_call(request: HttpRequest, table: str, agency_id: int) -> HttpResponse:
    """Put an agency on call from a day on, or let it sit again."""
    desk = governed(request, table)
    agency = get_object_or_404(rows.listed(desk.table), pk=agency_id)
    waits = oncall.on_call(desk.table).filter(agency=agency).exists()
    form = OnCallForm(desk.table, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["since"]
        try:
            if waits:
                oncall.sits_again(agency=agency, table=desk.table, on=day, by=desk.by)
            else:
                oncall.put_on_call(agency=agency, table=desk.table, since=day, by=desk.by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            said = _("From %(day)s on it sits again.") if waits else _("From %(day)s on it is on call.")
            messages.success(request, said % {"day": date_format(day)})
            return redirect(rows.papers_url(desk.table))
    context = {"form": form, "agency": agency.name, "waits": waits, "back_url": rows.papers_url(desk.table)}
    return render(request, "agreements/on_call.html", context | {"table": desk.table})


def _signed(
    request: HttpRequest, text: PaperText | None, language: str, context: dict[str, Any], table: Table, title: str
) -> HttpResponse:
    asked = request.GET.get("text") or language or "en"
    language = "fr" if asked.startswith("fr") else "en"
    context |= {
        "title": title, "table": table, "language": language, "other": "en" if language == "fr" else "fr",
        "blocks": texts.blocks(text.body(language)) if text else [], "reviewed": text.reviewed if text else "",
        "written_here": text is not None and text.written_here,
        "has_text": text is not None, "back_url": rows.papers_url(table),
    }  # fmt: skip
    return render(request, "agreements/signed.html", context)
