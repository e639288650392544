"""What should happen when one of the cast carries out one act at one stage, and what does happen?

The test tries every cell by `decide` and every cell that conditions alone can refuse by `perform`, with a share of the
others; the proof `lifecycle` tries all of them. Every perform is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from agencies.models import Member
from privacy.context import acting_as
from privacy.decision import Denied
from situations import lifecycle
from situations.models import History, Situation
from situations.vocabulary import State
from tests.builders import Walk
from tests.laws import stages
from tests.laws.lifecycle_by_hand import LAWS, SUCCEEDS, WHILE_FROZEN
from tests.laws.sharing_product import expected
from tests.laws.typed import good_input

HIDDEN, ROLE, STATE, FROZEN = "not-found", "not-your-role", "not-now", "frozen"


def refusal(name: str, key: str, stage: stages.Stage) -> str:
    """The general reason why one of the cast cannot do this here; '' where only its conditions can refuse."""
    if not expected(key, stage.state):
        return HIDDEN
    if not LAWS[name].who & stages.audiences(key, stage.state):
        return ROLE
    if stage.state not in LAWS[name].sources:
        return STATE
    if stage.name == "frozen" and name not in WHILE_FROZEN:
        return FROZEN
    return ""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def try_cell(walk: Walk, stage: stages.Stage, key: str, member: Member, name: str) -> str:
    """Carry one act out and undo it; returns what went otherwise than agreed ('' when nothing did)."""
    why = refusal(name, key, stage)
    typed = good_input(walk, member)
    data = typed[name]() if name in typed and not why else {}
    only = SUCCEEDS.get(name, {}).get(stage.name) if name in SUCCEEDS else None
    with undone(), acting_as(member):
        try:
            outcome = lifecycle.perform(name, walk.id, by=member, **data)
        except Denied as refused:
            return _wrong_refusal(refused, why) or ("refused" if not why and only and key in only else "")
        if why:
            return f"done although {why}"
        if name in SUCCEEDS and key not in (only or set()):
            return "done by the wrong person"
        if outcome.state != (LAWS[name].target or stage.state):
            return f"led to {outcome.state}"
        return _wrong_record(walk, name, stage.state, outcome.state)


def _wrong_refusal(refused: Denied, why: str) -> str:
    decision = refused.decision
    if why and (decision.code, decision.hidden) != (why, why == HIDDEN):
        return f"refused as {decision.code}, not as {why}"
    if not why and (decision.hidden or decision.code in (HIDDEN, ROLE, STATE)):
        return f"refused as {decision.code} without need"
    if not decision.hidden and not str(decision.reason):
        return "refused without a reason"
    return "" if str(refused) == decision.code else "the exception says more than its code"


def _wrong_record(walk: Walk, name: str, before: State, after: State) -> str:
    """A state that does not match, or a missing line of history; '' where the actor cannot see it any more."""
    row = Situation.objects.filter(pk=walk.id).first()
    if row is None or name in ("return", "discard", "recuse"):
        return ""
    last = History.objects.filter(situation_id=walk.id).order_by("-version").first()
    if row.state != after:
        return f"the row says {row.state}"
    if last is None or (last.act, last.from_state, last.to_state) != (name, before, after):
        return "the history does not say so"
    return ""
