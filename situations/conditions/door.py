"""Filter 3: who may be chosen, named, let through the door and told?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import AgreementInForce
from agencies.oncall import waiting_to_be_called
from privacy.decision import Decision, allow, deny
from privacy.vocabulary import Answer, CompartmentKind
from situations import on_file
from situations.naming import engagement_for, ours_to_name
from situations.scene import Scene
from situations.sitting_for import sitting_for_an_agency
from situations.vocabulary import Room, State


def agency_of_the_table(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency belongs to this table, with an agreement in force, and does not sit on call only."""
    agency = data.get("agency")
    if agency is None:
        return allow()
    if not AgreementInForce.objects.filter(agency=agency, table_id=scene.situation.table_id).exists():
        return deny("not-of-this-table", _("That agency has no sharing agreement in force with this table."))
    if waiting_to_be_called(scene.situation.table_id).filter(pk=agency.pk).exists():
        return deny("on-call", _("That agency is on call: the administrator lets it sit again before it can act."))
    return allow()


def agency_was_chosen(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency is on the list."""
    agency = data.get("agency")
    if agency is not None and agency.pk not in {e.agency_id for e in scene.engagements}:
        return deny("not-chosen", _("That agency is not on the list."))
    return allow()


def not_on_the_list(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member sits for an agency that did not bring it and was not chosen yet."""
    there = {scene.situation.originating_agency_id, *(e.agency_id for e in scene.engagements)}
    if not scene.relation.agencies - there:
        return deny("on-the-list", _("Your agency takes part already."))
    return allow()


def not_the_originating_agency(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency that brought it stays: it is the one that discloses."""
    agency = data.get("agency")
    if agency is not None and agency.pk == scene.situation.originating_agency_id:
        return deny("originating-stays", _("The agency that brought it cannot be taken off: it discloses."))
    return allow()


def own_agency_chosen(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency was chosen; past the door its lead alone replaces the person."""
    if ours_to_name(scene):
        return allow()
    if scene.state == State.CHOOSING:
        return deny("not-chosen", _("Your agency was not chosen for this situation."))
    # Past the door the same to all others: whose agency is still in it is not theirs to know.
    return deny("lead-names", _("Past the door only your agency's lead replaces the named person."))


def person_of_own_agency(scene: Scene, data: dict[str, Any]) -> Decision:
    """The person sits here for the chosen agency, has not stepped away, and acts for no other agency in this."""
    person = data.get("person")
    if person is None:
        return allow()
    engagement = engagement_for(scene, person)
    if engagement is None or scene.access.recusals.filter(member=person).exists():
        return deny("not-seated", _("Name somebody who sits at this table for your agency."))
    # Named twice, it would be left to chance for which agency identity is opened.
    if any(e.person_id == person.pk and e.pk != engagement.pk for e in scene.engagements):
        return deny("named-elsewhere", _("That person acts for another agency in this situation. Name somebody else."))
    return allow()


def lead_proposed(scene: Scene, data: dict[str, Any]) -> Decision:
    """A lead is proposed, and an agency other than the originating one is on the list."""
    others = [e for e in scene.engagements if e.agency_id != scene.situation.originating_agency_id]
    if not others:
        return deny("nobody-chosen", _("Choose at least one agency besides the one that brought it."))
    if not any(e.proposed_lead for e in scene.engagements):
        return deny("no-lead-proposed", _("No lead is proposed yet. Choose its agency again and say that it leads."))
    return allow()


def every_agency_named(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every chosen agency has named the person who will act."""
    if any(e.person_id is None for e in scene.engagements):
        return deny("person-not-named", _("Each chosen agency names the person who will act first."))
    return allow()


def for_originating_agency(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member is the originating agency's named person."""
    if scene.engagement is None or scene.engagement.agency_id != scene.situation.originating_agency_id:
        return deny("originating-only", _("Only the named person of the agency that brought it can do this."))
    return allow()


def subject_exists(scene: Scene, data: dict[str, Any]) -> Decision:
    """The affected person has a compartment."""
    subject = data.get("subject")
    if subject is not None and subject not in {c.subject for c in on_file.of_kind(scene, CompartmentKind.SUBJECT)}:
        return deny("no-such-person", _("Choose one of the affected persons."))
    return allow()


def huddle_clear(scene: Scene, data: dict[str, Any]) -> Decision:
    """Nobody not selected, or whose seat no longer counts, is marked present in the huddle, nor with the item (R15)."""
    if scene.item is None:
        return allow()
    named = {e.person_id for e in scene.engagements if e.person_id is not None}
    present = scene.item.presences.filter(left_at__isnull=True)
    if any(p.member_id not in named for p in present.filter(room=Room.HUDDLE)):
        return deny(
            "unselected-present", _("Somebody who was not chosen is marked present in the huddle. They leave first.")
        )
    huddle = present.filter(room=Room.HUDDLE)
    if huddle.exclude(pk__in=sitting_for_an_agency(huddle).values("pk")).exists():
        return deny(
            "unseated-present",
            _("Somebody whose seat no longer counts is marked present in the huddle. They leave first."),
        )
    if present.filter(room=Room.MAIN).exclude(member_id__in=named).exists() and scene.in_discussion:
        return deny("door-open", _("Somebody who was not chosen is still marked present for this item."))
    return allow()


def something_disclosed_to_us(scene: Scene, data: dict[str, Any]) -> Decision:
    """There is a disclosure to the member's agency."""
    if scene.engagement is None or not on_file.told(scene, scene.engagement.agency_id):
        ours = scene.engagement is not None and scene.engagement.agency_id == scene.situation.originating_agency_id
        code = "disclosed-by-us" if ours else "nothing-disclosed"
        return deny(code, _("Nothing has been disclosed to your agency yet."))
    return allow()


def can_be_not_ours(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency that brought it cannot say that it is not theirs: nobody else can disclose or correct."""
    ours = scene.engagement is not None and scene.engagement.agency_id == scene.situation.originating_agency_id
    if ours and data.get("answer") == Answer.NOT_OURS:
        return deny("brought-it", _("Your agency brought it. It is concluded or transferred, not handed back."))
    return allow()


def own_disclosure(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency made the disclosure, and it is not recalled yet. Nor is one whose consent is over out of
    reach: that it was made in error takes what followed with it, and that its consent ended does not (R27).
    """
    mine = {d.pk for d in on_file.disclosures(scene) if d.recalled_at is None and d.agency_id in scene.acts_for}
    wanted = data.get("disclosure")
    if (wanted.pk not in mine) if wanted is not None else not mine:
        return deny("not-our-disclosure", _("There is no disclosure of your agency to recall."))
    return allow()


def agency_is_engaged(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency is engaged and has a named person."""
    agency = data.get("agency")
    if agency is not None and not any(e.agency_id == agency.pk and e.person_id for e in scene.engagements):
        return deny("not-engaged", _("Choose one of the engaged agencies."))
    return allow()


def we_are_proposed_lead(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member acts for the proposed lead."""
    if scene.engagement is None or not scene.engagement.proposed_lead:
        return deny("not-proposed", _("Another agency is proposed to lead."))
    return allow()


def lead_knows_who(scene: Scene, data: dict[str, Any]) -> Decision:
    """The lead has received limited identifiers (or brought them)."""
    engagement = scene.engagement
    if engagement is None:
        return allow()
    own = engagement.agency_id == scene.situation.originating_agency_id
    if not (on_file.standing(scene) if own else on_file.told(scene, engagement.agency_id)):
        return deny("not-disclosed-yet", _("The agency that brought it discloses who it is first."))
    return allow()
