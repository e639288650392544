"""Behind the door: what would a busy person press next? One act, the page's one primary button."""

from __future__ import annotations

from typing import Any

from privacy.vocabulary import IDENTIFYING, Answer, CompartmentKind
from situations import apart, on_file
from situations.scene import Scene
from situations.seen import SeenSituation
from situations.views.offered import Offered, entry


def next_step(scene: Scene, seen: SeenSituation, acts: Offered) -> dict[str, Any] | None:
    """The page's one primary button: answer and decide first, then write, then contact."""
    order = (
        "enter_identifiers", "disclose", "answer", "confirm_lead", "record_authority", "safe_contact", "contact",
        "conclude",
    )  # fmt: skip
    ours = scene.relation.agencies
    done = {
        "enter_identifiers": bool(_entered(scene)),
        "disclose": any(d.agency_id in ours for d in on_file.disclosures(scene)),
        "answer": scene.relation.leads or not _asked(scene),  # who leads has said that it acts
        "record_authority": any(on_file.authority(scene, agency_id) for agency_id in ours),
        "safe_contact": bool(apart.written_for(scene)) and not apart.safe_contact_waits(scene) & {*apart.ours(scene)},
        "contact": bool(seen.contact and seen.contact.contacts),
    }
    name = next((n for n in order if n in acts.possible and not done.get(n, False)), None)
    return entry(scene, name) if name else None


def _entered(scene: Scene) -> bool:
    persons = on_file.of_kind(scene, CompartmentKind.SUBJECT)
    return any(on_file.revealable(scene, c) & {*IDENTIFYING} for c in persons)


def _asked(scene: Scene) -> bool:
    """Who it is was disclosed to this member, who has not answered; safe contact and plan ask for no answer."""
    said_who = (d for d in on_file.standing(scene) if d.compartment.kind == CompartmentKind.SUBJECT)
    return any(
        r.member_id == scene.by.pk and r.answer == Answer.PENDING
        for d in said_who
        if {*IDENTIFYING} & {*d.elements}
        for r in d.recipients.all()
    )
