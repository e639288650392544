"""Who may know what, when, as a page: printed from the policy itself, so that it says what the program does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privacy.policy import POLICY
from privacy.vocabulary import Audience, Category, Filter


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """The sharing policy, filter by filter."""
    filters = [
        {
            "code": f.value,
            "rows": [
                {
                    "who": audience.label,
                    "what": [c.label for c in Category if c in POLICY[f, audience].categories],
                    "because": POLICY[f, audience].because,
                }
                for audience in Audience
                if (f, audience) in POLICY
            ],
        }
        for f in Filter
    ]
    return render(request, "sharing.html", {"filters": filters})
