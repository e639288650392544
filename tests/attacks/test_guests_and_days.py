"""Is a guest who was invited and signed let in, whatever became of the day, and is one invitation one?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from agencies import guests, oncall, paper_letters, undertakings
from agencies.models import Letter, Member, Seat, Standing
from agencies.vocabulary import CallReason, Role
from privacy.context import acting_as
from situations import meetings, planning
from situations.meeting import Meeting
from tests import builders
from tests.agreements.papers import PASSWORD_AGAIN, TODAY, TOMORROW
from tests.agreements.test_guests import _register
from tests.attacks.test_races import at_once, deed
from tests.cast import Cast
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _planned(cast: Cast, *, days: int) -> Meeting:
    with acting_as(cast.facilitator):
        starts_at = timezone.now() + timedelta(days=days)
        return meetings.plan(table=cast.nia, starts_at=starts_at, by=cast.facilitator)


def _move(cast: Cast, meeting: Meeting, *, days: int) -> None:
    with acting_as(cast.facilitator):
        planning.move(meeting, starts_at=timezone.now() + timedelta(days=days), minutes=60, by=cast.facilitator)


def _sign(member: Member) -> None:
    browser = Browser(member)
    page = browser.get("sign_undertaking", "NIA")
    assert page.status_code == 200, "nothing to sign"
    answer = browser.post("sign_undertaking", "NIA", **hidden(page), agreed="on", password=PASSWORD_AGAIN)
    assert answer.status_code == 302


def _guest(cast: Cast, meeting: Meeting) -> Member:
    """Invited to a meeting, with a password."""
    assert _register(cast, meeting).status_code == 302
    guest = Member.objects.get(email="visitor@example.net")
    guest.set_password(PASSWORD_AGAIN)
    guest.save()
    Letter.objects.all().delete()
    return guest


def _let_in(member: Member, meeting: Meeting) -> bool:
    return Standing.objects.of(member).filter(role=Role.GUEST, meeting=meeting.pk).exists()


def test_a_guest_goes_along_when_the_meeting_is_moved_to_an_earlier_day(cast: Cast) -> None:
    meeting = _planned(cast, days=3)
    guest = _guest(cast, meeting)
    _sign(guest)
    _move(cast, meeting, days=0)
    assert _let_in(guest, meeting)
    assert not Letter.objects.filter(member=guest).exists(), "what was signed reaches the earlier day"


def test_a_guest_whose_signature_does_not_reach_the_new_day_is_asked_again(cast: Cast) -> None:
    meeting = _planned(cast, days=1)
    guest = _guest(cast, meeting)
    _sign(guest)
    _move(cast, meeting, days=5)
    seat = guests.guests_of(meeting.pk).get()
    assert seat.starts_on == seat.ends_on == TODAY + timedelta(days=5)
    paper_letters.sweep()
    assert [m.to for m in mail.outbox] == [[guest.email]]
    _sign(guest)
    assert not undertakings.owed(guest)
    assert guest.undertakings.order_by("ends_on").last().ends_on == seat.ends_on  # type: ignore[union-attr]


def test_who_has_not_joined_yet_keeps_the_one_invitation(cast: Cast) -> None:
    meeting = _planned(cast, days=1)
    _register(cast, meeting)
    _move(cast, meeting, days=2)
    _move(cast, meeting, days=3)
    assert [x.kind for x in Letter.objects.all()] == [paper_letters.GUEST_BY_LINK]


def test_a_meeting_that_begins_on_another_day_than_planned_lets_its_guests_in(cast: Cast) -> None:
    meeting = _planned(cast, days=1)
    guest = _guest(cast, meeting)
    _sign(guest)
    with acting_as(cast.facilitator):
        meetings.start(meeting, by=cast.facilitator)
    assert _let_in(guest, meeting)


def test_an_agency_that_was_called_goes_along_and_is_not_asked_to_sign(cast: Cast) -> None:
    meeting = _planned(cast, days=1)
    oncall.put_on_call(agency=cast.agencies["school"], table=cast.nia, since=TODAY, by=cast.administrator)
    with acting_as(cast.facilitator):
        oncall.call(
            agency=cast.agencies["school"], table=cast.nia, meeting=meeting.pk, day=TOMORROW, item=None,
            reason=CallReason.ADVICE, by=cast.facilitator,
        )  # fmt: skip
    _move(cast, meeting, days=0)
    assert _let_in(cast.school_rep, meeting)
    assert not Letter.objects.exists()


def test_a_seat_that_was_ended_before_does_not_come_back_with_the_new_day(cast: Cast) -> None:
    meeting = _planned(cast, days=3)
    guest = _guest(cast, meeting)
    _sign(guest)
    Seat.objects.filter(member=guest).update(starts_on=TODAY - timedelta(days=2), ends_on=TODAY - timedelta(days=1))
    _move(cast, meeting, days=0)
    assert not _let_in(guest, meeting)


def test_who_signed_for_a_later_meeting_can_accept_an_earlier_one(cast: Cast) -> None:
    guest = _guest(cast, _planned(cast, days=2))
    _sign(guest)
    sitting = builders.sitting_meeting(cast)
    _register(cast, sitting)
    assert not _let_in(guest, sitting)
    assert "You are invited to one meeting" in text(Browser(guest).get("to_sign"))
    _sign(guest)
    assert _let_in(guest, sitting)
    assert not undertakings.owed(guest)


def test_who_promised_the_table_already_can_accept_an_invitation(cast: Cast) -> None:
    """A manager does not sit at meetings; invited to one, the year's signature counts and the invitation waits."""
    sitting = builders.sitting_meeting(cast)
    _register(cast, sitting, email=cast.manager.email)
    assert not _let_in(cast.manager, sitting)
    _sign(cast.manager)
    assert _let_in(cast.manager, sitting)
    assert not undertakings.owed(cast.manager)


def test_nobody_is_invited_to_a_meeting_that_was_cancelled(cast: Cast) -> None:
    meeting = _planned(cast, days=1)
    with acting_as(cast.facilitator):
        planning.cancel(meeting, by=cast.facilitator)
    assert Browser(cast.facilitator).get("meeting_guests", meeting.pk).status_code == 404
    assert _register(cast, meeting).status_code == 404
    assert not Member.objects.filter(email="visitor@example.net").exists()
    assert "guests" not in text(Browser(cast.facilitator).get("meeting", meeting.pk)).lower()


@pytest.mark.usefixtures("committed_db_with_keys")
class TestAtTheSameMoment:
    @pytest.mark.parametrize("_again", range(2))
    def test_a_guest_who_is_registered_twice_at_once_is_one(self, committed_cast: Cast, _again: int) -> None:
        cast, address = committed_cast, f"twice{_again}@example.net"
        meeting = builders.sitting_meeting(cast)
        said: dict[str, Any] = {
            "meeting": meeting.pk, "table": cast.nia, "day": TODAY, "name": "V. Isitor", "email": address,
            "language": "en", "agency": None, "by": cast.facilitator,
        }  # fmt: skip
        register = deed(cast.facilitator, lambda: guests.register(**said))
        assert at_once(register, register, register) == ["done"] * 3
        assert Member.objects.filter(email=address).count() == 1
        assert Letter.objects.filter(member__email=address).count() == 1
