"""How does the coded record leave for the province? Prepared by the recorder, approved by a second person, then taken.

The recorder keeps the coded record and reads its lines; whoever approves (facilitator or manager) reads how many there
are and what is wrong with them, never a line (domain.md, "People": a manager sees no single situation). Every line is
read by the same reader that imports: what we could not read back is named before it is sent. A recorder who stepped
away from one of them reads no line and takes no file: another recorder does.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Decision, Denied, allow, deny, hide
from reports.export_model import ExportTaking, RecordExport
from reports.exporting.away import stepped_away
from reports.exporting.labels import left_out_of_youth
from reports.exporting.lines import Row, header, lines, rows, written
from reports.importing.codes import read_lists
from reports.importing.layout import placed
from reports.importing.problems import Problem
from reports.importing.rows import RowReader
from reports.importing.words import words_of
from reports.models import CodedRecord, CodedRecordQuerySet
from reports.pack.periods import parse
from reports.quarters import day_at
from reports.spreadsheet import csv_bytes, xlsx_bytes
from reports.vocabulary import ENDED, Status
from situations.models import Situation

READERS = (Role.RECORDER, Role.FACILITATOR, Role.MANAGER)
APPROVERS = (Role.FACILITATOR, Role.MANAGER)


class NothingToExportError(Exception):
    """A period of which nothing has ended."""


class ChangedSinceError(Exception):
    """A record has changed since the export was prepared: prepare it again."""


@dataclass(frozen=True)
class Prepared:
    """An export with what is wrong in its lines, as the recorder reads it."""

    export: RecordExport
    problems: list[Problem]


def prepare(*, table: Table, period: str, by: Member) -> Prepared:
    """Make an export ready for approval. NoPeriodError, NothingToExportError; Denied (hidden) but for the recorder."""
    _require(table.pk, by, Role.RECORDER)
    records = _records(table, period)
    if not records.exists():
        raise NothingToExportError
    days = parse(period)
    presented = CodedRecord.objects.at(table.pk).filter(opened_on__range=(days.first_day, days.last_day))
    still_open = presented.exclude(status__in=(*ENDED, Status.RETURNED)).count()
    approved = _Approved(table)
    problems = _validate(records, table, approved)
    export = RecordExport.objects.create(
        table=table, period=parse(period).code, rows=approved.rows, digest=approved.digest, prepared_by=by,
        still_open=still_open, problems=dict(Counter(p.column for p in problems)),
    )  # fmt: skip
    return Prepared(export, [] if stepped_away(_ids(records), by=by) else problems)


def problems_of(export: RecordExport, *, by: Member) -> list[Problem]:
    """What is wrong in the lines of an export as they stand now, for the recorder alone; nothing for one who stepped
    away from a line.
    """
    _require(export.table_id, by, Role.RECORDER)
    records = _records(export.table, export.period)
    if stepped_away(_ids(records), by=by):
        return []
    return _validate(records, export.table, _Approved(export.table))


def seen_by(member: Member, *, tables: Iterable[int]) -> list[RecordExport]:
    """The exports of some tables whose record a member reads, newest first. Row policies say the same."""
    found = RecordExport.objects.filter(table_id__in=tables).select_related("table", "prepared_by", "approved_by")
    return list(found.prefetch_related("takings"))


def may_approve(export: RecordExport, by: Member) -> Decision:
    """Whether a member is the second person."""
    if not Standing.objects.of(by).at(export.table_id).in_roles(*APPROVERS).exists():
        return hide()
    if export.approved_by_id is not None:
        return deny("approved-already", _("It has been approved already."))
    if export.prepared_by_id == by.pk:
        return deny("second-person", _("You prepared it: somebody else approves it."))
    return allow()


def approve(export_id: UUID, *, by: Member) -> RecordExport:
    """Approve an export, once. Denied for the one who prepared it; hidden from who does not read it."""
    with transaction.atomic():
        export = _seen(RecordExport.objects.select_for_update(of=("self",)), export_id)  # once
        may_approve(export, by).require()
        export.approved_by, export.approved_at = by, timezone.now()
        export.save(update_fields=["approved_by", "approved_at"])
    return export


def take(export_id: UUID, *, by: Member, form: str) -> bytes:
    """The file, made anew for the recorder. Denied before it is approved; ChangedSinceError when a record changed, or
    what is left out of one.
    """
    with transaction.atomic():
        export = _seen(RecordExport.objects.all(), export_id)
        _require(export.table_id, by, Role.RECORDER)
        may_take(export, by).require()
        approved = _Approved(export.table)
        read = _lines(_records(export.table, export.period), export.table, approved)
        content = WRITERS[form](chain([header()], read))
        if approved.digest != export.digest:
            raise ChangedSinceError
        ExportTaking.objects.create(export=export, table=export.table, taken_by=by, form=form)
    return content


def may_take(export: RecordExport, by: Member) -> Decision:
    """Whether a member may have the file."""
    if not Standing.objects.of(by).at(export.table_id).in_roles(Role.RECORDER).exists():
        return hide()
    if export.approved_by_id is None:
        return deny("not-approved", _("A second person approves it first: the facilitator or a manager."))
    if stepped_away(_ids(_records(export.table, export.period)), by=by):
        return deny(
            "stepped-away", _("A record from which you stepped away is in it: another recorder takes the file.")
        )
    return allow()


def linked_numbers(records: Iterable[UUID], table: Table) -> dict[UUID, str]:
    """The discussion numbers of some statistics ids, or a query of them, while the links exist (reports.md, "The coded
    record").
    """
    linked = Situation.objects.at(table.pk).presented().filter(statistics_id__in=records)
    return {s: number for s, number in linked.values_list("statistics_id", "number") if s is not None}


WRITERS: dict[str, Callable[[Iterable[Sequence[str | int | None]]], bytes]] = {"csv": csv_bytes, "xlsx": xlsx_bytes}


def _require(table_id: int, by: Member, *roles: Role) -> None:
    if not Standing.objects.of(by).at(table_id).in_roles(*roles).exists():
        raise Denied(hide())


def _seen(among: QuerySet[RecordExport], export_id: UUID) -> RecordExport:
    """An export the member reads. Denied (hidden) where there is none."""
    found = among.select_related("table").filter(pk=export_id).first()
    if found is None:
        raise Denied(hide())
    return found


def _records(table: Table, period: str) -> CodedRecordQuerySet:
    """Every discussion opened in the period that has ended, in an order that says nothing.

    From the door to the end the recorder knows of a discussion that it goes on, and no code of it (privacy.policy).
    """
    days = parse(period)
    opened = CodedRecord.objects.at(table.pk).filter(opened_on__range=(days.first_day, days.last_day))
    return opened.filter(status__in=ENDED).order_by("quarter", "statistics_id")


def _ids(records: CodedRecordQuerySet) -> Iterable[UUID]:
    return records.order_by().values_list("statistics_id", flat=True)


class _Approved:
    """What is approved, one record after the other: all that a line is made of, in codes, whoever reads the words, and
    which codes of a young person are left out.
    """

    def __init__(self, table: Table) -> None:
        self.rows = 0
        left_out = () if table.youth_codes_before_f4 else left_out_of_youth()
        self._hash = hashlib.sha256(repr((table.code, left_out)).encode())

    def read(self, records: CodedRecordQuerySet) -> Iterator[Row]:
        """What each line is made of, counted."""
        for row in rows(records):
            self._hash.update(repr(row).encode())
            self.rows += 1
            yield row

    @property
    def digest(self) -> str:
        """What speaks for all of them so far."""
        return self._hash.hexdigest()


def _lines(
    records: CodedRecordQuerySet, table: Table, approved: _Approved, *, whole: bool = False
) -> Iterator[tuple[str, ...]]:
    """The lines of some records in the active language, with the numbers that are still linked."""
    numbers = {str(linked): number for linked, number in linked_numbers(_ids(records), table).items()}
    return lines(approved.read(records), numbers, table, whole=whole)


def _validate(records: CodedRecordQuerySet, table: Table, approved: _Approved) -> list[Problem]:
    """What the importing reader says of the lines, in English. The header is ours, so every column is known.

    It reads them whole: that a factor is missing where all of them are left out would say which they are.
    """
    columns, _wrong = placed([c.header_en for c in written()])
    today, own = day_at(table), (word for word in words_of(table) if word[0])
    reader = RowReader(table, read_lists(own, on=today), today, columns, len(written()))
    with translation.override("en"):
        read = enumerate(_lines(records, table, approved, whole=True), start=2)
        return [problem for at, line in read for problem in reader.read(at, list(line))[1]]
