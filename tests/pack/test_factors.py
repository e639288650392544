"""Are single factors, their mentions, whence the rejected came and the hours to a first contact told, and safely?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from reports.pack import release, scopes
from reports.pack.audience import Audience
from reports.pack.counting import TOTALS, Counted, roll_up
from reports.pack.document import Document
from reports.pack.durations import durations
from reports.pack.periods import Period, parse, year_of
from reports.pack.rows import Figure
from reports.suppression.audit import Seen, exposed
from reports.suppression.counts import Between
from tests.cast import Cast
from tests.pack.test_pack import a_year, make, past, value

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DRUGS, ALCOHOL = "drugs/drug-abuse-by-person", "alcohol/alcohol-abuse-by-person"
NEW = {"risk-factor", "risk-mention", "protective-factor", "protective-mention", "originating-rejected", "consent",
       "notice"}  # fmt: skip
NEW_TOTAL = (TOTALS, "intervened")


def _figure(made: Document, key: str) -> Figure:
    return next(figure for figure in made.figures if figure.key == key)


def test_a_year_tells_single_factors_of_accepted_discussions(cast: Cast, tmp_path: Path) -> None:
    rows = a_year(many=120)
    past(tmp_path, rows, cast)
    made = make(cast, "2024")
    accepted = [r for r in rows if r["Conclusion Group"] != "Rejected"]
    with_drugs = sum("drug" in r["Risk Factors"] for r in accepted)
    assert value(made, "risk-factor", ALCOHOL) == len(accepted)
    assert value(made, "risk-factor", DRUGS) == with_drugs
    told = next(row for row in _figure(made, "risk-factor").rows if row.code == DRUGS)
    assert (told.base, told.percent) == (len(accepted), round(100 * with_drugs / len(accepted), 1))
    assert {row.count for row in _figure(made, "risk-mention").rows} <= {None, len(accepted), with_drugs}


def test_a_quarter_tells_categories_alone(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=120), cast)
    made = make(cast, "2024Q1")
    assert not NEW - {"originating-rejected", "consent", "notice"} & {figure.key for figure in made.figures}


def test_factors_called_alike_say_their_category(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    labels = Counter(row.label for row in _figure(make(cast, "2024"), "risk-factor").rows)
    assert {label for label, many in labels.items() if many > 1} == set()


def test_all_decided_on_is_the_sum_of_two_told_counts(cast: Cast, tmp_path: Path) -> None:
    rows = a_year(many=240)
    for n, row in enumerate(r for r in rows if r["Conclusion Group"] == "Rejected"):
        row["Originating Agency Sector"] = "Police" if n % 8 else "Education"
    more = [r | {"Originating Agency Sector": "Education"} for r in a_year(seed=2, many=240)]
    past(tmp_path, rows + more, cast)
    made = make(cast, "2024", Audience.COMMITTEE)
    sums = {row.code: row.count for row in _figure(made, "originating-decided").rows}
    parts = [
        {row.code: row.count for row in _figure(made, key).rows} for key in ("originating", "originating-rejected")
    ]
    for code, both in sums.items():
        one, other = (part[code] for part in parts)
        assert both == (None if one is None or other is None else one + other), code
    assert any(both is not None for both in sums.values())
    assert _figure(made, "originating-decided").base_count == 480


def _hours(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every sixth contact late, the others within a day; of every ninth it is not known."""
    with_contact = [r for r in rows if "Hours to First Contact" in r]
    for n, row in enumerate(with_contact):
        row["Hours to First Contact"] = "" if n % 9 == 0 else str(60 + n % 9) if n % 6 == 0 else str(n % 24 + 1)
    return rows


def test_hours_to_a_first_contact_are_told(cast: Cast, tmp_path: Path) -> None:
    rows = _hours(a_year(many=120))
    past(tmp_path, rows, cast)
    hours = {row.code: row for row in make(cast, "2024").durations}
    measured = sorted(int(r["Hours to First Contact"]) for r in rows if r.get("Hours to First Contact"))
    assert hours["contact-hours-p50"].base == len(measured)
    assert hours["contact-hours-p50"].count is not None
    assert abs(hours["contact-hours-p50"].count - measured[len(measured) // 2]) <= 1
    assert (hours["contact-hours-p90"].count or 0) > 48


def test_hours_say_nothing_of_late_contacts_that_are_withheld() -> None:
    hours = Counter({10: 62, 20: 30, 70: 8})
    told = {(TOTALS, "met"): 100, ("first-contact", "in-48-hours"): 92, ("first-contact", "later"): 8}

    def without_late(in_time: int) -> dict[str, int | None]:
        known = told | {("first-contact", "in-48-hours"): in_time}
        del known["first-contact", "later"]
        found = durations(release.Told(known, contact_hours=hours), 5)
        return {name: many for name, many in found.items() if name.startswith("contact")}

    assert without_late(92) == {"contact-hours-p50": 10, "contact-hours-p90": 20}
    assert without_late(91)["contact-hours-p90"] is None, "it could be one of the late"
    assert without_late(51) == {"contact-hours-p50": None, "contact-hours-p90": None}
    assert durations(release.Told(told, contact_hours=hours), 11)["contact-hours-p90"] is None, "fewer than k beyond"


def test_counts_kept_before_these_figures_were_counted_are_completed(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=120), cast)
    asked: list[tuple[int, Period]] = []

    def before(tables: Sequence[int], first: date, _last: date) -> release.Store:
        found = roll_up(tables, year_of(first, fiscal=False).quarters)
        kept = {
            key: Counted(Counter({c: n for c, n in counted.counts.items() if c[0] not in NEW and c != NEW_TOTAL}),
                         counted.days_open)
            for key, counted in found.items()
        }  # fmt: skip
        asked.extend(kept)
        return release.Store((), kept)

    told = release.tell(scopes.of_table("NIA"), parse("2024"), Audience.COMMITTEE, today=date(2025, 6, 1), reads=before)
    assert asked
    assert told.told["risk-factor", ALCOHOL] == told.told["risk-category", "alcohol"]


def test_a_base_is_at_least_what_is_told_of_it() -> None:
    seen = Seen({"part": 18}, {"base": Between(0, 19)}, [], {"part": "base"})
    assert exposed(seen) == ["base"]
