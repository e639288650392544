"""Filter 4: who may write, contact and close, and after what?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy.decision import Decision, allow, deny
from privacy.models import LegalAuthority
from situations import actions, apart, on_file
from situations.conditions.door import for_originating_agency, we_are_proposed_lead
from situations.scene import Scene
from situations.vocabulary import ConsentOutcome, NoticeMethod, State


def we_lead(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member is the confirmed lead's named person."""
    if not scene.relation.leads:
        return deny("lead-only", _("Only the lead agency's named person can do this."))
    return allow()


def we_lead_or_are_proposed(scene: Scene, data: dict[str, Any]) -> Decision:
    """The confirmed lead, before the confirmation the proposed one; the originating agency once the lead has gone."""
    if scene.state == State.LIMITED:
        return we_are_proposed_lead(scene, data)
    return we_lead(scene, data) if _somebody_leads(scene) else for_originating_agency(scene, data)


def ours_to_conclude(scene: Scene, data: dict[str, Any]) -> Decision:
    """The originating agency while no lead is confirmed, or when the lead's access has ended; else the lead."""
    return we_lead(scene, data) if _somebody_leads(scene) else for_originating_agency(scene, data)


def _somebody_leads(scene: Scene) -> bool:
    """Whether the confirmed lead is still engaged: "not ours" or a withdrawn consent may have ended it."""
    return any(e.lead_confirmed_at is not None for e in scene.engagements)


def authority_recorded(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency has recorded its own authority."""
    if scene.engagement is None or on_file.authority(scene, scene.engagement.agency_id) is None:
        return deny("authority-first", _("Record your agency's own authority first."))
    return allow()


def not_declined_on_consent(scene: Scene, data: dict[str, Any]) -> Decision:
    """After the person declined, further sharing needs a newly recorded authority other than consent (R26)."""
    if not apart.declined(scene, data.get("subject")):
        return allow()
    authority: LegalAuthority | None = data.get("authority")
    if "authority" not in data or (authority is not None and not authority.is_consent):
        return allow()
    return deny("declined", _("The person declined. Sharing further needs a legal authority other than consent."))


def authority_for_limits(scene: Scene, data: dict[str, Any]) -> Decision:
    """Limits in the giver's own words are an entry: the agency's own authority comes first (R31)."""
    return authority_recorded(scene, data) if (data.get("limits") or "").strip() else allow()


def mail_allowed(scene: Scene, data: dict[str, Any]) -> Decision:
    """Where mail is blocked the notice goes another way, and that way is recorded (R30)."""
    owed = data.get("notice")
    person = None if owed is None else frozenset({owed.subject})
    if data.get("method") == NoticeMethod.MAILED and apart.mail_is_blocked(scene, for_=person):
        return deny("mail-blocked", _("Mail is blocked: somebody else opens it. Give the notice another way."))
    return allow()


def own_action(scene: Scene, data: dict[str, Any]) -> Decision:
    """An open action of the member's agency."""
    mine, number = {p.number for p in actions.ours_open(scene)}, data.get("number")
    if (number not in mine) if number is not None else not mine:
        return deny("no-open-action", _("Your agency has no open action."))
    return allow()


def consent_in_force(scene: Scene, data: dict[str, Any]) -> Decision:
    """There is a consent to withdraw, of a person whom the member's agency knows."""
    live, wanted = apart.consents_in_force(scene), data.get("consent")
    if not (live if wanted is None else [c for c in live if c.pk == wanted.pk]):
        return deny("no-consent", _("No consent in force is on record."))
    return allow()


def own_open_notice(scene: Scene, data: dict[str, Any]) -> Decision:
    """A notice the member's agency owes."""
    mine = {n.pk for n in on_file.notices(scene) if n.agency_id in scene.acts_for and n.closed_at is None}
    wanted = data.get("notice")
    if (wanted.pk not in mine) if wanted is not None else not mine:
        return deny("no-open-notice", _("Your agency owes no notice here."))
    return allow()


def given_or_excused(scene: Scene, data: dict[str, Any]) -> Decision:
    """A notice is closed because it was given, with the day, or because an exception is documented (R28)."""
    if data.get("notice") is not None and data.get("done_on") is None and not data.get("excuse"):
        return deny("neither-given-nor-excused", _("Enter the day it was given, or choose why it was not"))
    return allow()


def says_why_not_sought(scene: Scene, data: dict[str, Any]) -> Decision:
    """Where consent could not be sought, the record says why (R25)."""
    if data.get("consent_outcome") == ConsentOutcome.NOT_SOUGHT and not data.get("not_sought_reason"):
        return deny("not-sought-why", _("Choose why it could not be sought"))
    return allow()


def expires_after_giving(scene: Scene, data: dict[str, Any]) -> Decision:
    """A consent ends on the day it was given or later (R24)."""
    given, last = data.get("given_on"), data.get("expires_on")
    if given is not None and last is not None and last < given:
        return deny("expired-at-once", _("This is before the consent was given"))
    return allow()
