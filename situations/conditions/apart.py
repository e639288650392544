"""Filter 4, entries: is it said about whom this is, and does the agency that writes know that person? (R51, R52)"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy import gate
from privacy.decision import Decision, allow, deny
from privacy.vocabulary import CompartmentKind, Element
from situations import apart, on_file
from situations.scene import Scene


def instructions_name_their_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """Safe-contact instructions are about one person whom the member's agency knows."""
    return _of_ours(scene, data, whole=False, typed="instructions" in data)


def action_names_its_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """An action is about a person whom the member's agency knows; about all only where nobody is kept apart."""
    return _of_ours(scene, data, whole=True, typed="words" in data)


def contact_names_its_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """A contact is with a person whom the member's agency knows; with all only where nobody is kept apart."""
    return _of_ours(scene, data, whole=True, typed="result" in data)


def consent_names_its_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """A consent is one person's own, and that person is known to the member's agency."""
    return _of_ours(scene, data, whole=False, typed="giver" in data)


def service_names_its_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """A service is for a person whom the member's agency knows; for all only where nobody is kept apart."""
    return _of_ours(scene, data, whole=True, typed="category" in data)


def _of_ours(scene: Scene, data: dict[str, Any], *, whole: bool, typed: bool) -> Decision:
    open_, subject = apart.open_to(scene, whole=whole), apart.about(scene, data.get("subject"))
    if not open_:
        return deny("not-our-person", _("Who it is was not disclosed to your agency: it cannot write about them."))
    if subject is None:
        return deny("which-person", _("Choose the person")) if typed else allow()
    if subject in open_:
        return allow()
    if subject == apart.WHOLE:
        return deny("which-person", _("Choose the person"))
    if subject not in apart.subjects(scene):
        return deny("no-such-person", _("Choose one of the affected persons."))
    return deny("not-our-person", _("Who it is was not disclosed to your agency: it cannot write about them."))


def owner_knows_the_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency that does it can read it: it knows the person the action is about."""
    owner, subject = data.get("owner"), apart.about(scene, data.get("subject"))
    if owner is not None and subject is not None and owner.pk not in apart.knowing(scene, subject):
        return deny("owner-knows-not", _("That agency does not know this person. Choose one that does."))
    return allow()


def safe_contact_is_ours(scene: Scene, data: dict[str, Any]) -> Decision:
    """Nobody overwrites another agency's words. Where that agency has nobody left who can act, the lead may, or, where
    the lead does not know the person, the agency that brought the situation (R52).
    """
    wanted = apart.about(scene, data.get("subject"))
    free = [n for n in apart.ours(scene) if not _anothers(scene, n)]
    if (wanted in free) if wanted is not None else free:
        return allow()
    return deny("anothers-words", _("Another agency wrote the safe-contact instructions: it changes them."))


def _anothers(scene: Scene, subject: int) -> bool:
    compartment = next(c for c in on_file.of_kind(scene, CompartmentKind.SUBJECT) if c.subject == subject)
    written = gate.written(compartment, str(Element.SAFE_CONTACT))
    if written is None or written.agency_id in scene.acts_for:
        return False
    return written.acts or not apart.takes_over(scene, subject)


def safe_contact_first(scene: Scene, data: dict[str, Any]) -> Decision:
    """With a violence flag or two kept apart, safe-contact instructions are written before any contact (R52)."""
    if not apart.safe_contact_waits(scene):
        return allow()
    if apart.kept_apart(scene):
        return deny(
            "safe-contact-first",
            _("Two people are kept apart: the person harmed first needs safe-contact instructions."),
        )
    return deny("safe-contact-first", _("Violence is flagged: write the safe-contact instructions first."))
