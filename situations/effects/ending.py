"""What changes when a situation ends, moves, freezes or is stepped away from?"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.utils import timezone

from privacy import access, ledger, vault
from privacy.vocabulary import Category, Filter, LedgerKind, Medium, Purpose
from situations import agenda, consents, erasure, presence
from situations.effects import threshold
from situations.scene import Scene


def withdraw(scene: Scene, data: dict[str, Any]) -> None:
    """The originating agency withdraws before the door: as a rejection, counted apart."""
    scene.situation.ending_group, scene.situation.ending_reason = "withdrawn", "withdrawn"
    threshold.close(scene)


def conclude(scene: Scene, data: dict[str, Any]) -> None:
    """One coded outcome; readers keep what they have until retention is over."""
    reason = data["reason"]
    _end(scene, group=reason.category_code, reason=reason.code)


def stop_intervention(scene: Scene, data: dict[str, Any]) -> None:
    """Already mitigated: only the agencies already engaged keep access (R13)."""
    _end(scene, group="stopped", reason="risk-already-being-mitigated")


def _end(scene: Scene, *, group: str, reason: str) -> None:
    s = scene.situation
    s.ending_group, s.ending_reason = group, reason
    s.decided_at = s.concluded_at = timezone.now()
    agenda.close_item(scene.item)
    agenda.take_off_open_agendas(s, keep=scene.item)
    access.move(scene.access, Filter.CONCLUDED)


def transfer(scene: Scene, data: dict[str, Any]) -> None:
    """Before the door: a new draft at the receiving table; here it closes and is erased (R64)."""
    _restart_elsewhere(scene, data)
    scene.situation.ending_group, scene.situation.ending_reason = "transferred", "transferred"
    threshold.close(scene)


def transfer_intervention(scene: Scene, data: dict[str, Any]) -> None:
    """Past the door: a new draft at the receiving table; those engaged here keep what they have."""
    _restart_elsewhere(scene, data)
    _end(scene, group="transferred", reason="transferred")


def _restart_elsewhere(scene: Scene, data: dict[str, Any]) -> None:
    """Coded facts go to the receiving agency's filter 1, marked with their origin; no text, no identity."""
    new = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT situations_transfer(%s, %s, %s, %s)",
            [scene.situation.pk, new, data["table"].pk, data["agency"].pk],
        )
    _record_passing_on(scene, data)


def _record_passing_on(scene: Scene, data: dict[str, Any]) -> None:
    """The disclosure to the receiving agency: its ledger row (one for each consent relied on), its grounds sealed.

    No notice is owed: what leaves says nothing of who it is, and whoever learns that there is told by their own table.
    """
    authority, agency = data["authority"], data["agency"]
    relied_on = consents.to_pass_on(scene, agency) if authority.is_consent else [None]
    grounds = (data.get("grounds") or "").strip()
    for consent in relied_on:
        receipt = ledger.record(
            LedgerKind.DISCLOSED,
            scene.situation.pk,
            agency_id=scene.own_agency().pk,
            recipients=[(0, agency.pk)],
            elements=[str(Category.CODED)],
            purpose=Purpose.PROVIDE_SERVICE,
            authority=authority.code,
            medium=Medium.SCREEN,
            consent=consent.id if consent else "",
        )
        if grounds:
            vault.seal_grounds(receipt, grounds)


def recuse(scene: Scene, data: dict[str, Any]) -> None:
    """Step away: access ends at once, the reason is not asked; the agency's engagement waits for another person."""
    ledger.record(LedgerKind.RECUSED, scene.situation.pk)
    engagement = scene.engagement
    if engagement is not None:
        engagement.person = None
        engagement.save(update_fields=["person"])
    access.recuse(scene.access, scene.by)
    presence.leave(scene.item, scene.by.pk)


def freeze(scene: Scene, data: dict[str, Any]) -> None:
    """Every reveal and every act is refused until the freeze is lifted."""
    ledger.record(LedgerKind.FROZEN, scene.situation.pk)
    scene.access.frozen = True
    access.touch(scene.access, "frozen")


def unfreeze(scene: Scene, data: dict[str, Any]) -> None:
    """Lift the freeze."""
    ledger.record(LedgerKind.UNFROZEN, scene.situation.pk)
    scene.access.frozen = False
    access.touch(scene.access, "frozen")


def hold(scene: Scene, data: dict[str, Any]) -> None:
    """Suspend destruction."""
    ledger.record(LedgerKind.HELD, scene.situation.pk)
    scene.access.held = True
    access.touch(scene.access, "held")


def release(scene: Scene, data: dict[str, Any]) -> None:
    """Release the hold; text that outlived its decision under it is destroyed now."""
    ledger.record(LedgerKind.RELEASED, scene.situation.pk)
    scene.access.held = False
    access.touch(scene.access, "held")
    if scene.access.filter in (Filter.CLOSED, Filter.DESTROYED):
        erasure.erase_text(scene)
