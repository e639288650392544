"""Which page keeps one's own sign-in? The second factor, where one is signed in, the password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.forms.sign_in import PasswordForm
from agencies.models import SignIn
from agencies.refusal import NotPossible
from agencies.signin import device, factor, password, presenting, recovery, required, sessions
from agencies.signin.of_request import member_of, sign_in_of


@require_safe
def my_sign_in(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in."""
    by, here = member_of(request), sign_in_of(request)
    found = factor.of(by)
    left = recovery.left(by) if found else 0
    codes = ngettext("%(n)s recovery code is left.", "%(n)s recovery codes are left.", left) % {"n": left}
    context = {
        "on_since": date_format(localtime(found.since)) if found else "", "codes": codes, "few": left < 3,
        "required": required.of(by), "rows": [_row(row, here) for row in sessions.all_of(by)],
    }  # fmt: skip
    return render(request, "signin/my_sign_in.html", context)


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    by = member_of(request)
    which = request.POST.get("session", "")
    if which == "others":
        n = sessions.end_others(request, by=by)
        said = ngettext("%(n)s other session ended.", "%(n)s other sessions ended.", n) % {"n": n}
    else:
        try:
            n = sessions.end(UUID(which), by=by)
        except ValueError:
            raise Http404 from None
        said = _("The session ended.") if n else _("That session had ended already.")
    messages.success(request, said)
    return redirect("my_sign_in")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Change the own password: every other session ends."""
    by = member_of(request)
    form = PasswordForm(by, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            got = form.cleaned_data
            password.change(request, old=got["old_password"], new=got["new_password"], by=by)
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            messages.success(request, _("Your password is changed. Every other session ended."))
            return redirect("my_sign_in")
    return render(request, "signin/password.html", {"form": form, "back_url": reverse("my_sign_in")})


def _row(row: SignIn, here: SignIn) -> dict[str, Any]:
    stamp = "DAY_AND_HOUR"
    return {
        "id": row.pk, "here": row.pk == here.pk, "device": device.words(row.device),
        "since": _("Since %(time)s") % {"time": date_format(localtime(row.since), stamp)},
        "seen": _("Last seen %(time)s") % {"time": date_format(localtime(row.seen_at), stamp)},
        "factor": row.second_factor, "presenting": presenting.on(row),
    }  # fmt: skip
