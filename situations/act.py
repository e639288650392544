"""What is an act of the lifecycle, as one row of the table `acts.py` says it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from privacy.decision import Decision
from privacy.vocabulary import Audience
from situations import conditions as c
from situations.scene import Scene
from situations.vocabulary import State

Condition = Callable[[Scene, dict[str, Any]], Decision]


@dataclass(frozen=True, slots=True)
class Act:
    """One named act of the lifecycle."""

    name: str
    label: Promise
    sources: tuple[State, ...]
    who: tuple[Audience, ...]
    because: str
    target: State | None = None
    conditions: tuple[Condition, ...] = ()
    #: What the effect cannot do without, by name; conditions are asked before anything is typed, so they cannot tell.
    asks: str = ""
    #: Erases the six groups and all sealed text in the same transaction.
    erases: bool = False
    #: A decision of the table, or what it led to: the coded record is brought up to date in its transaction.
    counted_as: str = ""
    #: Works while a situation is frozen: the privacy officer's own acts, and those that only ever end access.
    while_frozen: bool = False

    @property
    def decides(self) -> bool:
        """Whether the coded record follows this act."""
        return bool(self.counted_as)

    @property
    def of_the_chair(self) -> bool:
        """Whether somebody may type it in the facilitator's name."""
        return c.chair_decides in self.conditions
