"""Does a guest hear one meeting, without names, after signing, while it sits - and an agency on call not even that
before it is called? (R57, R59)"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

from agencies import guests, oncall, paper_letters
from agencies.models import Call, Member, Seat, Standing
from agencies.refusal import NotPossible
from agencies.vocabulary import CallReason, Role
from privacy import ledger
from privacy.context import acting_as
from privacy.decision import Denied
from situations import meetings, presence
from situations.meeting import ItemPresence, Meeting
from situations.projection import see
from tests import builders
from tests.agreements.papers import PASSWORD_AGAIN, TODAY, TOMORROW, without_papers
from tests.builders import Walk
from tests.cast import Cast
from tests.laws.test_threshold import refused
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _register(cast: Cast, meeting: Meeting, **changes: str) -> Any:
    typed = {"name": "V. Isitor", "email": "visitor@example.net", "agency": "", "language": "en"} | changes
    return Browser(cast.facilitator).post(
        "meeting_guests", meeting.pk, what="guest", **{f"guest-{k}": v for k, v in typed.items()}
    )


def _reads(member: Member, walk: Walk) -> bool:
    """Whether a member reads the item: row, projection with its summary, page and API alike."""
    with acting_as(member):
        try:
            summary = see(walk.id, by=member).summary
        except Denied:
            summary = ""
    page = Browser(member).get("situation", walk.id).status_code
    api = Browser(member).get("api:situation", walk.id).status_code
    assert (page == 200) == (api == 200) == bool(summary)
    return bool(summary)


# Guests ------------------------------------------------------------------------------------------------------------
def test_a_guest_is_invited_signs_and_hears_this_meeting_only(cast: Cast) -> None:
    walk = builders.presented(cast)
    assert _register(cast, walk.meeting).status_code == 302
    guest = Member.objects.get(email="visitor@example.net")
    assert not guest.has_usable_password()
    assert "1 has not signed and is not let in" in text(Browser(cast.facilitator).get("meeting", walk.meeting.pk))
    assert not _reads(guest, walk)
    # The invitation: no name in it, a link that works once.
    paper_letters.sweep()
    message = mail.outbox[-1]
    assert message.to == ["visitor@example.net"]
    for name in ("Isitor", "Nia River", "NIA", str(walk.situation().number)):
        assert name not in f"{message.subject} {message.body}"
    link = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert link
    outside = Client()
    weak = outside.post(link[1], {"password": "password"})
    assert "too common" in weak.content.decode()
    assert outside.post(link[1], {"password": PASSWORD_AGAIN}).status_code == 302
    assert outside.get(link[1]).status_code == 404
    guest.refresh_from_db()
    # Signs; that is also the acceptance of the seat.
    browser = Browser(guest)
    page = browser.get("sign_undertaking", "NIA")
    assert (
        browser.post("sign_undertaking", "NIA", **hidden(page), agreed="on", password=PASSWORD_AGAIN).status_code == 302
    )
    assert guest.undertakings.get().ends_on == TODAY, "a guest promises for the day of the meeting"
    assert _reads(guest, walk)
    assert browser.get("meeting", walk.meeting.pk).status_code == 200
    with acting_as(cast.facilitator):
        presence.mark_present(walk.meeting, guest, by=cast.facilitator)
    cast.people["guest"] = guest
    assert refused(walk, "guest", "stand") != ""
    walk.act("facilitator", "discuss")
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
    assert not _reads(guest, walk)
    assert browser.get("meeting", walk.meeting.pk).status_code == 404


def test_a_guest_who_has_not_signed_is_not_let_in(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    _register(cast, meeting)
    guest = Member.objects.get(email="visitor@example.net")
    with acting_as(cast.facilitator), pytest.raises(Denied, match="no-seat"):
        presence.mark_present(meeting, guest, by=cast.facilitator)


def test_only_the_facilitator_registers_and_what_was_typed_stays(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for key, member in cast.everybody.items():
        expected = 200 if key == "facilitator" else 404
        assert Browser(member).get("meeting_guests", meeting.pk).status_code == expected, key
    answer = _register(cast, meeting, email="not an address")
    assert field_error(answer, "guest-email")
    assert 'value="V. Isitor"' in text(answer)
    with pytest.raises(NotPossible, match="facilitator"):
        guests.register(
            meeting=meeting.pk, table=cast.nia, day=TODAY, name="X", email="x@example.net", language="en", agency=None,
            by=cast.recorder,
        )  # fmt: skip


def test_registering_twice_invites_once_and_a_known_person_keeps_what_is_theirs(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for _time in range(2):
        _register(cast, meeting)
    _register(cast, meeting, name="Another Name", email=cast.other_table.email.upper())
    paper_letters.sweep()
    assert sorted(m.to[0] for m in mail.outbox) == sorted(["visitor@example.net", cast.other_table.email])
    cast.other_table.refresh_from_db()
    assert cast.other_table.name != "Another Name"
    assert cast.other_table.check_password(PASSWORD_AGAIN)


def test_who_is_taken_off_the_list_hears_nothing_at_the_next_request(cast: Cast) -> None:
    walk = builders.presented(cast)
    guest = _seated_guest(cast, walk.meeting)
    assert _reads(guest, walk)
    seat = guests.guests_of(walk.meeting.pk).get(member=guest)
    assert Browser(cast.recorder).post("meeting_guest_off", walk.meeting.pk, seat.pk).status_code == 404
    assert Browser(cast.facilitator).post("meeting_guest_off", walk.meeting.pk, seat.pk).status_code == 302
    assert not _reads(guest, walk)


def _seated_guest(cast: Cast, meeting: Meeting) -> Member:
    """A guest who has joined and signed."""
    _register(cast, meeting)
    guest = Member.objects.get(email="visitor@example.net")
    guest.set_password(PASSWORD_AGAIN)
    guest.save()
    browser = Browser(guest)
    page = browser.get("sign_undertaking", "NIA")
    browser.post("sign_undertaking", "NIA", **hidden(page), agreed="on", password=PASSWORD_AGAIN)
    return guest


# On call -----------------------------------------------------------------------------------------------------------
def _on_call(cast: Cast, agency: str = "school") -> None:
    oncall.put_on_call(agency=cast.agencies[agency], table=cast.nia, since=TODAY, by=cast.administrator)


def _call(cast: Cast, walk: Walk, *, one_item: bool = False) -> Any:
    return Browser(cast.facilitator).post(
        "meeting_guests", walk.meeting.pk, what="call",
        **{"call-agency": str(cast.agencies["school"].pk), "call-item": str(walk.id) if one_item else "",
           "call-reason": "mandate"},
    )  # fmt: skip


def test_an_agency_on_call_hears_nothing_until_it_is_called_and_then_that_meeting_while_it_sits(cast: Cast) -> None:
    walk, other = builders.presented(cast), builders.presented(cast)
    assert _reads(cast.school_rep, walk)
    _on_call(cast)
    assert not _reads(cast.school_rep, walk)
    assert not Standing.objects.of(cast.school_rep).exists()
    assert "on call" in text(Browser(cast.school_rep).get("to_sign"))
    assert _call(cast, walk).status_code == 302
    assert _call(cast, walk).status_code == 302
    assert _reads(cast.school_rep, walk)
    assert _reads(cast.school_rep, other)
    assert {s.role for s in Standing.objects.of(cast.school_rep)} == {Role.GUEST}
    assert refused(walk, "school_rep", "stand") != ""
    with acting_as(cast.facilitator):
        assert Call.objects.get().reason == CallReason.MANDATE
        meetings.end(walk.meeting, by=cast.facilitator)
    assert not _reads(cast.school_rep, walk)


def test_called_for_one_item_it_hears_that_item_only(cast: Cast) -> None:
    walk, other = builders.presented(cast), builders.presented(cast)
    _on_call(cast)
    assert _call(cast, walk, one_item=True).status_code == 302
    assert _reads(cast.school_rep, walk)
    assert not _reads(cast.school_rep, other)
    page = text(Browser(cast.school_rep).get("meeting", walk.meeting.pk))
    assert str(walk.situation().number) in page
    assert str(other.situation().number) not in page
    with acting_as(cast.school_rep), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault.read_screened(%s, 'f2')", [other.id])
        assert cursor.fetchone() == (0,)


def test_called_for_one_item_it_is_recorded_as_hearing_that_item_only(cast: Cast) -> None:
    """Who heard an item is told what was said of it: the ledger must not name somebody who was outside."""
    walk, other = builders.presented(cast), builders.presented(cast)
    _on_call(cast)
    _call(cast, walk, one_item=True)
    with acting_as(cast.facilitator):
        presence.mark_present(walk.meeting, cast.school_rep, by=cast.facilitator)
    for one in (other, walk):
        one.act("facilitator", "discuss")
    with acting_as(cast.facilitator):
        presence.mark_gone(walk.meeting, cast.school_rep, by=cast.facilitator)
        presence.mark_present(walk.meeting, cast.school_rep, by=cast.facilitator)
        rows = ItemPresence.objects.filter(item__meeting=walk.meeting, member=cast.school_rep)
        assert set(rows.values_list("item__situation_id", flat=True)) == {walk.id}
    with acting_as(cast.privacy_officer):
        told = {
            one.id: [e.recipients for e in ledger.entries(one.id) if e.kind == "presented"] for one in (walk, other)
        }
    assert [cast.school_rep.pk in recipients for recipients in told[walk.id]] == [True]
    assert [cast.school_rep.pk in recipients for recipients in told[other.id]] == [False]


@pytest.mark.parametrize("missing", ["agreement", "undertaking"])
def test_called_it_sits_only_with_its_papers_in_force(cast: Cast, missing: str) -> None:
    walk = builders.presented(cast)
    _on_call(cast)
    assert _call(cast, walk).status_code == 302
    assert _reads(cast.school_rep, walk)
    if missing == "agreement":
        without = cast.school_rep
        without_papers(cast, "school_rep", cast.nia)
        without.undertakings.update(ends_on=TOMORROW)
    else:
        cast.school_rep.undertakings.update(ends_on=TODAY - timedelta(days=1))
    assert not _reads(cast.school_rep, walk)


def test_only_the_facilitator_calls_and_only_who_is_on_call(cast: Cast) -> None:
    walk = builders.presented(cast)
    said: dict[str, Any] = {
        "agency": cast.agencies["school"], "table": cast.nia, "meeting": walk.meeting.pk, "day": TODAY, "item": None,
        "reason": CallReason.ADVICE,
    }  # fmt: skip
    with acting_as(cast.facilitator), pytest.raises(NotPossible, match="not on call"):
        oncall.call(**said, by=cast.facilitator)
    _on_call(cast)
    for key in ("recorder", "administrator", "crisis_rep", "other_table"):
        with acting_as(cast.people[key]), pytest.raises(NotPossible, match="Only the facilitator"):
            oncall.call(**said, by=cast.people[key])


def test_an_agency_that_acts_in_a_situation_is_not_put_on_call_and_one_on_call_is_not_chosen(cast: Cast) -> None:
    acting = builders.intervening(cast)
    browser = Browser(cast.administrator)
    answer = browser.post("on_call", "NIA", cast.agencies["crisis"].pk, since=str(TODAY))
    assert (answer.status_code, "still acts" in text(answer)) == (200, True)
    with pytest.raises(NotPossible, match="still acts"):
        _on_call(cast, "crisis")
    assert acting.situation("crisis_rep").state == "intervening"
    choosing = builders.accepted(cast)
    _on_call(cast)
    said = {"agency": cast.agencies["school"], "necessity": "offered"}
    assert refused(choosing, "facilitator", "choose", **said) == "on-call"


def test_on_call_begins_and_ends_on_its_days(cast: Cast) -> None:
    school = cast.agencies["school"]
    oncall.put_on_call(agency=school, table=cast.nia, since=TOMORROW, by=cast.administrator)
    assert Standing.objects.of(cast.school_rep).exists()
    assert oncall.on_call(cast.nia, TOMORROW).exists()
    oncall.sits_again(agency=school, table=cast.nia, on=TOMORROW, by=cast.administrator)
    assert not oncall.on_call(cast.nia, TOMORROW).exists()
    for key in ("facilitator", "shelter_lead", "privacy_officer", "stranger"):
        with pytest.raises(NotPossible, match="administrator"):
            oncall.put_on_call(agency=school, table=cast.nia, since=TODAY, by=cast.people[key])


def test_every_role_but_the_agencys_own_goes_on_for_an_agency_on_call(cast: Cast) -> None:
    """The county's facilitator goes on chairing though the county itself is on call."""
    _on_call(cast, "town")
    _on_call(cast, "shelter")
    assert Standing.objects.of(cast.facilitator).exists()
    assert {s.role for s in Standing.objects.filter(agency=cast.agencies["shelter"])} == {Role.PRIVACY_LEAD}


def test_a_call_is_read_at_the_table_only_and_nobody_rewrites_it(cast: Cast) -> None:
    walk = builders.presented(cast)
    _on_call(cast)
    _call(cast, walk, one_item=True)
    for key, sees in (("facilitator", 1), ("crisis_rep", 1), ("other_table", 0), ("manager", 0), ("stranger", 0)):
        with acting_as(cast.people[key]):
            assert Call.objects.count() == sees, key
    for statement in ("UPDATE agencies_call SET reason = 'advice'", "DELETE FROM agencies_call"):
        with acting_as(cast.facilitator), pytest.raises(DatabaseError, match="permission denied"):
            _execute(statement)


def _execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_day_of_a_guests_seat_is_over_at_the_table(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    guest = _seated_guest(cast, meeting)
    assert Standing.objects.of(guest).exists()
    Seat.objects.filter(member=guest).update(starts_on=TODAY - timedelta(days=1), ends_on=TODAY - timedelta(days=1))
    assert not Standing.objects.of(guest).exists()
