"""What do the named persons see of an intervention? Parts of the one projection, called when the policy allows them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy import youth
from privacy.decision import Text
from privacy.vocabulary import (
    Audience,
    Category,
    CompartmentKind,
    Duty,
    Element,
)
from situations import actions, apart, marks, on_file
from situations.scene import Scene
from situations.seen import (
    SeenAction,
    SeenAuthority,
    SeenCompartment,
    SeenContact,
    SeenContactCorrected,
    SeenFollowUp,
    SeenNotice,
)
from situations.vocabulary import CorrectionReason, FollowUpAnswer, NoticeExcuse, NoticeMethod

#: What the ledger calls a contact that was corrected.
CONTACT = "contact"
#: What else a row of the ledger can be about.
_OTHERS = {
    "coded": _("Coded facts"), "summary": _("Screened summary"), "ending": _("The outcome"), CONTACT: _("A contact"),
}  # fmt: skip


def compartments(scene: Scene, may: frozenset[Category]) -> tuple[SeenCompartment, ...]:
    kinds = {
        CompartmentKind.SUBJECT: Category.IDENTIFIERS in may,
        CompartmentKind.PLAN: Category.PLAN in may,
        CompartmentKind.YOUTH: Category.YOUTH_JUSTICE in may,
    }
    if not any(kinds.values()):
        return ()
    seen = []
    for c in on_file.compartments(scene):
        kind = CompartmentKind(c.kind)
        items = set(on_file.revealable(scene, c)) if kinds[kind] else set()
        if Category.SAFE_CONTACT not in may:
            items.discard(str(Element.SAFE_CONTACT))
        if items:
            elements = tuple((item, element_label(item)) for item in sorted(items))
            seen.append(SeenCompartment(c.pk, kind.value, str(kind.label), c.subject, elements, c.readable_until))
    return tuple(seen)


def element_label(item: str) -> Text:
    """The words for an element's name."""
    if item in Element.values:
        return Element(item).label
    if action := apart.action_of(item):
        number, person = action
        if person:
            return _("Action %(number)s, person %(n)s") % {"number": number, "n": person}
        return _("Action %(number)s") % {"number": number}
    if item.startswith("grounds:"):
        return _("Our grounds")
    if item.startswith(youth.PREFIX):
        return _("Youth-justice note")
    if item.startswith("limits:"):
        return _("Limits of a consent")
    if item.startswith(marks.ELEMENT):
        return marks.element_in_words(item)
    return _OTHERS.get(item, item)


def authorities(scene: Scene) -> tuple[SeenAuthority, ...]:
    seen = []
    for e in scene.engagements:
        found = on_file.authority(scene, e.agency_id)
        seen.append(SeenAuthority(e.agency.name, found.label if found else ""))
    return tuple(seen)


def plan(scene: Scene) -> tuple[SeenAction, ...]:
    """The actions the member's agency may know of: no others, words or not (R51)."""
    return tuple(
        SeenAction(
            p.number, subject, p.agency.name, p.agency_id in scene.acts_for, p.due_on, p.done_at is not None,
            p.not_possible,
        )
        for p, subject in actions.known(scene)
    )  # fmt: skip


def follow_ups(scene: Scene) -> tuple[SeenFollowUp, ...]:
    """What the lead answered, newest first: about the whole plan, so for every agency that intervenes."""
    said = scene.situation.follow_ups.select_related("agency").order_by("-at", "-id")
    return tuple(SeenFollowUp(f.at, f.agency.name, FollowUpAnswer(f.answer).label) for f in said)


def contact(scene: Scene) -> SeenContact:
    s = scene.situation
    intervention = getattr(s, "intervention", None)
    due: datetime | None = intervention.contact_due_at if intervention else None
    known = frozenset(apart.ours(scene))
    made = [c for c in on_file.contacts(scene) if apart.seen_by_us(scene, c.subject, c.agency_id)]
    # That, and when, somebody reached a person we do not know is not ours to learn; our clock runs on.
    first = min((c.contacted_at for c in made), default=None)
    return SeenContact(
        due_at=due,
        first_contact_at=first,
        overdue=due is not None and first is None and due < timezone.now(),
        declined=bool(intervention and known & {*intervention.declined_by}),
        mail_blocked=apart.mail_is_blocked(scene, for_=known),
        safe_contact_recorded=bool(apart.written_for(scene) & known),
        contacts=tuple(
            (c.contacted_at, c.agency.name, c.get_result_display(), c.get_consent_outcome_display(), c.subject)
            for c in made
        ),
        consents=tuple(
            (c.pk, c.given_on, c.expires_on, c.withdrawn_at is not None, c.subject)
            for c in on_file.consents(scene)
            if apart.seen_by_us(scene, c.subject, c.agency_id)
        ),
        corrected=tuple(
            SeenContactCorrected(
                c.contacted_at,
                c.agency.name,
                c.get_result_display(),
                c.get_consent_outcome_display(),
                c.subject,
                CorrectionReason(c.corrected_by.why).label,
                c.corrected_by.at,
            )
            for c in on_file.corrected_contacts(scene)
            if apart.seen_by_us(scene, c.subject, c.agency_id)
        ),
    )


def notices(scene: Scene) -> tuple[SeenNotice, ...]:
    seen = []
    for n in on_file.notices(scene):
        # A notice says that its agency knows the person and told others: for who knows the person too (R51).
        if not apart.seen_by_us(scene, n.subject, n.agency_id):
            continue
        how: Text = NoticeMethod(n.method).label if n.method else ""
        if n.excuse:
            how = NoticeExcuse(n.excuse).label
        seen.append(
            SeenNotice(
                n.pk, n.agency.name, n.agency_id in scene.acts_for, Duty(n.duty).label, n.authority, n.due_on,
                n.closed_at is not None, how,
            )
        )  # fmt: skip
    return tuple(seen)


def services(scene: Scene) -> tuple[tuple[str, str, str, int], ...]:
    """Of a named person, the services for persons its agency knows; the recorder keeps them all, after the end."""
    mobilized = scene.situation.services.select_related("agency", "category", "result")
    named = Audience.NAMED in scene.relation.audiences
    return tuple(
        (x.agency.name, x.category.label, x.result.label, x.subject)
        for x in mobilized
        if not named or apart.seen_by_us(scene, x.subject, x.agency_id)
    )
