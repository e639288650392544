"""How is an empty installation set up by pages alone? The first administrator; then a list of what is to be done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from agencies import agreements, incomplete, people, reach, seat_letters
from agencies import first_run as verbs
from agencies.forms.register import FirstRunForm
from agencies.models import Agency, AgreementInForce, Seat, Sector, Standing, Table
from agencies.refusal import NotPossible
from agencies.views import who
from agencies.views.paper_rows import papers_url
from agencies.vocabulary import Role


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Create the first administrator, with the code that the server printed. There once only."""
    if not verbs.open_to_claim():
        raise Http404
    form = FirstRunForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            verbs.claim(**form.asked)
        except NotPossible as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.reason))
        else:
            messages.success(request, _("The installation is yours to set up. Sign in with your address and password."))
            return redirect(f"{reverse('login')}?next={reverse('setting_up')}")
    return render(request, "belonging/first_run.html", {"form": form, "sectors": Sector.objects.exists()})


@require_safe
def setting_up(request: HttpRequest) -> HttpResponse:
    """What is to be done until the first meeting sits, in its order, for one table."""
    by = who.administrator(request)
    tables = reach.tables_of(by, Role.ADMINISTRATOR)
    table = next((t for t in tables if t.code == request.GET.get("table", tables[0].code)), None)
    if table is None:
        raise Http404
    context = {
        "table": table, "tasks": _tasks(table), "parts": who.parts(by, "setting_up"),
        "by_hand": seat_letters.by_hand(),
        "tables": [{"url": f"?table={t.code}", "label": t.code, "current": t == table} for t in tables],
    }  # fmt: skip
    return render(request, "belonging/setting_up.html", context)


def _tasks(table: Table) -> list[dict[str, Any]]:
    seats = people.running(Seat.objects.filter(table=table, meeting__isnull=True, member__is_active=True))
    agencies = Agency.objects.filter(is_active=True).count()
    signed = AgreementInForce.objects.filter(table=table).values("agency_id").distinct().count()
    members, waiting = seats.values("member_id").distinct().count(), people.waiting_at(table).count()
    asked = agreements.waiting(table)
    unsigned = incomplete.without_undertaking(table)
    chairs = Standing.objects.at(table.pk).in_roles(Role.FACILITATOR).exists()
    enough = _("The quorum is %(n)s.") % {"n": table.quorum}
    return [
        _task(_("Add the agencies"), reverse("agencies"), agencies >= table.quorum, ngettext(
            "%(n)s agency", "%(n)s agencies", agencies) % {"n": agencies}, enough),
        _task(_("Invite the people"), f"{reverse('people')}?table={table.code}", members > 1, ngettext(
            "%(n)s person", "%(n)s people", members) % {"n": members},
            _("Representatives, an agency lead each, a facilitator, a recorder, a privacy officer. One by one, or by"
              " a file.")),
        _task(_("Have the agreements signed"), papers_url(table), signed >= table.quorum and not asked, ngettext(
            "%(n)s agency has signed", "%(n)s agencies have signed", signed) % {"n": signed},
            _("You prepare them; each agency’s own signatory signs, and then confirms its first lead.")),
        _task(_("Have the seats accepted"), f"{reverse('people')}?table={table.code}&show=waiting",
            members > 1 and not waiting, ngettext("%(n)s seat waits", "%(n)s seats wait", waiting) % {"n": waiting},
            _("By the person, and by the agency’s lead.")),
        _task(_("Have the undertakings signed"), papers_url(table), members > 1 and not unsigned, ngettext(
            "%(n)s person has not signed", "%(n)s people have not signed", unsigned) % {"n": unsigned},
            _("Everybody signs for themselves, under “To sign”.")),
        _task(_("Plan the first meeting"), "", False, _("The facilitator does") if chairs else _("No facilitator yet"),
            _("Whoever is seated as facilitator plans it under “Meetings” and opens it on the day.")),
    ]  # fmt: skip


def _task(title: str, url: str, done: bool, words: str, text: str) -> dict[str, Any]:
    return {"title": title, "url": url, "kind": "ok" if done else "open", "words": words, "text": text}
