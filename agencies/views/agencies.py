"""Which pages keep agencies and tables? For administrators only; to everybody else they do not exist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies import agency_register as register
from agencies import reach
from agencies.forms.register import AgencyForm, TableForm
from agencies.forms.seen import over
from agencies.models import Agency, AgreementInForce, Member, Seat, Table
from agencies.overwriting import Overwriting
from agencies.refusal import NotPossible
from agencies.views import who
from agencies.vocabulary import Role, Statute


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies of one's tables, with what each lacks."""
    by = who.administrator(request)
    tables = reach.tables_of(by, Role.ADMINISTRATOR)
    signed: dict[int, list[str]] = {}
    for agency_id, code in AgreementInForce.objects.filter(table__in=tables).values_list("agency_id", "table__code"):
        signed.setdefault(agency_id, []).append(code)
    private = dict(_privacy_leads(tables))
    rows = [_agency_row(a, signed.get(a.pk, []), private.get(a.pk, "")) for a in register.agencies_seen(by)]
    return render(request, "belonging/agencies.html", {"rows": rows, "parts": who.parts(by, "agencies")})


def _privacy_leads(tables: list[Table]) -> list[tuple[int, str]]:
    held = Seat.objects.filter(table__in=tables, role=Role.PRIVACY_LEAD, accepted_by_lead_at__isnull=False)
    return list(held.exclude(accepted_by_member_at=None).values_list("agency_id", "member__name"))


def _agency_row(agency: Agency, signed: list[str], privacy_lead: str) -> dict[str, Any]:
    if not agency.is_active:
        kind, words = "off", _("On hold")
    elif signed:
        kind, words = "ok", _("Signed: %(tables)s") % {"tables": ", ".join(sorted(signed))}
    else:
        kind, words = "warn", _("No agreement in force")
    statutes = ", ".join(str(Statute(s).label) for s in agency.statutes)
    lead = _("privacy lead: %(person)s") % {"person": privacy_lead} if privacy_lead else _("no privacy lead")
    return {
        "title": agency.name, "url": reverse("agency", args=[agency.pk]), "when": words, "when_kind": kind,
        "facts": [agency.sector.label, statutes, lead],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def agency_add(request: HttpRequest) -> HttpResponse:
    """Add an agency."""
    by = who.administrator(request)
    form = AgencyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            register.add_agency(**form.cleaned_data, by=by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("Added. It belongs to a table once its signatory has signed the agreement."))
            return redirect("agencies")
    page = {"title": _("Add an agency"), "button": _("Add the agency")}
    return _form(request, form, page, "agencies", _("Back to the agencies"))


@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Change an agency, or put it on hold."""
    by = who.administrator(request)
    found = get_object_or_404(register.agencies_seen(by), pk=agency_id)
    may, name = register.may_change(by, found), found.name
    if request.method == "POST" and not may:
        raise Http404
    form = AgencyForm(request.POST if request.method == "POST" else None, instance=found)
    page: dict[str, Any] = {"title": name, "button": _("Save")}
    if form.is_bound and form.is_valid():
        try:
            register.change_agency(found, **form.cleaned_data, by=by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        except Overwriting as meanwhile:
            page["conflict"], form = True, over(_of_agency, request.POST, meanwhile.row)
        else:
            messages.success(request, _("Changed."))
            return redirect("agencies")
    if not may:
        page["lead"] = _("It also belongs to a table that somebody else administers: ask them to change it.")
        page["button"] = ""
    return _form(request, form, page, "agencies", _("Back to the agencies"))


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """The tables one administers."""
    by = who.administrator(request)
    rows = [_table_row(t) for t in reach.tables_of(by, Role.ADMINISTRATOR)]
    return render(request, "belonging/tables.html", {"rows": rows, "parts": who.parts(by, "tables")})


def _table_row(table: Table) -> dict[str, Any]:
    signed = AgreementInForce.objects.filter(table=table).values("agency_id").distinct().count()
    said = ngettext("%(n)s agency has signed", "%(n)s agencies have signed", signed) % {"n": signed}
    enough = signed >= table.quorum
    return {
        "title": table.name, "url": reverse("table_settings", args=[table.code]), "number": table.code,
        "when": said, "when_kind": "ok" if enough else "warn",
        "facts": [_("quorum %(n)s") % {"n": table.quorum}, _("first contact within %(n)s hours")
                  % {"n": table.contact_clock_hours}],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def table_add(request: HttpRequest) -> HttpResponse:
    """Add a table."""
    by = who.administrator(request)
    form = TableForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            register.add_table(**form.cleaned_data, by=by)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("Added. You are its first administrator, and that is recorded."))
            return redirect("tables")
    page = {"title": _("Add a table"), "button": _("Add the table")}
    return _form(request, form, page, "tables", _("Back to the tables"))


@require_http_methods(["GET", "POST"])
def table_settings(request: HttpRequest, table: str) -> HttpResponse:
    """Change the settings of a table."""
    by = who.administrator(request)
    found = _administered(by, table)
    form = TableForm(request.POST if request.method == "POST" else None, instance=found)
    page: dict[str, Any] = {"title": _("Settings of the table"), "caption": table, "button": _("Save")}
    if form.is_bound and form.is_valid():
        try:
            register.change_table(found, **form.cleaned_data, by=by)
        except Overwriting as meanwhile:
            page["conflict"], form = True, over(_of_table, request.POST, meanwhile.row)
        else:
            messages.success(request, _("Changed."))
            return redirect("tables")
    return _form(request, form, page, "tables", _("Back to the tables"))


def _administered(by: Member, code: str) -> Table:
    found = next((t for t in reach.tables_of(by, Role.ADMINISTRATOR) if t.code == code), None)
    if found is None:
        raise Http404
    return found


def _of_agency(sent: Any, row: Agency) -> AgencyForm:
    return AgencyForm(sent, instance=row)


def _of_table(sent: Any, row: Table) -> TableForm:
    return TableForm(sent, instance=row)


def _form(request: HttpRequest, form: Any, page: dict[str, Any], back_to: str, back: str) -> HttpResponse:
    context = {"form": form, "back_url": reverse(back_to), "back": back, "caption": "", "lead": "", "upload": False}
    return render(request, "belonging/form.html", context | page, status=409 if page.get("conflict") else 200)
