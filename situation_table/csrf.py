"""What is answered to a form without its token? It came from a page that is older than the sign-in, or from elsewhere.

The token is new with every sign-in, so this meets whoever signed in again in another tab, or keeps no cookies.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from situation_table.middleware import Refused


def refused(request: HttpRequest, reason: str = "") -> Refused:
    """The page of a refusal (the setting CSRF_FAILURE_VIEW); `reason` is Django's, for programmers.

    What was typed is given back to a page of ours only: another site's words would be shown as if they were ours.
    """
    answer = Refused(
        403,
        "old-page",
        _("This page was opened before your last sign-in, or your browser keeps no cookies for this address."),
        todo=_("Open the page again, then send it once more."),
    )
    answer.gives_back = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return answer
