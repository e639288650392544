"""What must be true before an act? Each condition is a decision with a reason a person can act on.

Pure reads of the scene and of what was typed; called for the button (with nothing typed), for the refusal and in tests.
Conditions on what is typed are lenient when the field is absent: the form asks for it, `perform` checks it again.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agencies.models import SharingAgreement, Standing
from agencies.vocabulary import AGENCY_ROLES
from privacy import disclosure
from privacy.decision import Decision, allow, deny
from privacy.models import DisclosureRecipient, LegalAuthority
from privacy.vocabulary import NOTICE_OWED, CompartmentKind
from risk.models import CatalogueEntry
from risk.threshold import Affirmed, met
from risk.vocabulary import CodeList
from situations.scene import Scene
from situations.vocabulary import ReturnReason, Room, ScreeningQuestion, Stance, State, StopReason

_MINORS = ("0-5", "6-11", "12-17")
#: Agencies other than the originating one that must stand behind a decision (domain.md).
BACKING_NEEDED = 2
#: At this deferral an objection still open means reject.
LAST_DEFERRAL = 3


# Filter 1 -----------------------------------------------------------------------------------------------------------
def screening_complete(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every screening answer, type, persons, risk factors, likely agencies, summary; the duty to report for minors."""
    missing = missing_sections(scene)
    if missing:
        return deny("screening-incomplete", _("Not complete yet: answer every section of the task list first."))
    return allow()


def missing_sections(scene: Scene) -> list[str]:
    """The sections of the task list that are not complete, by code."""
    s = scene.situation
    persons = list(s.persons.select_related("age_group"))
    young = any(p.age_group.code in _MINORS for p in persons)
    complete = {
        "whom": s.discussion_type_id is not None and bool(persons),
        "acute": set(ScreeningQuestion.values) <= set(s.screening)
        and s.likely_agencies.exists()
        and (not young or s.duty_to_report_acknowledged),
        "factors": s.facts.filter(entry__code_list=CodeList.RISK_FACTOR).exists(),
        "summary": s.summary_written,
    }
    return [name for name, done in complete.items() if not done]


# Filter 2 -----------------------------------------------------------------------------------------------------------
def not_discussed(scene: Scene, data: dict[str, Any]) -> Decision:
    """Nothing goes back once the table has begun to discuss it."""
    if scene.situation.discussed_at is not None:
        return deny("discussion-begun", _("The discussion has begun. Decide it, or defer it."))
    return allow()


def has_return_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A reason from the list."""
    return _listed(data, "reason", ReturnReason.values)


def on_sitting_agenda(scene: Scene, data: dict[str, Any]) -> Decision:
    """The item is on the agenda of the meeting that is sitting, and not open or decided yet."""
    if scene.item is None:
        return deny("not-on-agenda", _("Start the meeting, with this item on its agenda, first."))
    if scene.in_discussion:
        return deny("already-open", _("This item is open already."))
    return allow()


def in_discussion(scene: Scene, data: dict[str, Any]) -> Decision:
    """The item is open in a sitting meeting."""
    if not scene.in_discussion:
        return deny("not-in-discussion", _("The facilitator opens this item in the meeting first."))
    return allow()


def not_originating_alone(scene: Scene, data: dict[str, Any]) -> Decision:
    """The originating agency does not back its own filing."""
    if scene.relation.backs <= {scene.situation.originating_agency_id}:
        return deny("own-filing", _("Your agency brought it; two other agencies have to stand behind it."))
    return allow()


def own_open_objection(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency has an objection open."""
    if not scene.situation.objections.filter(agency_id__in=scene.relation.agencies, resolved_at__isnull=True).exists():
        return deny("no-objection", _("Your agency has no open objection."))
    return allow()


def all_criteria(scene: Scene, data: dict[str, Any]) -> Decision:
    """All four criteria affirmed, each by itself (R8)."""
    criteria: Affirmed | None = data.get("criteria")
    if criteria is not None and not met(criteria):
        return deny("criteria", _("Each of the four criteria must be affirmed. If one is not, reject or defer."))
    return allow()


def quorum(scene: Scene, data: dict[str, Any]) -> Decision:
    """Enough agencies present for the item."""
    present, needed = len(scene.agencies_present()), scene.situation.table.quorum
    if present < needed:
        return deny(
            "no-quorum",
            ngettext_lazy(
                "No quorum: %(present)s of %(needed)s agency is present for this item.",
                "No quorum: %(present)s of %(needed)s agencies are present for this item.",
                "needed",
            )
            % {"present": present, "needed": needed},
        )
    return allow()


def no_open_objection(scene: Scene, data: dict[str, Any]) -> Decision:
    """No agency's objection is open (R9)."""
    if scene.situation.objections.filter(resolved_at__isnull=True).exists():
        return deny("open-objection", _("An agency objects. Talk it through, defer, or reject."))
    return allow()


def two_stand_behind(scene: Scene, data: dict[str, Any]) -> Decision:
    """Two agencies other than the originating one stand behind acceptance."""
    return _backing(
        scene, Stance.ACCEPT, "backing", _("Two agencies, other than the one that brought it, must stand behind it.")
    )


def two_agree_to_reject(scene: Scene, data: dict[str, Any]) -> Decision:
    """Two agencies other than the originating one stand behind the rejection."""
    return _backing(
        scene,
        Stance.REJECT,
        "backing-rejection",
        _("Two agencies, other than the one that brought it, must agree to reject it."),
    )


def _backing(scene: Scene, stance: Stance, code: str, reason: Any) -> Decision:
    stands = scene.situation.stands.filter(stance=stance).exclude(agency_id=scene.situation.originating_agency_id)
    return allow() if stands.count() >= BACKING_NEEDED else deny(code, reason)


def has_rejection_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A rejection reason of the code list (R11)."""
    return _conclusion_reason(data, groups=("rejected",))


def has_stop_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A stop reason from the list."""
    return _listed(data, "reason", StopReason.values)


def may_defer_again(scene: Scene, data: dict[str, Any]) -> Decision:
    """At the third deferral an objection still open means reject."""
    if scene.situation.deferrals + 1 >= LAST_DEFERRAL and not no_open_objection(scene, data):
        return deny("third-deferral", _("Deferred twice already and an agency still objects: reject it."))
    return allow()


# Filter 3 -----------------------------------------------------------------------------------------------------------
def agency_of_the_table(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency belongs to this table, with an agreement in force."""
    agency = data.get("agency")
    if agency is None:
        return allow()
    today = timezone.localdate()
    if not SharingAgreement.objects.filter(
        agency=agency, table_id=scene.situation.table_id, starts_on__lte=today, ends_on__gte=today
    ).exists():
        return deny("not-of-this-table", _("That agency has no sharing agreement in force with this table."))
    return allow()


def agency_was_chosen(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency is on the list."""
    agency = data.get("agency")
    if agency is not None and agency.pk not in {e.agency_id for e in scene.engagements}:
        return deny("not-chosen", _("That agency is not on the list."))
    return allow()


def not_the_originating_agency(scene: Scene, data: dict[str, Any]) -> Decision:
    """The agency that brought it stays: it is the one that discloses."""
    agency = data.get("agency")
    if agency is not None and agency.pk == scene.situation.originating_agency_id:
        return deny("originating-stays", _("The agency that brought it cannot be taken off: it discloses."))
    return allow()


def own_agency_chosen(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency was chosen; past the door its lead alone replaces the person."""
    mine = [e for e in scene.engagements if e.agency_id in scene.relation.agencies]
    if not mine:
        return deny("not-chosen", _("Your agency was not chosen for this situation."))
    if scene.state == State.CHOOSING:
        return allow()
    leads_for = set(
        Standing.objects.of(scene.by)
        .at(scene.situation.table_id)
        .filter(role="agency_lead")
        .values_list("agency_id", flat=True)
    )
    if any(e.agency_id in leads_for or e.person_id is None for e in mine):
        return allow()
    return deny("lead-names", _("Past the door only your agency's lead replaces the named person."))


def person_of_own_agency(scene: Scene, data: dict[str, Any]) -> Decision:
    """The person sits at this table for the chosen agency and has not stepped away."""
    person = data.get("person")
    if person is None:
        return allow()
    mine = {e.agency_id for e in scene.engagements if e.agency_id in scene.relation.agencies}
    seats = Standing.objects.of(person).at(scene.situation.table_id).filter(agency_id__in=mine, role__in=AGENCY_ROLES)
    if not seats.exists() or scene.access.recusals.filter(member=person).exists():
        return deny("not-seated", _("Name somebody who sits at this table for your agency."))
    return allow()


def lead_proposed(scene: Scene, data: dict[str, Any]) -> Decision:
    """A lead is proposed, and an agency other than the originating one is on the list."""
    others = [e for e in scene.engagements if e.agency_id != scene.situation.originating_agency_id]
    if not others:
        return deny("nobody-chosen", _("Choose at least one agency besides the one that brought it."))
    if not any(e.proposed_lead for e in scene.engagements):
        return deny("no-lead-proposed", _("Propose the lead agency first."))
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
    if (
        subject is not None
        and not scene.access.compartments.filter(kind=CompartmentKind.SUBJECT, subject=subject).exists()
    ):
        return deny("no-such-person", _("Choose one of the affected persons."))
    return allow()


def huddle_clear(scene: Scene, data: dict[str, Any]) -> Decision:
    """Nobody who was not selected is marked present in the huddle, nor still with the item (R15)."""
    if scene.item is None:
        return allow()
    named = {e.person_id for e in scene.engagements if e.person_id is not None}
    present = scene.item.presences.filter(left_at__isnull=True)
    if any(p.member_id not in named for p in present.filter(room=Room.HUDDLE)):
        return deny(
            "unselected-present", _("Somebody who was not chosen is marked present in the huddle. They leave first.")
        )
    if present.filter(room=Room.MAIN).exclude(member_id__in=named).exists() and scene.in_discussion:
        return deny("door-open", _("Somebody who was not chosen is still marked present for this item."))
    return allow()


def something_disclosed_to_us(scene: Scene, data: dict[str, Any]) -> Decision:
    """There is a disclosure to the member's agency."""
    if scene.engagement is None or not _disclosed_to(scene, scene.engagement.agency_id):
        return deny("nothing-disclosed", _("Nothing has been disclosed to your agency yet."))
    return allow()


def _disclosed_to(scene: Scene, agency_id: int) -> bool:
    return DisclosureRecipient.objects.filter(
        disclosure__access=scene.access, agency_id=agency_id, disclosure__recalled_at__isnull=True
    ).exists()


def own_disclosure(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency made the disclosure, and it is not recalled yet."""
    mine = scene.access.disclosures.filter(agency_id__in=scene.relation.agencies, recalled_at__isnull=True)
    wanted = data.get("disclosure")
    if not (mine.filter(pk=wanted.pk) if wanted is not None else mine).exists():
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
    made = scene.access.disclosures.filter(recalled_at__isnull=True)
    if not (made.exists() if own else _disclosed_to(scene, engagement.agency_id)):
        return deny("not-disclosed-yet", _("The agency that brought it discloses who it is first."))
    return allow()


# Filter 4 -----------------------------------------------------------------------------------------------------------
def we_lead(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member is the confirmed lead's named person."""
    if not scene.relation.leads:
        return deny("lead-only", _("Only the lead agency's named person can do this."))
    return allow()


def we_lead_or_are_proposed(scene: Scene, data: dict[str, Any]) -> Decision:
    """The confirmed lead, or before the confirmation the proposed one."""
    if scene.state == State.LIMITED:
        return we_are_proposed_lead(scene, data)
    return we_lead(scene, data)


def ours_to_conclude(scene: Scene, data: dict[str, Any]) -> Decision:
    """The originating agency while no lead is confirmed; then the lead."""
    return for_originating_agency(scene, data) if scene.state == State.LIMITED else we_lead(scene, data)


def authority_recorded(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency has recorded its own authority."""
    if scene.engagement is None or disclosure.authority_on_record(scene.access, scene.engagement.agency_id) is None:
        return deny("authority-first", _("Record your agency's own authority first."))
    return allow()


def not_declined_on_consent(scene: Scene, data: dict[str, Any]) -> Decision:
    """After the person declined, further sharing needs a newly recorded authority other than consent (R26)."""
    intervention = getattr(scene.situation, "intervention", None)
    if intervention is None or not intervention.declined:
        return allow()
    authority: LegalAuthority | None = data.get("authority")
    if "authority" not in data or (authority is not None and not authority.is_consent):
        return allow()
    return deny("declined", _("The person declined. Sharing further needs a legal authority other than consent."))


def own_action(scene: Scene, data: dict[str, Any]) -> Decision:
    """An open action of the member's agency."""
    mine = scene.situation.plan.filter(agency_id__in=scene.relation.agencies, done_at__isnull=True, not_possible=False)
    number = data.get("number")
    if not (mine.filter(number=number) if number is not None else mine).exists():
        return deny("no-open-action", _("Your agency has no open action."))
    return allow()


def safe_contact_first(scene: Scene, data: dict[str, Any]) -> Decision:
    """With a violence flag or two parts, safe-contact instructions are written before any contact (R52)."""
    s = scene.situation
    violence = s.facts.filter(entry__code__in=("domestic-violence", "intimate-partner-violence")).exists()
    intervention = getattr(s, "intervention", None)
    if violence and (intervention is None or not intervention.safe_contact_recorded):
        return deny("safe-contact-first", _("Violence is flagged: write the safe-contact instructions first."))
    return allow()


def consent_in_force(scene: Scene, data: dict[str, Any]) -> Decision:
    """There is a consent to withdraw."""
    live = scene.situation.consents.filter(withdrawn_at__isnull=True)
    wanted = data.get("consent")
    if not (live.filter(pk=wanted.pk) if wanted is not None else live).exists():
        return deny("no-consent", _("No consent in force is on record."))
    return allow()


def own_open_notice(scene: Scene, data: dict[str, Any]) -> Decision:
    """A notice the member's agency owes."""
    mine = scene.situation.notices.filter(agency_id__in=scene.relation.agencies, closed_at__isnull=True)
    wanted = data.get("notice")
    if not (mine.filter(pk=wanted.pk) if wanted is not None else mine).exists():
        return deny("no-open-notice", _("Your agency owes no notice here."))
    return allow()


# Endings ------------------------------------------------------------------------------------------------------------
def has_conclusion_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """One outcome from the closed list (R41)."""
    return _conclusion_reason(data, groups=("overall-risk-lowered", "still-aer", "other"))


def consent_outcome(scene: Scene, data: dict[str, Any]) -> Decision:
    """At filter 4 the outcome of asking for consent is on record (R25)."""
    if scene.state == State.INTERVENING and not scene.situation.contacts.exists():
        return deny("no-consent-outcome", _("Record first contact and what came of asking for consent first."))
    return allow()


def notices_closed(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every notice owed is done or excused (R28)."""
    if scene.situation.notices.filter(closed_at__isnull=True, duty__in=NOTICE_OWED).exists():
        return deny("open-notice", _("A written notice is still owed: it is given or excused first."))
    return allow()


def receiving_table(scene: Scene, data: dict[str, Any]) -> Decision:
    """Another table, and an agency that belongs to it."""
    table, agency = data.get("table"), data.get("agency")
    if table is None or agency is None:
        return allow()
    today = timezone.localdate()
    if (
        table.pk == scene.situation.table_id
        or not SharingAgreement.objects.filter(
            agency=agency, table=table, starts_on__lte=today, ends_on__gte=today
        ).exists()
    ):
        return deny("receiving-table", _("Choose another table, and an agency that belongs to it."))
    return allow()


def transfer_authority(scene: Scene, data: dict[str, Any]) -> Decision:
    """Transfer rests on the transferring agency's own authority (R64)."""
    authority = data.get("authority")
    if authority is None:
        return allow()
    return disclosure.may_rely_on(
        scene.own_agency(), authority, grounds=data.get("grounds") or "-", consent=None, recipients=()
    )


def not_frozen(scene: Scene, data: dict[str, Any]) -> Decision:
    """Not frozen yet."""
    return deny("frozen", _("It is frozen already.")) if scene.access.frozen else allow()


def is_frozen(scene: Scene, data: dict[str, Any]) -> Decision:
    """Frozen."""
    return allow() if scene.access.frozen else deny("not-frozen", _("It is not frozen."))


def not_held(scene: Scene, data: dict[str, Any]) -> Decision:
    """No hold yet."""
    return deny("held", _("A hold is in place already.")) if scene.access.held else allow()


def is_held(scene: Scene, data: dict[str, Any]) -> Decision:
    """A hold is in place."""
    return allow() if scene.access.held else deny("not-held", _("No hold is in place."))


def _listed(data: dict[str, Any], name: str, values: list[str]) -> Decision:
    value = data.get(name)
    if value is not None and value not in values:
        return deny("reason", _("Choose a reason from the list."))
    return allow()


def _conclusion_reason(data: dict[str, Any], *, groups: tuple[str, ...]) -> Decision:
    reason = data.get("reason")
    if reason is None:
        return allow()
    if (
        not isinstance(reason, CatalogueEntry)
        or reason.code_list != CodeList.CONCLUSION_REASON
        or reason.category_code not in groups
    ):
        return deny("reason", _("Choose a reason from the list."))
    return allow()
