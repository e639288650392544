"""How is an act carried out? By one function, in one transaction: decide, act, compare-and-swap, remember, record.

Whoever wants to change a situation - page, API, command, test - calls `perform`. It locks the row, so of eight people
acting at once each sees what the one before did; an idempotency key makes a double submit one effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES
from privacy import access
from privacy.access import NOBODY
from privacy.decision import Decision, Denied, allow, deny, hide
from privacy.vault import StaleText
from privacy.vocabulary import PAST_THE_DOOR, Filter
from situations import deciding, paper
from situations import scene as scenes
from situations.act import Act
from situations.acts import ACTS
from situations.effects import EFFECTS, threshold
from situations.live import events
from situations.models import History, Performed, Situation
from situations.scene import Scene
from situations.vocabulary import State

#: What is offered or refused in these says who was chosen: on a shared screen they wait (docs/adr/0043).
_SAY_WHO_WAS_CHOSEN = frozenset({"unchoose", "name_person", "offer"})


class Stale(Exception):
    """Somebody changed the situation meanwhile. Nothing was done; what was typed is kept by the door."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act led to: the situation and its state now. `repeated`: this key was carried out before."""

    situation_id: UUID
    state: State
    repeated: bool = False


def open_draft(*, table: Table, agency: Agency, by: Member) -> Situation:
    """Open a draft at filter 1 for an agency the member sits for. Denied otherwise."""
    if not Standing.objects.of(by).at(table.pk).in_roles(*AGENCY_ROLES).filter(agency_id=agency.pk).exists():
        raise Denied(deny("not-your-agency", _("You can file for an agency you are seated for.")))
    with transaction.atomic():
        ref = uuid4()
        access.open_state(table=table, originating_agency=agency, ref=ref)
        return Situation.objects.create(id=ref, table=table, originating_agency=agency)


def decide(act: Act, scene: Scene, data: dict[str, Any] | None = None) -> Decision:
    """Whether this member may carry out this act now, and why not. Pure; used for button, refusal and tests."""
    if scene.relation == NOBODY or not scene.relation.knows(Filter(scene.access.filter)):
        return hide()
    if not _theirs(act, scene):
        return deny("not-your-role", _("This is for somebody else to do."))
    if scene.state not in act.sources:
        return deny("not-now", _("Not possible at this stage."))
    if scene.relation.shared and scene.state == State.CHOOSING and act.name in _SAY_WHO_WAS_CHOSEN:
        return deny("presenting", _("It shows who was chosen, so it waits until the sharing of this screen ends."))
    if scene.access.frozen and not act.while_frozen:
        return deny("frozen", _("The privacy officer has frozen this item. Nothing can be done with it until then."))
    for condition in act.conditions:
        found = condition(scene, data or {})
        if not found:
            return found
    return allow()


def decisions(scene: Scene) -> dict[str, Decision]:
    """The decision for every act that is this member's to do at this stage: possible, or refused with a reason."""
    return {
        name: decide(act, scene) for name, act in ACTS.items() if scene.state in act.sources and _theirs(act, scene)
    }


def _theirs(act: Act, scene: Scene) -> bool:
    """The act is for one of the member's relations. On a shared screen nothing past the door is but to step away."""
    if scene.relation.shared and scene.access.filter in PAST_THE_DOOR and act.name != "recuse":
        return False
    return bool(set(act.who) & scene.relation.audiences)


def perform(
    name: str, situation_id: UUID, /, *, by: Member, key: str = "", seen_version: int | None = None, **data: Any
) -> Outcome:
    """Carry out an act. Raises Denied (refused, or hidden where existence is not theirs), Stale, or StaleText.

    `key`: idempotency key of the submit; the same member and key again changes nothing. `seen_version`: the version
    of the situation the member decided on; another one by now raises Stale.
    """
    act = ACTS[name]
    with transaction.atomic():
        if key and not _first_time(by, key, name, situation_id):
            return _repeated(by, key, name, situation_id)
        scene = scenes.load(situation_id, by=by, lock=True)
        decide(act, scene, data).require()
        if any(data.get(name) is None for name in act.asks.split()):
            raise Denied(deny("incomplete", _("This page is not complete yet")))
        if seen_version is not None and seen_version != scene.situation.version:
            raise Stale("version")
        before = scene.state
        chair = deciding.typed_for(scene) if act.of_the_chair else None
        day = paper.counts_on(scene) if act.decides else None
        try:
            EFFECTS[name](scene, data)
        except StaleText:
            raise Stale("text") from None
        if name == "discard":
            return Outcome(situation_id, State.DESTROYED)
        after = act.target or before
        _swap(scene.situation, before, after, returned=name == "return")
        History.objects.create(
            situation=scene.situation,
            table_id=scene.situation.table_id,
            act=name,
            from_state=before,
            to_state=after,
            by=by,
            chair=chair,
            version=scene.situation.version,
        )
        if act.decides:
            _recorder()(scene.situation, act=act.counted_as, on=day)
        if name == "return":
            threshold.finish_return(scene)
        events.after_act(situation_id=situation_id, table_id=scene.situation.table_id, before=before, after=after)
    return Outcome(situation_id, after)


def _swap(situation: Situation, before: State, after: State, *, returned: bool) -> None:
    """Compare-and-swap on state and version; a return is finished by its database function."""
    changed = Situation.objects.filter(pk=situation.pk, state=before, version=situation.version)
    situation.version += 1
    if not returned:
        situation.state = after
    if not changed.update(
        **{
            f.attname: getattr(situation, f.attname)
            for f in Situation._meta.concrete_fields
            if f.attname not in ("id", "meeting", "opened_at")
        }
    ):
        raise Stale("state")


def _first_time(by: Member, key: str, name: str, ref: UUID) -> bool:
    """Claim the key; a concurrent twin waits here for the first one's commit."""
    try:
        with transaction.atomic():
            Performed.objects.create(member=by, key=key, act=name, ref=ref)
    except IntegrityError:
        return False
    return True


def _repeated(by: Member, key: str, name: str, situation_id: UUID) -> Outcome:
    """The outcome of the first submit; a key used for something else is a mistake, never a silent success."""
    if not Performed.objects.filter(member=by, key=key, act=name, ref=situation_id).exists():
        raise Stale("key")
    state = Situation.objects.filter(pk=situation_id).values_list("state", flat=True).first()
    return Outcome(situation_id, State(state) if state else State.DESTROYED, repeated=True)


def _recorder() -> Callable[..., None]:
    """The keeper of coded records, wired by settings so that this app does not import reports."""
    module, _dot, name = settings.SITUATION_RECORDER.rpartition(".")
    keeper: Callable[..., None] = getattr(import_module(module), name)
    return keeper
