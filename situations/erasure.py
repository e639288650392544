"""What is erased when an item is rejected, withdrawn or stopped before the door? (R12)

The six groups - assisting agencies, risk factors, study flags, protective factors, affected persons, services
mobilized - and all sealed text, in the transaction of the decision. What remains: number, dates, meeting, originating
agency, type, decision, reason, agencies present, count of objections. History rows, messages owed and idempotency keys
that would name the agencies by who acted lose them in the same transaction. Under a hold the sealed text stays,
unreadable.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from privacy import access, destruction
from situations.outbox import owe_shredding
from situations.scene import Scene


def erase(scene: Scene) -> None:
    """Erase the six groups and the sealed text of a situation that has just been closed."""
    s = scene.situation
    s.facts.all().delete()
    s.persons.all().delete()
    s.likely_agencies.clear()
    s.stands.all().delete()
    s.objections.all().delete()
    s.offers.all().delete()
    s.services.all().delete()
    s.screening = []
    s.duty_to_report_acknowledged = False
    s.summary_written = False
    access.erase(scene.access)
    scene.forget()
    forget(s.pk)
    erase_text(scene)


def forget(ref: UUID) -> None:
    """Take the agencies out of the history, the outbox and the idempotency keys of an item that has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT situations_forget(%s)", [ref])


def erase_text(scene: Scene) -> None:
    """Destroy the sealed rows now and the keys after the commit; nothing under a hold."""
    ref = scene.situation.pk
    if destruction.destroy_text(scene.access) is not None:
        owe_shredding(scene)
        # The sweeper repeats it: the decision stands even where the key server is away.
        transaction.on_commit(lambda: destruction.finish(ref), robust=True)
