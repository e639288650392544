"""Which passages of this text are marked? Every rule is asked, then overlaps are settled."""

from __future__ import annotations

from privacy.guard.bodies import bodies
from privacy.guard.contact import contacts
from privacy.guard.dates import dates
from privacy.guard.files import files
from privacy.guard.kinds import Kind
from privacy.guard.marks import Mark, settle
from privacy.guard.nicknames import nicknames
from privacy.guard.numbers import numbers
from privacy.guard.people import people
from privacy.guard.places import places
from privacy.guard.reading import read
from privacy.guard.spots import spots
from privacy.guard.vehicles import vehicles
from privacy.guard.youth import youth_justice


def screen(text: str, *, language: str = "en", age_group: str = "") -> tuple[Mark, ...]:
    """Marks in the order of the text, never overlapping; offsets are characters of the text as given.

    `language` ("en" or "fr") is what the writer says it is; both languages are read anyway, since people mix them.
    `age_group` is a code of the age groups: youth-justice words are marked for ages 12 to 17 only (R46).
    """
    reading = read(text)
    claims: list[tuple[int, int, Kind]] = []
    for rule in (contacts, numbers, files, vehicles, dates, places, spots, bodies, people, nicknames):
        claims.extend(rule(reading))
    claims.extend(youth_justice(reading, age_group))
    return settle(Mark(*reading.original(start, end), kind) for start, end, kind in claims if start < end)
