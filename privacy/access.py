"""In which relations does a member stand to a situation, and how does its access state move?

Relations come from standing seats, engagements and recusals, read anew at every request. The verbs at the end are
called by the lifecycle inside its transition and by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import models

from agencies.kept import kept
from agencies.models import Agency, Member, Standing, Table
from agencies.standing import seats_of
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy import grants
from privacy.carrying import carrying
from privacy.context import is_shared
from privacy.models import AccessState, Compartment, Engagement, Recusal
from privacy.policy import may_know, rule
from privacy.vocabulary import (
    IDENTIFYING,
    PAST_THE_DOOR,
    Answer,
    Audience,
    Category,
    CompartmentKind,
    Filter,
    Necessity,
)

_BY_ROLE = {
    Role.FACILITATOR: Audience.FACILITATOR,
    Role.RECORDER: Audience.RECORDER,
    Role.PRIVACY_OFFICER: Audience.PRIVACY_OFFICER,
}
_WAITING = frozenset({Filter.F1, Filter.F2})
_NEVER_A_SITUATION = {Role.MANAGER: Audience.MANAGER, Role.ADMINISTRATOR: Audience.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Relation:
    """How one member stands to one situation now."""

    audiences: frozenset[Audience]
    #: Agencies the member speaks for at the situation's table.
    agencies: frozenset[int]
    #: Agencies the member may back a decision for: those, and the facilitator's own (domain.md, filter 2).
    backs: frozenset[int] = frozenset()
    #: The engagement in which the member is the named person, if any.
    engagement: Engagement | None = field(default=None, compare=False)
    recused: bool = False
    #: Others look at this screen: no more than the table knows at filter 2 (docs/adr/0043).
    shared: bool = False

    def knows(self, filter_: Filter) -> frozenset[Category]:
        """The categories this member may know at a stage."""
        may = may_know(filter_, self.audiences)
        return may & rule(Filter.F2, Audience.SEATED).categories if self.shared else may

    @property
    def leads(self) -> bool:
        """Whether the member is the named person of the confirmed lead agency."""
        return (
            self.engagement is not None
            and self.engagement.lead_confirmed_at is not None
            and self.engagement.status == Engagement.Status.ENGAGED
            and Audience.NAMED in self.audiences
        )


NOBODY = Relation(frozenset({Audience.OUTSIDER}), frozenset())


def standing_of(member: Member) -> list[Standing]:
    """The member's seats in good standing, one query."""
    return seats_of(member.pk)


def relations(
    states: Sequence[AccessState], member: Member, seats: Sequence[Standing] | None = None
) -> dict[UUID, Relation]:
    """The member's relation to each of several situations; at most three queries whatever their number. `seats`: all
    of the member's, where whoever asks has read them for the same answer."""
    refs = [s.ref for s in states]
    if not refs:
        return {}
    seats = standing_of(member) if seats is None else seats
    if not seats:
        return dict.fromkeys(refs, NOBODY)
    engagements: dict[UUID, list[Engagement]] = {}
    # Before filter 3 nobody has been chosen (R14): of items that wait there is nothing to ask.
    past = tuple(s.ref for s in states if s.filter not in _WAITING)
    for e in _chosen(past) if past else ():
        engagements.setdefault(e.access_id, []).append(e)
    recused = {r.access_id for r in _stepped_away(tuple(refs), member.pk)}
    found = {s.ref: _relation(s, member, seats, engagements.get(s.ref, ()), s.ref in recused) for s in states}
    return {s.ref: _looked_at(found[s.ref], s) for s in states} if is_shared() else found


@kept
def _chosen(refs: tuple[UUID, ...]) -> models.QuerySet[Engagement]:
    return Engagement.objects.filter(access_id__in=refs)


@kept
def _stepped_away(refs: tuple[UUID, ...], member_id: int) -> models.QuerySet[Recusal]:
    return Recusal.objects.filter(access_id__in=refs, member_id=member_id)


def relation(state: AccessState, member: Member) -> Relation:
    """The member's relation to one situation now."""
    return relations([state], member)[state.ref]


def _looked_at(found: Relation, state: AccessState) -> Relation:
    """The same member on a screen that is being shared: a seat at the table, and nothing of one's own. Past the door
    not even for which agencies: what one could do for them would say which of them intervene.
    """
    table = found.audiences & {Audience.SEATED, Audience.FACILITATOR, Audience.RECORDER, Audience.GUEST}
    if state.filter in PAST_THE_DOOR:
        found = replace(found, agencies=frozenset(), backs=frozenset())
    return replace(found, audiences=table or frozenset({Audience.OUTSIDER}), engagement=None, shared=True)


def _relation(
    state: AccessState, member: Member, seats: Iterable[Standing], engagements: Iterable[Engagement], recused: bool
) -> Relation:
    if recused:
        return Relation(frozenset({Audience.OUTSIDER}), frozenset(), recused=True)
    found: set[Audience] = set()
    spoken_for: set[int] = set()
    chairs_for: set[int] = set()
    active = {e.agency_id: e for e in engagements if e.status != Engagement.Status.ENDED}
    mine: Engagement | None = None
    for seat in seats:
        if seat.table_id != state.table_id:
            continue
        role = Role(seat.role)
        if role in _NEVER_A_SITUATION:
            found.add(_NEVER_A_SITUATION[role])
        if role in AGENCY_ROLES:
            spoken_for.add(seat.agency_id)
            if seat.agency_id == state.originating_agency_id:
                found.add(Audience.ORIGINATING)
            engagement = active.get(seat.agency_id)
            if engagement is not None and role == Role.AGENCY_LEAD:
                found.add(Audience.AGENCY_LEAD)
            if engagement is not None and engagement.person_id == member.pk:
                mine = engagement
                found.add(Audience.NAMED)
        if not state.presented:
            continue
        if role in AGENCY_ROLES:
            found.add(Audience.SEATED)
        elif role in _BY_ROLE:
            found.add(_BY_ROLE[role])
            if role == Role.FACILITATOR:
                chairs_for.add(seat.agency_id)
        elif role == Role.GUEST and seat.meeting is not None and seat.meeting == state.meeting:
            if seat.item in (None, state.ref):  # who was called for one item hears that one (R59)
                found.add(Audience.GUEST)
        elif role == Role.PRIVACY_LEAD and (seat.agency_id == state.originating_agency_id or seat.agency_id in active):
            found.add(Audience.PRIVACY_LEAD)
    return Relation(
        frozenset(found or {Audience.OUTSIDER}), frozenset(spoken_for), frozenset(spoken_for | chairs_for), mine
    )


# Verbs of the access state ------------------------------------------------------------------------------------------


def open_state(*, table: Table, originating_agency: Agency, ref: UUID) -> AccessState:
    """A new draft's access state: filter 1, own agency only."""
    return AccessState.objects.create(ref=ref, table=table, originating_agency=originating_agency)


def move(state: AccessState, to: Filter, *, presented: bool | None = None) -> None:
    """Move a situation's stage. Everybody's view changes with it, so the version moves too."""
    state.filter = to
    if presented is not None:
        state.presented = presented
    touch(state, "filter", "presented")


def touch(state: AccessState, *fields: str) -> None:
    """Save the named fields and move the version on."""
    state.version = models.F("version") + 1
    state.save(update_fields=[*fields, "version"])
    state.refresh_from_db(fields=["version"])


def choose(state: AccessState, agency: Agency, *, necessity: Necessity, proposed_lead: bool) -> Engagement:
    """Record that an agency is reasonably necessary; a second call changes the reason or the proposal."""
    if proposed_lead:
        state.engagements.filter(proposed_lead=True).exclude(agency=agency).update(proposed_lead=False)
    ended = state.engagements.filter(agency=agency, status=Engagement.Status.ENDED)
    # An agency whose access had ended starts anew: it names its person again and inherits nothing (R21).
    ended.update(status=Engagement.Status.CHOSEN, person=None)
    engagement, _ = Engagement.objects.update_or_create(
        access=state,
        agency=agency,
        defaults={"table_id": state.table_id, "necessity": necessity, "proposed_lead": proposed_lead},
    )
    touch(state)
    return engagement


def unchoose(state: AccessState, agency: Agency) -> None:
    """Take an agency off the list before the door."""
    state.engagements.filter(agency=agency).delete()
    touch(state)


def propose_lead(engagement: Engagement) -> None:
    """Propose an engaged agency as the lead, in the place of another."""
    engagement.access.engagements.filter(proposed_lead=True).update(proposed_lead=False)
    engagement.proposed_lead = True
    engagement.save(update_fields=["proposed_lead"])
    touch(engagement.access)


def name_person(engagement: Engagement, person: Member) -> None:
    """Name the person who acts for an agency. A former person's grants end, the new one gets the agency's."""
    state, former = engagement.access, engagement.person
    engagement.person = person
    engagement.save(update_fields=["person"])
    if former is not None and former.pk != person.pk:
        grants.revoke_all(state, [former])
    for compartment in _entitled(engagement):
        grants.grant(compartment, person)
    touch(state)


def _entitled(engagement: Engagement) -> Iterable[Compartment]:
    """What an agency may open: all of its own situation, what was disclosed to it, the plan it writes in."""
    state = engagement.access
    compartments = Compartment.objects.filter(access=state).exclude(kind=CompartmentKind.YOUTH)
    if engagement.agency_id == state.originating_agency_id:
        return compartments
    received = models.Q(
        disclosures__recipients__agency_id=engagement.agency_id,
        disclosures__recipients__answer__in=[a for a in Answer if a != Answer.NOT_OURS],
        disclosures__in=carrying(state),
    ) & (
        # A person's compartment opens for who was told something identifying; what only followed opens nothing.
        ~models.Q(kind=CompartmentKind.SUBJECT) | models.Q(disclosures__elements__overlap=[str(e) for e in IDENTIFYING])
    )
    if state.authorities.filter(agency_id=engagement.agency_id).exists():
        received |= models.Q(kind=CompartmentKind.PLAN)
    return compartments.filter(received).distinct()


def pass_the_door(state: AccessState, *, subjects: int) -> None:
    """Move to F3b: the chosen are engaged, compartments exist, the originating agency's person may write in them."""
    state.engagements.update(status=Engagement.Status.ENGAGED)
    move(state, Filter.F3B)
    for subject in range(1, subjects + 1):
        open_compartment(state, CompartmentKind.SUBJECT, subject=subject)
    open_compartment(state, CompartmentKind.PLAN)


def open_compartment(state: AccessState, kind: CompartmentKind, *, subject: int = 0) -> Compartment:
    """Make a compartment. The named person of the originating agency may write in it."""
    compartment, _ = Compartment.objects.get_or_create(
        access=state, kind=kind, subject=subject, defaults={"table_id": state.table_id}
    )
    own = state.engagements.filter(agency_id=state.originating_agency_id, person__isnull=False).first()
    if own is not None and own.person is not None:
        grants.grant(compartment, own.person)
    return compartment


def end_engagement(engagement: Engagement) -> None:
    """End an agency's access at once: its person loses every grant."""
    if engagement.person is not None:
        grants.revoke_all(engagement.access, [engagement.person])
    engagement.status = Engagement.Status.ENDED
    engagement.proposed_lead = False
    engagement.save(update_fields=["status", "proposed_lead"])
    touch(engagement.access)


def recuse(state: AccessState, member: Member) -> None:
    """Record that a member stepped away; grants end at once. The reason is not asked (R58)."""
    Recusal.objects.get_or_create(access=state, member=member, defaults={"table_id": state.table_id})
    grants.revoke_all(state, [member])
    touch(state)


def erase(state: AccessState) -> None:
    """Forget who was chosen, granted and recorded: the access part of the six groups (R12)."""
    grants.revoke_all(state)
    state.disclosures.all().delete()
    state.compartments.all().delete()
    state.engagements.all().delete()
    state.authorities.all().delete()
