"""Do the quarter's totals count what they say, for those who may know, and the same through every door?"""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from agencies.models import Member, Table
from agencies.vocabulary import Role
from privacy.context import acting_as
from privacy.decision import Denied
from reports import figures
from reports.figures import KINDS
from reports.models import CodedRecord
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.quarters import Quarter, day_at
from reports.releases import reading
from tests import builders
from tests.cast import Cast, seated
from tests.reports.history import EXPECTED, PAST, third_quarter_of_2025

READERS = ("manager", "facilitator", "recorder")


@pytest.fixture
def past(cast: Cast) -> Cast:
    """A cast whose table has a history around one quarter, with more of it at the other table."""
    cast.people["kes_recorder"] = seated(cast, "kes_recorder", cast.agencies["elsewhere"], cast.kes, Role.RECORDER)
    with acting_as(cast.recorder):
        third_quarter_of_2025(cast.nia)
    with acting_as(cast.kes_recorder):
        third_quarter_of_2025(cast.kes)
        third_quarter_of_2025(cast.kes)
    return cast


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page(client: Client, query: str = "") -> dict[str, tuple[str, str, str]]:
    """label -> (count, base in words, share) as printed in the page's table."""
    answer = client.get(f"/quarter/{query}")
    assert answer.status_code == 200
    body = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.S)
    assert body is not None
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.S):
        label, count, among, share = (re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", row))
        found[label] = (count, among, share)
    return found


def file(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/quarter/csv/{query}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestCounting:
    def test_a_quarter_counts_what_happened_in_it(self, past: Cast) -> None:
        with acting_as(past.manager):
            found = figures.totals(past.nia, PAST, by=past.manager)
        assert {f.code: (f.count, f.base) for f in found.figures} == EXPECTED
        assert found.in_progress is False

    def test_the_totals_are_the_plain_counts(self, past: Cast) -> None:
        """The same figures from SQL written apart, for every quarter around."""
        for quarter in (PAST.previous, PAST, PAST.next, PAST.next.next):
            days: dict[str, int | date] = {"t": past.nia.pk, "a": quarter.first_day, "z": quarter.last_day}
            with acting_as(past.manager):
                found = figures.totals(past.nia, quarter, by=past.manager)
            with acting_as(past.recorder), connection.cursor() as cursor:
                for code, rule in {
                    "opened": "opened_on >= %(a)s AND opened_on <= %(z)s AND status <> 'returned'",
                    "met": "accepted AND decided_on >= %(a)s AND decided_on <= %(z)s",
                    "rejected": "status = 'rejected' AND closed_on >= %(a)s AND closed_on <= %(z)s",
                    "concluded": "status = 'concluded' AND closed_on >= %(a)s AND closed_on <= %(z)s",
                    "risk-lowered": "status = 'concluded' AND conclusion_group = 'overall-risk-lowered'"
                    " AND closed_on >= %(a)s AND closed_on <= %(z)s",
                }.items():
                    cursor.execute(f"SELECT count(*) FROM reports_codedrecord WHERE table_id = %(t)s AND {rule}", days)
                    assert cursor.fetchone() == (found.figure(code).count,), (quarter.code, code)

    def test_no_count_exceeds_its_base(self, past: Cast) -> None:
        quarter = PAST.previous.previous
        while quarter <= Quarter.of(day_at(past.nia)):
            with acting_as(past.manager):
                found = figures.totals(past.nia, quarter, by=past.manager)
            assert all(f.base is None or f.count <= f.base for f in found.figures)
            assert found.figure("met").count + found.figure("rejected").count == found.figure("met").base
            quarter = quarter.next

    def test_a_release_of_the_quarter_says_the_same_with_the_same_bases(self, past: Cast) -> None:
        with acting_as(past.manager):
            found = figures.totals(past.nia, PAST, by=past.manager)
        told = reading.at_the_command_line(
            scopes.of_table("NIA"), parse(PAST.code), Audience.COMMITTEE, now=timezone.now()
        )
        released = {row.code: (row.label, row.count, row.base) for row in told.totals}
        assert {f.code: (f.label, f.count, f.base) for f in found.figures}.items() <= released.items()
        shares = {row.code: row.percent for row in told.totals}
        for figure in found.figures:
            assert (figure.percent is None) == (shares[figure.code] is None), figure.code
            assert figure.percent is None or abs(figure.percent - (shares[figure.code] or 0)) <= 0.5

    def test_one_query_counts_it_all(self, past: Cast) -> None:
        with (
            acting_as(past.manager),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            figures.totals(past.nia, PAST, by=past.manager)
        assert sum("reports_codedrecord" in q["sql"] for q in queries) == 1

    def test_shares_are_rounded_half_up_and_absent_on_an_empty_base(self) -> None:
        share = {
            (count, base): figures.Figure(KINDS[2], count, base).percent
            for count, base in ((51, 53), (1, 8), (0, 5), (5, 5), (0, 0), (3, None))
        }
        assert share == {(51, 53): 96, (1, 8): 13, (0, 5): 0, (5, 5): 100, (0, 0): None, (3, None): None}

    def test_the_running_quarter_says_so(self, past: Cast) -> None:
        with acting_as(past.manager):
            now = Quarter.of(day_at(past.nia))
            assert figures.totals(past.nia, now, by=past.manager).in_progress is True
            with pytest.raises(ValueError, match="not begun"):
                figures.totals(past.nia, now.next, by=past.manager)


class TestWhoReads:
    def test_only_managers_facilitator_and_recorder_of_the_table(self, past: Cast) -> None:
        for key, member in past.everybody.items():
            with acting_as(member):
                if key in READERS:
                    assert figures.totals(past.nia, PAST, by=member).figure("opened").count == 5
                    continue
                with pytest.raises(Denied) as refused:
                    figures.totals(past.nia, PAST, by=member)
            assert refused.value.decision.hidden

    def test_everybody_else_meets_404_at_every_door(self, past: Cast) -> None:
        doors = ("/quarter/", "/quarter/?table=NIA&quarter=2025Q3", "/quarter/csv/?table=NIA&quarter=2025Q3",
                 "/api/v1/quarters/NIA/2025Q3/")  # fmt: skip
        for key, member in past.everybody.items():
            client = signed_in(member)
            statuses = [client.get(door).status_code for door in doors]
            if key == "kes_recorder":
                assert statuses == [200, 404, 404, 404]
            else:
                assert statuses == [200 if key in READERS else 404] * 4, key

    def test_absent_and_forbidden_tables_answer_the_same(self, past: Cast) -> None:
        client = signed_in(past.manager)
        for forbidden, absent in (
            ("/quarter/?table=KES", "/quarter/?table=NOPE"),
            ("/api/v1/quarters/KES/2025Q3/", "/api/v1/quarters/NOPE/2025Q3/"),
        ):
            assert client.get(forbidden).status_code == client.get(absent).status_code == 404

    def test_a_manager_reads_totals_and_no_record(self, past: Cast) -> None:
        with acting_as(past.manager):
            assert figures.totals(past.nia, PAST, by=past.manager).figure("opened").count == 5
            assert CodedRecord.objects.count() == 0

    def test_a_seat_that_ended_reads_no_more(self, past: Cast) -> None:
        from agencies import seats

        client = signed_in(past.manager)
        assert client.get("/quarter/").status_code == 200
        seats.end_seat(past.manager.seats.get())
        assert client.get("/quarter/").status_code == 404


class TestTheDoorsAgree:
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_page_file_and_api_say_the_same(self, past: Cast, language: str) -> None:
        client = signed_in(past.manager)
        client.cookies["django_language"] = language
        query = "?table=NIA&quarter=2025Q3"
        told = client.get("/api/v1/quarters/NIA/2025Q3/").json()
        assert {f["code"]: (f["count"], f["base"]) for f in told["figures"]} == EXPECTED
        with translation.override(language):
            percent = translation.gettext("%(number)d%%")
        seen, rows = page(client, query), file(client, query)
        assert seen == {
            f["label"]: (
                str(f["count"]),
                f["base_words"] or "–",
                "–" if f["percent"] is None else percent % {"number": f["percent"]},
            )
            for f in told["figures"]
        }
        assert {tuple(row.values())[9:12] for row in rows} == {("2025-07-01", "2025-09-30", told["code_lists_of"])}
        assert [list(row.values())[3:9] for row in rows] == [
            [
                f["label"], str(f["count"]), f["base_words"],
                "" if f["base"] is None else str(f["base"]), "" if f["percent"] is None else str(f["percent"]),
                f["code"],
            ]
            for f in told["figures"]
        ]  # fmt: skip

    def test_the_last_complete_quarter_with_anything_in_it_comes_first(self, past: Cast) -> None:
        with time_machine.travel(datetime(2026, 4, 20, 12, tzinfo=UTC)), acting_as(past.manager):
            assert figures.latest_complete(past.nia).code == "2025Q4"
        with time_machine.travel(datetime(2025, 10, 2, 12, tzinfo=UTC)), acting_as(past.manager):
            assert figures.latest_complete(past.nia).code == "2025Q3"
            assert [q.code for q in figures.quarters([past.nia])] == ["2025Q4", "2025Q3", "2025Q2"]

    def test_without_any_record_the_running_quarter_is_shown(self, cast: Cast) -> None:
        answer = signed_in(cast.manager).get("/quarter/").content.decode()
        assert "In progress" in answer
        assert Quarter.of(day_at(cast.nia)).label in answer

    def test_a_complete_quarter_is_not_marked_in_progress(self, past: Cast) -> None:
        answer = signed_in(past.manager).get("/quarter/?table=NIA&quarter=2025Q3").content.decode()
        assert "these figures still change" not in answer
        assert "July to September 2025" in answer

    @pytest.mark.parametrize("quarter", ["2025", "2025Q5", "2031Q1", "x'--", "1999Q4"])
    def test_an_impossible_quarter_is_refused_beside_the_field(self, past: Cast, quarter: str) -> None:
        client = signed_in(past.manager)
        answer = client.get("/quarter/", {"table": "NIA", "quarter": quarter})
        assert answer.status_code == 200
        assert "Choose one of the quarters in the list" in answer.content.decode()
        assert "<tbody>" not in answer.content.decode()
        assert client.get("/quarter/csv/", {"table": "NIA", "quarter": quarter}).status_code == 404

    @pytest.mark.parametrize("quarter", ["2025", "2025Q5", "2031Q1", "x"])
    def test_the_api_knows_no_impossible_quarter(self, past: Cast, quarter: str) -> None:
        assert signed_in(past.manager).get(f"/api/v1/quarters/NIA/{quarter}/").status_code == 404

    def test_nobody_posts_figures(self, past: Cast) -> None:
        client = signed_in(past.manager)
        assert client.post("/quarter/").status_code == 405
        assert client.post("/api/v1/quarters/NIA/2025Q3/").status_code == 405


class TestTheFile:
    def test_a_table_named_like_a_formula_stays_words(self, past: Cast) -> None:
        Table.objects.filter(pk=past.nia.pk).update(code="=A1", name_en="+1", name_fr="+1")
        rows = file(signed_in(past.manager))
        assert {row["Table"] for row in rows} == {"'=A1 +1"}

    def test_it_is_an_attachment_with_a_neutral_name(self, past: Cast) -> None:
        answer = signed_in(past.manager).get("/quarter/csv/?table=NIA&quarter=2025Q3")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="NIA-2025Q3.csv"'
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = file(signed_in(past.manager), "?table=NIA&quarter=2025Q3")
        assert {row["Made by"] for row in rows} == {past.manager.name}
        assert {(row["First day"], row["Last day"]) for row in rows} == {("2025-07-01", "2025-09-30")}


class TestQuarters:
    def test_a_quarter_has_its_days(self) -> None:
        assert [(Quarter(2026, n).first_day, Quarter(2026, n).last_day) for n in (1, 2, 3, 4)] == [
            (date(2026, 1, 1), date(2026, 3, 31)),
            (date(2026, 4, 1), date(2026, 6, 30)),
            (date(2026, 7, 1), date(2026, 9, 30)),
            (date(2026, 10, 1), date(2026, 12, 31)),
        ]

    def test_every_day_is_in_its_quarter_and_neighbours_touch(self) -> None:
        day = date(2023, 12, 25)
        for offset in range(800):
            there = date.fromordinal(day.toordinal() + offset)
            quarter = Quarter.of(there)
            assert quarter.first_day <= there <= quarter.last_day
            assert Quarter.parse(quarter.code) == quarter == quarter.next.previous

    @pytest.mark.parametrize("code", ["", "2026Q0", "2026Q5", "26Q1", "2026q1", "2026Q1\n", "٢٠٢٦Q1"])
    def test_anything_else_is_no_quarter(self, code: str) -> None:
        with pytest.raises(ValueError, match="2026Q1"):
            Quarter.parse(code)

    def test_the_day_is_the_tables_own(self) -> None:
        at = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
        assert day_at(Table(time_zone="America/Toronto"), at) == date(2025, 12, 31)
        assert day_at(Table(time_zone="UTC"), at) == date(2026, 1, 1)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestFromTheTableToTheQuarter:
    def test_what_was_walked_is_counted(self, committed_cast: Cast) -> None:
        cast = committed_cast
        for build in (builders.concluded, builders.concluded, builders.rejected, builders.withdrawn, builders.accepted,
                      builders.presented, builders.draft):  # fmt: skip
            build(cast)
        with acting_as(cast.manager):
            found = figures.totals(cast.nia, Quarter.of(day_at(cast.nia)), by=cast.manager)
        assert {f.code: (f.count, f.base) for f in found.figures} == {
            "opened": (6, None), "carried-over": (0, None), "met": (3, 4), "rejected": (1, 4), "deferred": (0, 6),
            "stopped": (0, None), "withdrawn": (1, None), "transferred": (0, None), "concluded": (2, None),
            "risk-lowered": (2, 2), "risk-not-lowered": (0, 2), "still-open": (2, None),
        }  # fmt: skip
