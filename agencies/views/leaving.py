"""On which page does somebody leave? What ends, what is still open, and who takes it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies import leavers, people
from agencies.forms.people import LeavingForm
from agencies.refusal import NotPossible
from agencies.views import who
from agencies.vocabulary import Role


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, member_id: int) -> HttpResponse:
    """End somebody's seats or account, after saying what that does and what is still open."""
    by = who.sees_people(request)
    member = get_object_or_404(people.people_seen(by).filter(is_active=True), pk=member_id)
    ends, governs = leavers.ending(member, by=by), people.governs(by, member)
    if member == by or not (ends or governs):
        raise Http404
    choices = [("seats", _("The seats listed here. The account stays."))] if ends else []
    if governs:
        choices.append(("account", _("The account: nobody signs in with it any more.")))
    form = LeavingForm(choices, request.POST if request.method == "POST" else None)
    work = leavers.open_work(member, by=by)
    if form.is_bound and form.is_valid():
        try:
            leavers.leave(member, whole_account=form.cleaned_data["what"] == "account", by=by)
        except NotPossible as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("Done. Nothing opens by it from the next request on."))
            first = next((w for w in work if w.hands_over and w.named), None)
            return redirect("hand_over", member.pk, first.table.code) if first else redirect("people")
    context = {
        "form": form, "person": member.name, "back_url": reverse("person", args=[member.pk]),
        "seats": [{"title": str(Role(s.role).label), "facts": [s.agency.name, s.table.name]} for s in ends],
        "work": [
            {
                "table": w.table.name, "count": w.named, "hands_over": w.hands_over,
                "url": reverse("hand_over", args=[member.pk, w.table.code]) if w.hands_over and w.named else "",
            }
            for w in work
        ],
    }  # fmt: skip
    return render(request, "belonging/leaving.html", context)
