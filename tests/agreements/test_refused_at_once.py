"""Does everything that ends papers refuse the very next request: pages, API, queued work, streams? (R56)

One person is made to read an item at F2 and to act in one at F4; then one thing ends, and each door is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from agencies.models import Member, OnCall, SharingAgreement, Standing, Undertaking
from agencies.vocabulary import Paper
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from situations import outbox, running
from situations import scene as scenes
from situations.models import Outbox
from situations.vocabulary import Message, OutboxKind
from tests import builders
from tests.agreements.papers import TODAY, YESTERDAY, new_text
from tests.builders import Walk
from tests.cast import Cast
from tests.pages.browsing import Browser

_KEY = "crisis_rep"


def _agreement_runs_out(cast: Cast, member: Member) -> None:
    SharingAgreement.objects.filter(agency=member.agency).update(ends_on=YESTERDAY)


def _agreement_is_ended(cast: Cast, member: Member) -> None:
    SharingAgreement.objects.filter(agency=member.agency).update(ended_at=timezone.now(), ended_by=member)


def _agreement_is_signed_again(cast: Cast, member: Member) -> None:
    new_text(cast, Paper.AGREEMENT, sign_again_from=TODAY)


def _undertaking_runs_out(cast: Cast, member: Member) -> None:
    Undertaking.objects.filter(member=member).update(ends_on=YESTERDAY)


def _undertaking_is_signed_again(cast: Cast, member: Member) -> None:
    new_text(cast, Paper.UNDERTAKING, sign_again_from=TODAY)


def _put_on_call(cast: Cast, member: Member) -> None:
    """By the row itself: the verb refuses while the agency acts (tests/agreements/test_guests.py)."""
    assert member.agency is not None
    OnCall.objects.create(agency=member.agency, table=cast.nia, since=TODAY, set_by=cast.administrator)


_ENDS = (
    _agreement_runs_out, _agreement_is_ended, _agreement_is_signed_again, _undertaking_runs_out,
    _undertaking_is_signed_again, _put_on_call,
)  # fmt: skip


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestRefusedAtOnce:
    cast: ClassVar[Cast]
    f2: ClassVar[Walk]
    f4: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.f2, cls.f4 = builders.discussed(committed_cast), builders.intervening(committed_cast)
        with in_role("st_worker"):
            Outbox.objects.update(processed_at=timezone.now())

    @property
    def member(self) -> Member:
        return self.cast.people[_KEY]

    @pytest.mark.parametrize("end", [None, *_ENDS], ids=lambda e: e.__name__.strip("_") if e else "nothing_ended")
    def test_each_door(self, end: Callable[[Cast, Member], None] | None) -> None:
        with _undone():
            if end is not None:
                end(self.cast, self.member)
            stands = end is None
            assert Standing.objects.of(self.member).exists() == stands
            assert self._pages() == ({200} if stands else {404})
            assert self._api() == ({200} if stands else {404})
            assert self._acts() == (403 if stands else 404), "an act that is not theirs to do, and one not to know of"
            assert self._follows() == stands
            assert self._is_told() == stands
            assert Browser(self.member).get("home").status_code == (200 if stands else 302)

    def _pages(self) -> set[int]:
        browser = Browser(self.member)
        pages = (("situation", self.f2.id), ("situation", self.f4.id), ("meeting", self.f2.meeting.pk))
        return {browser.get(*page).status_code for page in pages}

    def _api(self) -> set[int]:
        browser = Browser(self.member)
        doors = (("api:situation", self.f2.id), ("api:decisions", self.f4.id), ("api:meeting", self.f2.meeting.pk))
        return {browser.get(*door).status_code for door in doors}

    def _acts(self) -> int:
        """Freezing is the privacy officer's: refused with a reason to whoever knows the situation, else absent."""
        return Browser(self.member).post("act", self.f4.id, "freeze").status_code

    def _follows(self) -> bool:
        """Whether a stream would go on: the right it asks for at each heartbeat (situations.live.rights)."""
        with acting_as(self.member):
            try:
                scenes.load(self.f2.id, by=self.member)
                running.visible_meeting(self.f2.meeting.pk, by=self.member)
            except Denied:
                return False
        return True

    def _is_told(self) -> bool:
        """Whether a message that was owed before is still sent by the worker."""
        mail.outbox.clear()
        with acting_as(self.cast.facilitator):
            Outbox.objects.bulk_create(
                [
                    Outbox(
                        kind=OutboxKind.TELL, table=self.cast.nia, ref=self.f4.id, member_id=self.member.pk,
                        message=Message.LEAD_PROPOSED,
                    )
                ]
            )  # fmt: skip
        outbox.sweep()
        return [m.to for m in mail.outbox] == [[self.member.email]]
