"""Of what is a first page made? Parts list what is due; sides explain and lead on (screens.md, "What each sees").

Every row leads to what it counts. A row without an address is a count, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Member, Standing, Table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters, with which seats in good standing."""

    by: Member
    seats: tuple[Standing, ...]

    def holds(self, *roles: str) -> bool:
        """Whether one of these seats is among them."""
        return any(s.role in roles for s in self.seats)

    def tables(self, *roles: str) -> list[Table]:
        """The tables at which one of these seats is held."""
        return list({s.table_id: s.table for s in self.seats if s.role in roles}.values())

    def agencies(self, table: Table, *roles: str) -> set[int]:
        """The agencies for which one of these seats is held at a table."""
        return {s.agency_id for s in self.seats if s.table_id == table.pk and s.role in roles}


@dataclass(frozen=True, slots=True)
class Part:
    """A list of what is due. `label`: how the figures on top name its rows, for one and for several
    (`ngettext_lazy`); without one it is not counted there. `count`: how many wait, where a row speaks of several.
    """

    anchor: str
    title: str
    rows: list[Row]
    fact: str
    then: str
    label: Any = ""
    who: str = ""
    count: int | None = None

    @property
    def many(self) -> int:
        """How many wait in it."""
        return len(self.rows) if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the lists. `button`: this is what the person most likely came for; `now`: it goes on already,
    and comes before everything else where there is no beside."""

    title: str
    big: str = ""
    text: str = ""
    note: str = ""
    url: str = ""
    link: str = ""
    button: bool = False
    now: bool = False


def point(title: str, *, url: str = "", state: str = "", kind: str = "", text: str = "") -> Row:
    """One line of a part: what, its state in words, an explanation."""
    return {"title": title, "url": url, "when": state, "when_kind": kind, "text": text}


def looked(title: str, *, ok: bool, url: str = "", text: str = "", good: str = "") -> Row:
    """A point to look at, or one that is in order (`good`: in other words)."""
    return point(
        title, url=url, state=(good or _("In order")) if ok else _("To review"), kind="ok" if ok else "warn", text=text
    )


def _named(part: Part) -> str:
    return part.label if isinstance(part.label, str) else str(part.label % part.many)


@dataclass(slots=True)
class FirstPage:
    """Parts and sides in the order in which the roles gave them."""

    parts: list[Part] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)

    def take(self, found: Iterable[Part | Side]) -> None:
        """Put down what one role's file gives."""
        for one in found:
            if isinstance(one, Part):
                self.parts.append(one)
            else:
                self.sides.append(one)

    def tally(self) -> list[Row]:
        """The figures on top: each leads to the list whose rows it counts. One alone says no more than its list, unless
        what waits there stands below other lists.
        """
        figures = [
            {"count": p.many, "label": _named(p), "url": f"#{p.anchor}"}
            for p in self.parts if p.label
        ]  # fmt: skip
        below = any(p.label and p.many for p in self.parts[1:])
        return figures if len(figures) > 1 or below else []
