"""Which pages set up the second factor? The picture, the first code, the recovery codes, and doing without."""

from __future__ import annotations

import io

import qrcode
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from agencies.forms.sign_in import SetUpForm
from agencies.refusal import NotPossible
from agencies.signin import factor, recovery, required, sessions, totp
from agencies.signin.of_request import member_of, sign_in_of


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def factor_set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret, ask for a first code, then show the recovery codes, once."""
    by = member_of(request)
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            codes = factor.switch_on(request.session, form.cleaned_data["code"], by=by)
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            sessions.finished(sign_in_of(request))
            return render(request, "signin/recovery_codes.html", {"codes": codes, "new": True})
    secret = factor.candidate(request.session, by)
    context = {
        # The picture can only be read by another device: on the telephone itself the same words open the app.
        "form": form, "secret": totp.as_text(secret), "app_url": totp.uri(secret, by.email),
        "unfinished": required.unfinished(sign_in_of(request), by), "replaces": factor.of(by) is not None,
    }  # fmt: skip
    return render(request, "signin/set_up.html", context)


@require_safe
def factor_qr(request: HttpRequest) -> HttpResponse:
    """The picture for the app, drawn here and kept nowhere."""
    by = member_of(request)
    picture = qrcode.make(totp.uri(factor.candidate(request.session, by), by.email), image_factory=SvgPathFillImage)
    drawn = io.BytesIO()
    picture.save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones, shown once."""
    by = member_of(request)
    if factor.of(by) is None:
        return redirect("factor_set_up")
    return render(request, "signin/recovery_codes.html", {"codes": recovery.renew(by), "new": False})


@require_POST
def factor_off(request: HttpRequest) -> HttpResponse:
    """Do without a second factor, where no seat requires it."""
    try:
        factor.switch_off(by=member_of(request))
    except NotPossible as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("The second factor is off. From now on your password alone lets you in."))
    return redirect("my_sign_in")
