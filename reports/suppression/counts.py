"""What is a count, how do counts add up, and what may be told of them? (reports.md, "Not revealing people")

Everything here is about numbers, not about reports: figures are turned into counts and relations by whoever releases
them, and can be anything that adds up.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

Key: TypeAlias = Hashable


class Reason(Enum):
    """Why a count is withheld. Never printed: saying which is which would help to work it out."""

    SMALL = "holds fewer than k, or none"
    OTHERWISE_COMPUTABLE = "would let a small one be computed"


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


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`: categories of a one-way figure, quarters of a year, tables of a region."""

    total: Key
    parts: tuple[Key, ...]

    def sides(self) -> tuple[Key, ...]:
        """Total and parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Known:
    """What an audience has been told before: the value, or that it was withheld and why (the why stays with us)."""

    value: int | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One release to one audience, with everything that audience can see already."""

    counts: Sequence[Count]
    relations: Sequence[Relation]
    k: int
    already: Mapping[Key, Known] = field(default_factory=dict)
    #: How `already` counts are bounded: key -> key of the base.
    within: Mapping[Key, Key] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Protected:
    """The answer: what may be told, and what not."""

    told: Mapping[Key, int]
    withheld: Mapping[Key, Reason]
    #: Keys that could not be protected even by withholding everything around them; then nothing is released.
    exposed: tuple[Key, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the release may go out."""
        return not self.exposed
