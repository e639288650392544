"""Which acts does a page offer, in which order, and which are not possible now, and why?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import reverse

from privacy.decision import Text
from situations import deciding, on_file
from situations.acts import ACTS
from situations.forms import FORMS
from situations.lifecycle import decisions
from situations.scene import Scene
from situations.vocabulary import State

#: What is done first stands first; the first possible one is the page's one primary button.
_ORDER = (
    "present", "discuss", "accept", "stand", "offer", "name_person", "pass_door", "choose", "enter_identifiers",
    "disclose", "answer", "confirm_lead", "record_authority", "safe_contact", "contact", "plan", "plan_done", "notice",
    "follow_up", "consent", "mobilize", "youth_note", "conclude", "propose_lead", "add_agency", "unchoose",
    "agree_reject", "object", "resolve_objection", "reject", "defer", "return", "stop", "withdraw_consent", "recall",
    "withdraw", "transfer", "transfer_intervention", "stop_intervention", "correct_outcome",
    "correct_rejection", "correct_contact", "unfreeze", "freeze", "release", "hold",
    "discard", "recuse",
)  # fmt: skip
#: Said by a tap, without a page in between: each can be taken back or said again.
DIRECT = frozenset({"discuss", "stand", "agree_reject", "object", "resolve_objection"})
#: Never the page's first button: they end, destroy or step away.
_NEVER_FIRST = frozenset(
    {
        "reject", "defer", "return", "stop", "withdraw", "transfer", "transfer_intervention", "stop_intervention",
        "discard", "recuse", "freeze", "hold", "withdraw_consent", "recall", "unchoose", "propose_lead", "object",
        "agree_reject", "add_agency", "youth_note", "offer", "follow_up", "correct_outcome", "correct_rejection",
        "correct_contact",
    }
)  # fmt: skip
#: Refusals that only say that the opposite is so, or that it is another agency's part; naming them would be noise.
_OPPOSITES = frozenset(
    {"not-frozen", "frozen", "not-held", "held", "no-objection", "no-consent", "not-our-disclosure", "already-open",
     "disclosed-by-us", "originating-only", "not-chosen", "on-the-list", "not-bound-by-ycja", "nobody-of-that-age",
     "lead-names", "no-own-contact", "no-outcome", deciding.NOT_HANDED}
)  # fmt: skip


_BESIDE = " · "


@dataclass(frozen=True, slots=True)
class Offered:
    """The acts of one page, as its template takes them."""

    first: dict[str, Any] | None
    others: tuple[dict[str, Any], ...]
    refused: tuple[dict[str, Any], ...]
    possible: frozenset[str]


def offered(scene: Scene, *, leave_out: frozenset[str] = frozenset(), with_first: bool = True) -> Offered:
    """What this member can do with the situation now. `leave_out`: acts the page offers elsewhere; without
    `with_first` the page has its primary button already.
    """
    decided = {n: d for n, d in decisions(scene).items() if n != "save"}
    possible = [n for n in _ORDER if decided.get(n)]
    shown = [n for n in possible if n not in leave_out]
    later = _NEVER_FIRST | _said(scene)
    first = next((n for n in shown if n not in later), None) if with_first else None
    return Offered(
        first=entry(scene, first) if first else None,
        others=tuple(entry(scene, n) | {"kind": "quiet"} for n in shown if n != first),
        refused=said_once(
            (ACTS[n].label, decided[n].reason)
            for n in _ORDER
            if n in decided and not decided[n] and decided[n].code not in _OPPOSITES and n not in leave_out
        ),
        possible=frozenset(possible),
    )


def said_once(refused: Iterable[tuple[Text, Text]]) -> tuple[dict[str, Any], ...]:
    """What is not possible, and why: acts that one reason keeps back stand together before it."""
    acts: dict[str, list[str]] = {}
    for label, reason in refused:
        acts.setdefault(str(reason), []).append(str(label))
    return tuple({"label": _BESIDE.join(labels), "reason": reason} for reason, labels in acts.items())


def _said(scene: Scene) -> frozenset[str]:
    """What this member's agency has said already: it may say it anew, but nothing waits for it."""
    mine = [e for e in scene.engagements if e.agency_id in scene.relation.agencies]
    said = {"name_person"} if mine and all(e.person_id for e in mine) else set()
    if scene.relation.leads:  # its answer could only end its own access
        said.add("answer")
    if scene.state == State.PRESENTED and any(s.agency_id in scene.relation.backs for s in on_file.stands(scene)):
        said.add("stand")
    return frozenset(said)


def entry(scene: Scene, name: str) -> dict[str, Any]:
    """One act as a button or link."""
    direct = name in DIRECT and not FORMS[name](scene).asks
    return {
        "name": name,
        "label": ACTS[name].label,
        "url": reverse("act", args=[scene.situation.pk, name]),
        "direct": direct,
        "fields": [{"name": "key", "value": uuid4().hex}] if direct else [],
        "kind": "",
    }
