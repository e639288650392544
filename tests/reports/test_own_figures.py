"""Does its lead, and nobody else, read what an agency brought, led and helped with once the quarter is over?"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from privacy.context import acting_as
from privacy.decision import Denied
from reports import own_figures
from reports.models import CodedRecord
from reports.pack.periods import quarter_of
from reports.quarters import day_at
from tests import builders
from tests.api.door import Door
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def last_quarter(cast: Cast) -> None:
    """Everything on record happened before this quarter."""
    day = quarter_of(day_at(cast.nia)).before.last_day
    with acting_as(cast.recorder):
        CodedRecord.objects.update(opened_on=day)
        for name in ("decided_on", "closed_on"):
            CodedRecord.objects.filter(**{f"{name}__isnull": False}).update(**{name: day})


def told(cast: Cast, key: str) -> dict[str, int]:
    member = cast.people[key]
    with acting_as(member):
        (place,) = own_figures.places(member)
        found = own_figures.own_figures(place, own_figures.periods(place)[0], by=member)
    return {figure.code: figure.count for figure in found}


def counted(cast: Cast, key: str, agency: str, first: date, last: date) -> int:
    """All the database counts for a member, whatever the page asks for."""
    with acting_as(cast.people[key]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(many) FROM reports_own_figures(%s, %s, %s, %s)",
            [cast.nia.pk, cast.agencies[agency].pk, first, last],
        )
        return int(cursor.fetchone()[0])


def test_an_agency_reads_its_own_totals_once_the_quarter_is_over(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for _once in range(2):
        builders.concluded(cast, meeting)
    builders.contacted(cast, meeting)
    builders.rejected(cast, meeting)
    builders.draft(cast, meeting)
    now = quarter_of(day_at(cast.nia))
    for key in ("shelter_lead", "crisis_lead"):
        assert set(told(cast, key).values()) == {0}, "a quarter that goes on is nobody's meter"
        assert counted(cast, key, key.split("_")[0], now.first_day, now.last_day) == 0
    last_quarter(cast)
    shelter, crisis = told(cast, "shelter_lead"), told(cast, "crisis_lead")
    assert shelter == {"brought": 4, "met": 3, "rejected": 1, "ended": 2, "led": 0, "assisted": 0}
    assert crisis == {"brought": 0, "met": 0, "rejected": 0, "ended": 0, "led": 2, "assisted": 0}, (
        "of what goes on nobody counts who leads"
    )
    then = now.before
    assert counted(cast, "crisis_lead", "crisis", then.first_day, then.last_day) == 2
    assert counted(cast, "crisis_lead", "crisis", then.last_day, then.last_day) == 0, "no single day can be asked for"
    assert counted(cast, "crisis_lead", "crisis", date(2000, 1, 1), then.last_day) == 0
    assert "Harbour Street Shelter" in text(Browser(cast.shelter_lead).get("own_figures"))
    assert f'{then.code},"Concluded, led by us",2' in text(Browser(cast.crisis_lead).get("own_csv"))
    assert Browser(cast.crisis_lead).get("own_csv", query=f"?quarter={now.code}").status_code == 404
    assert Browser(cast.shelter_lead).get("own_figures", query="?quarter=1999Q1").status_code == 200


def test_what_came_of_it_is_in_none_of_the_figures(cast: Cast) -> None:
    """The published total less one's own would tell what came of the one situation of somebody else's."""
    assert set(told(cast, "crisis_lead")) == {"brought", "met", "rejected", "ended", "led", "assisted"}
    with acting_as(cast.crisis_lead), connection.cursor() as cursor:
        cursor.execute("SELECT figure FROM reports_own_figures(0, 0, '2026-01-01', '2026-03-31')")
        assert {row[0] for row in cursor} == set(told(cast, "crisis_lead"))


def test_what_the_lead_stepped_away_from_is_in_none_of_the_figures(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    builders.concluded(cast, meeting)
    away = builders.presented(cast, meeting)
    away.act("shelter_lead", "recuse")
    last_quarter(cast)
    assert told(cast, "shelter_lead")["brought"] == 1


def test_nobody_but_its_lead_reads_an_agencys_figures_in_the_page_or_in_the_database(cast: Cast) -> None:
    builders.concluded(cast)
    last_quarter(cast)
    then = quarter_of(day_at(cast.nia)).before
    with acting_as(cast.shelter_lead):
        (place,) = own_figures.places(cast.shelter_lead)
    assert counted(cast, "shelter_lead", "shelter", then.first_day, then.last_day) == 3
    for key in (
        "shelter_rep", "crisis_lead", "police_rep", "manager", "facilitator", "recorder", "administrator",
        "shelter_privacy", "other_table",
    ):  # fmt: skip
        member = cast.people[key]
        assert Browser(member).get("own_figures", query=f"?place={place.code}").status_code == 404, key
        with acting_as(member), pytest.raises(Denied, match="not-found"):
            own_figures.own_figures(place, then, by=member)
        assert counted(cast, key, "shelter", then.first_day, then.last_day) == 0, key


def test_the_page_of_the_own_figures_names_the_table_and_no_object_of_the_program(cast: Cast) -> None:
    page = text(Browser(cast.crisis_lead).get("own_figures"))
    assert cast.agencies["crisis"].name in page
    assert "Place(" not in page
    assert "&lt;" not in page


def test_a_program_is_told_what_the_page_tells_and_the_same_people_alone(cast: Cast) -> None:
    builders.concluded(cast)
    last_quarter(cast)
    places = Door(cast.shelter_lead).get("own-figures/").json()
    then = quarter_of(day_at(cast.nia)).before
    assert [(p["table"], p["agency"], p["quarters"][0]) for p in places] == [
        ("NIA", cast.agencies["shelter"].pk, then.code)
    ]
    address = f"own-figures/{places[0]['place']}/{then.code}/"
    answer = Door(cast.shelter_lead).get(address).json()
    assert {f["code"]: f["count"] for f in answer["figures"]} == told(cast, "shelter_lead")
    assert sum(f["count"] for f in answer["figures"]) > 0
    absent = Door(cast.shelter_rep).get(f"own-figures/NIA-999999/{then.code}/").content
    for key, who in cast.everybody.items():
        door, leads = Door(who), bool(key.endswith("_lead"))
        assert (
            (door.get("own-figures/").status_code == 200)
            == (Browser(who).get("own_figures").status_code == 200)
            == leads
        ), key
        if key != "shelter_lead":
            refused = door.get(address)
            assert (refused.status_code, refused.content) == (404, absent), key
    now = quarter_of(day_at(cast.nia))
    for quarter in (now.code, "1999Q1", "2024", "x"):
        assert Door(cast.shelter_lead).get(f"own-figures/{places[0]['place']}/{quarter}/").status_code == 404, quarter
