"""Which pages open by a one-time link? Choosing a first password, and a signatory's word about the agency's seats."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies import confirming, paper_letters
from agencies.forms.people import ConfirmSeatsForm
from agencies.forms.signing import JoinForm
from agencies.models import SharingAgreement
from agencies.refusal import NotPossible
from agencies.signin import sessions


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who was invited chooses a password; then signs in, accepts and signs."""
    invited = paper_letters.invited_by_token(paper_letters.JOIN_BY_LINK, token)
    if invited is None:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            validate_password(form.cleaned_data["password"], invited)
        except ValidationError as refused:
            form.add_error("password", refused)
        else:
            invited.set_password(form.cleaned_data["password"])
            invited.save(update_fields=["password"])
            paper_letters.use(token)
            sessions.sign_out(request)  # of whoever handed over the link at their own screen
            messages.success(request, _("Your password is saved. Sign in with it; then accept your seat and sign."))
            return redirect("login")
    return render(request, "belonging/join.html", {"form": form, "email": invited.email})


@require_http_methods(["GET", "POST"])
def confirm_seats(request: HttpRequest, token: str) -> HttpResponse:
    """The signatory of an agency's agreement says yes or no to seats that nobody else can confirm. No sign-in."""
    subject = paper_letters.subject_by_token(paper_letters.SEAT_BY_LINK, token)
    agreement = SharingAgreement.objects.select_related("agency", "table").filter(pk=subject or 0).first()
    waiting = confirming.waiting(agreement) if agreement is not None else []
    if agreement is None or not waiting:
        raise Http404
    form = ConfirmSeatsForm(waiting, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            confirming.confirm(agreement, confirmed=form.said("yes"), declined=form.said("no"))
        except NotPossible as refused:
            form.add_error(next(iter(form.fields)), str(refused.reason))
        else:
            paper_letters.use(token)
            confirming.ask_again(agreement)
            return render(request, "belonging/confirmed.html", {"agency": agreement.agency.name})
    context = {"form": form, "agency": agreement.agency.name, "table": agreement.table.name}
    return render(request, "belonging/confirm_seats.html", context)
