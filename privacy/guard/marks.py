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


def settle(claims: Iterable[Mark]) -> tuple[Mark, ...]:
    """The claims that stay: none overlaps another, in the order of the text."""
    kept: list[Mark] = []
    covered = bytearray()
    for claim in sorted(claims, key=lambda mark: (_STRENGTH[mark.kind], mark.start - mark.end, mark.start)):
        if claim.end > len(covered):
            covered.extend(bytes(claim.end - len(covered)))
        if claim.start < claim.end and not any(covered[claim.start : claim.end]):
            covered[claim.start : claim.end] = b"\x01" * (claim.end - claim.start)
            kept.append(claim)
    return tuple(sorted(kept))
