"""In which order is the region seeded, and what does a second run do? (`manage.py seed_demo`)

Once: bodies and people, three years of coded history with what was released of it, then a day of meetings. Another
day: today's meeting. The same day again: nothing.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agencies.models import Member, Sector, Table
from dev.seed import figures, history, judging, people, region, sittings, walk
from dev.seed.region import DOMAIN, TABLES, Region


class CannotSeed(Exception):
    """These databases are not the demo's, or an earlier seeding stopped half way. Nothing was done."""


def seed(today: date) -> str:
    """Bring the region up to a day; returns a sentence on what was done. Raises CannotSeed."""
    _only_demo_people()
    walk.forget_catalogue()
    found = region.existing()
    if found is None:
        found = _found(today)
        sittings.first_day(found, today)
        return f"An invented region of {len(found.agencies)} agencies and {len(found.people)} people is there."
    if not sittings.complete(found):
        raise CannotSeed("An earlier seeding stopped half way. Remove the demo's folder (var/demo) and start again.")
    if sittings.another_day(found, today):
        return "A new meeting sits today; the earlier one is held."
    return "Nothing to do: today's meeting sits already."


def _found(today: date) -> Region:
    if not Sector.objects.exists():
        raise CannotSeed("The reference data is not loaded: run `manage.py load_reference --on 2020-01-01` first.")
    with transaction.atomic():
        made = region.found(today)
        people.seat_everybody(made, today)
    for code in TABLES:
        history.write(made, code, today)
    judging.write(made, today)
    figures.write(made, today)
    return made


def _only_demo_people() -> None:
    """Never beside real people: their tables and members are not ours to mix with."""
    if Table.objects.exclude(code__in=TABLES).exists() or Member.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
        raise CannotSeed(
            "There are people or tables here that are not the demo's. The demo needs databases of its own."
        )
