"""What in a text would tell a stranger who it is about? `screen()` marks it (R5, R6, R46).

    screen("Spoke with Mary at 613-555-0142", language="en") -> (Mark(11, 15, Kind.PERSON), Mark(19, 31, Kind.PHONE))

Rules and word lists of our own, read once; no model, no network, no database, no clock. It learns nothing from what
it is given: no state is kept and nothing is written, so the same text always has the same marks.

A reminder before a text leaves the agency, not a wall: it misses some, and it marks what is innocent. Who presents with
marks left gives a reason. What it finds and how much was measured: `make proof P=name-guard`, tests/guard.
"""

from privacy.guard.kinds import Kind
from privacy.guard.marks import Mark
from privacy.guard.screening import screen

__all__ = ["Kind", "Mark", "screen"]
