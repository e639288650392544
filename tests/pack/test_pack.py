"""Does the pack count what was recorded, say its bases, withhold what is small, and say the same in every format?"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.models import Table
from reports.importing import batches
from reports.pack import charts, document, release, scopes
from reports.pack.audience import Audience, NotOfferedError
from reports.pack.document import Document
from reports.pack.files import write
from reports.pack.pages import OVERLAPPING, Page
from reports.pack.periods import NoPeriodError, parse
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HEADERS = ("Opened", "Closed", "Discussion Type", "Originating Agency Sector", "Lead Agency Sector", "Affected Persons",
           "Risk Factors", "Conclusion Group", "Conclusion Reason", "Hours to First Contact")  # fmt: skip


def past(
    folder: Path, rows: list[dict[str, str]], cast: Cast, name: str = "past.csv", table: Table | None = None
) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        writer.writerows(rows)
    outcome = batches.import_file(folder / name, table=table or cast.nia, by=None)
    assert outcome.problems == []


def a_year(year: int = 2024, seed: int = 1, many: int = 60) -> list[dict[str, str]]:
    """Sixty discussions of a year, drawn; two in sixty rejected."""
    rng = random.Random(seed)  # noqa: S311  # repeatable on purpose
    rows = []
    for n in range(many):
        opened = date(year, 1, 2) + timedelta(days=rng.randrange(355))
        row = {"Opened": opened.isoformat(), "Discussion Type": "Person", "Originating Agency Sector": "Police"}
        row["Closed"] = min(opened + timedelta(days=rng.randrange(40)), date(year, 12, 31)).isoformat()
        if n % 30 == 29:
            row |= {"Conclusion Group": "Rejected", "Conclusion Reason": "Single agency can address risk alone"}
            row |= {"Risk Factors": "N/A", "Affected Persons": "N/A"}
        else:
            lowered = rng.random() < 0.7
            row |= {
                "Lead Agency Sector": rng.choice(["Health", "Housing", "Mental health and addictions"]),
                "Affected Persons": rng.choice(["18-24 female", "25-29 male", "12-17 female"]),
                "Risk Factors": rng.choice(
                    ["alcohol abuse by person", "drug abuse by person; alcohol abuse by person"]
                ),
                "Conclusion Group": "Overall risk lowered" if lowered else "Still AER",
                "Conclusion Reason": "Connected to services" if lowered else "Informed of services",
                "Hours to First Contact": str(rng.randrange(10, 90)),
            }
        rows.append(row)
    return rows


def make(cast: Cast, period: str, audience: Audience = Audience.COMMITTEE) -> Document:
    return document.make(scopes.of_table("NIA"), parse(period), audience, made_by="test", now=timezone.now())


def value(made: Document, figure: str, code: str) -> int | None:
    found = made.totals if figure == "totals" else next(f.rows for f in made.figures if f.key == figure)
    return next(row.count for row in found if row.code == code)


def test_a_year_is_counted_as_it_was_recorded(cast: Cast, tmp_path: Path) -> None:
    rows = a_year()
    past(tmp_path, rows, cast)
    made = make(cast, "2024")
    accepted = [r for r in rows if r["Conclusion Group"] != "Rejected"]
    assert value(made, "totals", "opened") == 60
    assert value(made, "totals", "met") == len(accepted) == 58
    assert value(made, "totals", "rejected") == 2
    assert value(made, "totals", "risk-lowered") == sum(r["Conclusion Group"].startswith("Overall") for r in rows)
    assert value(made, "type", "person") in (58, None)
    by_age = Counter(r["Affected Persons"].split()[0] for r in accepted)
    told = {code: value(made, "age", code) for code in by_age}
    assert any(v is not None for v in told.values())
    assert all(v in (None, by_age[code]) for code, v in told.items())
    assert value(made, "risk-category", "alcohol") == 58
    assert next(f for f in made.figures if f.key == "risk-category").base_count == 58


def test_rejected_rows_enter_no_other_figure(cast: Cast, tmp_path: Path) -> None:
    rejected = [r for r in a_year() if r["Conclusion Group"] == "Rejected"]
    past(tmp_path, [r | {"Originating Agency Sector": "Education"} for r in rejected], cast)
    made = make(cast, "2024")
    assert value(made, "totals", "rejected") == 2
    for figure in made.figures:
        if figure.key != "rejection":
            assert not any(row.count for row in figure.rows), figure.key


def test_small_counts_are_withheld_and_zero_is_small(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=20), cast)
    made = make(cast, "2024Q1")
    assert value(made, "totals", "opened") is not None
    for figure in made.figures:
        for row in figure.rows:
            if row.code != "overall-risk-lowered":  # a total that the committee knows
                assert row.count is None or row.count >= 5, (figure.key, row.code)
    assert value(made, "sex", "x") is None


def test_a_quarter_of_one_table_is_not_made_public_and_the_year_is_offered(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    for audience in (Audience.PARTNER, Audience.PUBLIC):
        with pytest.raises(NotOfferedError, match="year"):
            make(cast, "2024Q1", audience)
    made = make(cast, "2024", Audience.PUBLIC)
    for figure in made.figures:
        for row in figure.rows:
            assert row.count is None or row.count >= 20, (figure.key, row.code)


def test_several_years_are_sums_of_years_told(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2023, 2) + a_year(2024), cast)
    both, one, other = make(cast, "2023-2024"), make(cast, "2023"), make(cast, "2024")
    for figure in both.figures:
        for row in figure.rows:
            parts = [value(one, figure.key, row.code), value(other, figure.key, row.code)]
            assert row.count == (None if None in parts else sum(p or 0 for p in parts))


def test_every_format_says_the_same(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    made = make(cast, "2024")
    plain = json.loads(write(made, "json"))
    numbers = [(None if r["count"] is None else r["count"], r["label"]) for f in plain["figures"] for r in f["rows"]]
    lines = list(csv.reader(io.StringIO(write(made, "csv").decode("utf-8-sig"))))
    titles = {f["title"] for f in plain["figures"]}
    assert [
        (None if x[3] == "withheld" else int(x[3]), x[1]) for x in lines if len(x) == 8 and x[0] in titles
    ] == numbers
    book = openpyxl.load_workbook(io.BytesIO(write(made, "xlsx")))
    cells = [[c.value for c in row] for row in book.active.iter_rows()]
    assert [(None if x[3] == "withheld" else x[3], x[1]) for x in cells if x[0] in titles] == numbers
    assert not book.properties.creator
    reader = pypdf.PdfReader(io.BytesIO(write(made, "pdf")))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "/StructTreeRoot" in reader.trailer["/Root"]  # type: ignore[operator]
    assert "Risk categories" in text
    assert reader.metadata is not None
    assert list(reader.metadata) == ["/Title"], "no author, no program, no time"
    assert reader.xmp_metadata is not None
    assert not (reader.xmp_metadata.xmp_creator_tool or "").strip()


def test_a_year_is_compared_with_the_one_before_where_both_numbers_are_told(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2023, 2, many=40) + a_year(2024), cast)
    target = tmp_path / "pack.json"
    call_command("pack", table="NIA", period="2024", audience="committee", output=str(target))
    made = json.loads(target.read_text(encoding="utf-8"))
    earlier = make(cast, "2023")
    assert (made["compared_with"], made["compared_release"]) == ("2023", None)
    assert made["totals"][0]["before"] == 40
    compared = 0
    for figure in made["figures"]:
        for row in figure["rows"]:
            before = value(earlier, figure["key"], row["code"])
            assert row["before"] == (None if row["count"] is None else before), (figure["key"], row["code"])
            compared += row["before"] is not None
    assert compared >= 5, "something must be compared"
    assert any(r["before"] is None for f in made["figures"] for r in f["rows"])


def test_the_command_writes_the_pack_and_refuses_in_words(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    target = tmp_path / "pack.json"
    arguments: dict[str, Any] = {"table": "nia", "period": "2024", "audience": "committee", "output": str(target)}
    call_command("pack", **arguments)
    assert json.loads(target.read_text(encoding="utf-8"))["totals"][0]["count"] == 60
    for wrong, code in (
        ({"period": "2024Q5"}, 2),
        ({"table": "NOPE"}, 2),
        ({"output": str(tmp_path / "no folder" / "pack.json")}, 2),
        ({"period": "2024Q1", "audience": "public"}, 1),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("pack", **arguments | wrong)
        assert refused.value.returncode == code


def test_rows_and_words_do_not_depend_on_what_was_counted(cast: Cast, tmp_path: Path) -> None:
    """A row that is there only when somebody had it, or a sentence that says so, would tell a withheld count."""

    def shape() -> tuple[list[str], tuple[str, ...]]:
        made = make(cast, "2024", Audience.PUBLIC)
        return [f"{f.key}/{row.code}" for f in made.figures for row in f.rows], made.notes

    empty = shape()
    past(tmp_path, a_year(many=12), cast)
    assert shape() == empty


def test_what_adds_up_leaves_no_count_alone(cast: Cast, tmp_path: Path) -> None:
    """Reasons are parts of their group, one group is a total that the committee knows: none is withheld alone."""
    rows = a_year(many=60, seed=7)
    for row in rows[:3]:
        if row["Conclusion Group"] == "Overall risk lowered":
            row["Conclusion Reason"] = "Connected to personal supports"
    past(tmp_path, rows, cast)
    made = make(cast, "2024")
    reasons = next(f for f in made.figures if f.key == "conclusion-reason").rows
    assert value(made, "conclusion", "overall-risk-lowered") == value(made, "totals", "risk-lowered") is not None
    for group in {row.code.split("/", 1)[0] for row in reasons}:
        hidden = [row for row in reasons if row.code.split("/", 1)[0] == group and row.count is None]
        assert len(hidden) != 1 or value(made, "conclusion", group) is None, group
    for figure in made.figures:
        if figure.adds_up and figure.base_count is not None and figure.base_count > 1:
            assert sum(row.count is None for row in figure.rows) != 1, figure.key


@pytest.mark.parametrize("earlier", ["2024Q1", "2024Q4", "2024"])
def test_a_page_keeps_its_place_in_the_calendar(cast: Cast, earlier: str) -> None:
    """Asked for alone it is told as it is told before a later one; else the two together give counts away."""
    scope, year = scopes.of_table("NIA"), parse("2024")
    alone = release.calendar(Page(scope, parse(earlier), Audience.COMMITTEE), year)
    longer = release.calendar(Page(scope, year, Audience.PUBLIC), year)
    assert alone == longer[: len(alone)]
    assert alone[-1].period == parse(earlier)


def test_a_year_of_two_quarters_does_not_tell_the_second(cast: Cast, tmp_path: Path) -> None:
    """A table that began in July: its year less its third quarter is its fourth, whatever is withheld there."""
    rows = [r | {"Affected Persons": "18-24 female"} for r in a_year(many=60) if r["Risk Factors"] != "N/A"]
    for n, row in enumerate(rows):
        row["Opened"] = row["Closed"] = "2024-10-15" if n < 3 else "2024-08-15"
    past(tmp_path, rows, cast)
    third, fourth, year = (make(cast, period) for period in ("2024Q3", "2024Q4", "2024"))
    for code in ("18-24", "25-29"):
        told = [value(made, "age", code) for made in (third, year)]
        assert value(fourth, "age", code) is None
        assert None in told


def test_a_period_in_progress_tells_totals_only(cast: Cast, tmp_path: Path) -> None:
    today = timezone.localdate()
    row = {"Opened": today.isoformat(), "Discussion Type": "Person", "Originating Agency Sector": "Police",
           "Risk Factors": "alcohol abuse by person"}  # fmt: skip
    past(tmp_path, [row] * 30, cast)
    made = make(cast, str(today.year))
    assert value(made, "totals", "met") == 30
    assert all(r.count is None for f in made.figures for r in f.rows)


def test_a_region_is_the_sum_of_its_tables_and_has_no_committee(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    region = scopes.of_region(cast.nia.region_en)
    made = document.make(region, parse("2024"), Audience.PUBLIC, made_by="test", now=timezone.now())
    assert value(made, "totals", "met") in (87, None)
    for figure in made.figures:
        for row in figure.rows:
            assert row.count is None or row.count >= 20, (figure.key, row.code)
    with pytest.raises(NotOfferedError, match="committee"):
        document.make(region, parse("2024"), Audience.COMMITTEE, made_by="test", now=timezone.now())


def test_a_year_reckoned_otherwise_is_a_sum_of_quarters_told(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2023, 2) + a_year(2024), cast)
    quarters = [make(cast, f"FY2023Q{n}") for n in (1, 2, 3, 4)]
    assert [q.first_day for q in quarters] == [parse(q).first_day for q in ("2023Q2", "2023Q3", "2023Q4", "2024Q1")]
    year = make(cast, "FY2023")
    for figure in quarters[0].figures:
        for row in figure.rows:
            parts = [value(q, figure.key, row.code) for q in quarters]
            assert value(year, figure.key, row.code) == (None if None in parts else sum(p or 0 for p in parts))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("FY2026Q4", date(2027, 1, 1), date(2027, 3, 31)),
        ("FY2026", date(2026, 4, 1), date(2027, 3, 31)),
        ("2024-2026", date(2024, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_these_days(written: str, first: date, last: date) -> None:
    period = parse(written)
    assert (period.first_day, period.last_day) == (first, last)
    assert period.before.last_day == first - timedelta(days=1)
    assert period.quarters[0].first_day == first
    assert period.quarters[-1].last_day == last


@pytest.mark.parametrize("written", ["", "2026Q5", "1999", "2026-2020", "2020-2099", "Q1", "2026Q1; DROP TABLE"])
def test_anything_else_is_no_period(written: str) -> None:
    with pytest.raises(NoPeriodError):
        parse(written)


def test_the_last_quarter_makes_room_for_its_year(cast: Cast, tmp_path: Path) -> None:
    """Where one quarter before was withheld, and no other, its year would tell it: two hide each other (ADR 0059)."""
    past(tmp_path, a_year(seed=4, many=48), cast)
    first, second, third, last, year = (
        {(f.key, row.code): row.count for f in made.figures for row in f.rows}
        for made in (make(cast, period) for period in ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2024"))
    )
    withheld = {cell: [quarter[cell] for quarter in (first, second, third)].count(None) for cell in last}
    once = [cell for cell, many in withheld.items() if many == 1 and cell[0] in OVERLAPPING]
    assert once, "drawn so that there is one"
    assert all(last[cell] is None for cell in once)
    assert any(year[cell] is not None for cell in once)
    assert any(last[cell] is not None for cell in last if cell[0] in OVERLAPPING and withheld[cell] != 1)


def test_a_long_label_of_a_chart_is_parted_into_lines_and_never_cut_off() -> None:
    long = "Services aux adultes et services aux personnes ayant une déficience intellectuelle"
    drawn = charts.svg(charts.specification(((long, 12), ("Police", 3))))
    said = re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", drawn)
    assert "…" not in "".join(said)
    assert long in " ".join(said)
