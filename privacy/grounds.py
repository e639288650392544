"""How long are the grounds of a transfer kept? As long as the table keeps what it used; then they go with their key.

They are sealed under the receipt of their ledger row (`vault.seal_grounds`), because the item they came from may have
been erased in the same transaction (R12, R32, R43, R64). A hold on the item keeps them (R44).
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from agencies.models import Table
from privacy import destruction
from privacy.context import in_role
from privacy.models import Tombstone


def sweep() -> int:
    """Destroy what outlived its table's retention period; returns how many. Safe to run twice at once."""
    tables = list(Table.objects.values_list("pk", "retention_days"))
    return sum(_sweep(table_id, days) for table_id, days in tables)


def _sweep(table_id: int, days: int) -> int:
    now = timezone.now()
    with transaction.atomic(), in_role("st_worker"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault.destroy_grounds(%s, %s)", [table_id, now - timedelta(days=days)])
            gone = [UUID(str(row[0])) for row in cursor.fetchall()]
        Tombstone.objects.bulk_create(
            Tombstone(id=uuid.uuid4(), ref=ref, table_id=table_id, level="", at=now) for ref in gone
        )
    for ref in gone:
        destruction.finish(ref)
    return len(gone)
