"""Which actions of the plan may the member's agency know of? Those that reached it, and its own (R27, R51)."""

from __future__ import annotations

from privacy import disclosure
from privacy.vocabulary import Answer, CompartmentKind
from situations import apart, on_file
from situations.intervention import PlanEntry
from situations.scene import Scene, remembered


@remembered
def known(scene: Scene) -> tuple[tuple[PlanEntry, int], ...]:
    """Each with the person it is about (0: the whole situation, or the only person), by number."""
    reached = _reached(scene)
    return tuple(
        (p, reached.get(p.number, apart.WHOLE))
        for p in scene.situation.plan.select_related("agency", "by")
        if p.number in reached or (p.agency_id in scene.acts_for and p.by.agency_id in scene.acts_for)
    )


def ours_open(scene: Scene) -> list[PlanEntry]:
    """The open ones that the member's agency does."""
    mine = (p for p, _subject in known(scene) if p.agency_id in scene.acts_for)
    return [p for p in mine if p.done_at is None and not p.not_possible]


def _reached(scene: Scene) -> dict[int, int]:
    """number -> person: what can be revealed now and, while nothing can (frozen), what was disclosed by or to us.

    What was disclosed to us stays while we know the person: with a recall of who it is, what followed goes too (R27).
    """
    items: set[str] = set()
    for c in on_file.of_kind(scene, CompartmentKind.PLAN):
        items |= on_file.revealable(scene, c)
    for d in on_file.standing(scene):
        got = {r.agency_id for r in d.recipients.all() if r.answer != Answer.NOT_OURS}
        if d.agency_id in scene.acts_for:
            items |= set(d.elements)
        elif got & scene.acts_for:
            items |= {i for i in d.elements if _about_ours(scene, i)}
    return dict(found for item in items if (found := apart.action_of(item)) is not None)


def _about_ours(scene: Scene, item: str) -> bool:
    action = apart.action_of(item)
    if action is None:
        return False
    persons = apart.subjects(scene) if action[1] == apart.WHOLE else [action[1]]
    return any(scene.acts_for & disclosure.rightly_told(scene.access, n) for n in persons)
