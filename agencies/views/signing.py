"""Which pages are for signing? What one has to sign, the text in both languages, the signature; also by one-time link.

Whoever cannot open anything of the table is told here what is missing and what to do (R56).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from agencies import agreements, paper_letters, people, seat_letters, texts, undertakings
from agencies.forms.signing import AgreementForm, JoinForm, OwnAgreementForm, UndertakingForm
from agencies.models import Member, PaperText, PreparedAgreement, Seat
from agencies.refusal import NotPossible
from agencies.signin import password, sessions
from agencies.views import missing
from agencies.vocabulary import Paper, Role


@require_safe
def to_sign(request: HttpRequest) -> HttpResponse:
    """What waits for one's own signature, and why nothing opens where nothing does."""
    by = _member(request)
    items = [_seat_row(s) for s in people.waiting_for_person(by)]
    items += [_undertaking_row(o) for o in undertakings.owed(by)] + [_agreement_row(p) for p in agreements.to_sign(by)]
    return render(request, "agreements/to_sign.html", {"items": items, "missing": missing.for_member(by)})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_undertaking(request: HttpRequest, table: str) -> HttpResponse:
    """One person's undertaking to one table."""
    by = _member(request)
    owed = next((o for o in undertakings.owed(by) if o.table.code == table), None)
    if owed is None:
        raise Http404
    form = UndertakingForm(owed.text.digest, _language(request), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            password.check(request, got["password"], field="password", by=by)
            undertakings.sign(
                table=owed.table, read=got["read"], language=got["language"], password=got["password"], by=by
            )
        except NotPossible as refused:
            form = _refused(form, refused, owed.text)
        else:
            messages.success(request, _("You have signed. Thank you."))
            return redirect("home" if not undertakings.owed(by) else "to_sign")
    words = {"title": _("Your undertaking"), "caption": owed.table.name, "back_url": reverse("to_sign")}
    words["lead"] = _("Read it. Then sign with your own password.")
    return _page(request, form, owed.text, words)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_agreement(request: HttpRequest, prepared_id: int) -> HttpResponse:
    """An agency's agreement, signed by its own person."""
    by = _member(request)
    prepared = agreements.to_sign(by).filter(pk=prepared_id).first()
    if prepared is None:
        raise Http404
    answer = _sign_for_agency(request, prepared, OwnAgreementForm, by, reverse("to_sign"))
    if answer is None:
        messages.success(request, _("You have signed for your agency. Thank you."))
        return redirect(_waiting_seats(prepared) or "to_sign")
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """An agency's agreement, signed by somebody from outside who was sent a link. No sign-in."""
    prepared = paper_letters.prepared_by_token(token)
    if prepared is None:
        raise Http404
    answer = _sign_for_agency(request, prepared, AgreementForm, None, "")
    if answer is None:
        paper_letters.use(token)
        if seats_url := _waiting_seats(prepared):
            messages.success(request, _("You have signed for your agency. Thank you."))
            return redirect(seats_url)
        return render(request, "agreements/thanks.html", {"agency": prepared.agency.name, "table": prepared.table.name})
    return answer


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def guest_joins(request: HttpRequest, token: str) -> HttpResponse:
    """An invited guest chooses a password; then signs in, reads and signs."""
    guest = paper_letters.invited_by_token(paper_letters.GUEST_BY_LINK, token)
    if guest is None:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            validate_password(form.cleaned_data["password"], guest)
        except ValidationError as refused:
            form.add_error("password", refused)
        else:
            guest.set_password(form.cleaned_data["password"])
            guest.save(update_fields=["password"])
            paper_letters.use(token)
            sessions.sign_out(request)  # of whoever handed over the link at their own screen
            messages.success(request, _("Your password is saved. Sign in with it; then read and sign."))
            return redirect("login")
    return render(request, "agreements/join.html", {"form": form, "email": guest.email})


def _waiting_seats(prepared: PreparedAgreement) -> str:
    """Where whoever has just signed says yes or no to the agency's seats that wait for that; empty: none does."""
    signed = PreparedAgreement.objects.select_related("agreement").get(pk=prepared.pk).agreement
    return seat_letters.continue_by(signed) if signed is not None else ""


def _sign_for_agency(
    request: HttpRequest, prepared: PreparedAgreement, form_class: type[AgreementForm], by: Member | None, back: str
) -> HttpResponse | None:
    """The page of an agency's signature; None when it was just signed."""
    text = texts.in_force(prepared.table, Paper.AGREEMENT)
    form = form_class(text.digest, _language(request), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            if by is not None:  # before the signature's transaction, which a refusal undoes with what was counted
                password.check(request, got["password"], field="password", by=by)
            agreements.sign(
                prepared, read=got["read"], language=got["language"], name=got["name"], office=got["office"], by=by,
                password=got.get("password", ""),
            )  # fmt: skip
        except NotPossible as refused:
            form = _refused(form, refused, text)
        else:
            return None
    said = _("%(agency)s signs. In force from %(first)s to %(last)s.")
    days = {"first": date_format(prepared.starts_on), "last": date_format(prepared.ends_on)}
    words = {"title": _("Sharing agreement"), "caption": prepared.table.name, "back_url": back}
    words["lead"] = said % ({"agency": prepared.agency.name} | days)
    return _page(request, form, text, words)


def _page(request: HttpRequest, form: Any, text: PaperText, words: dict[str, Any]) -> HttpResponse:
    language = form["language"].value()
    context = {
        "form": form,
        "blocks": texts.blocks(text.body(language)),
        "language": language,
        "version": text.version,
        "reviewed": text.reviewed,
        "written_here": text.written_here,
        "other": "fr" if language == "en" else "en",
    }
    return render(request, "agreements/sign.html", context | words)


def _refused(form: Any, refused: NotPossible, text: PaperText) -> Any:
    """The form with the reason of the refusal; where the text changed, with the hash of the one on the page now."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
    form.data = form.data.copy()
    form.data["read"] = text.digest
    return form


def _language(request: HttpRequest) -> str:
    """The language of the text: the one asked for, else the reader's."""
    asked = request.POST.get("language") or request.GET.get("text") or get_language() or "en"
    return "fr" if asked.startswith("fr") else "en"


def _seat_row(seat: Seat) -> dict[str, Any]:
    return {
        "title": _("A seat for you: %(role)s") % {"role": Role(seat.role).label},
        "url": reverse("seat", args=[seat.pk]),
        "when": _("Waits for you"),
        "when_kind": "warn",
        "facts": [seat.agency.name, seat.table.name],
        "text": _("Accept or decline it."),
    }


def _undertaking_row(owed: undertakings.Owed) -> dict[str, Any]:
    until = ""
    if owed.counts_until and not owed.invited:
        until = _("Counts until %(day)s") % {"day": date_format(owed.counts_until)}
    said = _("Sign again before it ends.") if until else _("Nothing of this table opens before you have signed.")
    return {
        "title": _("Your undertaking: %(table)s") % {"table": owed.table.name},
        "url": reverse("sign_undertaking", args=[owed.table.code]),
        "when": until or _("Needed now"),
        "when_kind": "soon" if until else "warn",
        "text": _("You are invited to one meeting. Please read and sign before it begins.") if owed.invited else said,
    }


def _agreement_row(prepared: PreparedAgreement) -> dict[str, Any]:
    days = {"first": date_format(prepared.starts_on), "last": date_format(prepared.ends_on)}
    return {
        "title": _("For %(agency)s: sharing agreement with %(table)s")
        % {"agency": prepared.agency.name, "table": prepared.table.name},
        "url": reverse("sign_agreement", args=[prepared.pk]),
        "when": _("Waits for you"),
        "when_kind": "warn",
        "facts": [_("From %(first)s to %(last)s") % days],
    }


def _member(request: HttpRequest) -> Member:
    if not isinstance(request.user, Member):
        raise Http404
    return request.user
