"""What changes at filter 3: choosing agencies, the door, limited identifiers, the lead?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import access, disclosure, gate, vault
from privacy.decision import Denied, deny, hide
from privacy.models import Compartment
from privacy.vocabulary import IDENTIFYING, Answer, CompartmentKind, Filter, Necessity
from situations import consents, notices, presence, written
from situations.intervention import Intervention
from situations.models import Offer
from situations.naming import engagement_for
from situations.outbox import tell, tell_agency
from situations.scene import Scene
from situations.vocabulary import Message, State


def choose(scene: Scene, data: dict[str, Any]) -> None:
    """Put an agency on the list, with the coded reason and, for one, the proposal to lead."""
    necessity = Necessity(data["necessity"])
    if data["agency"].pk == scene.situation.originating_agency_id:
        necessity = Necessity.BROUGHT_IT
    access.choose(scene.access, data["agency"], necessity=necessity, proposed_lead=bool(data.get("proposed_lead")))
    if data.get("proposed_lead"):
        tell_agency(scene, data["agency"].pk, Message.LEAD_PROPOSED)


def offer(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency says that it should be involved."""
    s = scene.situation
    there = {s.originating_agency_id, *(e.agency_id for e in scene.engagements)}
    Offer.objects.update_or_create(
        situation=s,
        agency_id=min(scene.relation.agencies - there),
        defaults={"table_id": s.table_id, "member": scene.by, "necessity": Necessity(data["necessity"])},
    )


def unchoose(scene: Scene, data: dict[str, Any]) -> None:
    """Take an agency off the list."""
    access.unchoose(scene.access, data["agency"])


def name_person(scene: Scene, data: dict[str, Any]) -> None:
    """Name who will act; past the door a former person's grants pass to the new one."""
    person = data["person"]
    engagement = engagement_for(scene, person)
    if engagement is None:
        raise Denied(hide("not-seated"))
    former = engagement.person_id
    access.name_person(engagement, person)
    if former is not None and former != person.pk and scene.state != State.CHOOSING:
        presence.leave(scene.item, former)
    tell(scene, person.pk, Message.NAMED)


def pass_door(scene: Scene, data: dict[str, Any]) -> None:
    """The door closes: everybody not named leaves this item, the named go to the huddle, compartments open."""
    scene.situation.offers.all().delete()  # who offered and was not chosen is nobody's to keep (R17)
    access.pass_the_door(scene.access, subjects=max(1, scene.situation.persons.count()))
    presence.close_the_door(scene.item, {e.person_id for e in scene.engagements if e.person_id})
    for engagement in scene.engagements:
        if engagement.person_id:
            tell(scene, engagement.person_id, Message.NAMED)


def enter_identifiers(scene: Scene, data: dict[str, Any]) -> None:
    """Seal what is enough to recognise the person (R16). A blank field changes nothing.

    `seen`: the versions the form was opened with. Somebody of the same agency saved meanwhile: StaleText, and nothing
    of this remains.
    """
    compartment = subject_compartment(scene, data["subject"])
    for element in map(str, IDENTIFYING):
        text = (data.get(element) or "").strip()
        if text:
            before = written.seen_or_now(data.get("seen"), compartment, element)
            vault.seal(scene.situation.pk, compartment.level, element, text, seen_version=before)
    access.touch(scene.access)


def subject_compartment(scene: Scene, subject: int) -> Compartment:
    """The compartment of one affected person."""
    return Compartment.objects.get(access=scene.access, kind=CompartmentKind.SUBJECT, subject=subject)


def disclose(scene: Scene, data: dict[str, Any]) -> None:
    """Disclose elements to named persons on the agency's authority; owe the notices the authority demands."""
    recipients = [e for e in scene.engagements if e in set(data["recipients"])]
    engagement = scene.acting
    compartment = subject_compartment(scene, data["subject"])
    if not {str(e) for e in data["elements"]} <= gate.versions(compartment).keys():
        deny("not-entered", _("Enter it first: only what has been entered can be disclosed.")).require()
    row = disclosure.disclose(
        scene.access,
        compartment,
        by=scene.by,
        agency=engagement.agency,
        elements=[str(e) for e in data["elements"]],
        recipients=recipients,
        purpose=data["purpose"],
        authority=data["authority"],
        medium=data["medium"],
        grounds=data.get("grounds") or "",
        consent=consents.on_file(scene, data["subject"], {e.agency_id for e in recipients}, data["elements"]),
    )
    notices.owe(scene, authority=row.authority, agency=engagement.agency, subject=data["subject"])
    for recipient in recipients:
        tell(scene, recipient.person_id or 0, Message.DISCLOSED)


def answer(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency answers; "not ours" ends its access at once."""
    engagement = scene.acting
    disclosure.answer(scene.access, agency_id=engagement.agency_id, with_=Answer(data["answer"]))
    if data["answer"] == Answer.NOT_OURS:
        presence.leave(scene.item, scene.by.pk)


def recall(scene: Scene, data: dict[str, Any]) -> None:
    """Recall a disclosure; its recipients are told by number and link."""
    row = data["disclosure"]
    disclosure.recall(row)
    for recipient in row.recipients.all():
        tell(scene, recipient.member_id, Message.ENDED)


def propose_lead(scene: Scene, data: dict[str, Any]) -> None:
    """Move the proposal to another engaged agency."""
    for engagement in scene.engagements:
        if engagement.agency_id == data["agency"].pk:
            access.propose_lead(engagement)
            tell(scene, engagement.person_id or 0, Message.LEAD_PROPOSED)


def confirm_lead(scene: Scene, data: dict[str, Any]) -> None:
    """The proposed lead confirms; the clock to first contact starts (table setting, with or without weekends)."""
    engagement = scene.acting
    now = timezone.now()
    engagement.lead_confirmed_at = now
    engagement.save(update_fields=["lead_confirmed_at"])
    table = scene.situation.table
    Intervention.objects.create(
        situation=scene.situation,
        table=table,
        lead_agency=engagement.agency,
        lead_confirmed_at=now,
        contact_due_at=contact_due(
            now,
            hours=table.contact_clock_hours,
            weekends=table.contact_clock_counts_weekends,
            zone=ZoneInfo(table.time_zone),
        ),
    )
    access.move(scene.access, Filter.F4)


def contact_due(start: datetime, *, hours: int, weekends: bool, zone: ZoneInfo) -> datetime:
    """When first contact is due: `hours` after `start`; without weekends, hours of Saturday and Sunday do not count."""
    if weekends:
        return start + timedelta(hours=hours)
    at, left = start, timedelta(hours=hours)
    while left > timedelta(0):
        local = at.astimezone(zone)
        midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        step = midnight - local
        if local.weekday() < 5:
            step = min(step, left)
            left -= step
        at += step
    return at
