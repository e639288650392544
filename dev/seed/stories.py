"""What is brought to the invented tables? Short, de-identified, plausible, written with care for the people meant.

No story is anybody's. The identities behind the door are invented too, with names and dates that cannot exist; the
tests search every plain column for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from situations.vocabulary import Part


@dataclass(frozen=True, slots=True)
class Identity:
    """An invented person at risk: what the huddle is told."""

    name: str
    birth: str
    location: str


@dataclass(frozen=True, slots=True)
class Story:
    """One filing. Factors are written `category/code`; `by` is a key of people.PEOPLE."""

    by: str
    kind: str
    persons: tuple[tuple[str, str, Part], ...]
    risks: tuple[str, ...]
    summary: str
    tried: str
    likely: tuple[str, ...]
    protective: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    table: str = "NIA"
    identities: tuple[Identity, ...] = ()


_ONE = Part.SUBJECT

STORIES: dict[str, Story] = {
    "draft": Story(
        by="shelter", kind="person", persons=(("18-24", "female", _ONE),),
        risks=(
            "housing/person-does-not-have-access-to-appropriate-housing", "suicide/person-current-suicide-risk",
            "mental-health/grief", "mental-health/self-reported-mental-health-problem", "drugs/drug-use-by-person",
            "poverty/person-living-in-less-than-adequate-financial-situation",
            "basic-needs/person-unable-to-meet-own-basic-needs", "unemployment/person-temporarily-unemployed",
            "social-environment/frequents-negative-locations",
        ),
        protective=("social-support-network/high-level-of-trust-in-community-support-services",),
        flags=("homelessness", "social-isolation"),
        summary="A young adult lost someone close a month ago and has not slept indoors since. In the past week the"
        " person spoke twice of not wanting to wake up. They still come in every evening for tea and talk to staff.",
        tried="We offered a bed each night, sat with the person, and called two counselling lines with them; the"
        " wait is six weeks.",
        likely=("crisis", "housing"),
    ),
    "deferred": Story(
        by="housing", kind="dwelling", persons=(("60-plus", "male", _ONE),),
        risks=(
            "mental-health/suspected-mental-health-problem", "physical-health/chronic-disease",
            "physical-health/nutritional-deficit", "basic-needs/person-unwilling-to-have-basic-needs-met",
            "cognitive-functioning/suspected-cognitive-impairment-limitation",
            "housing/person-does-not-have-access-to-appropriate-housing",
            "poverty/person-living-in-less-than-adequate-financial-situation", "alcohol/alcohol-use-by-person",
            "threat-to-public-health-and-safety/persons-behaviour-is-a-threat-to-public-health-and-safety",
        ),
        flags=("hoarding", "fire-safety", "social-isolation"),
        summary="Exits of a rented home are blocked and a small fire was put out by a neighbour. The tenant, an older"
        " adult, opens the door a little wider each visit but is afraid of being made to leave.",
        tried="Four visits, an offer of a paid clean-up with the tenant choosing what stays, and two referrals that"
        " need the person to phone.",
        likely=("hospital", "town", "crisis"),
    ),
    "followup": Story(
        by="police", kind="person", persons=(("30-39", "female", Part.HARMED), ("30-39", "male", Part.HARMING)),
        risks=(
            "physical-violence/person-victim-of-physical-violence",
            "physical-violence/person-perpetrator-of-physical-violence",
            "emotional-violence/person-victim-of-emotional-violence",
            "emotional-violence/person-perpetrator-of-emotional-violence", "criminal-involvement/assault",
            "criminal-involvement/threat", "alcohol/alcohol-abuse-by-person",
            "unemployment/person-temporarily-unemployed",
            "mental-health/suspected-mental-health-problem", "crime-victimization/threat",
        ),
        protective=("social-support-network/positive-role-models-relationship-with-adult",),
        flags=("domestic-violence", "recent-escalation", "child-involved"),
        summary="Calls to one home went from one a season to three this month, the last with injuries. One person"
        " wants the violence to stop and is not sure what is safe; the other has lost work and asks for no help yet.",
        tried="Safety information was given each time, victim services left messages at a number the person chose,"
        " and a bail supervisor raised the escalation.",
        likely=("alder", "probation", "crisis"),
        identities=(
            Identity("Fictiva Madeupton", "1991-02-30", "14 Nonesuch Crescent, side door"),
            Identity("Pretendrick Mockwell", "1989-11-31", "staying at 3 Nowhere Mews"),
        ),
    ),
    "concluded": Story(
        by="shelter", kind="person", persons=(("25-29", "male", _ONE),),
        risks=(
            "drugs/drug-abuse-by-person", "alcohol/alcohol-use-by-person",
            "housing/person-does-not-have-access-to-appropriate-housing", "suicide/person-previous-suicide-risk",
            "mental-health/diagnosed-mental-health-problem", "mental-health/not-following-prescribed-treatment",
            "physical-health/general-health-issue", "crime-victimization/robbery",
            "poverty/person-living-in-less-than-adequate-financial-situation",
            "negative-peers/person-associating-with-negative-peers",
        ),
        protective=("mental-health/adaptability", "physical-health/primary-care-physician"),
        flags=("homelessness", "problematic-opioid-use"),
        summary="A person who stays outside was found unresponsive twice in ten days and came back each time with"
        " less strength. They would like to start treatment but cannot keep appointments made weeks ahead.",
        tried="Night staff carried naloxone and checked every two hours; three referrals lapsed because nobody could"
        " reach the person on the day.",
        likely=("crisis", "housing", "hospital"),
        identities=(Identity("Examplo Inventedson", "1998-02-30", "tent row behind Imaginary Mill"),),
    ),
    "waiting": Story(
        by="hospital", kind="person", persons=(("60-plus", "female", _ONE),),
        risks=(
            "elder-abuse/person-victim-of-elder-abuse", "physical-health/chronic-disease",
            "physical-health/not-following-prescribed-treatment", "physical-health/nutritional-deficit",
            "cognitive-functioning/diagnosed-cognitive-impairment-limitation",
            "emotional-violence/emotional-violence-in-the-home",
            "alcohol/alcohol-abuse-in-home", "basic-needs/person-being-neglected-by-others",
            "poverty/person-living-in-less-than-adequate-financial-situation",
        ),
        protective=("physical-health/primary-care-physician", "family-supports/strong-family-bond"),
        flags=("social-isolation",),
        summary="An older adult came to emergency three times in a month, thinner each time, with medication that"
        " somebody else had been keeping. The person asks to go home and asks that nobody be angry.",
        tried="Home care was arranged and sent away at the door twice; a social worker phones daily and is told all"
        " is well.",
        likely=("police", "crisis", "housing"),
    ),
    "discussion": Story(
        by="police", kind="person", persons=(("12-17", "male", _ONE),),
        risks=(
            "criminal-involvement/theft", "criminal-involvement/possession-of-weapons",
            "negative-peers/person-associating-with-negative-peers", "gangs/threatened-by-gang",
            "missing/runaway-without-parents-knowledge-of-whereabouts", "missing-school/truancy",
            "drugs/drug-use-by-person", "parenting/parent-child-conflict",
            "mental-health/witnessed-traumatic-event", "crime-victimization/assault",
            "supervision/person-not-properly-supervised",
        ),
        protective=(
            "education/positive-school-experiences",
            "social-support-network/positive-role-models-relationship-with-adult",
        ),
        flags=("recent-escalation", "recidivism"),
        summary="A young person has been away from home five nights in two weeks and was hurt by older peers who"
        " expect something in return. They answer one coach's messages, and said they are tired of being afraid.",
        tried="A youth worker met the person twice; the family and the school kept a place open; neither can say"
        " where the person sleeps.",
        likely=("compass", "aid", "school"),
    ),
    "choosing": Story(
        by="shelter", kind="person", persons=(("18-24", "female", _ONE),),
        risks=(
            "sexual-violence/person-victim-of-sexual-violence",
            "housing/person-transient-but-has-access-to-appropriate-housing",
            "drugs/drug-use-by-person", "self-harm/person-has-engaged-in-self-harm",
            "mental-health/self-reported-mental-health-problem",
            "negative-peers/person-associating-with-negative-peers",
            "crime-victimization/sexual-assault", "physical-health/pregnant",
            "unemployment/person-chronically-unemployed",
        ),
        protective=("social-support-network/high-level-of-trust-in-community-support-services",),
        flags=("homelessness", "human-trafficking"),
        summary="A young adult, expecting a child, moves between rooms that somebody else pays for and returned hurt"
        " this week. The person asked what a safe place would look like, and whether the phone has to come along.",
        tried="A private room was offered, a nurse visits on Tuesdays, and the person leaves when a car comes.",
        likely=("alder", "hospital", "police"),
    ),
    "huddle": Story(
        by="aid", kind="family",
        persons=(("30-39", "female", _ONE), ("12-17", "male", _ONE), ("6-11", "female", _ONE)),
        risks=(
            "parenting/parent-child-conflict", "mental-health/mental-health-problem-in-the-home",
            "housing/person-does-not-have-access-to-appropriate-housing", "alcohol/alcohol-abuse-in-home",
            "missing-school/chronic-absenteeism", "criminal-involvement/damage-to-property",
            "suicide/person-current-suicide-risk", "poverty/person-living-in-less-than-adequate-financial-situation",
            "unemployment/caregivers-chronically-unemployed", "basic-needs/person-unable-to-meet-own-basic-needs",
        ),
        protective=("family-supports/strong-family-bond", "education/caring-school-environment"),
        flags=(
            "child-involved", "risk-of-losing-housing-unsafe-living-conditions",
            "lives-in-registered-with-community-housing",
        ),
        summary="A parent with two children has an eviction date, no heat, and told a visitor that the children would"
        " be better off alone. The older child stays up at night to keep watch. They hold together fiercely.",
        tried="A worker visits twice a week; rent support was refused for a missing paper; the parent missed two"
        " assessments for want of a sitter.",
        likely=("crisis", "housing", "school"),
        identities=(
            Identity("Samplina Notrealova", "1987-06-31", "Unit 0, 99 Fable Court"),
            Identity("Teeno Notrealov", "2011-04-31", "Unit 0, 99 Fable Court, the back room"),
            Identity("Minima Notrealova", "2017-09-31", "Unit 0, 99 Fable Court, with her mother"),
        ),
    ),
    "rejected": Story(
        by="police", kind="person", persons=(("40-59", "male", _ONE),),
        risks=(
            "alcohol/alcohol-abuse-by-person",
            "antisocial-negative-behaviour/person-exhibiting-antisocial-negative-behaviour",
            "unemployment/person-chronically-unemployed", "mental-health/grief",
        ),
        flags=("trespassing",),
        summary="A person returns each night to a closed building, often drunk, and shouts. They are grieving, and"
        " accept a ride when the same officer comes.",
        tried="Moved along a dozen times; no service has been asked yet.",
        likely=("crisis",),
    ),
    "withdrawn": Story(
        by="compass", kind="person", persons=(("12-17", "female", _ONE),),
        risks=(
            "missing/person-reported-to-police-as-missing", "self-harm/person-threatens-self-harm",
            "parenting/parent-child-conflict", "missing-school/truancy",
            "mental-health/self-reported-mental-health-problem",
        ),
        flags=("social-media",),
        summary="A young person left after a quarrel and wrote that nobody would look. A relative is in touch with"
        " them by message.",
        tried="The family was called every few hours; a relative three towns over has offered a room.",
        likely=("aid", "police"),
    ),
    "kes-new": Story(
        by="kes.police", kind="person", persons=(("30-39", "male", _ONE),), table="KES",
        risks=(
            "mental-health/suspected-mental-health-problem", "drugs/drug-abuse-by-person",
            "criminal-involvement/threat", "suicide/person-previous-suicide-risk",
            "housing/person-does-not-have-access-to-appropriate-housing", "physical-health/general-health-issue",
            "social-environment/negative-neighbourhood", "unemployment/person-chronically-unemployed",
        ),
        flags=("geographical-isolation", "methamphetamine-use"),
        summary="A person living in a vehicle on a back road has begun to walk along the highway at night. They take"
        " food from one neighbour and have asked twice how long the ground stays frozen.",
        tried="Welfare checks daily; the nearest crisis bed needs a ride nobody is insured to give.",
        likely=("crisis", "hospital"),
    ),
    "kes-family": Story(
        by="crisis", kind="family", persons=(("18-24", "female", _ONE), ("0-5", "male", _ONE)), table="KES",
        risks=(
            "mental-health/diagnosed-mental-health-problem", "mental-health/not-following-prescribed-treatment",
            "parenting/person-not-receiving-proper-parenting", "emotional-violence/emotional-violence-in-the-home",
            "poverty/person-living-in-less-than-adequate-financial-situation",
            "basic-needs/person-neglecting-others-basic-needs",
            "drugs/drug-abuse-in-home", "social-environment/negative-neighbourhood",
        ),
        protective=("mental-health/accessing-resources-services-related-to-mental-health",),
        flags=("child-involved", "transportation-issues"),
        summary="A young parent stopped treatment when the bus was cut and hears the baby cry when the baby sleeps."
        " The person phones us at night because somebody answers.",
        tried="Nightly calls, a home visit, a taxi voucher that ran out.",
        likely=("aid", "hospital"),
    ),
}  # fmt: skip

#: Sealed words of the interventions.
SAFE_CONTACT = "Do not phone the home. Write to nobody at the address. The person calls us on Mondays after nine."
PLANS = {
    "alder": "Offer to meet at the library when the person calls, and go through the safety plan at the person's pace.",
    "probation": "Ask about work and drinking at the next appointment; say nothing of any call or meeting.",
    "crisis": "Meet at the day room within a day, bring the nurse, and stay until the first dose is settled.",
}
GROUNDS = {
    "followup": "Three calls in a month, injuries at the last, threats overheard: serious bodily harm is likely soon.",
    "concluded": "Two overdoses in ten days with worsening health: the next may not be survived.",
    "huddle": "An eviction in days, no heat, and words of leaving the children alone: serious harm is at hand.",
}
#: Everything of an identity, for tests that look for leaks.
IDENTITIES = tuple(part for s in STORIES.values() for i in s.identities for part in (i.name, i.birth, i.location))
