"""What is a count, how do counts add up, and what may be told of them? (reports.md, "Not revealing people")

Everything here is about numbers, not about reports: figures are turned into counts and relations by whoever releases
them, and can be anything that adds up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

Key: TypeAlias = Hashable
#: A count, and one that it cannot exceed.
Pair: TypeAlias = tuple[Key, Key]


class Reason(Enum):
    """Why a count is withheld. Never printed: saying which is which would help to work it out."""

    SMALL = "holds fewer than k, or none"
    OTHERWISE_COMPUTABLE = "would let a small one be computed"
    #: Or it was given up beforehand, or none of its sum is told and chance took the reason away (`order.py`).
    NOT_RELEASED = "is withheld whatever it is: its figure is not released, or another viewer was refused it"


@dataclass(frozen=True, slots=True)
class Count:
    """One number somebody might be told."""

    key: Key
    value: int
    #: Told whatever its size (a table's own totals, to its own steering committee); the audit takes it as known.
    exempt: bool = False
    #: What it cannot exceed, if known from elsewhere: the key of its base. Adding up has relations of its own.
    within: Key | None = None
    #: Which of several is given up first when another must be protected: the lowest. It must not depend on the
    #: values, or the choice itself would tell something about them.
    rank: int = 0
    #: The figure it belongs to: what cannot be protected count by count is not released as a whole.
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`: categories of a one-way figure, quarters of a year, tables of a region."""

    total: Key
    parts: tuple[Key, ...]

    def sides(self) -> tuple[Key, ...]:
        """Total and parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Between:
    """All that a viewer knows of a withheld count at worst: the least and the greatest it can be by our own rules."""

    least: int = 0
    most: int | None = None

    def and_(self, other: Between) -> Between:
        """Both known at once."""
        most = [m for m in (self.most, other.most) if m is not None]
        return Between(max(self.least, other.least), min(most) if most else None)


#: What a viewer has been told before: a number, or that it was withheld (and then the bounds our rules give away).
Knowledge: TypeAlias = Mapping[Key, int | Between]
#: Whether a count is given up though it need not be: always the same answer for the same count, and a secret.
Chance: TypeAlias = Callable[[Key], bool]


def never(_key: Key) -> bool:
    """Nothing is given up that need not be."""
    return False


@dataclass(frozen=True, slots=True)
class Question:
    """One release, with everything those who will see it can see already."""

    counts: Sequence[Count]
    relations: Sequence[Relation]
    k: int
    #: One for each kind of viewer: a committee sees what it was told and what the public was told; the public sees its
    #: own. A release must hold against each of them.
    viewers: Sequence[Knowledge] = ({},)
    #: How counts of earlier releases are bounded: key -> key of the base.
    within: Mapping[Key, Key] = field(default_factory=dict)
    #: The true counts of earlier releases, to find other worlds that fit.
    true: Mapping[Key, int] = field(default_factory=dict)
    #: Counts given up beforehand, so that a later release can tell more. Chosen by what was told, never by value.
    given_up: Set[Key] = frozenset()
    #: Gives up now and then one more of a sum than is needed, so that what is withheld does not say why (`order.py`).
    chance: Chance = never
    #: Further pairs of which the first is never more than the second.
    at_most: Sequence[Pair] = ()
    #: Counts that are nobody's secret and may be worked out: they only carry what follows for others.
    unasked: Set[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Protected:
    """The answer: what may be told, and what not."""

    told: Mapping[Key, int]
    withheld: Mapping[Key, Reason]
    k: int
    #: Keys that could not be protected even by withholding everything around them; then nothing is released.
    exposed: tuple[Key, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the release may go out."""
        return not self.exposed

    def known(self) -> dict[Key, int | Between]:
        """What a viewer knows once this is released; nothing when it is not."""
        if not self.ok:
            return {}
        return {**self.told, **{key: bounds(reason, self.k) for key, reason in self.withheld.items()}}


def bounds(reason: Reason, k: int) -> Between:
    """What our rules give away of a withheld count, to somebody who knew the reason."""
    if reason is Reason.NOT_RELEASED:
        return Between()
    return Between(0, k - 1) if reason is Reason.SMALL else Between(k, None)


def together(*known: Knowledge) -> dict[Key, int | Between]:
    """The knowledge of somebody who saw several releases: a number told anywhere is known."""
    found: dict[Key, int | Between] = {}
    for one in known:
        for key, what in one.items():
            had = found.get(key)
            if isinstance(what, int) or had is None:
                found[key] = what
            elif isinstance(had, Between):
                found[key] = had.and_(what)
    return found


def numbers_of(known: Knowledge) -> dict[Key, int]:
    """What of it is a number."""
    return {key: what for key, what in known.items() if isinstance(what, int)}


def neighbours(relations: Iterable[Relation]) -> dict[Key, list[Relation]]:
    """The relations that each count stands in."""
    near: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        for key in relation.sides():
            near[key].append(relation)
    return near
