"""Which figures has the demo's committee released? Of its first table two whole years, quarters, a public year.

By the product's own verbs and by its own people: the recorder prepares, the facilitator checks, the manager signs, the
recorder releases. What is decided beside it stays as the program leaves it: the other table's drafts come by the clock.
"""

from __future__ import annotations

from datetime import date, timedelta

from agencies.models import Member
from dev.seed.region import Region
from privacy.context import acting_as
from reports.exporting import exports
from reports.models import CodedRecord, RecordEntry
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import Period, parse, quarter_of
from reports.releases import verbs

#: Sheets of the last weeks are not typed over yet.
_SHEETS_WAIT = 6


def write(region: Region, today: date) -> None:
    """Release it all, the oldest first."""
    for period in [*years(today), *quarters(today)]:
        _release(region, period, Audience.COMMITTEE)
    _release(region, years(today)[-1], Audience.PUBLIC)
    _waiting(region, today)


def years(today: date) -> list[Period]:
    """The two last whole years."""
    return [parse(str(today.year - n)) for n in (2, 1)]


def quarters(today: date) -> list[Period]:
    """The whole quarters of this year, or the last one: what lies in a whole year takes long to check."""
    found = [quarter_of(today).before]
    while found[0].before.first_day.year == today.year:
        found.insert(0, found[0].before)
    return found


def _waiting(region: Region, today: date) -> None:
    """What is still to do: last month's sheets, a file to approve, and what partners are told, to sign off."""
    recorder, table = region.people["recorder"], region.tables["NIA"]
    with acting_as(recorder):
        old = CodedRecord.objects.at(table.pk).filter(updated_on__lt=today - timedelta(weeks=_SHEETS_WAIT))
        RecordEntry.objects.bulk_create(
            RecordEntry(
                record=record, table=table, version=record.version, entered_by=recorder,
                entered_on=record.updated_on + timedelta(days=2),
            )
            for record in old
        )  # fmt: skip
        exports.prepare(table=table, period=quarters(today)[-1].code, by=recorder)
        draft = verbs.prepare(scopes.of_table("NIA"), years(today)[-1], Audience.PARTNER, by=recorder)
    facilitator = region.people["facilitator"]
    with acting_as(facilitator):
        verbs.check(draft.pk, by=facilitator)


def _release(region: Region, period: Period, audience: Audience) -> None:
    recorder, scope = region.people["recorder"], scopes.of_table("NIA")
    with acting_as(recorder):
        made = verbs.prepare(scope, period, audience, by=recorder)
    for verb, key in ((verbs.check, "facilitator"), (verbs.sign, "manager"), (verbs.publish, "recorder")):
        by: Member = region.people[key]
        with acting_as(by):
            verb(made.pk, by=by)
