"""How does a story become a situation? By the real verbs, one act a transaction, as the person whose act it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency
from dev.seed.people import PEOPLE
from dev.seed.region import Region
from dev.seed.stories import GROUNDS, PLANS, SAFE_CONTACT, STORIES, Story
from privacy import authorities
from privacy.context import acting_as
from privacy.models import Engagement, LegalAuthority
from privacy.vocabulary import IDENTIFYING, Answer, Category, Medium, Necessity, Purpose
from risk.models import CatalogueEntry
from risk.threshold import Affirmed
from risk.vocabulary import CodeList
from situations.lifecycle import open_draft, perform
from situations.models import Situation
from situations.vocabulary import (
    ConsentForm,
    ConsentGiver,
    ConsentOutcome,
    ContactResult,
    NoticeMethod,
    ScreeningQuestion,
)

_MET = Affirmed(significant_interest=True, high_probability=True, severe_intensity=True, multi_agency=True)


@cache
def _catalogue() -> dict[tuple[str, str], CatalogueEntry]:
    """(list, "category/code") -> entry in force; one query a run. Lists without categories are known by code alone."""
    return {
        (e.code_list, f"{e.category_code}/{e.code}" if e.category_code else e.code): e
        for e in CatalogueEntry.objects.in_force()
    }


def entry(code_list: CodeList, code: str) -> CatalogueEntry:
    """A catalogue entry; KeyError when the reference data has no such code."""
    return _catalogue()[str(code_list), code]


@dataclass(frozen=True, slots=True)
class Walk:
    """One situation on its way."""

    region: Region
    story: Story
    key: str
    id: UUID

    def act(self, who: str, name: str, /, **data: Any) -> None:
        """One act by one person, in a transaction of its own."""
        member = self.region.people[who]
        with acting_as(member):
            perform(name, self.id, by=member, **data)

    def agency(self, key: str) -> Agency:
        """An agency by key."""
        return self.region.agencies[key]

    def engagement(self, agency: str) -> Engagement:
        """An agency's engagement, as the facilitator sees it."""
        with acting_as(self.region.people["facilitator"]):
            return Engagement.objects.select_related("agency", "person").get(
                access_id=self.id, agency=self.agency(agency)
            )

    def authority(self, agency: str, code: str) -> LegalAuthority:
        """One of the authorities the agency may choose."""
        return next(a for a in authorities.for_agency(self.agency(agency)) if a.code == code)


def draft(region: Region, key: str) -> Walk:
    """A complete draft: filter 1."""
    story = STORIES[key]
    member, agency = region.people[story.by], region.agencies[PEOPLE[story.by].agency]
    with acting_as(member):
        situation = open_draft(table=region.tables[story.table], agency=agency, by=member)
    walk = Walk(region, story, key, situation.pk)
    walk.act(
        story.by,
        "save",
        discussion_type=entry(CodeList.DISCUSSION_TYPE, story.kind),
        persons=[(entry(CodeList.AGE_GROUP, a), entry(CodeList.SEX, s), part) for a, s, part in story.persons],
        screening=list(ScreeningQuestion.values),
        likely_agencies=[region.agencies[k] for k in story.likely],
        duty_acknowledged=True,
        facts={
            CodeList.RISK_FACTOR: [entry(CodeList.RISK_FACTOR, c) for c in story.risks],
            CodeList.PROTECTIVE_FACTOR: [entry(CodeList.PROTECTIVE_FACTOR, c) for c in story.protective],
            CodeList.STUDY_FLAG: [entry(CodeList.STUDY_FLAG, c) for c in story.flags],
        },
        texts={"summary": story.summary, "tried": story.tried},
    )
    return walk


def present(region: Region, key: str) -> Walk:
    """Presented: filter 2, on the next meeting's agenda."""
    walk = draft(region, key)
    walk.act(walk.story.by, "present")
    return walk


def accept(walk: Walk, *backing: str) -> None:
    """Discussed, two agencies behind it, threshold met."""
    walk.act("facilitator", "discuss")
    for who in backing:
        walk.act(who, "stand")
    walk.act("facilitator", "accept", criteria=_MET)


def choose(walk: Walk, lead: str, *others: str) -> None:
    """Agencies chosen, the first as proposed lead; each names its representative."""
    provides, offered = Necessity.PROVIDES_SERVICE, Necessity.OFFERED
    walk.act("facilitator", "choose", agency=walk.agency(lead), necessity=provides, proposed_lead=True)
    for key in others:
        walk.act("facilitator", "choose", agency=walk.agency(key), necessity=offered)
    for who in (walk.story.by, lead, *others):
        walk.act(who, "name_person", person=walk.region.people[who])


def through_the_door(walk: Walk) -> None:
    """The door closes; who it is is entered, person by person."""
    walk.act("facilitator", "pass_door")
    for subject, who in enumerate(walk.story.identities, 1):
        walk.act(
            walk.story.by, "enter_identifiers", subject=subject, name=who.name, birth=who.birth, location=who.location
        )


def disclose(walk: Walk, subject: int, authority: str, *to: str) -> None:
    """One person's identifiers go to the named persons of some agencies, on the bringing agency's authority."""
    walk.act(
        walk.story.by,
        "disclose",
        subject=subject,
        elements=list(IDENTIFYING),
        recipients=[walk.engagement(key) for key in to],
        purpose=Purpose.RECOGNISE,
        authority=walk.authority(walk.story.by, authority),
        medium=Medium.SCREEN,
        grounds=GROUNDS[walk.key],
    )


def plan(walk: Walk, who: str, authority: str, *, days: int, subject: int = 1) -> None:
    """An agency records its own authority and writes one action about one person."""
    walk.act(who, "record_authority", authority=walk.authority(who, authority))
    due = timezone.localdate() + timedelta(days=days)
    walk.act(who, "plan", subject=subject, words=PLANS[who], due_on=due, grounds=GROUNDS[walk.key])


def to_intervention_with_clock(walk: Walk) -> None:
    """Intimate partner violence: two persons, each known to those who need that one only; the clock runs (R51, R52)."""
    accept(walk, "alder", "crisis")
    choose(walk, "alder", "probation")
    through_the_door(walk)
    disclose(walk, 1, "mfippa-32-h", "alder")
    disclose(walk, 2, "mfippa-32-h", "probation")
    walk.act("alder", "answer", answer=Answer.OURS)
    walk.act("probation", "answer", answer=Answer.INVOLVED)
    walk.act("alder", "confirm_lead")
    walk.act("alder", "record_authority", authority=walk.authority("alder", "agreement-only"))
    walk.act(
        "alder", "safe_contact", subject=1, instructions=SAFE_CONTACT, mail_blocked=True, grounds=GROUNDS[walk.key]
    )
    plan(walk, "alder", "agreement-only", days=1)
    plan(walk, "probation", "fippa-42-1-h", days=2, subject=2)


def to_conclusion(walk: Walk) -> None:
    """The whole way: reached, consent given, two services mobilized, overall risk lowered."""
    accept(walk, "crisis", "housing")
    choose(walk, "crisis", "housing")
    through_the_door(walk)
    disclose(walk, 1, "agreement-only", "crisis", "housing")
    walk.act("crisis", "answer", answer=Answer.OURS)
    walk.act("housing", "answer", answer=Answer.OURS)
    walk.act("crisis", "confirm_lead")
    plan(walk, "crisis", "phipa-40-1", days=1)
    now = timezone.now()
    walk.act("crisis", "contact", contacted_at=now, result=ContactResult.REACHED, consent_outcome=ConsentOutcome.GIVEN)
    walk.act(
        "crisis",
        "consent",
        given_on=timezone.localdate(now),
        giver=ConsentGiver.PERSON,
        form=ConsentForm.ORAL,
        scope=[Category.IDENTIFIERS, Category.PLAN],
        agencies=[walk.agency("crisis"), walk.agency("housing")],
        purpose=Purpose.PROVIDE_SERVICE,
        expires_on=timezone.localdate(now) + timedelta(days=90),
    )
    for category, result in (("addiction", "engaged-with-service"), ("housing", "connected-to-service")):
        walk.act(
            "crisis",
            "mobilize",
            category=entry(CodeList.SERVICE_CATEGORY, category),
            result=entry(CodeList.MOBILIZATION_TYPE, result),
        )
    for who in ("shelter", "crisis", "housing"):
        _give_notices(walk, who)
    walk.act(
        "crisis", "conclude",
        reason=entry(CodeList.CONCLUSION_REASON, "overall-risk-lowered/connected-to-services"),
    )  # fmt: skip


def _give_notices(walk: Walk, who: str) -> None:
    with acting_as(walk.region.people[who]):
        notices = Situation.objects.get(pk=walk.id).notices
        owed = list(notices.filter(agency=walk.agency(who), closed_at__isnull=True))
    for notice in owed:
        walk.act(who, "notice", notice=notice, done_on=timezone.localdate(), method=NoticeMethod.HANDED)


def to_huddle(walk: Walk) -> None:
    """A family in the huddle: one agency has answered, the other has not; the lead has not confirmed yet."""
    accept(walk, "housing", "crisis")
    choose(walk, "crisis", "housing")
    through_the_door(walk)
    disclose(walk, 1, "cyfsa-292-1-g", "crisis", "housing")
    for child in (2, 3):
        disclose(walk, child, "cyfsa-292-1-g", "crisis")
    walk.act("crisis", "answer", answer=Answer.OURS)


def to_rejection(walk: Walk) -> None:
    """Rejected: one agency can act alone."""
    walk.act("facilitator", "discuss")
    walk.act("crisis", "agree_reject")
    walk.act("hospital", "agree_reject")
    walk.act(
        "facilitator", "reject",
        reason=entry(CodeList.CONCLUSION_REASON, "rejected/single-agency-can-address-risk-alone"),
    )  # fmt: skip


def forget_catalogue() -> None:
    """Drop the entries remembered for one run: another database has other rows."""
    _catalogue.cache_clear()
