"""About which person is an entry, and which agencies does it reach? (R21, R51, R52)

With intimate partner violence an agency that serves the person causing harm must not read how the person harmed can be
reached, what is planned for that person, nor that or when somebody reached them. So every entry, contact, consent and
service names its person, and reaches only agencies that know that person: the one that brought the situation, and those
to which something identifying was disclosed.
"""

from __future__ import annotations

from privacy.models import Engagement
from privacy.vocabulary import CompartmentKind
from risk.youth import YOUTH_AGE_GROUPS
from situations import on_file
from situations.intervention import Consent
from situations.scene import Scene
from situations.vocabulary import Part

#: An action that concerns everybody in the situation, not one of them.
WHOLE = 0
PLAN_PREFIX = "plan:"


def kept_apart(scene: Scene) -> bool:
    """Whether one person was harmed by another of the same situation: the two never meet in one entry (R51)."""
    return {Part.HARMED, Part.HARMING} <= {Part(p.part) for p in on_file.persons(scene)}


def subjects(scene: Scene) -> list[int]:
    """The affected persons who have a compartment."""
    return sorted(c.subject for c in on_file.of_kind(scene, CompartmentKind.SUBJECT))


def about(scene: Scene, wanted: int | None) -> int | None:
    """The person an entry is about: as typed, else the only one there is; None where there are several."""
    if wanted is not None:
        return wanted
    known = subjects(scene)
    return known[0] if len(known) == 1 else None


def knowing(scene: Scene, subject: int) -> frozenset[int]:
    """The agencies that know a person; for the whole situation those that know any of them."""
    if subject == WHOLE:
        return frozenset().union(*(knowing(scene, n) for n in subjects(scene)))
    return on_file.holders(scene, subject)


def ours(scene: Scene) -> list[int]:
    """The persons the member's agency knows."""
    return [n for n in subjects(scene) if knowing(scene, n) & scene.acts_for]


def young(scene: Scene) -> list[int]:
    """The persons aged 12 to 17 whom the member's agency knows."""
    aged = {p.ordinal for p in on_file.persons(scene) if p.age_group.code in YOUTH_AGE_GROUPS}
    return [n for n in ours(scene) if n in aged]


def open_to(scene: Scene, *, whole: bool) -> list[int]:
    """What the member may write about: the persons its agency knows and, for an action, all of them together."""
    known = ours(scene)
    together = whole and bool(known) and len(subjects(scene)) > 1 and not kept_apart(scene)
    return [WHOLE, *known] if together else known


def seen_by_us(scene: Scene, subject: int, agency_id: int) -> bool:
    """Whether the member may read what an agency recorded about a person (0: about all of them). One's own always."""
    if agency_id in scene.acts_for:
        return True
    if subject == WHOLE:
        return bool(ours(scene)) and not kept_apart(scene)
    return subject in ours(scene)


def declined(scene: Scene, subject: int | None) -> bool:
    """Whether the person an act is about declined: all of them, or nobody in particular, means any of them (R26)."""
    intervention = getattr(scene.situation, "intervention", None)
    said_no = frozenset(intervention.declined_by) if intervention is not None else frozenset()
    person = about(scene, subject)
    return bool(said_no if person in (None, WHOLE) else said_no & {person})


def consents_in_force(scene: Scene) -> list[Consent]:
    """The consents not withdrawn that the member may read."""
    standing = [c for c in on_file.consents(scene) if c.withdrawn_at is None]
    return [c for c in standing if seen_by_us(scene, c.subject, c.agency_id)]


def recipients(scene: Scene, subject: int) -> list[Engagement]:
    """The named persons of the other agencies that an entry about this person reaches."""
    known, own = knowing(scene, subject), scene.acts_for
    engaged = (e for e in scene.engagements if e.status == Engagement.Status.ENGAGED and e.person_id is not None)
    return [e for e in engaged if e.agency_id in known and e.agency_id not in own]


def written_for(scene: Scene) -> frozenset[int]:
    """The persons whose safe-contact instructions are written."""
    intervention = getattr(scene.situation, "intervention", None)
    return frozenset(intervention.safe_contact_for) if intervention is not None else frozenset()


def takes_over(scene: Scene, subject: int) -> bool:
    """Whether the member's agency writes what an agency that can no longer act wrote about a person: the lead, or the
    one that brought the situation where no lead knows the person.
    """
    if scene.relation.leads:
        return True
    leads = {e.agency_id for e in scene.engagements if e.lead_confirmed_at is not None}
    return scene.situation.originating_agency_id in scene.acts_for and not leads & knowing(scene, subject)


def safe_contact_waits(scene: Scene) -> frozenset[int]:
    """The persons whose safe-contact instructions come before any contact (R52): everybody who was harmed where two
    are kept apart; where violence is flagged, one of the persons.
    """
    written = written_for(scene)
    if kept_apart(scene):
        return frozenset(p.ordinal for p in on_file.persons(scene) if p.part == Part.HARMED) - written
    flags = {"domestic-violence", "intimate-partner-violence"}
    if not written and any(e.code in flags for e in on_file.coded(scene)):
        return frozenset(subjects(scene))
    return frozenset()


def mail_is_blocked(scene: Scene, *, for_: frozenset[int] | None = None) -> bool:
    """Whether written notice goes another way (R30). Whoever is not kept apart may share an address: one is enough."""
    intervention = getattr(scene.situation, "intervention", None)
    blocked = frozenset(intervention.mail_blocked_for) if intervention is not None else frozenset()
    return bool(blocked if for_ is None or not kept_apart(scene) else blocked & for_)


def plan_item(scene: Scene, number: int, subject: int) -> str:
    """The name of an action's sealed words: with its person where there are several."""
    return f"{PLAN_PREFIX}{number}" + (f":{subject}" if subject != WHOLE and len(subjects(scene)) > 1 else "")


def action_of(item: str) -> tuple[int, int] | None:
    """Number and person (0: the whole situation, or the only person) of an action by its item; None for others."""
    number, _colon, subject = item.removeprefix(PLAN_PREFIX).partition(":")
    if not item.startswith(PLAN_PREFIX) or not number.isdecimal():
        return None
    return int(number), int(subject) if subject.isdecimal() else WHOLE
