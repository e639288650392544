"""Does an agency read what it brought, led and helped with, withheld where one person would show, and nobody else?"""

from __future__ import annotations

import pytest
from django.db import connection

from privacy.context import acting_as
from privacy.decision import Denied
from reports import own_figures
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(cast: Cast, key: str) -> dict[str, int | None]:
    member = cast.people[key]
    with acting_as(member):
        (place,) = own_figures.places(member)
        found = own_figures.own_figures(place, own_figures.periods(place)[0], by=member)
    return {figure.code: figure.count for figure in found}


def test_an_agency_reads_its_own_totals_and_what_came_of_it_from_five_on(cast: Cast) -> None:
    meeting = builders.sitting_meeting(cast)
    for _once in range(5):
        builders.concluded(cast, meeting)
    builders.rejected(cast, meeting)
    builders.draft(cast, meeting)
    shelter, crisis, housing = (told(cast, f"{key}_rep") for key in ("shelter", "crisis", "housing"))
    assert shelter["brought"] == 6, "a draft is nobody's figure"
    assert (shelter["met"], shelter["rejected"], shelter["ended"], shelter["ended-lowered"]) == (5, 1, 5, 5)
    assert (shelter["led"], shelter["assisted"], shelter["lowered"]) == (0, 0, None)
    assert (crisis["brought"], crisis["led"], crisis["assisted"]) == (0, 5, 0)
    assert (crisis["in-48-hours"], crisis["lowered"]) == (5, 5)
    assert (housing["led"], housing["assisted"]) == (0, 5)
    page = text(Browser(cast.shelter_lead).get("own_figures"))
    assert "Harbour Street Shelter" in page
    assert "withheld" in page
    file = Browser(cast.crisis_rep).get("own_csv").content.decode("utf-8-sig")
    assert "Led by us,5,," in file


def test_fewer_than_five_tell_nothing_of_what_came_of_them(cast: Cast) -> None:
    builders.concluded(cast)
    crisis = told(cast, "crisis_rep")
    assert (crisis["led"], crisis["concluded"], crisis["lowered"], crisis["in-48-hours"]) == (1, 1, None, None)


def test_nobody_reads_another_agencys_figures_in_the_page_or_in_the_database(cast: Cast) -> None:
    builders.concluded(cast)
    (place,) = own_figures.places(cast.shelter_rep)
    for key in ("police_rep", "manager", "facilitator", "recorder", "administrator", "shelter_privacy", "other_table"):
        member = cast.people[key]
        assert Browser(member).get("own_figures", query=f"?place={place.code}").status_code == 404, key
        with acting_as(member):
            with pytest.raises(Denied, match="not-found"):
                own_figures.own_figures(place, own_figures.periods(place)[0], by=member)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT sum(many) FROM reports_own_figures(%s, %s, '2000-01-01', '2100-01-01')",
                    [place.table.pk, place.agency.pk],
                )
                assert cursor.fetchone() == (0,), key
    assert Browser(cast.shelter_rep).get("own_figures", query="?quarter=1999Q1").status_code == 200
