"""What changes at filter 2: discussion, backing, objections, the decision?"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from agencies.models import Agency
from privacy import access, ledger
from privacy.decision import Denied, hide
from privacy.vocabulary import Filter, LedgerKind, Medium, Necessity
from risk.threshold import Affirmed
from situations import agenda, deciding, erasure, on_file, presence, turns
from situations.models import Determination, Objection, Stand
from situations.outbox import tell_agency
from situations.scene import Scene
from situations.vocabulary import ItemKind, MeetingState, Message, Stance


def return_to_agency(scene: Scene, data: dict[str, Any]) -> None:
    """Back to the agency's filter 1. The row leaves its mover's sight, so a database function moves it."""
    s = scene.situation
    determine(scene, "return", reason=data.get("reason", ""))
    tell_agency(scene, s.originating_agency_id, Message.RETURNED)
    agenda.take_off_open_agendas(s)


def finish_return(scene: Scene) -> None:
    """The move itself, after everything else of the act is written (see lifecycle.perform)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT situations_return_to_agency(%s)", [scene.situation.pk])


def discuss(scene: Scene, data: dict[str, Any]) -> None:
    """Open the item: who is present at the meeting is present for it, hears it, and the ledger says so."""
    item = scene.item
    if item is None:
        raise Denied(hide("not-on-agenda"))
    if turns.locked(item.meeting).state != MeetingState.SITTING:  # it was ended while this waited
        raise Denied(hide("not-on-agenda"))
    now = timezone.now()
    item.opened_at, item.closed_at = now, None
    item.save(update_fields=["opened_at", "closed_at"])
    present = presence.bring_in(item)
    turns.opened(item)
    scene.situation.discussed_at = scene.situation.discussed_at or now
    ledger.record(
        LedgerKind.PRESENTED,
        scene.situation.pk,
        recipients=[(p.member_id, p.agency_id) for p in present],
        elements=["coded", "summary"],
        medium=Medium.VOICE,
        meeting=item.meeting_id,
    )


def stand(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency stands behind acceptance."""
    _stand(scene, Stance.ACCEPT)


def agree_reject(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency stands behind the rejection."""
    _stand(scene, Stance.REJECT)


def _stand(scene: Scene, stance: Stance) -> None:
    s = scene.situation
    agency_id = min(scene.relation.backs - {s.originating_agency_id})
    Stand.objects.update_or_create(
        situation=s,
        agency_id=agency_id,
        defaults={"table_id": s.table_id, "member": scene.by, "stance": stance, "at": timezone.now()},
    )


def object_(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency objects."""
    s = scene.situation
    # As with backing: somebody who also sits for the agency that brought it speaks for the other one.
    ours = scene.relation.agencies - {s.originating_agency_id} or scene.relation.agencies
    Objection.objects.update_or_create(
        situation=s,
        agency_id=min(ours),
        defaults={"table_id": s.table_id, "member": scene.by, "resolved_at": None},
    )


def resolve_objection(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency withdraws its objection."""
    scene.situation.objections.filter(agency_id__in=scene.relation.agencies, resolved_at__isnull=True).update(
        resolved_at=timezone.now()
    )


def accept(scene: Scene, data: dict[str, Any]) -> None:
    """The threshold is met. The originating agency is on the list from the start: it will disclose."""
    determine(scene, "accept", criteria=data["criteria"])
    access.move(scene.access, Filter.F3A)
    access.choose(
        scene.access,
        Agency.objects.get(pk=scene.situation.originating_agency_id),
        necessity=Necessity.BROUGHT_IT,
        proposed_lead=False,
    )


def reject(scene: Scene, data: dict[str, Any]) -> None:
    """Rejected: the six groups and all sealed text go in this transaction; objections are counted."""
    reason = data["reason"]
    determine(scene, "reject", reason=reason.code, criteria=data.get("criteria"))
    scene.situation.ending_group, scene.situation.ending_reason = reason.category_code, reason.code
    close(scene)


def stop(scene: Scene, data: dict[str, Any]) -> None:
    """Stopped before the door: as a rejection, counted apart."""
    determine(scene, "stop", reason=data["reason"])
    scene.situation.ending_group, scene.situation.ending_reason = "stopped", data["reason"]
    close(scene)


def defer(scene: Scene, data: dict[str, Any]) -> None:
    """Put off: stays presented, goes to the next agenda, stands and offers are asked for anew; objections stay open."""
    determine(scene, "defer")
    s = scene.situation
    s.deferrals += 1
    s.stands.all().delete()
    s.offers.all().delete()
    agenda.close_item(scene.item)
    agenda.put_on_next_agenda(s, ItemKind.DEFERRED)


def close(scene: Scene) -> None:
    """Close an item before the door and erase what may not remain."""
    s = scene.situation
    now = timezone.now()
    s.decided_at = s.concluded_at = now
    s.objections_counted = s.objections.filter(resolved_at__isnull=True).count()
    agenda.close_item(scene.item)
    agenda.take_off_open_agendas(s, keep=scene.item)
    access.move(scene.access, Filter.CLOSED)
    erasure.erase(scene)


def determine(scene: Scene, act: str, *, reason: str = "", criteria: Affirmed | None = None) -> None:
    """Record the decision with whose it is, who typed it, who was present and how many objected."""
    s = scene.situation
    typed_for = deciding.typed_for(scene)
    Determination.objects.create(
        situation=s,
        table_id=s.table_id,
        meeting=scene.item.meeting if scene.item else None,
        chair=typed_for or scene.by,
        typed_by=scene.by if typed_for is not None else None,
        act=act,
        reason=reason,
        significant_interest=criteria.significant_interest if criteria else None,
        high_probability=criteria.high_probability if criteria else None,
        severe_intensity=criteria.severe_intensity if criteria else None,
        multi_agency=criteria.multi_agency if criteria else None,
        agencies_present=sorted(on_file.present(scene)),
        dissent=s.objections.filter(resolved_at__isnull=True).count(),
    )
    s.decided_at = timezone.now()
