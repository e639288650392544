"""What does one of the cast see, and what should it be? Relations by hand, rights from the signed page."""

from __future__ import annotations

from agencies.models import Member
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import Category, CompartmentKind
from situations import projection, scene, who_saw
from situations.models import Situation
from situations.seen import SeenSituation
from situations.vocabulary import FILTER_OF, State
from tests import builders
from tests.builders import Walk
from tests.laws import stages
from tests.laws.grid import signed

C = Category
GRID = signed()
#: Each part of the projection with the category that opens it.
PARTS = {
    "coded": C.CODED,
    "screening": C.SCREENING,
    "summary": C.SUMMARY,
    "discussion": C.DISCUSSION,
    "choice": C.CHOICE,
    "authorities": C.PLAN,
    "plan": C.PLAN,
    "follow_ups": C.PLAN,
    "contact": C.CONTACT,
    "notices": C.NOTICES,
    "services": C.SERVICES,
}


def expected(key: str, state: State) -> set[Category]:
    """What one of the cast may know of a situation in this state."""
    filter_ = FILTER_OF[state]
    return {c for a in stages.audiences(key, state) for c in Category if GRID[filter_, a, c]}


def differences(walk: Walk, stage: stages.Stage, key: str, member: Member) -> list[str]:
    """Everything in which list, projection and ledger differ from what was signed; empty when nothing does."""
    may = expected(key, stage.state)
    with acting_as(member):
        rows = projection.see_rows(Situation.objects.filter(pk=walk.id), by=member)
        wrong = [] if bool(rows) == (C.EXISTENCE in may) else ["list"]
        try:
            found = scene.load(walk.id, by=member)
        except Denied as refused:
            return wrong + (["refused"] if may or not refused.decision.hidden else [])
        if not may:
            return [*wrong, "shown"]
        seen = projection.project(found)
        wrong += [] if seen.categories == may else ["categories"]
        wrong += [part for part, c in PARTS.items() if (getattr(seen, part) is not None) != (c in may)]
        wrong += [] if (who_saw.who_saw(found) is not None) == (C.LEDGER in may) else ["ledger"]
    return wrong + _words(seen, may) + _compartments(seen, may, frozen=stage.name == "frozen")


def _words(seen: SeenSituation, may: set[Category]) -> list[str]:
    """The database's own rule agrees with the policy: where the policy lets words through they are there."""
    wrong = []
    if C.SUMMARY in may and seen.summary != builders.CANARY_SUMMARY:
        wrong.append("no summary")
    if C.SCREENING in may and (seen.screening is None or seen.screening.tried != builders.CANARY_TRIED):
        wrong.append("no screening words")
    if C.REPORT_BACK not in may and (seen.report.concluded_on is not None or seen.report.reason):
        wrong.append("report")
    return wrong


def _compartments(seen: SeenSituation, may: set[Category], *, frozen: bool) -> list[str]:
    kinds = {c.kind for c in seen.compartments}
    if frozen:
        return ["open while frozen"] if kinds else []
    wrong = []
    if (CompartmentKind.SUBJECT.value in kinds) != (C.IDENTIFIERS in may):
        wrong.append("subject compartment")
    if CompartmentKind.PLAN.value in kinds and C.PLAN not in may:
        wrong.append("plan compartment")
    return wrong
