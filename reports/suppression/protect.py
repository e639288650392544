"""Which counts of a release are withheld? The small ones, then as few others as keep those from being worked out.

Primary: fewer than k, zero included, unless exempt. Complementary: as long as the audit finds an exposed count, another
of the same release is given up, chosen by rank and never by value. The audit looks at everything the audience has ever
been told. When nothing is left to give up and a count is still exposed, nothing is released: failing closed
(reports.md, "Not revealing people").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reports.suppression.audit import Seen, exposed
from reports.suppression.counts import Count, Key, Protected, Question, Reason, Relation


def protect(question: Question) -> Protected:
    """Decide count by count. The same question always gives the same answer."""
    mine = {c.key: c for c in question.counts}
    told = {key: known.value for key, known in question.already.items() if known.value is not None}
    withheld = {key: known.reason or Reason.SMALL for key, known in question.already.items() if known.value is None}
    for count in question.counts:
        if count.key in told or count.key in withheld:
            continue  # decided before, and stays decided
        if count.exempt or count.value >= question.k:
            told[count.key] = count.value
        else:
            withheld[count.key] = Reason.SMALL
    within = {**question.within, **{c.key: c.within for c in question.counts if c.within is not None}}
    near = _neighbours(question.relations)
    open_ = set(withheld)
    while True:
        found = exposed(Seen(told, withheld, question.relations, within, question.k), only=open_)
        if not found:
            break
        given_up = {key for c in found if (key := _next(c, told, mine, question, near)) is not None}
        if not given_up:
            return Protected({}, withheld, tuple(found))
        for key in given_up:
            del told[key]
            withheld[key] = Reason.OTHERWISE_COMPUTABLE
        open_ = given_up | set(found)
    return Protected(
        {key: told[key] for key in mine if key in told}, {key: withheld[key] for key in mine if key in withheld}
    )


def _next(
    exposed_: Key, told: dict[Key, int], mine: dict[Key, Count], question: Question, near: dict[Key, list[Relation]]
) -> Key | None:
    """The count to give up for an exposed one: the nearest over shared relations, then the lowest rank."""
    met, ring = {exposed_}, [exposed_]
    while ring:
        around = [key for at in ring for relation in near[at] for key in relation.sides() if key not in met]
        around = list(dict.fromkeys(around))
        free = [key for key in around if _free(key, told, mine, question)]
        if free:
            return min(free, key=lambda key: (mine[key].rank, str(key)))
        met.update(around)
        ring = around
    return None


def _free(key: Key, told: dict[Key, int], mine: dict[Key, Count], question: Question) -> bool:
    return key in told and key in mine and not mine[key].exempt and key not in question.already


def _neighbours(relations: Iterable[Relation]) -> dict[Key, list[Relation]]:
    near: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        for key in relation.sides():
            near[key].append(relation)
    return near
