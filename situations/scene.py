"""What does an act or a page look at? One situation, its access state, the member and the moment.

What was asked is remembered while one only reads. A page, an answer of the API and `decisions` ask for the same rows
many times over: on a scene loaded for reading a `remembered` function asks PostgreSQL once. A scene loaded under lock
is there to be changed: it remembers nothing of the kind, so no effect, threshold or recorder meets what was true before
it. Nobody has to think of it: a scene remembers only if `load` or `of_rows` made it for reading, and what it remembers
is its own. Each scene is one member's, as that member's rows are, and lives as long as one answer. Only what is alike
for a whole audience may the devices of a sitting meeting lend one another (live/lately.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from operator import attrgetter
from typing import Any, TypeVar, TypeVarTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from agencies.kept import kept
from agencies.models import Agency, Member, Standing
from privacy.access import Relation, relation, relations
from privacy.decision import Denied, hide
from privacy.models import AccessState, Engagement
from privacy.vocabulary import Audience, Filter
from situations.meeting import AgendaItem
from situations.models import Situation
from situations.vocabulary import BEFORE_THE_DOOR, MeetingState, State

_Of = TypeVarTuple("_Of")
_Answer = TypeVar("_Answer")


@dataclass
class Scene:
    """A situation as one member meets it. Conditions and effects read and write through it."""

    situation: Situation
    access: AccessState
    by: Member
    relation: Relation = field(repr=False)
    #: The member's seats, where whoever loaded several scenes had read them.
    seats: Sequence[Standing] = field(default=(), repr=False, compare=False)
    #: Loaded to be read, not to be changed: `remembered` functions ask once.
    reading: bool = False
    #: Theirs alone; another relation to the same situation (`dataclasses.replace`) starts with nothing.
    memory: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    #: What is alike for all of the same audiences: their own, too, unless it is lent (live/lately.py).
    common: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def state(self) -> State:
        """The situation's state."""
        return State(self.situation.state)

    @cached_property
    def every_engagement(self) -> list[Engagement]:
        """The agencies chosen, those whose access has ended too; under lock as they were when first asked for."""
        return list(_every_engagement(self))

    @cached_property
    def engagements(self) -> list[Engagement]:
        """The agencies chosen and not ended."""
        return [e for e in self.every_engagement if e.status != Engagement.Status.ENDED]

    def forget(self) -> None:
        """The agencies chosen were erased: ask anew for them."""
        for name in ("every_engagement", "engagements"):
            self.__dict__.pop(name, None)

    @property
    def engagement(self) -> Engagement | None:
        """The engagement in which the member is the named person."""
        mine = self.relation.engagement
        return next((e for e in self.engagements if mine is not None and e.pk == mine.pk), None)

    @property
    def acting(self) -> Engagement:
        """The engagement the member acts in; Denied where there is none (the act table lets only the named act)."""
        if self.engagement is None:
            raise Denied(hide("not-named"))
        return self.engagement

    @property
    def acts_for(self) -> frozenset[int]:
        """The agency the member is named for, alone: a seat for another agency does not act in this situation."""
        return frozenset({self.engagement.agency_id}) if self.engagement is not None else frozenset()

    @cached_property
    def item(self) -> AgendaItem | None:
        """The situation's item on the agenda of the sitting meeting, if there is one."""
        return next(iter(_sitting_items(self.situation.pk)), None)

    @property
    def in_discussion(self) -> bool:
        """Whether the item is open in a sitting meeting."""
        return self.item is not None and self.item.opened_at is not None and self.item.closed_at is None

    def own_agency(self) -> Agency:
        """The agency the member speaks for: before the door the one that brought it, if seated for it; then the one
        engaged; else the only or first one seated for."""
        if self.state in BEFORE_THE_DOOR and Audience.ORIGINATING in self.relation.audiences:
            return self.situation.originating_agency
        if self.engagement is not None:
            return self.engagement.agency
        return _first_agency(self)


def remembered(ask: Callable[[Scene, *_Of], _Answer]) -> Callable[[Scene, *_Of], _Answer]:
    """A question about a scene, answered once in a reading and anew every time in an act. Its answer never changes:
    a tuple, a frozenset, a row."""
    return _once(ask, "memory")


def alike(ask: Callable[[Scene, *_Of], _Answer]) -> Callable[[Scene, *_Of], _Answer]:
    """A remembered question that all members of the same audiences have the same answer to, whatever their agency, as
    long as the situation is before the door (tests/laws/test_remembering.py asks them all)."""
    return _once(ask, "common")


def _once(ask: Callable[[Scene, *_Of], _Answer], where: str) -> Callable[[Scene, *_Of], _Answer]:
    @wraps(ask)
    def once(scene: Scene, *of: *_Of) -> _Answer:
        if not scene.reading:
            return ask(scene, *of)
        known: dict[Any, _Answer] = getattr(scene, where)
        if (ask, of) not in known:
            known[ask, of] = ask(scene, *of)
        return known[ask, of]

    return once


@alike
def _every_engagement(scene: Scene) -> tuple[Engagement, ...]:
    return tuple(scene.access.engagements.select_related("agency", "person").order_by("agency__name_en"))


@remembered
def _first_agency(scene: Scene) -> Agency:
    seated_for = [s.agency for s in scene.seats if s.agency_id in scene.relation.agencies]
    if seated_for:
        return min(seated_for, key=attrgetter("pk"))
    return Agency.objects.filter(pk__in=scene.relation.agencies).order_by("pk")[0]


def load(situation_id: UUID, *, by: Member, lock: bool = False) -> Scene:
    """The scene of a situation for a member; Denied (hidden) when the member may not know that it exists.

    Row-level security hides rows of other agencies' drafts and other tables; the policy hides the rest.
    """
    if lock and not connection.in_atomic_block:
        raise TransactionManagementError("what is locked is locked in a transaction")
    situation = next(iter((_locked if lock else _situation)(situation_id)), None)
    access = next(iter((_locked_state if lock else _state)(situation_id)), None) if situation is not None else None
    if situation is None or access is None:
        raise Denied(hide())
    found = relation(access, by)
    scene = Scene(situation, access, by, found, reading=not lock)
    if not found.knows(Filter(access.filter)):
        raise Denied(hide())
    return scene


def of_rows(situations: Iterable[Situation], *, by: Member, seats: Sequence[Standing] | None = None) -> list[Scene]:
    """Several scenes for reading, in the order given, in a few queries; those the member may not know are left out."""
    rows = list(situations)
    states = {a.ref: a for a in _states(tuple(s.pk for s in rows))} if rows else {}
    found = relations(list(states.values()), by, seats)
    made = [Scene(s, states[s.pk], by, found[s.pk], seats or (), reading=True) for s in rows if s.pk in states]
    return [x for x in made if x.relation.knows(Filter(x.access.filter))]


_WITH = ("table", "originating_agency", "discussion_type")


@kept
def _situation(ref: UUID) -> QuerySet[Situation]:
    return Situation.objects.filter(pk=ref).select_related(*_WITH)


@kept
def _locked(ref: UUID) -> QuerySet[Situation]:
    return Situation.objects.filter(pk=ref).select_related(*_WITH).select_for_update(of=("self",))


@kept
def _state(ref: UUID) -> QuerySet[AccessState]:
    return AccessState.objects.filter(pk=ref)


@kept
def _locked_state(ref: UUID) -> QuerySet[AccessState]:
    return AccessState.objects.filter(pk=ref).select_for_update()


@kept
def _sitting_items(ref: UUID) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(situation=ref, meeting__state=MeetingState.SITTING).select_related("meeting")


@kept
def _states(refs: tuple[UUID, ...]) -> QuerySet[AccessState]:
    return AccessState.objects.filter(pk__in=refs)
