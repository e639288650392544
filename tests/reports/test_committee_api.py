"""Does the second door tell of the plan and of a table's health what the pages tell, to the same people?"""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.quarters import day_at
from tests.api.door import Door
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, text
from tests.releases.test_releases import released
from tests.reports.test_health import accepted, held, since_long_ago
from tests.reports.test_planning import gap, named, send, take_up

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_both_doors_open_for_the_same_people(cast: Cast) -> None:
    for key, who in cast.everybody.items():
        for page, address in (
            ("planning", "planning/NIA/"), ("health_of_table", "table-health/NIA/"),
            ("evaluation", f"evaluation/NIA/{day_at(cast.nia).year}/"),
        ):  # fmt: skip
            opens = Browser(who).get(page, query="?table=NIA").status_code
            told = Door(who).get(address).status_code
            assert (told == 200) == (opens == 200), (key, page)
            assert told in (200, 404), (key, page)
    for address in (
        "planning/NOPE/", "planning/KES/", "table-health/KES/", "evaluation/KES/2024/", "evaluation/NIA/1999/",
        "evaluation/NIA/entries/",
    ):  # fmt: skip
        assert Door(cast.manager).get(address).status_code == 404, address


def test_the_plan_is_told_with_codes(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2024, 3), cast)
    released(cast, "2024")
    named(cast)
    manager = Browser(cast.manager)
    assert take_up(manager, area="prevention", owner="", status="raised").status_code == 302
    send(manager, "gap", **gap(cast))
    told = Door(cast.manager).get("planning/NIA/").json()
    first = told["risks"][0]
    assert (first["rank"], first["category"], first["count"]) == (1, "alcohol", 58)
    assert told["period"] == "2024"
    (issue,) = told["issues"]
    assert (issue["kind"], issue["sector"], issue["named"], issue["open"]) == ("waiting", "housing", 1, True)
    assert {m["kind"] for m in told["matters"]} == {"gap", "systemic"}
    assert issue["matter"] in {m["id"] for m in told["matters"]}
    assert issue["label"] in text(manager.get("planning"))


def test_an_administrator_is_told_attendance_alone(cast: Cast) -> None:
    since_long_ago(cast)
    for weeks in range(1, 8):
        held(cast, weeks, "police_rep")
    accepted(cast, 25, "crisis")
    told = Door(cast.manager).get("table-health/NIA/").json()
    assert told["rarely_intervening"] == [cast.agencies["police"].pk]
    assert told["year"]["held"] == 7
    assert len(told["threshold"]) == 2
    less = Door(cast.administrator).get("table-health/NIA/").json()
    assert less["attendance"] == told["attendance"]
    assert {name for name, value in less.items() if value is None} == {"year", "rarely_intervening", "threshold"}
