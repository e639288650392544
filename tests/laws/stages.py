"""Which stages are the laws tried at, and in which relation does each of the cast stand there?

The relations are written down here from domain.md ("People"), by hand, and never asked of the program: the laws hold
the program against them. The shelter brings, the crisis team leads, housing helps; police, hospital, aid and school
are seated and not chosen; the rest of the cast has no seat that stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Member, Table
from agencies.vocabulary import Role
from privacy.context import acting_as
from privacy.vocabulary import Audience
from situations import presence, retention
from situations.vocabulary import ConsentForm, ConsentGiver, State
from tests import builders
from tests.builders import Walk
from tests.cast import Cast, seated

A = Audience

ORIGINATING = {"shelter_rep", "shelter_colleague", "shelter_lead"}
SEATED = ORIGINATING | {
    "crisis_rep", "crisis_colleague", "crisis_lead", "police_rep", "housing_rep", "hospital_rep", "aid_rep",
    "school_rep",
}  # fmt: skip
NAMED = {"shelter_rep", "crisis_rep", "housing_rep"}
LEADS_OF_CHOSEN = {"shelter_lead", "crisis_lead"}
OFFICES = {
    "facilitator": A.FACILITATOR, "recorder": A.RECORDER, "privacy_officer": A.PRIVACY_OFFICER, "guest": A.GUEST,
}  # fmt: skip
#: The agency that brought it has a privacy lead; no other of the cast's agencies has one.
PRIVACY_LEAD = "shelter_privacy"
#: Never a single situation, whatever its stage.
NEVER = {
    "manager", "administrator", "other_table", "stranger", "lapsed_undertaking", "ended_seat", "unaccepted",
}  # fmt: skip

_WITH_ENGAGEMENTS = {State.CHOOSING, State.LIMITED, State.INTERVENING, State.CONCLUDED}


def audiences(key: str, state: State) -> set[Audience]:
    """The relations in which one of the cast stands to a situation of the shelter's in this state."""
    found: set[Audience] = set()
    if key in ORIGINATING:
        found.add(A.ORIGINATING)
    if state in _WITH_ENGAGEMENTS:
        found |= {A.NAMED} if key in NAMED else set()
        found |= {A.AGENCY_LEAD} if key in LEADS_OF_CHOSEN else set()
    if state != State.DRAFT:
        found |= {A.SEATED} if key in SEATED else set()
        found |= {A.PRIVACY_LEAD} if key == PRIVACY_LEAD else set()
        found |= {OFFICES[key]} if key in OFFICES else set()
    return found


def add_guest(cast: Cast) -> Member:
    """A guest of the sitting meeting, who signed."""
    meeting = builders.sitting_meeting(cast)
    cast.people["guest"] = seated(cast, "guest", cast.agencies["town"], cast.nia, Role.GUEST, meeting=meeting.pk)
    with acting_as(cast.facilitator):
        presence.mark_present(meeting, cast.people["guest"], by=cast.facilitator)
    return cast.people["guest"]


@dataclass(frozen=True)
class Stage:
    """A state, and how a situation got there."""

    name: str
    state: State
    build: Callable[..., Walk]


def _leaning_to_accept(cast: Cast, **changes: Any) -> Walk:
    walk = builders.discussed(cast, **changes)
    walk.act("crisis_rep", "stand")
    walk.act("housing_rep", "stand")
    return walk


def _leaning_to_reject(cast: Cast, **changes: Any) -> Walk:
    walk = builders.discussed(cast, **changes)
    walk.act("crisis_rep", "agree_reject")
    walk.act("police_rep", "agree_reject")
    walk.act("school_rep", "object")
    return walk


def _owing_notice(cast: Cast, **changes: Any) -> Walk:
    """Housing wrote in the plan on an authority that owes the person a written notice; a consent is on record."""
    walk = builders.contacted(cast, **changes)
    walk.act("housing_rep", "record_authority", authority=cast.authority("mfippa-32-h"))
    walk.act("housing_rep", "plan", words=builders.CANARY_PLAN, due_on=timezone.localdate(), grounds="grounds")
    walk.act(
        "crisis_rep", "consent", given_on=timezone.localdate(), giver=ConsentGiver.PERSON, form=ConsentForm.ORAL,
        scope=["identifiers"], agencies=[cast.agencies["housing"]], purpose="provide_service",
        expires_on=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    return walk


def _frozen(cast: Cast, **changes: Any) -> Walk:
    walk = builders.contacted(cast, **changes)
    walk.act("privacy_officer", "freeze")
    return walk


def _held(cast: Cast, **changes: Any) -> Walk:
    walk = builders.discussed(cast, **changes)
    walk.act("privacy_officer", "hold")
    walk.act("facilitator", "stop", reason="duplicate")
    return walk


def transferred(cast: Cast, **changes: Any) -> Walk:
    """Transferred to the other table before the door."""
    walk = builders.discussed(cast, **changes)
    walk.act(
        "shelter_rep", "transfer", table=cast.kes, agency=cast.agencies["elsewhere"],
        authority=cast.authority("agreement-only"), grounds=builders.CANARY_GROUNDS,
    )  # fmt: skip
    return walk


def destroyed(cast: Cast, **changes: Any) -> Walk:
    """Concluded, and its retention (by a by-law: none) is over."""
    walk = builders.concluded(cast, **changes)
    before = cast.nia.retention_days
    Table.objects.filter(pk=cast.nia.pk).update(retention_days=0, retention_basis="by-law")
    retention.sweep()
    Table.objects.filter(pk=cast.nia.pk).update(retention_days=before, retention_basis="")
    return walk


#: Every state, some of them reached in several ways, so that every act can be carried out somewhere.
#: `destroyed` sweeps what is concluded, so it comes before the stages that stay concluded.
STAGES = (
    Stage("destroyed", State.DESTROYED, destroyed),
    Stage("draft", State.DRAFT, builders.draft),
    Stage("presented", State.PRESENTED, builders.presented),
    Stage("leaning-to-accept", State.PRESENTED, _leaning_to_accept),
    Stage("leaning-to-reject", State.PRESENTED, _leaning_to_reject),
    Stage("chosen", State.CHOOSING, builders.chosen),
    Stage("disclosed", State.LIMITED, builders.disclosed),
    Stage("contacted", State.INTERVENING, builders.contacted),
    Stage("owing-notice", State.INTERVENING, _owing_notice),
    Stage("frozen", State.INTERVENING, _frozen),
    Stage("concluded", State.CONCLUDED, builders.concluded),
    Stage("rejected", State.REJECTED, builders.rejected),
    Stage("withdrawn", State.WITHDRAWN, builders.withdrawn),
    Stage("stopped", State.STOPPED, builders.stopped),
    Stage("held", State.STOPPED, _held),
    Stage("transferred", State.TRANSFERRED, transferred),
)


def walk_all(cast: Cast, stages: tuple[Stage, ...] = STAGES) -> dict[str, Walk]:
    """One situation at each stage, walked through the real verbs. Needs a committed database."""
    return {stage.name: stage.build(cast) for stage in stages}


def walk_marked(cast: Cast, stages: tuple[Stage, ...] = STAGES) -> dict[str, Walk]:
    """The same, each with words of its own, so that a word found somewhere says whose it is."""
    return {s.name: s.build(cast, texts={"summary": summary_of(s), "tried": tried_of(s)}) for s in stages}


def summary_of(stage: Stage) -> str:
    """The summary of a marked walk."""
    return f"canarysummary-{stage.name}-end slept in a stairwell"


def tried_of(stage: Stage) -> str:
    """What was tried, of a marked walk."""
    return f"canarytried-{stage.name}-end three referrals"
