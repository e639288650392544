"""What changes at filter 4: authority, safe contact, plan, first contact, consent, services, notices?"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from privacy import access, disclosure, vault
from privacy.decision import Denied, hide
from privacy.models import Compartment, Engagement
from privacy.vocabulary import CompartmentKind, Element, Medium, Necessity, Purpose
from situations import apart, consents, notices, written
from situations.conditions.intervention import not_declined_on_consent
from situations.effects.door import subject_compartment
from situations.intervention import Consent, FirstContact, PlanEntry, ServiceMobilized
from situations.outbox import tell, tell_agency
from situations.scene import Scene
from situations.vocabulary import ConsentOutcome, Message


def add_agency(scene: Scene, data: dict[str, Any]) -> None:
    """The lead adds an agency at filter 4: engaged, with nothing inherited (R21)."""
    engagement = access.choose(
        scene.access, data["agency"], necessity=Necessity(data["necessity"]), proposed_lead=False
    )
    engagement.status = Engagement.Status.ENGAGED
    engagement.save(update_fields=["status"])
    tell_agency(scene, data["agency"].pk, Message.NAMED)


def record_authority(scene: Scene, data: dict[str, Any]) -> None:
    """The member's agency records its own authority."""
    disclosure.record_authority(scene.access, by=scene.by, agency=scene.acting.agency, authority=data["authority"])


def plan_compartment(scene: Scene) -> Compartment:
    """The compartment of the plan."""
    return Compartment.objects.get(access=scene.access, kind=CompartmentKind.PLAN, subject=0)


def safe_contact(scene: Scene, data: dict[str, Any]) -> None:
    """Seal one person's safe-contact instructions with that person; they reach the agencies that know the person.

    `seen`: the versions the form was opened with. Written anew meanwhile: StaleText, and nothing of this remains.
    """
    subject, item = _person(scene, data.get("subject")), str(Element.SAFE_CONTACT)
    room = subject_compartment(scene, subject)
    before = written.seen_or_now(data.get("seen"), room, item)
    _entry(scene, room, item, subject, data["instructions"], seen=before, grounds=data.get("grounds"))
    intervention = scene.situation.intervention
    others = set(intervention.mail_blocked_for) - {subject}
    intervention.mail_blocked_for = sorted(others | {subject} if data.get("mail_blocked") else others)
    intervention.safe_contact_for = sorted({*intervention.safe_contact_for, subject})
    intervention.save(update_fields=["mail_blocked_for", "safe_contact_for"])


def plan(scene: Scene, data: dict[str, Any]) -> None:
    """Add an action: its words sealed, for the agencies that know the person; owner and date in the open row."""
    s, subject = scene.situation, _person(scene, data.get("subject"))
    number = (s.plan.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    item = apart.plan_item(scene, number, subject)
    _entry(scene, plan_compartment(scene), item, subject, data["words"], seen=0, grounds=data.get("grounds"))
    PlanEntry.objects.create(
        situation=s, table_id=s.table_id, number=number, agency=data.get("owner") or scene.acting.agency,
        by=scene.by, due_on=data["due_on"],
    )  # fmt: skip


def _person(scene: Scene, wanted: int | None) -> int:
    subject = apart.about(scene, wanted)
    if subject is None:
        raise Denied(hide("which-person"))
    return subject


def _entry(
    scene: Scene, compartment: Compartment, item: str, subject: int, words: str, *, seen: int, grounds: str | None
) -> None:
    """One entry: sealed, then disclosed under the agency's own recorded authority to those who know the person."""
    engagement = scene.acting
    authority = disclosure.authority_on_record(scene.access, engagement.agency_id)
    if authority is None:
        raise Denied(hide("no-authority"))
    not_declined_on_consent(scene, {"authority": authority, "subject": subject}).require()
    vault.seal(scene.situation.pk, compartment.level, item, words, seen_version=seen)
    others = apart.recipients(scene, subject)
    if seen:
        disclosure.end_beyond(compartment, item, by=engagement.agency_id, agencies=[e.agency_id for e in others])
    if others:
        disclosure.disclose(
            scene.access,
            compartment,
            by=scene.by,
            agency=engagement.agency,
            elements=[item],
            recipients=others,
            purpose=Purpose.MAKE_CONTACT,
            authority=authority,
            medium=Medium.SCREEN,
            grounds=grounds or "",
            consent=consents.on_file(scene, subject, {e.agency_id for e in others}, [item]),
        )
        for person in apart.subjects(scene) if subject == apart.WHOLE else [subject]:
            notices.owe(scene, authority=authority, agency=engagement.agency, subject=person)


def plan_done(scene: Scene, data: dict[str, Any]) -> None:
    """Close an action: done, or not possible."""
    entry = scene.situation.plan.get(number=data["number"])
    if data.get("not_possible"):
        entry.not_possible = True
    else:
        entry.done_at = timezone.now()
    entry.save(update_fields=["not_possible", "done_at"])


def contact(scene: Scene, data: dict[str, Any]) -> None:
    """Record a contact or attempt with the outcome of asking for consent; a refusal ends sharing on consent (R26)."""
    s, subject = scene.situation, _person(scene, data.get("subject"))
    made = FirstContact.objects.create(
        situation=s,
        table_id=s.table_id,
        agency=scene.acting.agency,
        member=scene.by,
        subject=subject,
        contacted_at=data["contacted_at"],
        result=data["result"],
        consent_outcome=data["consent_outcome"],
        not_sought_reason=data.get("not_sought_reason") or "",
    )
    intervention = s.intervention
    intervention.first_contact_at = intervention.first_contact_at or data["contacted_at"]
    intervention.declined_by = sorted(declined_after(scene, set(intervention.declined_by), made))
    intervention.save(update_fields=["first_contact_at", "declined_by"])


def declined_after(scene: Scene, said_no: set[int], made: FirstContact) -> set[int]:
    """Who has declined once a contact was made; `said_no` had before.

    A "no" stands until the person says yes: an attempt that reached nobody does not lift it (R26).
    """
    if made.consent_outcome == ConsentOutcome.NOT_SOUGHT:
        return said_no
    asked = set(apart.subjects(scene) if made.subject == apart.WHOLE else [made.subject])
    return said_no | asked if made.consent_outcome == ConsentOutcome.REFUSED else said_no - asked


def consent(scene: Scene, data: dict[str, Any]) -> None:
    """Put a consent on record with every particular of R24."""
    s = scene.situation
    row = Consent.objects.create(
        situation=s,
        table_id=s.table_id,
        agency=scene.acting.agency,
        member=scene.by,
        subject=_person(scene, data.get("subject")),
        given_on=data["given_on"],
        giver=data["giver"],
        form=data["form"],
        scope=[str(x) for x in data["scope"]],
        purpose=data["purpose"],
        expires_on=data["expires_on"],
    )
    row.recipients.set(data["agencies"])
    if limits := data.get("limits"):
        vault.seal(s.pk, plan_compartment(scene).level, f"limits:{row.pk}", limits, seen_version=0)


def withdraw_consent(scene: Scene, data: dict[str, Any]) -> None:
    """Consent withdrawn: at once for the future; who relied on it alone loses access (R27)."""
    row = data["consent"]
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    persons = {e.agency_id: e.person_id for e in scene.engagements}
    for agency_id in disclosure.end_access_by_consent_alone(scene.access, str(row.pk)):
        tell(scene, persons.get(agency_id) or 0, Message.ENDED)


def mobilize(scene: Scene, data: dict[str, Any]) -> None:
    """Record a service that was offered or connected, and how it went."""
    s = scene.situation
    ServiceMobilized.objects.create(
        situation=s,
        table_id=s.table_id,
        agency=scene.acting.agency,
        by=scene.by,
        subject=_person(scene, data.get("subject")),
        category=data["category"],
        result=data["result"],
    )


def notice(scene: Scene, data: dict[str, Any]) -> None:
    """Close a notice: given (when, how), or excused (why)."""
    row = data["notice"]
    row.done_on = data.get("done_on")
    row.method = data.get("method") or ""
    row.excuse = data.get("excuse") or ""
    row.closed_by, row.closed_at = scene.by, timezone.now()
    row.save()
