"""What is on file of a situation? The rows that several parts of one answer ask for, each read once in a reading.

Rows only: what of them reaches whom is for `apart`, the conditions and the projection to say.
"""

from __future__ import annotations

from agencies.clock import today_at
from agencies.models import Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy import disclosure, gate
from privacy.carrying import carries
from privacy.models import Compartment, Disclosure, DisclosureRecipient, LegalAuthority
from privacy.vocabulary import Answer, CompartmentKind
from risk.models import CatalogueEntry
from situations.intervention import Consent, FirstContact, NoticeTask
from situations.models import AffectedPerson, Objection, Stand
from situations.scene import Scene, alike, remembered
from situations.sitting_for import sitting_for_an_agency
from situations.vocabulary import Room


@alike
def persons(scene: Scene) -> tuple[AffectedPerson, ...]:
    """The affected persons, as coarse as the table sees them."""
    return tuple(scene.situation.persons.select_related("age_group", "sex"))


@alike
def coded(scene: Scene) -> tuple[CatalogueEntry, ...]:
    """The codes chosen from every list, in the lists' order."""
    facts = scene.situation.facts.select_related("entry").order_by("entry__position")
    return tuple(f.entry for f in facts)


@remembered
def compartments(scene: Scene) -> tuple[Compartment, ...]:
    """All compartments, by kind and person."""
    return tuple(scene.access.compartments.order_by("kind", "subject", "pk"))


def of_kind(scene: Scene, kind: CompartmentKind) -> list[Compartment]:
    """The compartments of one kind."""
    return [c for c in compartments(scene) if c.kind == kind]


@remembered
def revealable(scene: Scene, compartment: Compartment) -> frozenset[str]:
    """The texts of a compartment that the member could reveal now."""
    return frozenset(gate.versions(compartment))


@remembered
def holders(scene: Scene, subject: int) -> frozenset[int]:
    """The agencies that know who one affected person is."""
    return disclosure.holders(scene.access, subject)


@remembered
def disclosures(scene: Scene) -> tuple[Disclosure, ...]:
    """All disclosures with their recipients, those that were recalled too, oldest first."""
    return tuple(scene.access.disclosures.select_related("compartment").prefetch_related("recipients"))


def standing(scene: Scene) -> list[Disclosure]:
    """The disclosures on whose strength something is opened: not recalled, no consent that is over."""
    today = today_at(scene.situation.table)
    return [d for d in disclosures(scene) if carries(d, today)]


def told(scene: Scene, agency_id: int) -> list[DisclosureRecipient]:
    """What was disclosed to an agency, was not recalled and is not said to be "not ours"."""
    to_them = (r for d in standing(scene) for r in d.recipients.all() if r.agency_id == agency_id)
    return [r for r in to_them if r.answer != Answer.NOT_OURS]


@remembered
def _authorities(scene: Scene) -> tuple[tuple[int, LegalAuthority], ...]:
    found = scene.access.authorities.select_related("authority")
    return tuple((a.agency_id, a.authority) for a in found)


def authority(scene: Scene, agency_id: int) -> LegalAuthority | None:
    """The authority an agency last recorded for its own entries."""
    return next((a for agency, a in _authorities(scene) if agency == agency_id), None)


@alike
def away(scene: Scene) -> frozenset[int]:
    """The members who stepped away."""
    return frozenset(scene.access.recusals.values_list("member_id", flat=True))


@alike
def stands(scene: Scene) -> tuple[Stand, ...]:
    """The agencies that stand behind accepting or rejecting, the first first; none that no seat speaks for today."""
    seats = Standing.objects.at(scene.situation.table_id).in_roles(*AGENCY_ROLES, Role.FACILITATOR)
    found = scene.situation.stands.filter(agency_id__in=seats.values("agency_id"))
    return tuple(found.select_related("agency").order_by("at"))


@alike
def objections(scene: Scene) -> tuple[Objection, ...]:
    """The objections, resolved ones too, the first first."""
    return tuple(scene.situation.objections.select_related("agency").order_by("at"))


def objecting(scene: Scene) -> set[int]:
    """The agencies whose objection is open."""
    return {o.agency_id for o in objections(scene) if o.resolved_at is None}


@alike
def present(scene: Scene) -> frozenset[int]:
    """The agencies present for the item in the main meeting, by people whose seat counts; guests are not counted."""
    if scene.item is None:
        return frozenset()
    here = sitting_for_an_agency(scene.item.presences.filter(room=Room.MAIN))
    return frozenset(here.values_list("agency_id", flat=True))


@remembered
def contacts(scene: Scene) -> tuple[FirstContact, ...]:
    """The contacts made, oldest first; of one that was corrected the correction."""
    return tuple(scene.situation.contacts.filter(corrected_by__isnull=True).select_related("agency"))


@remembered
def corrected_contacts(scene: Scene) -> tuple[FirstContact, ...]:
    """The entries that were corrected, each with the entry that corrects it, oldest first."""
    rows = scene.situation.contacts.filter(corrected_by__isnull=False)
    return tuple(rows.select_related("agency", "corrected_by"))


@remembered
def consents(scene: Scene) -> tuple[Consent, ...]:
    """The consents on record, withdrawn ones too, oldest first."""
    return tuple(scene.situation.consents.all())


@remembered
def notices(scene: Scene) -> tuple[NoticeTask, ...]:
    """The notices owed, given or excused, by the day they are due."""
    return tuple(scene.situation.notices.select_related("agency"))
