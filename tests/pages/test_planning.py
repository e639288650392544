"""Who plans meetings, who is told of them, and what does a member's own calendar read? (R57, R60, R63)"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from agencies import seats
from agencies.clock import today_at
from agencies.models import Member, Seat
from agencies.vocabulary import SEATED_ROLES
from privacy.context import acting_as, in_role
from situations import feeds, meetings, outbox, planning, series
from situations.meeting import Meeting
from situations.models import Outbox
from situations.series_model import MeetingSeries
from situations.vocabulary import MeetingState, Message, OutboxKind
from tests import builders
from tests.builders import CANARY_SUMMARY
from tests.cast import PASSWORD, Cast
from tests.entry import change
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(message: Message) -> set[int]:
    """Who is owed this message."""
    with in_role("st_worker"):
        rows = Outbox.objects.filter(kind=OutboxKind.MEETING, message=message)
        return set(rows.values_list("member_id", flat=True))


def hearing(cast: Cast) -> set[int]:
    """Who sits at the table."""
    with acting_as(cast.facilitator):
        rows = cast.nia.standing.filter(role__in=SEATED_ROLES)
        return set(rows.values_list("member_id", flat=True))


def weekly(cast: Cast, *, at: time = time(9, 30), after: int = 1) -> MeetingSeries:
    """A series whose first meeting is so many days from today."""
    day = today_at(cast.nia) + timedelta(days=after)
    with acting_as(cast.facilitator):
        return series.set_weekly(
            table=cast.nia, weekday=day.weekday(), at=at, minutes=60, starts_on=day, by=cast.facilitator
        )


def coming(cast: Cast) -> list[Meeting]:
    with acting_as(cast.facilitator):
        return list(planning.coming(cast.nia.pk).select_related("table"))


def test_a_series_makes_ten_weeks_at_the_tables_own_time_and_the_clock_makes_none_twice(cast: Cast) -> None:
    weekly(cast)
    made = coming(cast)
    assert len(made) == 10
    assert {timezone.localtime(m.starts_at).strftime("%H:%M") for m in made} == {"09:30"}, (
        "also after the clocks change"
    )
    assert [m.number for m in made] == list(range(1, 11))
    assert series.sweep() == 0
    with acting_as(cast.facilitator):
        Meeting.objects.filter(pk=made[-1].pk).delete()
    assert series.sweep() == 1, "what is not there the clock makes, as nobody signed in"
    assert told(Message.MEETING) == hearing(cast), "of the one that is near"
    with in_role("st_worker"):
        assert Outbox.objects.filter(message=Message.MEETING).values("ref").distinct().count() == 1


def test_what_was_open_comes_onto_the_agenda_that_the_clock_makes(cast: Cast) -> None:
    walk = builders.presented(cast)
    found = weekly(cast)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        for meeting in planning.coming(cast.nia.pk):
            planning.cancel(meeting, by=cast.facilitator)
        found.meetings.update(series_day=None)
    assert series.sweep() == 10
    first = coming(cast)[0]
    with acting_as(cast.facilitator):
        assert [i.situation_id for i in first.items.all()] == [walk.id]


def test_a_day_is_left_out_and_taken_back_and_another_rule_replaces_the_one_before(cast: Cast) -> None:
    found = weekly(cast)
    chair = Browser(cast.facilitator)
    days = series.days(found)
    page = text(chair.get("meetings_weekly", "NIA"))
    assert page.count("Leave this day out") == len(days) == 10
    assert chair.post("meetings_weekly_do", "NIA", "skip", day=days[0].isoformat()).status_code == 302
    assert days[0] not in {m.series_day for m in coming(cast)}
    assert told(Message.MEETING_CANCELLED) == hearing(cast), "they had been told of it"
    assert series.sweep() == 0, "a day that is left out is not made again"
    chair.post("meetings_weekly_do", "NIA", "meet", day=days[0].isoformat())
    assert coming(cast)[0].series_day == days[0]
    wrong = chair.post("meetings_weekly", "NIA", weekday="2", at="late", starts_on="2031-02-27")
    assert field_error(wrong, "at")
    rule = {"weekday": "2", "at": "13:00", "minutes": "45", "starts_on": str(today_at(cast.nia))}
    chair.post("meetings_weekly", "NIA", **(hidden(chair.get("meetings_weekly", "NIA")) | rule))
    assert {timezone.localtime(m.starts_at).strftime("%a %H:%M") for m in coming(cast)} == {"Wed 13:00"}
    chair.post("meetings_weekly_do", "NIA", "stop")
    assert coming(cast) == []


def test_moved_and_cancelled_meetings_are_told_and_their_agenda_goes_on(cast: Cast) -> None:
    walk = builders.presented(cast)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        soon, later = (
            meetings.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=n), by=cast.facilitator)
            for n in (1, 8)
        )
    chair = Browser(cast.facilitator)
    at = (timezone.localtime() + timedelta(days=20)).strftime("%Y-%m-%d %H:%M")
    assert chair.post("meeting_change", soon.pk, starts_at=at, minutes="60", seen_moves="0").status_code == 302
    assert told(Message.MEETING_MOVED) == hearing(cast)
    with acting_as(cast.facilitator):
        assert [i.situation_id for i in later.items.all()] == [walk.id], "what waits is discussed at the next one"
    assert chair.post("meeting_cancel", later.pk).status_code == 302
    with acting_as(cast.facilitator):
        assert [i.situation_id for i in soon.items.all()] == [walk.id]
        later.refresh_from_db()
    assert later.state == MeetingState.CANCELLED
    assert told(Message.MEETING_CANCELLED) == hearing(cast)
    assert chair.post("meeting_do", later.pk, "start").status_code == 403
    assert chair.post("meeting_cancel", later.pk).status_code == 404


def test_an_urgent_meeting_says_so_to_everybody_with_a_time_a_number_and_a_link(cast: Cast) -> None:
    builders.presented(cast)
    soon = timezone.localtime() + timedelta(hours=2)
    sent = {"table": str(cast.nia.pk), "starts_at": soon.strftime("%Y-%m-%d %H:%M"), "urgent": "on", "minutes": "30"}
    made = Browser(cast.facilitator).post("meetings", **sent)
    assert told(Message.MEETING_URGENT) == hearing(cast)
    mail.outbox.clear()
    outbox.sweep()
    urgent = [m for m in mail.outbox if "urgent discussion" in m.body]
    assert {m.to[0] for m in urgent} == set(Member.objects.filter(pk__in=hearing(cast)).values_list("email", flat=True))
    for letter in urgent:
        words, _empty, code, when, address = letter.body.strip().split("\n")
        assert words == "The table is called to an urgent discussion."
        assert re.fullmatch(r"NIA-\d+", code)
        assert f"{soon:%H:%M}" in when
        assert address.endswith(made["Location"])
        said = f"{letter.subject}{letter.body}{letter.attachments[0][1]}"
        assert not re.search(r"18-24|Harbour|Lakemoor|Nia River|NIA-2\d{3}", said)
        assert CANARY_SUMMARY not in said


def test_who_left_before_the_letter_is_not_told(cast: Cast) -> None:
    with acting_as(cast.facilitator):
        meetings.plan(table=cast.nia, starts_at=timezone.now() + timedelta(days=1), by=cast.facilitator)
    seats.end_seat(Seat.objects.get(member=cast.school_rep))
    mail.outbox.clear()
    outbox.sweep()
    assert cast.police_rep.email in {m.to[0] for m in mail.outbox}
    assert cast.school_rep.email not in {m.to[0] for m in mail.outbox}


def test_only_who_runs_the_meetings_plans_them_and_others_find_no_such_page(cast: Cast) -> None:
    weekly(cast)
    meeting = coming(cast)[0]
    for key in ("school_rep", "other_table", "stranger", "administrator", "manager", "privacy_officer"):
        browser = Browser(cast.people[key])
        for name, ref in (("meeting_change", meeting.pk), ("meetings_weekly", "NIA")):
            assert browser.get(name, ref).status_code == 404, (key, name)
        assert browser.post("meeting_cancel", meeting.pk).status_code == 404, key
        assert browser.post("meetings_weekly_do", "NIA", "stop").status_code == 404, key
    assert Browser(cast.recorder).get("meetings_weekly", "NIA").status_code == 200
    assert len(coming(cast)) == 10


class TestFeed:
    def feed(self, member: Member) -> str:
        page = text(Browser(member).post("calendar_feed"))
        found = re.search(r"/calendar/[\w-]+\.ics", page)
        assert found is not None
        return found.group()

    def test_a_feed_holds_times_numbers_and_links_and_its_address_only_is_its_key(self, cast: Cast) -> None:
        builders.discussed(cast)
        weekly(cast)
        address = self.feed(cast.school_rep)
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        read = Calendar.from_ical(answer.content)
        assert read.errors == []
        entries = read.walk("VEVENT")
        assert len(entries) == 11
        assert {k for e in entries for k in e} == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL", "DESCRIPTION", "SEQUENCE", "CLASS", "STATUS",
        }  # fmt: skip
        assert {re.sub(r"\d+$", "N", str(e["SUMMARY"])) for e in entries} == {"Situation table meeting NIA-N"}
        assert all(e["URL"] == e["DESCRIPTION"] for e in entries)
        assert answer.content.count(b"DTSTART:") == answer.content.count(b"Z\r\nDTEND:") == 11, "times in UTC"
        assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
        assert not re.search(rb"Nia River|Harbour|18-24|canary", answer.content)
        assert Browser(cast.other_table).get("home").status_code == 200
        assert Client().get("/calendar/nobody.ics").status_code == 404

    def test_it_is_replaced_taken_back_and_dead_within_one_request_of_leaving(self, cast: Cast) -> None:
        weekly(cast)
        first = self.feed(cast.school_rep)
        second = self.feed(cast.school_rep)
        assert [Client().get(a).status_code for a in (first, second)] == [404, 200]
        Browser(cast.school_rep).post("calendar_feed_off")
        assert Client().get(second).status_code == 404
        third, police = self.feed(cast.school_rep), self.feed(cast.police_rep)
        seats.end_seat(Seat.objects.get(member=cast.school_rep))
        Member.objects.filter(pk=cast.police_rep.pk).update(is_active=False)
        assert [Client().get(a).status_code for a in (third, police)] == [404, 404]

    def test_it_ends_with_the_sessions_and_the_password_and_is_made_by_who_was_sure_lately(self, cast: Cast) -> None:
        weekly(cast)
        mine, police = Browser(cast.school_rep), self.feed(cast.police_rep)
        new = "a longer phrase for the calendar 7"
        ends = {
            "sessions_end": {"session": "others"},
            "password_change": {"old_password": PASSWORD, "new_password": new, "new_password_again": new},
        }
        for name, given in ends.items():
            address = self.feed(cast.school_rep)
            assert Client().get(address).status_code == 200
            assert mine.post(name, **given).status_code == 302
            assert Client().get(address).status_code == 404, name
        assert Client().get(police).status_code == 200
        change(mine.client, cast.school_rep, confirmed_at=timezone.now() - timedelta(minutes=11))
        asked = text(mine.post("calendar_feed"))
        assert "Is it still you?" in asked
        assert ".ics" not in asked

    @pytest.mark.parametrize("how", ["command", "account"])
    def test_a_password_set_by_an_operator_and_the_end_of_an_account_end_the_address(
        self, cast: Cast, how: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, police = self.feed(cast.school_rep), self.feed(cast.police_rep)
        if how == "command":
            monkeypatch.setattr("getpass.getpass", lambda **_prompt: "an operator set this one for them")
            call_command("changepassword", cast.school_rep.email, stdout=StringIO())
        else:
            Member.objects.filter(pk=cast.school_rep.pk).update(is_active=False)
            Member.objects.filter(pk=cast.school_rep.pk).update(is_active=True)
        assert Client().get(address).status_code == 404
        with acting_as(cast.school_rep):
            assert feeds.of(cast.school_rep) is None
        assert Client().get(police).status_code == 200, "of everybody else nothing ended"

    def test_nobody_reads_whose_feeds_there_are(self, cast: Cast) -> None:
        self.feed(cast.school_rep)
        with acting_as(cast.facilitator):
            assert feeds.of(cast.school_rep) is None
        with acting_as(cast.school_rep):
            assert feeds.of(cast.school_rep) is not None


def test_the_days_of_a_series_are_the_weekdays_between_its_ends(cast: Cast) -> None:
    today = today_at(cast.nia)
    one = MeetingSeries(table=cast.nia, weekday=4, at=time(9), starts_on=date(2020, 1, 1), skipped=[])
    days = series.days(one)
    assert {d.weekday() for d in days} == {4}
    assert today <= days[0] < today + timedelta(days=7)
    one.ends_on = days[1]
    assert series.days(one) == days[:1]
    one.starts_on = today + timedelta(weeks=52)
    one.ends_on = None
    assert series.days(one) == []
