"""What is answered to a form without its token? It came from a page that is older than the sign-in, or from elsewhere.

The token is new with every sign-in, so this meets whoever signed in again in another tab, or keeps no cookies.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.signin import again, presenting, sessions
from privacy.context import acting_as
from situation_table.middleware import Refused


def refused(request: HttpRequest, reason: str = "") -> Refused:
    """The page of a refusal (the setting CSRF_FAILURE_VIEW); `reason` is Django's, for programmers."""
    answer = Refused(
        403,
        "old-page",
        _("This page was opened before your last sign-in, or your browser keeps no cookies for this address."),
        todo=_("Open the page again, then send the form once more."),
    )
    answer.gives_back = _gives_back(request)
    return answer


def _gives_back(request: HttpRequest) -> bool:
    """Whether what was typed is shown again: to a page of ours only, as another site's words would pass for ours; and,
    since the guard is asked after the token, in no session that is locked or whose screen is being shared.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return False
    member = request.user
    if not isinstance(member, Member):
        return True
    with acting_as(member):
        sign_in = sessions.of_request(request, member)
    return sign_in is not None and not again.locked(sign_in) and not presenting.on(sign_in)
