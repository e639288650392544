"""When is a concluded situation destroyed? When the table's retention period after its last use is over (R42-R45).

Sealed text and keys go, rows of the intervention go, the link to the coded record is cut; the number, the dates, the
outcome and the ledger remain. A hold suspends it. Runs in the background as the narrow worker role.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.utils import timezone

from privacy import access, destruction
from privacy.context import in_role
from privacy.models import AccessState
from privacy.vocabulary import Filter
from situations import erasure
from situations.models import History, Situation
from situations.vocabulary import State

log = structlog.get_logger(__name__)


def sweep(limit: int = 100) -> int:
    """Destroy what is due; returns how many situations were destroyed. Idempotent.

    What is held or was used lately stays among the due: it must not stand in the way of the rest, and neither must one
    that fails.
    """
    with in_role("st_worker"):
        kept_for = ExpressionWrapper(F("table__retention_days") * timedelta(days=1), DurationField())
        due = Situation.objects.filter(state=State.CONCLUDED, concluded_at__lte=timezone.now() - kept_for)
        refs = list(due.order_by("concluded_at").values_list("pk", flat=True))
    destroyed = 0
    for ref in refs:
        try:
            destroyed += _destroy(ref)
        except Exception:
            log.exception("retention_failed")
        if destroyed >= limit:
            break
    return destroyed


def _destroy(pk: UUID) -> bool:
    with in_role("st_worker"):
        situation = Situation.objects.select_for_update(of=("self",)).filter(pk=pk, state=State.CONCLUDED).first()
        state = AccessState.objects.select_for_update().filter(pk=pk).first()
        if situation is None or state is None or state.held or _used_lately(situation):
            return False
        access.move(state, Filter.DESTROYED)
        if destruction.destroy_text(state) is None:
            return False
        for rows in (
            situation.contacts, situation.consents, situation.notices, situation.plan, situation.services,
            situation.facts, situation.persons, situation.stands, situation.objections,
            situation.offers, situation.follow_ups,
        ):  # fmt: skip
            rows.all().delete()
        situation.likely_agencies.clear()
        access.erase(state)
        erasure.forget(pk)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM situations_intervention WHERE situation_id = %s", [situation.pk])
        Situation.objects.filter(pk=pk).update(
            state=State.DESTROYED, statistics_id=None, screening=[], summary_written=False,
            duty_to_report_acknowledged=False, version=F("version") + 1,
        )  # fmt: skip
        History.objects.bulk_create(
            [
                History(
                    situation=situation,
                    table_id=situation.table_id,
                    act="destroy",
                    from_state=State.CONCLUDED,
                    to_state=State.DESTROYED,
                    by=None,
                    version=situation.version + 1,
                )
            ]
        )
        transaction.on_commit(lambda: destruction.finish(situation.pk), robust=True)
    return True


def _used_lately(situation: Situation) -> bool:
    """Whether anybody revealed it within the retention period: the period runs from the last use (R43)."""
    since = timezone.now() - timedelta(days=situation.table.retention_days)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.used_since(%s, %s)", [situation.pk, since])
        return bool(cursor.fetchone()[0])
