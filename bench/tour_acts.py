"""Which pages do the acts show? Each act, at every stage, to everybody whose it is there; and each reason against it.

The lifecycle itself is asked first, so that only what shows a page, or a refusal of its own, is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from bench.tour import WALKERS, Tour, Visit
from bench.tour_reasons import NO_ACT_PAGE
from privacy.context import acting_as
from privacy.decision import Decision, Denied
from situations import lifecycle
from situations import scene as scenes
from situations.acts import ACTS


def open_all(tour: Tour, *, once: bool = False) -> None:
    """A page for every act, stage and relation to it, and for every reason that refuses. `once`: for every act."""
    opened: set[tuple[str, ...]] = set()
    for stage, who, relation, act, decision in _decided(tour):
        said = (act, stage, relation) if decision else ("", decision.code, str(decision.reason))
        if said in opened or act in NO_ACT_PAGE or (once and (act in tour.acts or not decision)):
            continue
        opened.add(said)
        path = reverse("act", args=[tour.walks[stage].id, act])
        answer = tour.read(who, path)
        if answer.status_code != (200 if decision else 403):
            raise RuntimeError(f"{act} at {stage} answers {answer.status_code} to {who}")
        if decision:
            tour.acts.add(act)
        tour.keep(Visit("act" if decision else "403", who, path), answer.content.decode())


def _decided(tour: Tour) -> Iterator[tuple[str, str, str, str, Decision]]:
    """What the lifecycle says of every act, at every stage, to everybody who may know of the situation."""
    for stage, walk in tour.walks.items():
        for who in WALKERS:
            by = tour.cast.people[who]
            with acting_as(by):
                try:
                    scene = scenes.load(walk.id, by=by)
                except Denied:
                    continue
                relation = " ".join(sorted(scene.relation.audiences))
                found = {name: lifecycle.decide(act, scene) for name, act in ACTS.items()}
            yield from ((stage, who, relation, act, said) for act, said in found.items() if said or not said.hidden)
