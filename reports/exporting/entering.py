"""What has the recorder typed over into the provincial system, and what waits? A version of a record, and its day.

A record that changed after it was entered waits again. Only ended discussions: from the door to the end the recorder
knows of one that it goes on, and no code of it (privacy.policy). What the recorder stepped away from is not here:
another recorder enters it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from reports.entry_model import RecordEntry
from reports.exporting.away import stepped_away
from reports.exporting.exports import linked_numbers
from reports.exporting.lines import lines, rows
from reports.models import CodedRecord
from reports.pack.periods import parse
from reports.quarters import day_at
from reports.vocabulary import ENDED, Status


@dataclass(frozen=True)
class Listed:
    """One record as the recorder finds it again."""

    record: CodedRecord
    number: str
    entered_on: date | None
    #: The version that was entered is the one that stands.
    current: bool
    cells: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Where the discussion stands, in words."""
        return str(Status(self.record.status).label)


def of_period(table: Table, period: str, *, by: Member) -> tuple[list[Listed], list[Listed]]:
    """The ended discussions of a period: to enter, and entered. Denied (hidden) for all but the recorder."""
    _require_recorder(table, by)
    days = parse(period)
    records = list(
        CodedRecord.objects.at(table.pk)
        .filter(opened_on__range=(days.first_day, days.last_day))
        .filter(status__in=ENDED)
        .select_related("entry")
        .order_by("opened_on", "statistics_id")
    )
    ids = [r.statistics_id for r in records]
    numbers, away = linked_numbers(ids, table), stepped_away(ids, by=by)
    listed = [_listed(r, numbers.get(r.statistics_id, "")) for r in records if r.statistics_id not in away]
    listed.sort(key=_by_number)
    done = [one for one in listed if one.entered_on and one.current]
    return [one for one in listed if one not in done], done


def _by_number(one: Listed) -> tuple[bool, str, str, str]:
    """By number; what has none stands last by month and random id, since its place among days would tell its day."""
    month = "" if one.number else f"{one.record.opened_on:%Y-%m}"
    return not one.number, one.number, month, str(one.record.statistics_id)


def sheet(record: CodedRecord, *, by: Member) -> Listed:
    """One ended discussion with its cells in the order of the layout."""
    _require_ended(record, by)
    number = linked_numbers([record.statistics_id], record.table).get(record.statistics_id, "")
    read = rows(CodedRecord.objects.filter(pk=record.pk))
    (line,) = lines(read, {str(record.statistics_id): number}, record.table)
    return _listed(record, number, line)


def enter(record: CodedRecord, *, version: int, by: Member) -> bool:
    """Keep that this version was entered today; False where the record has moved on meanwhile."""
    _require_ended(record, by)
    stands = CodedRecord.objects.filter(pk=record.pk, version=version).exists()
    if stands:
        RecordEntry.objects.update_or_create(
            record=record,
            defaults={
                "table": record.table,
                "version": version,
                "entered_on": day_at(record.table),
                "entered_by": by,
            },
        )
    return stands


def _listed(record: CodedRecord, number: str, line: tuple[str, ...] = ()) -> Listed:
    made: RecordEntry | None = getattr(record, "entry", None)
    return Listed(
        record, number, made.entered_on if made else None, made is not None and made.version == record.version, line
    )


def _require_recorder(table: Table, by: Member) -> None:
    if not Standing.objects.of(by).at(table.pk).in_roles(Role.RECORDER).exists():
        raise Denied(hide())


def _require_ended(record: CodedRecord, by: Member) -> None:
    _require_recorder(record.table, by)
    if record.status not in ENDED or stepped_away([record.statistics_id], by=by):
        raise Denied(hide())
