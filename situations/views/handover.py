"""On which page does an agency's lead hand over the open work of somebody who leaves?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies import people
from agencies.models import Standing, Table
from agencies.vocabulary import Role
from situations import handover as verbs
from situations.forms.handover import HandOverForm
from situations.views.frame import member_of
from situations.views.listing import row_title


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, member_id: int, table: str) -> HttpResponse:
    """The open roles of a person at a table, and the colleague who takes them over. The agency's lead only."""
    by = member_of(request)
    at = get_object_or_404(Table, code=table)
    if not Standing.objects.of(by).at(at.pk).in_roles(Role.AGENCY_LEAD).exists():
        raise Http404
    member = get_object_or_404(people.people_seen(by), pk=member_id)
    rows, form = verbs.seen(member, at, by=by), None
    colleagues = verbs.colleagues(member, at, by=by)
    if rows and colleagues.exists():
        form = HandOverForm(colleagues, request.POST if request.method == "POST" else None)
    if form is not None and form.is_bound and form.is_valid():
        outcome = verbs.hand_over(member, at, to=form.cleaned_data["to"], by=by)
        said = ngettext("%(n)s situation is handed over.", "%(n)s situations are handed over.", outcome.done)
        messages.success(request, said % {"n": outcome.done})
        for number, reason in outcome.refused:
            messages.warning(request, _("%(number)s stays: %(reason)s") % {"number": number, "reason": reason})
        return redirect("hand_over", member_id, table)
    context = {
        "form": form, "person": member.name, "table": at.name, "drafts": verbs.drafts(at, by=by),
        "rows": [
            {
                "title": row_title(r), "url": reverse("situation", args=[r.id]), "code": r.stage, "facts": [],
            } for r in rows
        ],
        "back_url": reverse("person", args=[member.pk]),
    }  # fmt: skip
    return render(request, "belonging/hand_over.html", context)
