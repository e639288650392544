"""What does a release say otherwise than the one that it brings up to date? Totals before and now (docs/adr/0041)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One total before and now; none where it is not told."""

    code: str
    label: str
    before: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differ, in their order, from the release of a number."""

    since: int
    totals: tuple[Change, ...]
