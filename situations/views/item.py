"""Filter 2 and 3a: what does the page of a de-identified item hold besides its facts? The threshold, the choice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risk.vocabulary import Criterion
from situations import deciding
from situations.conditions.threshold import BACKING_NEEDED
from situations.forms import FORMS
from situations.scene import Scene
from situations.seen import SeenAgencyMark, SeenDiscussion, SeenSituation
from situations.views.facts import factor_rows, heading
from situations.views.frame import Heads, people
from situations.views.offered import offered
from situations.vocabulary import State


def item_context(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    """The parts of situations/item.html."""
    chairs = deciding.decides(scene) or deciding.typed_for(scene) is not None
    at_threshold = scene.state == State.PRESENTED and seen.discussion is not None
    panel = at_threshold and chairs and scene.in_discussion
    return {
        "heading": heading(seen),
        "facts": factor_rows(seen),
        "factor_count": len(seen.coded.risk_factors) if seen.coded else 0,
        "brought_by": seen.coded.originating_agency if seen.coded else "",
        "criteria": FORMS["accept"](scene) if panel else None,
        "formal": [c.formal for c in Criterion],
        "accept_url": reverse("act", args=[seen.id, "accept"]),
        "checks": checks(seen.discussion, scene) if at_threshold and seen.discussion else (),
        "chosen": chosen(seen),
        "choosing": scene.state == State.CHOOSING,
        "acts": offered(scene, leave_out=frozenset({"accept"}) if panel else frozenset(), with_first=not panel),
        "meeting_url": reverse("meeting", args=[scene.item.meeting_id]) if scene.item else "",
        "in_discussion": scene.in_discussion,
        "may_open": bool(scene.item) and deciding.decides(scene),
        "waits": scene.state == State.PRESENTED and not scene.in_discussion,
        "who": _("%(people)s seated at this table. No name, no address, no date of birth.")
        % {"people": people(counted.table)},
        "key": uuid4().hex,
    }


def checks(talk: SeenDiscussion, scene: Scene) -> list[dict[str, Any]]:
    """How the threshold stands: quorum, backing, objections."""
    own = scene.situation.originating_agency.name
    behind = [m for m in talk.behind if m.agency != own]
    openly = [m for m in talk.objections if not m.resolved]
    # Who takes part in an item is known once it is open: before, nobody does, however many sit at the table.
    rows = [_quorum(talk)] if scene.in_discussion else []
    rows += [
        {
            "kind": "ok" if len(behind) >= BACKING_NEEDED else "open",
            "text": _("Agencies that stand behind it"),
            "side": _counted(behind),
            "note": _marks(behind),
        },
        {
            "kind": "warn" if openly else "ok",
            "text": _("Open objections") if openly else _("No open objection"),
            "side": _("%(n)s made") % {"n": len(talk.objections)} if talk.objections else "",
            "note": _marks(openly),
        },
    ]
    if talk.rejecting:
        against = [m for m in talk.rejecting if m.agency != own]
        rows.append(
            {
                "kind": "ok" if len(against) >= BACKING_NEEDED else "open",
                "text": _("Agencies that agree to reject it"),
                "side": _counted(against),
                "note": _marks(against),
            }
        )
    if talk.deferrals:
        rows.append(
            {
                "kind": "open",
                "text": _("Deferred before"),
                "side": ngettext("%(n)s time", "%(n)s times", talk.deferrals) % {"n": talk.deferrals},
                "note": "",
            }
        )
    return rows


def _quorum(talk: SeenDiscussion) -> dict[str, Any]:
    return {
        "kind": "ok" if talk.agencies_present >= talk.quorum else "warn",
        "text": _("Quorum is met") if talk.agencies_present >= talk.quorum else _("No quorum yet"),
        "side": ngettext(
            "%(n)s agency takes part, %(needed)s needed",
            "%(n)s agencies take part, %(needed)s needed",
            talk.agencies_present,
        )
        % {"n": talk.agencies_present, "needed": talk.quorum},
        "note": "",
    }


def _counted(marks: list[SeenAgencyMark]) -> str:
    """More than are needed is no fraction: "3, 2 needed", as the quorum says it."""
    said = ngettext("%(n)s agency, %(needed)s needed", "%(n)s agencies, %(needed)s needed", len(marks))
    return said % {"n": len(marks), "needed": BACKING_NEEDED}


def _marks(marks: list[SeenAgencyMark]) -> str:
    return ", ".join(f"{m.agency} {date_format(timezone.localtime(m.at), 'HOUR')}" for m in marks)


def chosen(seen: SeenSituation) -> list[dict[str, Any]]:
    """The agencies on the list, why each, and who acts for it."""
    rows = []
    for c in seen.choice or ():
        side = _("Proposed lead") if c.proposed_lead else ""
        # Whole sentences: a name says nothing behind a reason.
        said = _("%(why)s. Acts: %(person)s") if c.person else _("%(why)s. Has not named the person who will act yet")
        rows.append(
            {
                "kind": "ok" if c.person else "open",
                "text": c.agency,
                "side": side,
                "note": said % {"why": c.necessity, "person": c.person},
            }
        )
    return rows
