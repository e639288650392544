"""Youth-justice notes: who may write one, about whom, until when, for whom? (R47, R48)"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.clock import today_at
from privacy import authorities, youth
from privacy.decision import Decision, allow, deny
from situations import apart
from situations.scene import Scene


def bound_by_ycja(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency is bound by the Youth Criminal Justice Act: it discloses on that Act alone."""
    if scene.engagement is None or not authorities.for_youth_justice(scene.engagement.agency):
        return deny(
            "not-bound-by-ycja", _("Only an agency bound by the Youth Criminal Justice Act writes these notes.")
        )
    return allow()


def young_person_of_ours(scene: Scene, data: dict[str, Any]) -> Decision:
    """The note is about one person aged 12 to 17 whom the member's agency knows."""
    young = apart.young(scene)
    if not young:
        return deny("nobody-of-that-age", _("Nobody aged 12 to 17 is known to your agency here."))
    subject = apart.about(scene, data.get("subject"))
    if "words" in data and subject not in young:
        return deny("which-young-person", _("Choose a person aged 12 to 17 whom your agency knows."))
    return allow()


def note_ends_in_time(scene: Scene, data: dict[str, Any]) -> Decision:
    """It names the last day of its access period, which is not over; nor are the agency's own notes (R48)."""
    subject, until = apart.about(scene, data.get("subject")), data.get("until")
    if until is not None and until < today_at(scene.situation.table):
        return deny("period-over", _("This day is over: such a note may not be kept any more."))
    if subject is not None and scene.engagement and youth.ended(scene.access, subject, scene.engagement.agency):
        return deny("notes-over", _("The access period of this person’s notes is over: nothing can be added."))
    return allow()


def listed_know_the_person(scene: Scene, data: dict[str, Any]) -> Decision:
    """Whoever is put on the note's list knows who the person is already."""
    subject, wanted = apart.about(scene, data.get("subject")), data.get("recipients")
    if (
        wanted
        and subject is not None
        and not {e.pk for e in wanted} <= {e.pk for e in apart.recipients(scene, subject)}
    ):
        return deny("listed-know-not", _("Choose people whose agency knows this person."))
    return allow()
