"""Do tasks travel through a real broker to two worker processes, carrying ids and nothing else?"""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from django.db import transaction

from situation_table.celery import app
from situation_table.sweeps import SWEEPS, beat_schedule, named


def test_the_beat_and_the_ticker_run_the_same_list() -> None:
    assert [entry["args"] for entry in beat_schedule().values()] == [[sweep.verb] for sweep in SWEEPS]


def test_a_queue_cannot_start_a_verb_that_is_not_on_the_list() -> None:
    with pytest.raises(LookupError):
        named("os.getcwd")


def test_only_plain_data_is_taken_from_the_broker() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_acks_late is True


@pytest.mark.broker
@pytest.mark.usefixtures("workers")
class TestTwoWorkers:
    def test_both_answer(self) -> None:
        deadline = time.monotonic() + 30
        found: set[str] = set()
        while len(found) < 2 and time.monotonic() < deadline:
            found |= {name for answer in app.control.ping(timeout=1) or [] for name in answer}
        assert len(found) == 2

    def test_what_the_outbox_owes_is_done_though_no_message_was_sent(self) -> None:
        from agencies.models import Table
        from privacy.context import in_role, set_member
        from situations.outbox_model import Outbox
        from situations.vocabulary import OutboxKind

        names = {"name_en": "Nia River", "name_fr": "Nia River", "region_en": "Nia", "region_fr": "Nia"}
        table = Table.objects.create(code="OWE", **names)
        row = Outbox(kind=OutboxKind.SHRED, table_id=table.pk, ref=uuid4(), member_id=0, message="")
        with transaction.atomic():
            set_member(1)
            Outbox.objects.bulk_create([row])
        deadline = time.monotonic() + 30
        done = False
        while not done and time.monotonic() < deadline:
            with in_role("st_worker"):
                done = Outbox.objects.filter(pk=row.pk, processed_at__isnull=False).exists()
            time.sleep(0.2)
        assert done
