"""Which counts of a release are withheld? The small ones, then as few others as keep those from being worked out.

Primary: fewer than k, zero included, unless exempt. Complementary: as long as the audit finds an exposed count, another
of the same release is given up, chosen by rank and never by value. The audit looks at everything the audience has ever
been told. When nothing is left to give up and a count is still exposed, its figure is not released; when that does not
help either, nothing is: failing closed (reports.md, "Not revealing people").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reports.suppression.audit import Seen, exposed
from reports.suppression.counts import Between, Count, Key, Protected, Question, Reason, Relation, together


def protect(question: Question) -> Protected:
    """Decide count by count. The same question always gives the same answer."""
    mine = {c.key: c for c in question.counts}
    told, withheld = _primary(question)
    within = {**question.within, **{c.key: c.within for c in question.counts if c.within is not None}}
    near = _neighbours(question.relations)
    look_at = {*mine, *(side for key in mine for relation in near.get(key, ()) for side in relation.sides())}
    while found := _exposed(question, told, withheld, within, look_at):
        given_up = {key for c in found if (key := _next(c, told, mine, near)) is not None}
        for key in given_up:
            del told[key]
            withheld[key] = Reason.OTHERWISE_COMPUTABLE
        if not given_up:
            given_up = _whole_figures(found, mine, withheld, near)
            if not given_up:
                return Protected({}, withheld, question.k, tuple(found))
            for key in given_up:
                told.pop(key, None)
                withheld[key] = Reason.NOT_RELEASED
        look_at = given_up | set(found)
    return Protected(told, withheld, question.k)


def _primary(question: Question) -> tuple[dict[Key, int], dict[Key, Reason]]:
    """The small ones, and those that another viewer of the same release was refused before."""
    told: dict[Key, int] = {}
    withheld: dict[Key, Reason] = {}
    for count in question.counts:
        refused = any(isinstance(viewer.get(count.key), Between) for viewer in question.viewers)
        if count.value < question.k and not count.exempt:
            withheld[count.key] = Reason.SMALL
        elif refused and not count.exempt:
            withheld[count.key] = Reason.OTHERWISE_COMPUTABLE
        else:
            told[count.key] = count.value
    return told, withheld


def _exposed(
    question: Question,
    told: Mapping[Key, int],
    withheld: Mapping[Key, Reason],
    within: Mapping[Key, Key],
    look_at: set[Key],
) -> list[Key]:
    """What any of the viewers could work out, each with what it knew before."""
    found: list[Key] = []
    release = Protected(told, withheld, question.k).known()
    for viewer in question.viewers:
        known = together(viewer, release)
        numbers = {key: what for key, what in known.items() if isinstance(what, int)}
        hidden = {key: what for key, what in known.items() if isinstance(what, Between)}
        found += exposed(Seen(numbers, hidden, question.relations, within), only=look_at)
    return list(dict.fromkeys(found))


def _next(
    exposed_: Key, told: Mapping[Key, int], mine: Mapping[Key, Count], near: Mapping[Key, list[Relation]]
) -> Key | None:
    """The count to give up for an exposed one: the nearest over shared relations, then the lowest rank."""
    for around in _rings(exposed_, near):
        free = [key for key in around if key in told and not mine[key].exempt]
        if free:
            return min(free, key=lambda key: (mine[key].rank, str(key)))
    return None


def _whole_figures(
    found: Iterable[Key], mine: Mapping[Key, Count], withheld: Mapping[Key, Reason], near: Mapping[Key, list[Relation]]
) -> set[Key]:
    """All counts of the figures, not yet given up, that stand nearest to the exposed counts."""
    figures = set()
    for key in found:
        for around in [[key], *_rings(key, near)]:
            kept = {mine[k].figure for k in around if k in withheld and withheld[k] is not Reason.NOT_RELEASED}
            if kept:
                figures |= kept
                break
    return {key for key, count in mine.items() if count.figure in figures and not count.exempt}


def _rings(key: Key, near: Mapping[Key, list[Relation]]) -> Iterator[list[Key]]:
    """The counts at one relation's distance, at two, and so on."""
    met, ring = {key}, [key]
    while ring:
        around = [k for at in ring for relation in near.get(at, ()) for k in relation.sides() if k not in met]
        ring = list(dict.fromkeys(around))
        met.update(ring)
        if ring:
            yield ring


def _neighbours(relations: Iterable[Relation]) -> dict[Key, list[Relation]]:
    near: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        for key in relation.sides():
            near[key].append(relation)
    return near
