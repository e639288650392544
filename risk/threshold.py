"""Is this acutely elevated risk? The arithmetic of the decision at filter 2, and nothing else.

Source: R8 (practice). The decision records four criteria separately - significant interest at stake, high probability
of harm, severe intensity of harm, multi-agency nature - and passes only when all four are affirmed. Quorum, backing
and objections are the lifecycle's rules, not this module's.
"""

from __future__ import annotations

from dataclasses import dataclass

from risk.vocabulary import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Affirmed:
    """Which of the four criteria the table affirmed; the fields are named after `Criterion`."""

    significant_interest: bool
    high_probability: bool
    severe_intensity: bool
    multi_agency: bool


def met(affirmed: Affirmed) -> bool:
    """Whether the threshold is met: all four criteria affirmed, none outweighing another (R8)."""
    return not missing(affirmed)


def missing(affirmed: Affirmed) -> tuple[Criterion, ...]:
    """The criteria not affirmed, in the order they are asked, so that a refusal can name them."""
    return tuple(criterion for criterion in Criterion if not getattr(affirmed, criterion.value))
