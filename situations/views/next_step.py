"""Behind the door: what would a busy person press next? One act, the page's one primary button."""

from __future__ import annotations

from typing import Any

from privacy import gate
from privacy.vocabulary import IDENTIFYING, CompartmentKind
from situations import apart
from situations.scene import Scene
from situations.seen import SeenSituation
from situations.views.offered import Offered, entry


def next_step(scene: Scene, seen: SeenSituation, acts: Offered) -> dict[str, Any] | None:
    """The page's one primary button: answer and decide first, then write, then contact."""
    order = (
        "enter_identifiers", "disclose", "answer", "confirm_lead", "record_authority", "safe_contact", "contact",
        "conclude",
    )  # fmt: skip
    done = {
        "enter_identifiers": bool(_entered(scene)),
        "disclose": scene.access.disclosures.filter(agency_id__in=scene.relation.agencies).exists(),
        "answer": not _asked(scene),
        "record_authority": scene.access.authorities.filter(agency_id__in=scene.relation.agencies).exists(),
        "safe_contact": bool(apart.written_for(scene)) and not apart.safe_contact_waits(scene) & {*apart.ours(scene)},
        "contact": bool(seen.contact and seen.contact.contacts),
    }
    name = next((n for n in order if n in acts.possible and not done.get(n, False)), None)
    return entry(scene, name) if name else None


def _entered(scene: Scene) -> bool:
    return any(
        gate.versions(c).keys() & {*IDENTIFYING} for c in scene.access.compartments.filter(kind=CompartmentKind.SUBJECT)
    )


def _asked(scene: Scene) -> bool:
    """Who it is was disclosed to this member, who has not answered; safe contact and plan ask for no answer."""
    return scene.access.disclosures.filter(
        recalled_at__isnull=True,
        compartment__kind=CompartmentKind.SUBJECT,
        recipients__member=scene.by,
        recipients__answer="pending",
        elements__overlap=[str(e) for e in IDENTIFYING],
    ).exists()
