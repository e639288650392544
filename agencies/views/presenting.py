"""Which addresses say that this browser's screen is shared, and that it no longer is?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.signin import presenting
from agencies.signin.of_request import sign_in_of


@require_POST
def present_begin(request: HttpRequest) -> HttpResponse:
    """Share this screen from now on."""
    presenting.begin(sign_in_of(request))
    return _back(request)


@require_POST
def present_end(request: HttpRequest) -> HttpResponse:
    """End it: with the factor again where that is over ten minutes ago (the address is `sure`)."""
    presenting.end(sign_in_of(request))
    messages.success(request, _("The sharing has ended. Everything opens here again."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page it was pressed on, where that is one of ours."""
    where = request.POST.get("next", "")
    return redirect(where if where.startswith("/") and url_has_allowed_host_and_scheme(where, None) else "meetings")
