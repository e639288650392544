"""How does a named person read identity? Two requests: record and commit, then show once, for a minute."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from privacy import gate
from privacy.decision import Denied, deny
from privacy.models import Compartment
from privacy.vocabulary import IDENTIFYING, Element, Purpose
from situations import consents
from situations import scene as scenes
from situations.projected_intervention import element_label
from situations.projection import project
from situations.views.frame import band, heads, member_of
from situations.views.huddle import PurposeForm, in_order

#: After this many seconds the page goes back by itself, with or without a script.
SECONDS = 60


@require_POST
def reveal(request: HttpRequest, situation_id: UUID) -> HttpResponse:
    """The first request: who reads which compartment, and what for, is recorded; the answer sends on to the second."""
    scene = scenes.load(situation_id, by=member_of(request))
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Denied(deny("purpose", _("Say what it is for. Nothing was shown.")))
    if scene.access.frozen:
        raise Denied(deny("frozen", _("The privacy officer has frozen this item. Nothing can be opened until then.")))
    allowed = {c.id for c in project(scene).compartments}
    compartment = Compartment.objects.filter(pk=form.cleaned_data["compartment"], access=scene.access).first()
    if compartment is None:
        raise Http404
    if compartment.pk not in allowed:
        consents.not_over(scene, compartment).require()
        raise Http404
    receipt = gate.authorise(compartment, purpose=Purpose(form.cleaned_data["purpose"]))
    return redirect("revealed", receipt)


def _title(items: Iterable[str]) -> str:
    shown = set(items)
    if shown & set(IDENTIFYING):
        return _("Who it is")
    return str(Element.SAFE_CONTACT.label) if Element.SAFE_CONTACT in shown else _("Sealed text")


@require_safe
def revealed(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The second request: the texts, once. Kept nowhere; the page leaves by itself."""
    opened = gate.reveal(receipt)
    scene = scenes.load(opened.ref, by=member_of(request))
    seen = project(scene)
    back = reverse("situation", args=[opened.ref])
    context = {
        "seen": seen,
        "band": band(scene, seen, heads(scene)),
        "back_url": back,
        "title": _title(opened.texts),
        "rows": [{"key": element_label(item), "value": text} for item, text in in_order(opened.texts.items())],
        "seconds": SECONDS,
    }
    response = render(request, "situations/revealed.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Refresh"] = f"{SECONDS}; url={back}"
    return response
