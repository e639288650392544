"""How is an import taken back? As a whole: its records, and what the words of its file meant.

The words go too, also from those that the table keeps for its next file: the name guard misses some names, and whoever
takes a file back because of one is to find it nowhere. The next file asks again.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Member, Standing
from agencies.vocabulary import Role
from privacy.context import in_role
from privacy.decision import Denied, hide
from reports.models import BatchWords, ImportBatch, ImportWord

#: In this order: what points at a record goes before it.
_OF_RECORDS = (
    """DELETE FROM reports_recordentry e USING reports_codedrecord r
    WHERE r.statistics_id = e.record_id AND r.batch_id = %s""",
    """DELETE FROM reports_codedrecordversion v USING reports_codedrecord r
    WHERE r.statistics_id = v.record_id AND r.batch_id = %s""",
    "DELETE FROM reports_codedrecord WHERE batch_id = %s",
)


def undo(batch_id: UUID, *, by: Member | None) -> int:
    """Take a whole batch back; how many records went. Denied (hidden) for who is not the table's recorder; nobody is
    the operator at the command line.
    """
    with in_role("st_worker"):
        batch = ImportBatch.objects.select_related("table").filter(pk=batch_id).first()
    if batch is None:
        raise Denied(hide())
    if by is not None and not Standing.objects.of(by).at(batch.table_id).in_roles(Role.RECORDER).exists():
        raise Denied(hide())
    with transaction.atomic(), in_role("st_worker"):
        ImportBatch.objects.select_for_update().get(pk=batch_id)
        with connection.cursor() as cursor:
            for statement in _OF_RECORDS:
                cursor.execute(statement, [batch_id])
            gone = int(cursor.rowcount)
        _forget_words(batch)
        ImportBatch.objects.filter(pk=batch_id, undone_at=None).update(undone_at=timezone.now(), undone_by=by)
    return gone


def _forget_words(batch: ImportBatch) -> None:
    of_batch = BatchWords.objects.filter(pk=batch.pk)
    for words in of_batch.values_list("words", flat=True):
        for name, said in words.items():
            ImportWord.objects.filter(table=batch.table_id, list=name, said__in=list(said)).delete()
    of_batch.delete()
