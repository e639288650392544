"""Whose is it to correct an entry, and which entries can be? (domain.md, "Mistakes")"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy.decision import Decision, allow, deny
from situations import on_file
from situations.conditions.listed import OUTCOMES, listed
from situations.scene import Scene
from situations.vocabulary import ENTERED_WRONGLY


def ended_with_an_outcome(scene: Scene, data: dict[str, Any]) -> Decision:
    """It was concluded; a stop or a transfer has no outcome that could be another one."""
    if scene.situation.ending_group not in OUTCOMES:
        return deny("no-outcome", _("It was stopped or transferred: there is no outcome to correct."))
    return allow()


def another_outcome(scene: Scene, data: dict[str, Any]) -> Decision:
    """Something is corrected: the new outcome is not the one on record."""
    s, reason = scene.situation, data.get("reason")
    if reason is not None and (reason.category_code, reason.code) == (s.ending_group, s.ending_reason):
        return deny("same-outcome", _("This outcome is on record already. Choose the right one."))
    return allow()


def own_contact(scene: Scene, data: dict[str, Any]) -> Decision:
    """A contact that the member's agency entered and that stands: each agency corrects its own."""
    mine, wanted = {c.pk for c in on_file.contacts(scene) if c.agency_id in scene.acts_for}, data.get("contact")
    if (wanted.pk not in mine) if wanted is not None else not mine:
        return deny("no-own-contact", _("Your agency has entered no contact here."))
    return allow()


def another_contact(scene: Scene, data: dict[str, Any]) -> Decision:
    """Something is corrected: to the minute, as it is typed, the entry said something else."""
    wrong, when = data.get("contact"), data.get("contacted_at")
    if wrong is None or when is None:
        return allow()
    said = (wrong.result, wrong.consent_outcome, wrong.not_sought_reason, _minute(wrong.contacted_at))
    now = (data.get("result"), data.get("consent_outcome"), data.get("not_sought_reason") or "", _minute(when))
    if said == now:
        return deny("same-contact", _("The entry says this already. Enter what is right."))
    return allow()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def says_why_wrong(scene: Scene, data: dict[str, Any]) -> Decision:
    """A correction says why the entry was wrong, by code."""
    return listed(data, "why", [str(reason) for reason in ENTERED_WRONGLY])
