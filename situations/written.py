"""Which sealed words stood there when somebody opened the form that writes over them? So that nobody overwrites unseen.

The versions travel with the form, as those of a draft's texts do, and are compared when it is sent. They say how often
something was written, never what: past the door the words themselves are read by a reveal, which the ledger keeps.
"""

from __future__ import annotations

from collections.abc import Mapping

from privacy import gate
from privacy.models import Compartment
from privacy.vocabulary import CompartmentKind
from situations import on_file
from situations.scene import Scene

#: Person and element -> version. What is not in it was not there.
Versions = Mapping[tuple[int, str], int]


def versions(scene: Scene, elements: tuple[str, ...]) -> dict[tuple[int, str], int]:
    """The versions of these elements now, of every person whose compartment the member may open."""
    rooms = on_file.of_kind(scene, CompartmentKind.SUBJECT)
    found = {(room.subject, element): version_of(room, element) for room in rooms for element in elements}
    return {key: version for key, version in found.items() if version}


def version_of(compartment: Compartment, element: str) -> int:
    """The version of one text now; 0 where there is none, or none the member may open."""
    there = gate.written(compartment, element)
    return there.version if there is not None else 0


def seen_or_now(seen: Versions | None, compartment: Compartment, element: str) -> int:
    """The version to write over: what the form was opened with, or what stands there now where no form was."""
    if seen is None:
        return version_of(compartment, element)
    return seen.get((compartment.subject, element), 0)


def as_text(found: Versions) -> str:
    """As a hidden field carries it."""
    return " ".join(f"{subject}:{element}:{version}" for (subject, element), version in sorted(found.items()))


def from_text(text: str) -> dict[tuple[int, str], int]:
    """What a hidden field says; whatever cannot be read counts as not seen, so it overwrites nothing."""
    found: dict[tuple[int, str], int] = {}
    for part in text.split():
        subject, _colon, rest = part.partition(":")
        element, _colon, version = rest.rpartition(":")
        if all(x.isascii() and x.isdecimal() and len(x) < 8 for x in (subject, version)):
            found[int(subject), element] = int(version)
    return found
