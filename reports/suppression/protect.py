"""Which counts of a release are withheld? The small ones, then as few others as keep those from being worked out.

Primary: fewer than k, zero included, unless exempt. Complementary: as long as the audit finds an exposed count, another
of the same release is given up, chosen by rank and never by value, and never one that whoever would work it out knows
anyway (`order.py`). The audit looks at everything the audience has ever been told. When nothing is left to give up
and a count is still exposed, its figure is not released; when that does not help either, nothing is: failing closed
(reports.md, "Not revealing people").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reports.suppression.audit import Seen, connected, exposed
from reports.suppression.counts import (
    Between,
    Count,
    Key,
    Knowledge,
    Protected,
    Question,
    Reason,
    Relation,
    neighbours,
    numbers_of,
    together,
)  # fmt: skip
from reports.suppression.foreseen import foreseen
from reports.suppression.order import Order, rings


def protect(question: Question) -> Protected:
    """Decide count by count. The same question always gives the same answer."""
    mine = {c.key: c for c in question.counts}
    near = neighbours(question.relations)
    viewers = [foreseen(viewer, near, mine) for viewer in question.viewers]
    told, withheld = _primary(question, viewers)
    audit = _Audit(question, viewers)
    look_at = audit.near(
        {*mine, *(side for key in mine for r in near.get(key, ()) for side in r.sides())}, told, withheld
    )
    order = Order(question, mine, near, viewers)
    while True:
        found = audit.exposed(told, withheld, look_at)
        given_up = order.next_ones(found, told, withheld)
        if not found and not given_up:
            break
        for key in given_up:
            del told[key]
            withheld[key] = Reason.OTHERWISE_COMPUTABLE
        if not given_up:
            given_up = _whole_figures(found, mine, withheld, near) - _known_to_all(viewers)
            if not given_up:
                return Protected({}, withheld, question.k, tuple(found))
            for key in given_up:
                told.pop(key, None)
                withheld[key] = Reason.NOT_RELEASED
        # What was safe stays safe when more is withheld: only these are asked again.
        look_at = given_up | set(found)
    return Protected(told, withheld | dict.fromkeys(order.silent(withheld), Reason.NOT_RELEASED), question.k)


class _Audit:
    """What any of the viewers could work out, each with what it knew before."""

    def __init__(self, question: Question, viewers: Sequence[Knowledge]) -> None:
        self.question, self.viewers = question, viewers
        self.within = {**question.within, **{c.key: c.within for c in question.counts if c.within is not None}}
        self.true = {**question.true, **{c.key: c.value for c in question.counts}}

    def exposed(self, told: Mapping[Key, int], withheld: Mapping[Key, Reason], look_at: set[Key]) -> dict[Key, int]:
        """Those of some counts that one of the viewers could work out, and which of them the first is."""
        found: dict[Key, int] = {}
        for n, seen in enumerate(self._seen(told, withheld)):
            for key in exposed(seen, only=look_at - self.question.unasked):
                found.setdefault(key, n)
        return found

    def near(self, keys: set[Key], told: Mapping[Key, int], withheld: Mapping[Key, Reason]) -> set[Key]:
        """Every count about which a release of these could say something."""
        return {key for seen in self._seen(told, withheld) for key in connected(seen, keys)}

    def _seen(self, told: Mapping[Key, int], withheld: Mapping[Key, Reason]) -> Iterator[Seen]:
        release = Protected(told, withheld, self.question.k).known()
        for viewer in self.viewers:
            known = together(viewer, release)
            hidden = {key: what for key, what in known.items() if isinstance(what, Between)}
            yield Seen(
                numbers_of(known), hidden, self.question.relations, self.within, self.true, self.question.at_most
            )


def _primary(question: Question, viewers: Sequence[Knowledge]) -> tuple[dict[Key, int], dict[Key, Reason]]:
    """The small ones, those given up beforehand, and those that another viewer of the same release was refused: these
    whatever they are, so that what is told beside them does not go by their size.
    """
    told: dict[Key, int] = {}
    withheld: dict[Key, Reason] = {}
    for count in question.counts:
        refused = any(isinstance(viewer.get(count.key), Between) for viewer in viewers)
        if (refused or count.key in question.given_up) and not count.exempt:
            withheld[count.key] = Reason.NOT_RELEASED
        elif count.value < question.k and not count.exempt:
            withheld[count.key] = Reason.SMALL
        else:
            told[count.key] = count.value
    return told, withheld


def _known_to_all(viewers: Sequence[Knowledge]) -> set[Key]:
    """What nobody needs this release for."""
    return set.intersection(*(set(numbers_of(viewer)) for viewer in viewers))


def _whole_figures(
    found: Iterable[Key], mine: Mapping[Key, Count], withheld: Mapping[Key, Reason], near: Mapping[Key, list[Relation]]
) -> set[Key]:
    """All counts of the figures, not yet given up, that stand nearest to the exposed counts."""
    figures = set()
    for key in found:
        for around in [[key], *rings(key, near)]:
            kept = {mine[k].figure for k in around if k in withheld and withheld[k] is not Reason.NOT_RELEASED}
            if kept:
                figures |= kept
                break
    return {key for key, count in mine.items() if count.figure in figures and not count.exempt}
