"""Which figures has the demo's committee released? Of its first table two whole years, quarters, a public year.

By the product's own verbs and by its own people: the recorder prepares, the facilitator checks, the manager signs, the
recorder releases. What is decided beside it stays as the program leaves it: the other table's drafts come by the clock.
"""

from __future__ import annotations

from datetime import date

from agencies.models import Member
from dev.seed.region import Region
from privacy.context import acting_as
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import Period, parse, quarter_of
from reports.releases import verbs


def write(region: Region, today: date) -> None:
    """Release it all, the oldest first."""
    for period in [*years(today), *quarters(today)]:
        _release(region, period, Audience.COMMITTEE)
    _release(region, years(today)[-1], Audience.PUBLIC)


def years(today: date) -> list[Period]:
    """The two last whole years."""
    return [parse(str(today.year - n)) for n in (2, 1)]


def quarters(today: date) -> list[Period]:
    """The whole quarters of this year, or the last one: what lies in a whole year takes long to check."""
    found = [quarter_of(today).before]
    while found[0].before.first_day.year == today.year:
        found.insert(0, found[0].before)
    return found


def _release(region: Region, period: Period, audience: Audience) -> None:
    recorder, scope = region.people["recorder"], scopes.of_table("NIA")
    with acting_as(recorder):
        made = verbs.prepare(scope, period, audience, by=recorder)
    for verb, key in ((verbs.check, "facilitator"), (verbs.sign, "manager"), (verbs.publish, "recorder")):
        by: Member = region.people[key]
        with acting_as(by):
            verb(made.pk, by=by)
