"""Behind the door: what does a named person have on one page, from safe contact to who has seen this?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from privacy.vocabulary import IDENTIFYING, Answer, CompartmentKind, Element, Purpose
from situations import apart, on_file
from situations.consents import not_over
from situations.projected_intervention import element_label
from situations.scene import Scene
from situations.seen import SeenAction, SeenCompartment, SeenFollowUp, SeenSituation
from situations.sitting_for import sitting_for_an_agency
from situations.views import corrected, reached
from situations.views.facts import factor_rows, heading
from situations.views.frame import Heads
from situations.views.next_step import next_step
from situations.views.offered import Offered, entry, offered
from situations.vocabulary import Room, State

_LISTS = ", "
Label = TypeVar("Label")
#: Acts that stand in the part of the page they belong to.
_IN_PLACE = frozenset(
    {"contact", "consent", "withdraw_consent", "plan", "add_agency", "plan_done", "notice", "mobilize",
     "record_authority", "safe_contact", "youth_note", "follow_up"}
)  # fmt: skip


class PurposeForm(forms.Form):
    """What the reveal is for: recorded in the ledger with it."""

    compartment = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=Purpose.choices,
        error_messages={"required": gettext_lazy("Choose what it is for")},
    )


def huddle_context(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    """The parts of situations/huddle.html."""
    acts = offered(scene, leave_out=_IN_PLACE)
    first = next_step(scene, seen, acts)
    return {
        "heading": heading(seen),
        "with_agencies": ngettext("with %(n)s agency", "with %(n)s agencies", len(scene.engagements))
        % {"n": len(scene.engagements)},
        "safe": any(str(Element.SAFE_CONTACT) in dict(c.elements) for c in seen.compartments),
        "mail_blocked": bool(seen.contact and seen.contact.mail_blocked),
        "who": [_reveal(scene, c) for c in seen.compartments if c.kind == CompartmentKind.SUBJECT],
        "over": [d.reason for c in on_file.of_kind(scene, CompartmentKind.SUBJECT) if not (d := not_over(scene, c))],
        "plan_words": _reveal(scene, _plan_of(seen)),
        "youth": [_reveal(scene, c) for c in seen.compartments if c.kind == CompartmentKind.YOUTH],
        "facts": factor_rows(seen),
        "actions": [_action(scene, a, acts) for a in seen.plan or ()],
        "follow_ups": [_follow_up(f) for f in seen.follow_ups or ()],
        "days_open": _days_open(scene),
        "clock": reached.clock(scene, seen.contact),
        "contacts": reached.contacts(scene, seen.contact),
        "consents": reached.consents(scene, seen.contact),
        "authorities": _authorities(seen),
        "answers": _answers(seen, scene.situation.originating_agency.name),
        "notices": _notices(seen, acts),
        "services": [
            {
                "text": _("%(service)s: %(how)s") % {"service": s, "how": how},
                "kind": "ok",
                "side": agency,
                "note": reached.whose(scene, n),
            }
            for agency, s, how, n in seen.services or ()
        ],
        "report": _("%(number)s, %(status)s") % {"number": seen.number, "status": str(seen.report.status).lower()},
        "report_reason": seen.report.reason,
        "report_corrected": corrected.endings(seen.report),
        "acts": acts,
        "first": first,
        "can": {n: entry(scene, n) | {"kind": "quiet"} for n in _IN_PLACE if n in acts.possible},
        "open": scene.state in (State.LIMITED, State.INTERVENING),
        "intervening": scene.state == State.INTERVENING,
        "here": _here(scene),
    }


def _follow_up(said: SeenFollowUp) -> dict[str, Any]:
    when = date_format(timezone.localtime(said.at), "DAY_AND_HOUR")
    return {"text": said.answer, "kind": "ok", "side": said.agency, "note": when}


def _days_open(scene: Scene) -> str:
    """How long the table has had it, while it is open."""
    since = scene.situation.presented_at
    if since is None or scene.state not in (State.LIMITED, State.INTERVENING):
        return ""
    days = (timezone.localdate() - timezone.localtime(since).date()).days
    if days == 0:
        return _("Opened today")
    return ngettext("Open for %(n)s day", "Open for %(n)s days", days) % {"n": days}


def _plan_of(seen: SeenSituation) -> SeenCompartment | None:
    return next((c for c in seen.compartments if c.kind == CompartmentKind.PLAN), None)


def _reveal(scene: Scene, compartment: SeenCompartment | None) -> dict[str, Any] | None:
    """The parts of components/reveal.html for one compartment; what is there, never the texts."""
    if compartment is None:
        return None
    purposes = {CompartmentKind.SUBJECT: Purpose.RECOGNISE, CompartmentKind.PLAN: Purpose.MAKE_CONTACT}
    initial = purposes.get(CompartmentKind(compartment.kind), Purpose.PLAN_CONTACT)
    if scene.state == State.INTERVENING and compartment.kind == CompartmentKind.SUBJECT:
        initial = Purpose.PLAN_CONTACT
    form = PurposeForm(
        initial={"compartment": compartment.id, "purpose": initial},
        auto_id=f"id_{compartment.kind}_{compartment.id.hex}_%s",
    )
    return {
        "title": _title(compartment),
        # Several of one name, as grounds of several disclosures, are one line while they are shut.
        "rows": [{"key": key} for key in dict.fromkeys(str(label) for _i, label in in_order(compartment.elements))],
        "url": reverse("reveal", args=[scene.situation.pk]),
        "form": form,
    }


def _title(compartment: SeenCompartment) -> str:
    if compartment.kind == CompartmentKind.PLAN:
        return _("The plan in words")
    if compartment.kind == CompartmentKind.YOUTH:
        until = date_format(compartment.until) if compartment.until else ""
        return _("Youth-justice notes, person %(n)s: until %(day)s") % {"n": compartment.subject, "day": until}
    if str(Element.SAFE_CONTACT) in dict(compartment.elements):
        return _("Person %(n)s: read safe contact before you call, write or visit") % {"n": compartment.subject}
    return _("Who: person %(n)s") % {"n": compartment.subject}


def in_order(elements: Iterable[tuple[str, Label]]) -> list[tuple[str, Label]]:
    """Safe contact, name, birth, place; then actions by number, then the rest."""
    first = [str(e) for e in (Element.SAFE_CONTACT, *IDENTIFYING)]

    def place(element: tuple[str, Label]) -> tuple[int, int, str]:
        item = element[0]
        if item in first:
            return (0, first.index(item), "")
        action = apart.action_of(item)
        return (1, action[0], "") if action else (2, 0, item)

    return sorted(elements, key=place)


def _action(scene: Scene, action: SeenAction, acts: Offered) -> dict[str, Any]:
    today = timezone.localdate()
    open_ = not action.done and not action.not_possible
    late = open_ and action.due_on < today
    if action.done:
        state, words = "ok", _("Done")
    elif action.not_possible:
        state, words = "off", _("Not possible")
    elif late:
        state, words = "late", _("Overdue")
    else:
        state, words = ("soon", _("Due today")) if action.due_on == today else ("open", _("Open"))
    url = reverse("act", args=[scene.situation.pk, "plan_done"])
    return {
        "name": element_label(f"{apart.PLAN_PREFIX}{action.number}:{action.subject or ''}"),
        "owner": _("%(agency)s, you") % {"agency": action.agency} if action.ours else action.agency,
        "due": date_format(action.due_on, "j F"),
        "state": state,
        "words": words,
        "close_url": f"{url}?number={action.number}" if open_ and action.ours and "plan_done" in acts.possible else "",
    }


def _authorities(seen: SeenSituation) -> list[dict[str, Any]]:
    return [
        {
            "kind": "ok" if a.authority else "off",
            "text": a.agency,
            "side": a.authority or _("cannot write until it records its own"),
            "note": "",
        }
        for a in seen.authorities or ()
    ]


def _answers(seen: SeenSituation, brought_by: str) -> list[dict[str, Any]]:
    """What each agency answered; of who brought it, and of who leads, none is waited for."""
    rows = []
    for c in seen.choice or ():
        part = _("leads") if c.leads else (_("proposed lead") if c.proposed_lead else "")
        waits = c.answer == Answer.PENDING.label
        said = "" if waits and c.leads else _("brought it") if waits and c.agency == brought_by else c.answer
        rows.append(
            {
                "kind": "off" if c.ended else ("ok" if c.leads or said not in ("", Answer.PENDING.label) else "open"),
                "text": _LISTS.join(x for x in (c.agency, part) if x),
                "side": _("access ended") if c.ended else said,
                "note": c.person,
            }
        )
    return rows


def _notices(seen: SeenSituation, acts: Offered) -> list[dict[str, Any]]:
    today = timezone.localdate()
    rows = []
    for n in seen.notices or ():
        due = _("due %(day)s") % {"day": date_format(n.due_on, "j F")}
        kind = "ok" if n.closed else ("late" if n.due_on < today else "soon")
        rows.append(
            {
                "kind": kind,
                "text": n.duty,
                "side": n.how if n.closed else due,
                "note": _("%(agency)s, you") % {"agency": n.agency} if n.ours else n.agency,
            }
        )
    return rows


def _why_not_here(*, named: bool, seated: bool) -> str:
    if not named:
        return _("Was not chosen. Nothing can be disclosed until this person leaves.")
    return "" if seated else _("The seat no longer counts. Nothing can be disclosed until this person leaves.")


def _here(scene: Scene) -> dict[str, Any] | None:
    """Who is marked present in the huddle of the sitting meeting."""
    if scene.item is None:
        return None
    rows = scene.item.presences.filter(left_at__isnull=True, room=Room.HUDDLE).select_related("member", "agency")
    named = {e.person_id for e in scene.engagements}
    seated = set(sitting_for_an_agency(rows).values_list("member_id", flat=True))
    present = [
        {
            "kind": "ok" if p.member_id in named & seated else "warn",
            "text": p.member.name,
            "side": p.agency.name,
            "note": _why_not_here(named=p.member_id in named, seated=p.member_id in seated),
            "member": p.member_id,
        }
        for p in rows
    ]
    return {
        "present": present,
        "inside": any(p["member"] == scene.by.pk for p in present),
        "me": scene.by.pk,
        "url": reverse("huddle_presence", args=[scene.situation.pk]),
    }
