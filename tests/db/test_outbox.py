"""Does a message survive a mail server that is away longer than a sweep?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from privacy.context import in_role
from situations import outbox
from situations.models import Outbox
from situations.vocabulary import Message, OutboxKind
from tests import builders
from tests.cast import Cast


def _owed(**changes: Any) -> list[int]:
    """How often each message was tried; `changes` are made to all of them first."""
    with in_role("st_worker"):
        rows = Outbox.objects.filter(kind=OutboxKind.TELL, message=Message.LEAD_PROPOSED, processed_at=None)
        if changes:
            rows.update(**changes)
        return [row.attempts for row in rows]


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_message_is_tried_again_ever_more_rarely_until_it_is_sent(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.chosen(cast)
    with monkeypatch.context() as away:
        away.setattr(outbox, "send_mail", _away)
        outbox.sweep()
        once = _owed()
        assert once
        assert set(once) == {1}
        outbox.sweep()
        assert _owed() == once, "not before its time"
        _owed(attempts=outbox.MAX_ATTEMPTS - 1)
        outbox.sweep()
        assert set(_owed()) == {outbox.MAX_ATTEMPTS - 1}
        _owed(tried_at=timezone.now() - timedelta(days=6))
    outbox.sweep()
    assert _owed() == []
    assert len([m for m in mail.outbox if str(Message.LEAD_PROPOSED.label) in m.body]) == len(once)


@pytest.mark.django_db(databases=["default", "keys"])
def test_what_waited_through_an_outage_of_the_workers_goes_out_once_and_is_tried_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.chosen(cast)
    _owed(created_at=timezone.now() - timedelta(hours=3))

    def slowly(*_args: object) -> int:
        """Another worker sweeps while the mail server takes its time, then the server hangs up."""
        outbox.sweep()
        return _away()

    monkeypatch.setattr(outbox, "send_mail", slowly)
    outbox.sweep()
    tries = _owed()
    assert tries
    assert set(tries) == {1}
    outbox.sweep()
    assert _owed() == tries, "however old it is, it is left alone after a try"


def _away(*_args: object) -> int:
    raise ConnectionRefusedError
