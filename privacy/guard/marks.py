"""What is a mark, and which marks stay when several rules claim the same words?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from privacy.guard.kinds import Kind


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters `start` to `end` (exclusive) of the text as it was given, and what they are."""

    start: int
    end: int
    kind: Kind
    #: Names the person by itself (R4); otherwise together with what people already know (R5).
    direct: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "direct", self.kind.direct)


#: Who wins where two claims overlap: what is surest by its shape first, what is guessed from context last.
_STRENGTH = {
    kind: place
    for place, kind in enumerate(
        (
            Kind.EMAIL,
            Kind.LICENCE,
            Kind.HEALTH_CARD,
            Kind.SIN,
            Kind.BIRTH_DATE,
            Kind.FILE_NUMBER,
            Kind.PHONE,
            Kind.PLATE,
            Kind.HANDLE,
            Kind.POSTAL_CODE,
            Kind.ADDRESS,
            Kind.EXACT_DATE,
            Kind.SCHOOL,
            Kind.SHELTER,
            Kind.PLACE,
            Kind.EMPLOYER,
            Kind.PERSON,
            Kind.YOUTH_JUSTICE,
        )
    )
}


#: Descriptions that may hold something surer: "the Tim Hortons on Regent St" holds a street, and tells as a whole.
_HOLDS = frozenset({Kind.SCHOOL, Kind.SHELTER, Kind.PLACE, Kind.EMPLOYER})


def settle(claims: Iterable[Mark]) -> tuple[Mark, ...]:
    """The claims that stay: none overlaps another, in the order of the text."""
    kept: list[Mark] = []
    owner: list[int] = []  # for each character, the number of the mark on it and 1; 0 for none
    for claim in sorted(claims, key=lambda mark: (_STRENGTH[mark.kind], mark.start - mark.end, mark.start)):
        if claim.end > len(owner):
            owner.extend([0] * (claim.end - len(owner)))
        if claim.start >= claim.end:
            continue
        held = set(owner[claim.start : claim.end]) - {0}
        if not held:
            kept.append(claim)
            number = len(kept)
        elif len(held) == 1 and claim.kind in _HOLDS:
            number = held.pop()
            one = kept[number - 1]
            claim = Mark(min(one.start, claim.start), max(one.end, claim.end), one.kind)
            kept[number - 1] = claim
        else:
            continue
        owner[claim.start : claim.end] = [number] * (claim.end - claim.start)
    return tuple(sorted(kept))
