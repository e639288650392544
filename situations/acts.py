"""THE LIFECYCLE: every act on a situation, as one table.

Each row says: from which states, by whom, on which conditions, to which state, what is erased, how it is counted, and
because. `lifecycle.perform` is the only function that carries an act out; docs/lifecycle.md is printed from this table
and compared in the tests. Acts without a target leave the state as it is. (domain.md: "Exits")
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from privacy.vocabulary import Audience
from situations import conditions as c
from situations.act import Act
from situations.vocabulary import State

# One letter each: the table below is read as a table.
A, S = Audience, State

_SEATED = (A.SEATED,)
#: Decisions of the meeting: the facilitator's own, typed by the recorder while `chair_decides` says so.
_CHAIR = (A.FACILITATOR, A.RECORDER)
_OPEN_PAST_DOOR = (S.LIMITED, S.INTERVENING)
_PRESENTED_STATES = tuple(s for s in S if s != S.DRAFT)
#: While there is something to step away from: of an item that ended early only the number and the decision are left;
#: of one that was transferred whoever gave grounds for it still reads them.
_TO_STEP_AWAY_FROM = (S.PRESENTED, S.CHOOSING, *_OPEN_PAST_DOOR, S.CONCLUDED, S.TRANSFERRED)

_TABLE = (
    # Filter 1: the agency's own screening -----------------------------------------------------------------------------
    Act("save", _("Save the draft"), (S.DRAFT,), (A.ORIGINATING,), "Only the originating agency drafts (R1)."),
    Act(
        "present", _("Present to the table"), (S.DRAFT,), (A.ORIGINATING,),
        "Only the originating agency advances its own situation, once screening is complete and marked words have a"
        " reason (R2, R3, R6, R49).",
        S.PRESENTED, (c.screening_complete, c.marks_have_a_reason), counted_as="presented",
    ),
    Act(
        "discard", _("Withdraw and erase this draft"), (S.DRAFT,), (A.ORIGINATING,),
        "A draft is withdrawn without trace and not counted (R3).", S.DESTROYED, (c.no_hold,), erases=True,
    ),
    # Filter 2: the threshold ------------------------------------------------------------------------------------------
    Act(
        "return", _("Return to the agency"), (S.PRESENTED,), (A.FACILITATOR,),
        "A filing the table cannot use goes back before it is discussed, with a reason.",
        S.DRAFT, (c.not_discussed, c.has_return_reason), counted_as="returned", asks="reason",
    ),
    Act(
        "withdraw", _("Withdraw this situation"), (S.PRESENTED, S.CHOOSING), (A.ORIGINATING,),
        "The originating agency may withdraw at any time before identifiers are disclosed (R3).",
        S.WITHDRAWN, erases=True, counted_as="withdrawn",
    ),
    Act(
        "discuss", _("Open for discussion"), (S.PRESENTED,), (A.FACILITATOR, A.RECORDER),
        "The item is opened in a sitting meeting; who is present hears it, and the ledger says so (R61).",
        None, (c.on_sitting_agenda,),
    ),
    Act(
        "stand", _("We stand behind it"), (S.PRESENTED,), (A.SEATED, A.FACILITATOR),
        "An agency stands behind an item by its own sign-in; one may be the facilitator's (R9).",
        None, (c.in_discussion, c.not_originating_alone),
    ),
    Act(
        "agree_reject", _("We agree to reject it"), (S.PRESENTED,), (A.SEATED, A.FACILITATOR),
        "An agency stands behind a rejection by its own sign-in.",
        None, (c.in_discussion, c.not_originating_alone),
    ),
    Act(
        "object", _("Object"), (S.PRESENTED,), _SEATED, "Dissent is recorded by agency (R9).", None, (c.in_discussion,),
    ),
    Act(
        "resolve_objection", _("Withdraw our objection"), (S.PRESENTED,), _SEATED,
        "Only the agency that objected can end its objection.", None, (c.own_open_objection,),
    ),
    Act(
        "offer", _("We should be involved"), (S.PRESENTED, S.CHOOSING), _SEATED,
        "An agency says that it should be involved, and why by code; the table still chooses (R15).",
        None, (c.in_discussion, c.not_on_the_list), asks="necessity",
    ),
    Act(
        "accept", _("Threshold met: choose agencies"), (S.PRESENTED,), _CHAIR,
        "All four criteria affirmed, quorum, no open objection, two other agencies behind it (R8, R9).",
        S.CHOOSING, (c.chair_decides, c.in_discussion, c.all_criteria, c.quorum, c.no_open_objection,
                     c.two_stand_behind),
        counted_as="accepted", asks="criteria",
    ),
    Act(
        "reject", _("Reject"), (S.PRESENTED,), _CHAIR,
        "Quorum and two other agencies agree; objections are counted and do not block (R11, R12).",
        S.REJECTED, (c.chair_decides, c.in_discussion, c.quorum, c.two_agree_to_reject, c.has_rejection_reason),
        erases=True, counted_as="rejected", asks="reason",
    ),
    Act(
        "stop", _("Stop this item: already mitigated, or a duplicate"), (S.PRESENTED, S.CHOOSING), _CHAIR,
        "The risk is already being mitigated, or it is a duplicate (R13).",
        S.STOPPED, (c.chair_decides, c.has_stop_reason), erases=True, counted_as="stopped", asks="reason",
    ),
    Act(
        "defer", _("Defer"), (S.PRESENTED,), _CHAIR,
        "Put off to a later meeting; at the third time an objection still open means reject.",
        None, (c.chair_decides, c.in_discussion, c.may_defer_again), counted_as="deferred",
    ),
    # Filter 3: choosing, the door, limited identifiers ----------------------------------------------------------------
    Act(
        "choose", _("Choose an agency"), (S.CHOOSING,), _CHAIR,
        "The facilitator records which agencies are reasonably necessary, and why each (R14, R15).",
        None, (c.chair_decides, c.agency_of_the_table), asks="agency necessity",
    ),
    Act(
        "unchoose", _("Take an agency off the list"), (S.CHOOSING,), _CHAIR,
        "The list is open until the door.", None,
        (c.chair_decides, c.agency_was_chosen, c.not_the_originating_agency), asks="agency",
    ),
    Act(
        "name_person", _("Name the person who will act"), (S.CHOOSING, *_OPEN_PAST_DOOR),
        (A.SEATED, A.AGENCY_LEAD),
        "Each agency names its own person; past the door only its lead replaces one (R19).",
        None, (c.own_agency_chosen, c.person_of_own_agency), asks="person",
    ),
    Act(
        "pass_door", _("Close the door: the chosen go to the huddle"), (S.CHOOSING,), _CHAIR,
        "Everybody else leaves this item before identity is shared (R15).",
        S.LIMITED, (c.chair_decides, c.lead_proposed, c.every_agency_named), counted_as="accepted",
    ),
    Act(
        "enter_identifiers", _("Enter who it is"), _OPEN_PAST_DOOR, (A.NAMED,),
        "The originating agency's named person enters limited identifiers, never before the door (R7, R16).",
        None, (c.for_originating_agency, c.subject_exists), asks="subject",
    ),
    Act(
        "disclose", _("Disclose"), _OPEN_PAST_DOOR, (A.NAMED,),
        "The originating agency discloses on its own legal authority, to named persons, while nobody unselected is"
        " in the huddle (R10, R15, R31).",
        None, (c.for_originating_agency, c.subject_exists, c.huddle_clear, c.not_declined_on_consent),
        asks="subject elements recipients purpose authority medium",
    ),
    Act(
        "answer", _("Answer the disclosure"), _OPEN_PAST_DOOR, (A.NAMED,),
        'A recipient says "ours", "already involved" or "not ours"; the last ends its access at once.',
        None, (c.something_disclosed_to_us, c.can_be_not_ours), asks="answer",
    ),
    Act(
        "recall", _("Recall a disclosure"), (*_OPEN_PAST_DOOR, S.CONCLUDED), (A.NAMED,),
        "A misdirected disclosure is recalled by the agency that made it, at once, also while frozen; and after the"
        " end, as long as anybody reads.",
        None, (c.own_disclosure,), while_frozen=True, asks="disclosure",
    ),
    Act(
        "propose_lead", _("Propose another lead"), (S.LIMITED,), (A.NAMED,),
        "When the proposed lead says it is not theirs, the agency that brought it proposes another one.",
        None, (c.for_originating_agency, c.agency_is_engaged), asks="agency",
    ),
    Act(
        "confirm_lead", _("Confirm that we lead"), (S.LIMITED,), (A.NAMED,),
        "Exactly one lead, confirmed by itself; the clock to first contact starts (R22, R23).",
        S.INTERVENING, (c.we_are_proposed_lead, c.lead_knows_who), counted_as="accepted",
    ),
    # Filter 4: the intervention ---------------------------------------------------------------------------------------
    Act(
        "add_agency", _("Add an agency"), (S.INTERVENING,), (A.NAMED,),
        "The lead adds an agency; nothing exchanged before is inherited, every disclosure to it is new (R21).",
        None, (c.we_lead, c.agency_of_the_table, c.not_declined_on_consent), asks="agency necessity",
    ),
    Act(
        "record_authority", _("Record our authority"), _OPEN_PAST_DOOR, (A.NAMED,),
        "Each agency records its own authority before its first entry (R31).", asks="authority",
    ),
    Act(
        "safe_contact", _("Write safe-contact instructions"), (S.INTERVENING,), (A.NAMED,),
        "Safe contact comes first, person by person (R51, R52).", None,
        (c.authority_recorded, c.instructions_name_their_person, c.safe_contact_is_ours), asks="instructions",
    ),
    Act(
        "plan", _("Add an action"), (S.INTERVENING,), (A.NAMED,),
        "Each entry names its person, reaches who knows that person, and rests on its agency's authority (R51).",
        None, (c.authority_recorded, c.action_names_its_person, c.owner_knows_the_person),
        asks="words due_on",
    ),
    Act(
        "plan_done", _("Close an action"), (S.INTERVENING,), (A.NAMED,), "The owner closes it.", None, (c.own_action,),
        asks="number",
    ),
    Act(
        "contact", _("Record first contact"), (S.INTERVENING,), (A.NAMED,),
        "First contact or attempt within the clock, with the outcome of asking for consent (R23, R25).",
        None, (c.safe_contact_first, c.contact_names_its_person, c.says_why_not_sought),
        counted_as="followed", asks="contacted_at result consent_outcome",
    ),
    Act(
        "consent", _("Record a consent"), (S.INTERVENING,), (A.NAMED,),
        "Every particular of a consent is on record (R24).", None,
        (c.safe_contact_first, c.consent_names_its_person, c.authority_for_limits, c.expires_after_giving),
        counted_as="followed", asks="given_on giver form scope agencies purpose expires_on",
    ),
    Act(
        "withdraw_consent", _("Record that consent was withdrawn"), (S.INTERVENING, S.CONCLUDED), (A.NAMED,),
        "Takes effect at once, also while frozen or after the end; who relied on it alone loses access (R27).",
        None, (c.consent_in_force,), while_frozen=True, counted_as="followed", asks="consent",
    ),
    Act(
        "mobilize", _("Record a service"), (S.INTERVENING,), (A.NAMED,), "What was offered, and how it went.",
        None, (c.service_names_its_person,), asks="category result",
    ),
    Act(
        "notice", _("Close a notice"), _OPEN_PAST_DOOR, (A.NAMED,),
        "A notice owed is done or excused, by the agency that owes it (R28-R30).", None,
        (c.own_open_notice, c.given_or_excused, c.mail_allowed), asks="notice",
    ),
    Act(
        "youth_note", _("Add a youth-justice note"), (S.INTERVENING,), (A.NAMED,),
        "An agency bound by the YCJA tells people it lists, in the young person's own compartment, until an end date;"
        " nobody passes it on (R47, R48).",
        None, (c.bound_by_ycja, c.young_person_of_ours, c.note_ends_in_time, c.listed_know_the_person),
        asks="words until recipients authority",
    ),
    Act(
        "follow_up", _("Report at the follow-up"), (S.INTERVENING,), (A.NAMED,),
        "The lead answers done, not possible or not done, for those concerned; the table hears that it is still open,"
        " nothing else (R39).",
        None, (c.we_lead,), asks="answer",
    ),
    # Endings and guards -----------------------------------------------------------------------------------------------
    Act(
        "stop_intervention", _("Stop the intervention: already mitigated"), _OPEN_PAST_DOOR, (A.NAMED,),
        "The lead stops; only agencies already engaged keep access (R13).",
        S.CONCLUDED, (c.we_lead_or_are_proposed, c.notices_closed), counted_as="stopped",
    ),
    Act(
        "conclude", _("Conclude"), _OPEN_PAST_DOOR, (A.NAMED,),
        "One coded outcome, consent outcome on record, every notice done or excused (R25, R28, R41).",
        S.CONCLUDED, (c.ours_to_conclude, c.has_conclusion_reason, c.consent_outcome, c.notices_closed),
        counted_as="concluded", asks="reason",
    ),
    Act(
        "correct_outcome", _("Correct the outcome"), (S.CONCLUDED,), (A.NAMED,),
        "Whose it was to conclude corrects an outcome recorded wrongly by a new entry, never by editing; the day it"
        " ended stays.",
        None, (c.ended_with_an_outcome, c.ours_to_conclude, c.has_conclusion_reason, c.another_outcome,
               c.says_why_wrong),
        counted_as="corrected", asks="reason why",
    ),
    Act(
        "correct_rejection", _("Correct the reason"), (S.REJECTED,), (A.FACILITATOR,),
        "The facilitator corrects the reason of a rejection by a new entry; rejected it stays, and nothing comes back.",
        None, (c.has_rejection_reason, c.another_outcome, c.says_why_wrong),
        counted_as="corrected", asks="reason why",
    ),
    Act(
        "correct_contact", _("Correct a contact"), (S.INTERVENING, S.CONCLUDED), (A.NAMED,),
        "Whose contact it was corrects its time or what came of asking by a new entry; what was shared meanwhile stays"
        " shared.",
        None, (c.own_contact, c.another_contact, c.says_why_not_sought, c.says_why_wrong),
        counted_as="corrected", asks="contact contacted_at result consent_outcome why",
    ),
    Act(
        "transfer", _("Transfer to another table"), (S.PRESENTED, S.CHOOSING), (A.ORIGINATING,),
        "It restarts at the receiving table's filter 1, marked with its origin (R64).",
        S.TRANSFERRED, (c.receiving_table, c.transfer_authority), erases=True, counted_as="transferred",
        asks="table agency authority",
    ),
    Act(
        "transfer_intervention", _("Transfer to another table"), _OPEN_PAST_DOOR, (A.NAMED,),
        "The originating agency, or the lead once confirmed, transfers on authority or consent (R64).",
        S.CONCLUDED, (c.ours_to_conclude, c.receiving_table, c.not_declined_on_consent, c.transfer_authority,
                      c.notices_closed),
        counted_as="transferred", asks="table agency authority",
    ),
    Act(
        "recuse", _("Step away from this item"), _TO_STEP_AWAY_FROM,
        (A.SEATED, A.FACILITATOR, A.RECORDER, A.NAMED),
        "Anybody may declare a conflict; access ends at once and the reason is not stored (R58).", while_frozen=True,
    ),
    Act(
        "freeze", _("Freeze"), _PRESENTED_STATES, (A.PRIVACY_OFFICER,),
        "Every reveal is refused until the freeze is lifted.", None, (c.not_frozen,), while_frozen=True,
    ),
    Act(
        "unfreeze", _("Lift the freeze"), _PRESENTED_STATES, (A.PRIVACY_OFFICER,), "Whoever froze can lift it.",
        None, (c.is_frozen,), while_frozen=True,
    ),
    Act(
        "hold", _("Place a hold"), _PRESENTED_STATES, (A.PRIVACY_OFFICER,),
        "An access request, complaint, breach or litigation suspends destruction (R44).", None, (c.not_held,),
        while_frozen=True,
    ),
    Act(
        "release", _("Release the hold"), _PRESENTED_STATES, (A.PRIVACY_OFFICER,),
        "What the hold kept from destruction is destroyed now, if its time has come (R44).", None, (c.is_held,),
        while_frozen=True,
    ),
)  # fmt: skip

ACTS: dict[str, Act] = {act.name: act for act in _TABLE}
