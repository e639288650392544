"""Which count is given up next, so that the choice tells nothing of the counts that are then withheld?

Somebody can run the algorithm again in every world that fits what was told. Where another count was given up only since
those withheld before were too few, that it was given up tells that they are few. So where counts add up on their page:

- they are given up one after the other by rank, whichever of them is exposed: which is exposed depends on values. Only
  what follows from told numbers by adding up alone has its own given up at once: it follows in every such world;
- now and then one more is given up than is needed, by a chance that nobody outside the installation can work out. So
  every world that has the same small counts, and goes with the numbers told, can be the reason for what is withheld;
- where no part of a sum is told, now and then what is decided later does not go by their reasons: else it would tell
  whether they are all small or could not be protected.

Overlapping figures are left alone: each count hides among its quarters, and fewer years would be told for little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.suppression.counts import Between, Count, Key, Knowledge, Question, Relation
from reports.suppression.foreseen import foreseen


@dataclass(frozen=True, slots=True)
class AllOf:
    """What chance is asked about where no part of a sum is told: they may be small, or could not be protected."""

    parts: tuple[Key, ...]


class Order:
    """What a page can give up, in order."""

    def __init__(
        self, question: Question, mine: Mapping[Key, Count], near: Mapping[Key, list[Relation]],
        viewers: Sequence[Knowledge],
    ) -> None:  # fmt: skip
        self.mine, self.near, self.viewers, self._chance = mine, near, viewers, question.chance
        sums = [relation for relation in question.relations if mine.keys() >= set(relation.sides())]
        #: Each sum on the page, with its parts and what adds up to each of them elsewhere: its quarters.
        self._sums = [(relation, self._with_quarters(relation)) for relation in sums]
        self._summed = {key for _relation, columns in self._sums for key in columns}

    def next_ones(self, found: Mapping[Key, int], told: Mapping[Key, int], withheld: Collection[Key]) -> set[Key]:
        """What to give up for exposed counts, each given with the first viewer who could work it out; and by chance."""
        given_up = self._nearest(self._computable(found, told), told) or self._of_sums(found, told, withheld)
        left = {key: n for key, n in found.items() if not (given_up and key in self._summed)}
        return given_up | self._nearest(left, told)

    def silent(self, withheld: Collection[Key]) -> set[Key]:
        """Parts of sums of which none is told, where chance says that not even a reason is to be known."""
        bare = [relation.parts for relation, _columns in self._sums if set(withheld).issuperset(relation.parts)]
        return {key for parts in bare if self._chance(AllOf(parts)) for key in parts}

    def _of_sums(self, found: Mapping[Key, int], told: Mapping[Key, int], withheld: Collection[Key]) -> set[Key]:
        """Of each sum with an exposed count, or where chance says so, the told part of the lowest rank; the sum itself
        before its parts, where its rank is lower.
        """
        given_up: set[Key] = set()
        for relation, columns in self._sums:
            free = [key for key in self._in_order(relation) if self._protects(key, told, self.viewers)]
            if free and given_up.isdisjoint(relation.parts):
                key = self._lowest(free)
                if not columns.isdisjoint(found) or (self._hides(columns, withheld) and self._chance(key)):
                    given_up.add(key)
        return given_up

    def _nearest(self, found: Mapping[Key, int], told: Mapping[Key, int]) -> set[Key]:
        """For each exposed count the nearest over shared relations, and of these the lowest rank."""
        given_up = set()
        for exposed, viewer in found.items():
            for around in rings(exposed, self.near):
                free = [key for key in around if self._protects(key, told, [self.viewers[viewer]])]
                if free:
                    given_up.add(self._lowest(free))
                    break
        return given_up

    def _computable(self, found: Mapping[Key, int], told: Mapping[Key, int]) -> dict[Key, int]:
        """Those of the exposed counts that follow from told numbers by adding up alone, whatever the numbers are."""
        computable: dict[Key, int] = {}
        for n, viewer in enumerate(self.viewers):
            asked = [key for key, first in found.items() if first == n]
            known = foreseen({**viewer, **told}, self.near, [*asked, *self.mine]) if asked else {}
            computable |= {key: n for key in asked if isinstance(known.get(key), int)}
        return computable

    def _protects(self, key: Key, told: Mapping[Key, int], viewers: Sequence[Knowledge]) -> bool:
        """Whether a count can be given up, and one of some viewers does not know it without this release."""
        return (
            key in told
            and not self.mine[key].exempt
            and not all(isinstance(viewer.get(key), int) for viewer in viewers)
        )  # fmt: skip

    def _in_order(self, relation: Relation) -> tuple[Key, ...]:
        """What a sum can give up: its parts, and itself where it comes before them."""
        first = self.mine[relation.total].rank < min(self.mine[part].rank for part in relation.parts)
        return relation.sides() if first else relation.parts

    def _lowest(self, keys: Sequence[Key]) -> Key:
        return min(keys, key=lambda key: (self.mine[key].rank, str(key)))

    def _with_quarters(self, relation: Relation) -> set[Key]:
        quarters = {
            side
            for part in relation.parts
            for of in self.near.get(part, ())
            if of.total == part
            for side in of.parts
            if side not in self.mine
        }
        return quarters | set(relation.parts)

    def _hides(self, columns: Collection[Key], withheld: Collection[Key]) -> bool:
        """Whether anything is withheld that another withheld count could be the price of."""
        return any(
            key in withheld or any(isinstance(viewer.get(key), Between) for viewer in self.viewers) for key in columns
        )


def rings(key: Key, near: Mapping[Key, list[Relation]]) -> Iterator[list[Key]]:
    """The counts at one relation's distance, at two, and so on."""
    met, ring = {key}, [key]
    while ring:
        around = [k for at in ring for relation in near.get(at, ()) for k in relation.sides() if k not in met]
        ring = list(dict.fromkeys(around))
        met.update(ring)
        if ring:
            yield ring
