"""Which counts of a release does somebody know before it is made? A year whose quarters were all told is no secret.

Such a count protects nothing: withheld, it would be worked out all the same, and a year would give up one after the
other of its counts without ever hiding the one that needs it. So it is told, and another is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from reports.suppression.counts import Between, Key, Knowledge, Relation


def foreseen(known: Knowledge, near: Mapping[Key, list[Relation]], keys: Iterable[Key]) -> dict[Key, int | Between]:
    """What a viewer knows, with those of some counts added that follow from numbers told by adding up alone.

    `near` has the relations of every count. Counts released before were held against everything that was known, so
    nothing about them follows anew: only relations of these counts are asked.
    """
    found = dict(known)
    waiting = dict.fromkeys(chain.from_iterable(near.get(key, ()) for key in keys))
    while waiting:
        relation = waiting.popitem()[0]
        open_ = [key for key in relation.sides() if not isinstance(found.get(key), int)]
        if len(open_) == 1:
            key = open_[0]
            told = {side: found[side] for side in relation.sides() if side != key}
            parts = sum(value for side in relation.parts if isinstance(value := told.get(side), int))
            total = told.get(relation.total)
            found[key] = total - parts if isinstance(total, int) else parts
            waiting |= dict.fromkeys(near.get(key, ()))
    return found
