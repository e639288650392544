"""Which pages let somebody in and out? Email and password, then the code where there is a second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.forms.sign_in import CodeForm, SignInForm
from agencies.models import Member
from agencies.refusal import NotPossible
from agencies.signin import entry, recovery, sessions, totp


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step."""
    where = _where(request)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(where or settings.LOGIN_REDIRECT_URL)  # a form sent by somebody else at this screen is theirs
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        got = form.cleaned_data
        try:
            member = entry.by_password(request, email=got["username"], password=got["password"])
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            if entry.go_on(request, member, where=where):
                return redirect(where or settings.LOGIN_REDIRECT_URL)
            return redirect("sign_in_code")
    return render(request, "signin/sign_in.html", {"form": form, "next": where})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for whose password was right just now; everybody else begins at the first."""
    who = entry.pending(request.session)
    if who is None:
        return redirect("login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            entry.by_code(request, who, code=form.cleaned_data["code"])
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            _say_when_codes_run_out(request, who.member, form.cleaned_data["code"])
            return redirect(who.next or settings.LOGIN_REDIRECT_URL)
    return render(request, "signin/code.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End one's own session."""
    sessions.sign_out(request)
    return redirect("login")


def _where(request: HttpRequest) -> str:
    """The page that was asked for; only one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""


def _say_when_codes_run_out(request: HttpRequest, member: Member, given: str) -> None:
    if totp.looks_like_one(recovery.plain(given)):
        return
    left = recovery.left(member)
    said = ngettext(
        "You came in with a recovery code. %(n)s is left.", "You came in with a recovery code. %(n)s are left.", left
    )
    if left == 0:
        said = _("You came in with your last recovery code. Make new ones now.")
    messages.warning(request, said % {"n": left} if left else said)
