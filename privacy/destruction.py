"""How is sealed text destroyed so that backups go dark too? (R12, R42-R45)

In the transaction that ends a situation: its sealed rows go and a tombstone is committed. Afterwards, and idempotently
until it has happened: the keys on the second server go. A hold keeps the text (unreadable, the stage forbids it)
until it is released. DELETE alone is not destruction: the rows stay in the write-ahead log.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import connection
from django.utils import timezone

from privacy import ledger, vault
from privacy.context import in_role
from privacy.models import AccessState, Tombstone
from privacy.vocabulary import LedgerKind


def destroy_text(state: AccessState, *, recorded: bool = True) -> Tombstone | None:
    """Destroy a situation's sealed rows and commit the end of its keys; None under a hold. Call in the transition."""
    if state.held:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault.destroy(%s)", [state.ref])
    if recorded:
        ledger.record(LedgerKind.ERASED, state.ref)
    tombstone = Tombstone(id=uuid.uuid4(), ref=state.ref, table_id=state.table_id, level="", at=timezone.now())
    # bulk_create issues no RETURNING: the writer of a tombstone may not read tombstones.
    Tombstone.objects.bulk_create([tombstone])
    return tombstone


def finish(ref: UUID) -> None:
    """Delete the keys a committed tombstone names. Idempotent; safe to repeat after any crash."""
    with in_role("st_worker"):
        open_stones = list(Tombstone.objects.filter(ref=ref, shredded_at__isnull=True))
    for stone in open_stones:
        vault.shred(stone.ref, stone.level)
        with in_role("st_worker"):
            Tombstone.objects.filter(pk=stone.pk).update(shredded_at=timezone.now())


def finish_all() -> int:
    """Delete the keys of every committed tombstone that is not finished yet; returns how many."""
    with in_role("st_worker"):
        refs = list(Tombstone.objects.filter(shredded_at__isnull=True).values_list("ref", flat=True).distinct())
    for ref in refs:
        finish(ref)
    return len(refs)
