"""How does a test get a situation at a stage? By walking the real verbs as the people who would: no impossible states.

Canaries: every identifier and narrative carries a value that occurs nowhere else, so that a leak can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.models import Member
from agencies.vocabulary import Role
from privacy.context import acting_as
from privacy.models import Engagement
from privacy.vocabulary import Element, Medium, Necessity, Purpose
from risk.models import CatalogueEntry
from risk.threshold import Affirmed
from risk.vocabulary import CodeList
from situations import agenda, meetings, presence
from situations.lifecycle import Outcome, open_draft, perform
from situations.meeting import AgendaItem, Meeting, MeetingPresence
from situations.models import Situation
from situations.vocabulary import (
    ConsentOutcome,
    ContactResult,
    NoticeMethod,
    NotSought,
    Part,
    ScreeningQuestion,
    State,
    StopReason,
)
from tests.cast import Cast

#: Values that occur nowhere else. Whoever is not named by the policy never receives one.
CANARY_NAME = "Canarius Quillfeather"
CANARY_OTHER = "Canariella Otherfeather"
CANARY_BIRTH = "1999-02-31 canaryborn"
CANARY_LOCATION = "17 Canarygrove Lane"
CANARY_SUMMARY = "canarysummary slept in a stairwell and talks of ending it"
CANARY_TRIED = "canarytried three referrals were declined"
CANARY_SAFE = "canarysafe never call after dark"
CANARY_PLAN = "canaryplan meet at the day room"
CANARY_GROUNDS = "canarygrounds overdose twice in ten days"
IDENTIFIERS = (CANARY_NAME, CANARY_BIRTH, CANARY_LOCATION)
F4_TEXTS = (CANARY_SAFE, CANARY_PLAN, CANARY_GROUNDS)

ALL_AFFIRMED = Affirmed(significant_interest=True, high_probability=True, severe_intensity=True, multi_agency=True)
_PRESENT = (
    "shelter_rep", "crisis_rep", "police_rep", "housing_rep", "hospital_rep", "school_rep", "aid_rep", "facilitator",
)  # fmt: skip


def entry(code_list: CodeList, code: str, category: str | None = None) -> CatalogueEntry:
    """A catalogue entry by code, newest version."""
    rows = CatalogueEntry.objects.filter(code_list=code_list, code=code, retired_on__isnull=True)
    return (rows.filter(category_code=category) if category is not None else rows)[0]


def factors(count: int = 8) -> list[CatalogueEntry]:
    """The first risk factors of the list."""
    return list(CatalogueEntry.objects.filter(code_list=CodeList.RISK_FACTOR, retired_on__isnull=True)[:count])


def draft_data(cast: Cast, *, age: str = "18-24", **changes: Any) -> dict[str, Any]:
    """A complete draft's parts."""
    return {
        "discussion_type": entry(CodeList.DISCUSSION_TYPE, "person"),
        "persons": [(entry(CodeList.AGE_GROUP, age), entry(CodeList.SEX, "male"), Part.SUBJECT)],
        "screening": list(ScreeningQuestion.values),
        "likely_agencies": [cast.agencies["crisis"], cast.agencies["housing"]],
        "duty_acknowledged": True,
        "facts": {
            CodeList.RISK_FACTOR: factors(),
            CodeList.PROTECTIVE_FACTOR: list(
                CatalogueEntry.objects.filter(code_list=CodeList.PROTECTIVE_FACTOR, retired_on__isnull=True)[:2]
            ),
            CodeList.STUDY_FLAG: [entry(CodeList.STUDY_FLAG, "homelessness")],
        },
        "texts": {"summary": CANARY_SUMMARY, "tried": CANARY_TRIED},
    } | changes


@dataclass
class Walk:
    """One situation on its way, walked by the cast through the real verbs."""

    cast: Cast
    id: UUID
    meeting: Meeting
    outcomes: list[Outcome] = field(default_factory=list)

    def act(self, who: str | Member, name: str, /, **data: Any) -> Outcome:
        """One act by one member, in a transaction of its own."""
        member = self.cast.people[who] if isinstance(who, str) else who
        with acting_as(member):
            outcome = perform(name, self.id, by=member, **data)
        self.outcomes.append(outcome)
        return outcome

    def situation(self, who: str = "shelter_rep") -> Situation:
        """The row, as one of the cast sees it."""
        with acting_as(self.cast.people[who]):
            return Situation.objects.get(pk=self.id)

    def engagement(self, agency: str, who: str = "facilitator") -> Engagement:
        """An agency's engagement."""
        with acting_as(self.cast.people[who]):
            return Engagement.objects.select_related("agency", "person").get(
                access_id=self.id, agency=self.cast.agencies[agency]
            )


def sitting_meeting(cast: Cast, *, present: tuple[str, ...] = _PRESENT) -> Meeting:
    """A meeting of table NIA that sits, with everybody present who usually is."""
    with acting_as(cast.facilitator):
        meeting = Meeting.objects.filter(table=cast.nia, state="sitting").first()
        if meeting is None:
            meeting = meetings.plan(table=cast.nia, starts_at=timezone.now(), by=cast.facilitator)
            meetings.start(meeting, by=cast.facilitator)
        here = set(meeting.presences.filter(left_at__isnull=True).values_list("member_id", flat=True))
        _seat(meeting, [cast.people[key] for key in present if cast.people[key].pk not in here], by=cast.facilitator)
        meeting.refresh_from_db()
    return meeting


def _seat(meeting: Meeting, members: list[Member], *, by: Member) -> None:
    """Mark people present, as the verb does; all at once at a new meeting: a thousand tests begin with one."""
    if meeting.items.filter(opened_at__isnull=False).exists() or meeting.presences.filter(member__in=members).exists():
        for member in members:
            presence.mark_present(meeting, member, by=by)
        return
    rows = []
    for member in members:
        seat = presence.seat_for(meeting, member)
        assert seat is not None, f"no seat: member {member.pk}"
        row = MeetingPresence(meeting=meeting, member=member, table_id=meeting.table_id, agency_id=seat.agency_id)
        row.guest = seat.role == Role.GUEST
        rows.append(row)
    MeetingPresence.objects.bulk_create(rows)
    marked = [{"kind": "present", "member": m.pk, "mode": "", "left": ""} for m in members if m.pk != by.pk]
    Meeting.objects.filter(pk=meeting.pk).update(slips=marked)


def draft(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """A complete draft of the shelter's, F1."""
    meeting = meeting or sitting_meeting(cast)
    with acting_as(cast.shelter_rep):
        situation = open_draft(table=cast.nia, agency=cast.agencies["shelter"], by=cast.shelter_rep)
    walk = Walk(cast, situation.pk, meeting)
    walk.act("shelter_rep", "save", **draft_data(cast, **changes))
    return walk


def presented(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Presented, on the agenda, not opened yet: F2."""
    walk = draft(cast, meeting, **changes)
    walk.act("shelter_rep", "present")
    with acting_as(cast.facilitator):
        agenda.add_to_agenda(walk.meeting, Situation.objects.get(pk=walk.id), by=cast.facilitator)
    return walk


def discussed(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Open for discussion in the meeting: F2."""
    walk = presented(cast, meeting, **changes)
    walk.act("facilitator", "discuss")
    return walk


def accepted(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Threshold met: F3a, only the originating agency on the list yet."""
    walk = discussed(cast, meeting, **changes)
    walk.act("crisis_rep", "stand")
    walk.act("housing_rep", "stand")
    walk.act("facilitator", "accept", criteria=ALL_AFFIRMED)
    return walk


def chosen(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Crisis team (proposed lead) and housing chosen, persons named: F3a."""
    walk = accepted(cast, meeting, **changes)
    walk.act(
        "facilitator",
        "choose",
        agency=cast.agencies["crisis"],
        necessity=Necessity.PROVIDES_SERVICE,
        proposed_lead=True,
    )
    walk.act("facilitator", "choose", agency=cast.agencies["housing"], necessity=Necessity.OFFERED)
    for key in ("shelter_rep", "crisis_rep", "housing_rep"):
        walk.act(key, "name_person", person=cast.people[key])
    return walk


def behind_the_door(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Past the door, identifiers entered, nothing disclosed yet: F3b."""
    walk = chosen(cast, meeting, **changes)
    walk.act("facilitator", "pass_door")
    walk.act(
        "shelter_rep", "enter_identifiers", subject=1, name=CANARY_NAME, birth=CANARY_BIRTH, location=CANARY_LOCATION
    )
    return walk


def disclosed(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Disclosed to crisis team and housing: F3b."""
    walk = behind_the_door(cast, meeting, **changes)
    walk.act(
        "shelter_rep",
        "disclose",
        subject=1,
        elements=[Element.NAME, Element.BIRTH, Element.LOCATION],
        recipients=[walk.engagement("crisis"), walk.engagement("housing")],
        purpose=Purpose.RECOGNISE,
        authority=cast.authority("agreement-only"),
        medium=Medium.SCREEN,
        grounds=CANARY_GROUNDS,
    )
    return walk


def intervening(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Lead confirmed, safe contact and one action written: F4."""
    walk = disclosed(cast, meeting, **changes)
    walk.act("crisis_rep", "confirm_lead")
    walk.act("shelter_rep", "record_authority", authority=cast.authority("agreement-only"))
    walk.act("shelter_rep", "safe_contact", instructions=CANARY_SAFE, mail_blocked=True)
    walk.act("crisis_rep", "record_authority", authority=cast.authority("phipa-40-1"))
    walk.act(
        "crisis_rep", "plan", words=CANARY_PLAN, due_on=timezone.localdate() + timedelta(days=1), grounds=CANARY_GROUNDS
    )
    return walk


def partners(cast: Cast, meeting: Meeting | None = None) -> Walk:
    """Violence between partners: housing knows the person harmed (1), the lead only the one causing harm (2): F4."""
    pair = [
        (entry(CodeList.AGE_GROUP, "30-39"), entry(CodeList.SEX, sex), part)
        for sex, part in (("female", Part.HARMED), ("male", Part.HARMING))
    ]
    walk = behind_the_door(cast, meeting, persons=pair)
    walk.act("shelter_rep", "enter_identifiers", subject=2, name=CANARY_OTHER, birth="", location="")
    for subject, agency in ((1, "housing"), (2, "crisis")):
        walk.act(
            "shelter_rep", "disclose", subject=subject, elements=[Element.NAME], recipients=[walk.engagement(agency)],
            purpose=Purpose.RECOGNISE, authority=cast.authority("agreement-only"), medium=Medium.SCREEN,
            grounds=CANARY_GROUNDS,
        )  # fmt: skip
    walk.act("crisis_rep", "confirm_lead")
    for key, code in (("shelter_rep", "agreement-only"), ("housing_rep", "mfippa-32-h"), ("crisis_rep", "phipa-40-1")):
        walk.act(key, "record_authority", authority=cast.authority(code))
    return walk


def contacted(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """First contact made, consent could not be sought, one service mobilized: F4."""
    walk = intervening(cast, meeting, **changes)
    walk.act(
        "crisis_rep",
        "contact",
        contacted_at=timezone.now(),
        result=ContactResult.ATTEMPTED,
        consent_outcome=ConsentOutcome.NOT_SOUGHT,
        not_sought_reason=NotSought.NOT_REACHED,
    )
    walk.act(
        "crisis_rep",
        "mobilize",
        category=entry(CodeList.SERVICE_CATEGORY, "mental-health"),
        result=entry(CodeList.MOBILIZATION_TYPE, "connected-to-service"),
    )
    return walk


def concluded(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Concluded, overall risk lowered."""
    walk = contacted(cast, meeting, **changes)
    close_notices(walk)
    walk.act("crisis_rep", "conclude", reason=entry(CodeList.CONCLUSION_REASON, "connected-to-services"))
    return walk


def close_notices(walk: Walk) -> None:
    """Every agency that owes a notice gives it."""
    for key in ("shelter_rep", "crisis_rep", "housing_rep"):
        with acting_as(walk.cast.people[key]):
            mine = list(
                Situation.objects.get(pk=walk.id).notices.filter(
                    agency=walk.cast.people[key].agency, closed_at__isnull=True
                )
            )
        for notice in mine:
            walk.act(key, "notice", notice=notice, done_on=timezone.localdate(), method=NoticeMethod.HANDED)


def rejected(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Rejected by the table."""
    walk = discussed(cast, meeting, **changes)
    walk.act("crisis_rep", "agree_reject")
    walk.act("police_rep", "agree_reject")
    walk.act("facilitator", "reject", reason=entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone"))
    return walk


def withdrawn(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Withdrawn by its agency at F2."""
    walk = presented(cast, meeting, **changes)
    walk.act("shelter_rep", "withdraw")
    return walk


def stopped(cast: Cast, meeting: Meeting | None = None, **changes: Any) -> Walk:
    """Stopped before the door."""
    walk = discussed(cast, meeting, **changes)
    walk.act("facilitator", "stop", reason=StopReason.MITIGATED)
    return walk


#: A walk to every state that can be reached, for laws by product.
TO_STATE = {
    State.DRAFT: draft,
    State.PRESENTED: discussed,
    State.CHOOSING: chosen,
    State.LIMITED: disclosed,
    State.INTERVENING: contacted,
    State.CONCLUDED: concluded,
    State.REJECTED: rejected,
    State.WITHDRAWN: withdrawn,
    State.STOPPED: stopped,
}


def item_of(walk: Walk) -> AgendaItem:
    """The situation's item in the sitting meeting."""
    with acting_as(walk.cast.facilitator):
        return AgendaItem.objects.select_related("meeting", "situation").get(
            situation_id=walk.id, meeting_id=walk.meeting.pk
        )
