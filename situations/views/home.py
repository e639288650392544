"""What does a member see on entering? What is due by role, the most urgent first, and what stands beside it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import signing
from agencies.models import Standing
from agencies.vocabulary import AGENCY_ROLES
from situations.views.frame import member_of
from situations.views.homes.parts import Entering, FirstPage


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: each file of setting HOMES gives what the member's seats ask for (docs/adr/0036)."""
    by = member_of(request)
    seats = tuple(Standing.objects.of(by).select_related("table", "agency").order_by("seat_id"))
    if not seats and signing.concerns(by):
        return redirect("to_sign")  # nothing opens: what is missing, and what to do
    entering, page = Entering(by, seats), FirstPage()
    for path in settings.HOMES:
        page.take(import_string(path)(entering))
    context = {
        "caption": _where(seats),
        "today": date_format(timezone.localdate(), "l j F"),
        "files": entering.holds(*AGENCY_ROLES),
        "tally": page.tally(),
        "parts": page.parts,
        # What is going on now stands before the tasks on a telephone; what only stands beside them comes after.
        "now": [side for side in page.sides if side.now],
        "sides": [side for side in page.sides if not side.now],
    }
    return render(request, "home.html", context)


def _where(seats: tuple[Standing, ...]) -> str:
    if not seats:
        return _("You hold no seat in good standing at any table.")
    return _("%(agency)s, %(table)s") % {"agency": seats[0].agency.name, "table": seats[0].table.name}
