"""Is it counted how many accepted discussions had an intervention, and does that number give nobody away?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from privacy.context import acting_as, in_role
from reports.models import CodedRecord, QuarterCounts, Release, ReleaseReasons
from reports.pack import release, scopes
from reports.pack.audience import Audience
from reports.pack.counting import INTERVENED, TOTALS, Counted, roll_up
from reports.pack.pages import Lists, Page
from reports.pack.periods import parse
from reports.releases import verbs
from reports.suppression.counts import Chance, Key, never
from tests.cast import Cast
from tests.pack.test_pack import a_year, make, past, value
from tests.releases.test_formats import document, released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
_NEW = ("totals/intervened", "consent/", "notice/")


def quarter(cast: Cast, folder: Path, led: int, alone: int) -> None:
    """Accepted discussions of one quarter: some led and met within two days, some without either."""
    row = next(r for r in a_year() if r["Conclusion Group"] != "Rejected")
    row |= {"Opened": "2024-02-01", "Closed": "2024-02-20"}
    row |= {"Lead Agency Sector": "Health", "Hours to First Contact": "20", "Affected Persons": "18-24 female"}
    past(folder, [row] * led + [row | {"Lead Agency Sector": "", "Hours to First Contact": ""}] * alone, cast)


def test_a_lead_or_a_contact_makes_an_intervention(cast: Cast, tmp_path: Path) -> None:
    row = a_year()[0] | {"Opened": "2024-02-01", "Closed": "2024-02-20"}
    both = {"Lead Agency Sector": "Health", "Hours to First Contact": "20"}
    rows = [row | both, row | both | {"Lead Agency Sector": ""}, row | both | {"Hours to First Contact": ""}]
    past(tmp_path, [*rows, row | dict.fromkeys(both, "")], cast)
    counts = roll_up([cast.nia.pk], [parse("2024Q1")])[cast.nia.pk, parse("2024Q1")].counts
    assert (counts[TOTALS, "met"], counts[TOTALS, INTERVENED]) == (4, 3)
    assert (counts["consent", ""], counts["notice", ""]) == (3, 3), "an imported record says nothing of either"
    assert roll_up([cast.nia.pk], [parse("2023Q1")])[cast.nia.pk, parse("2023Q1")].counts[TOTALS, INTERVENED] == 0


def test_codes_are_counted_among_those_intervened_with(cast: Cast, tmp_path: Path) -> None:
    quarter(cast, tmp_path, led=24, alone=6)
    with acting_as(cast.recorder):
        led = list(CodedRecord.objects.exclude(lead_sector="").values_list("pk", flat=True))
        CodedRecord.objects.filter(pk__in=led[:14]).update(consent="obtained", notice="on-time")
        CodedRecord.objects.filter(pk__in=led[14:]).update(consent="not-obtained", notice="not-owed")
        CodedRecord.objects.filter(lead_sector="").update(notice="not-owed")
    made = make(cast, "2024Q1")
    assert (value(made, "totals", "intervened"), value(made, "totals", "met")) == (24, 30)
    figures = {figure.key: figure for figure in made.figures}
    assert figures["consent"].base_count == 24
    assert figures["consent"].base == "discussions with an intervention"
    told = {row.code: row.count for key in ("consent", "notice") for row in figures[key].rows if row.count is not None}
    assert set(told.items()) <= {("obtained", 14), ("not-obtained", 10), ("on-time", 14), ("not-owed", 10)}
    assert told, "something must be told"


@pytest.mark.parametrize(("alone", "told"), [(0, True), (2, True), (3, False), (4, False), (6, True)])
def test_it_is_given_up_where_it_would_confine_who_has_no_lead(
    cast: Cast, tmp_path: Path, alone: int, told: bool
) -> None:
    """Three without an intervention among fewer than five without a lead: three or four. The rest of the page stays."""
    quarter(cast, tmp_path, led=30, alone=alone)
    made = make(cast, "2024Q1")
    assert (value(made, "totals", "intervened") == 30) is told
    assert value(made, "totals", "intervened") in (30, None)
    assert value(made, "totals", "persons") == 30 + alone
    assert value(made, "risk-category", "alcohol") is not None
    page = Page(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE)
    assert release.decide(page, release.Store()).world.exposed(page) == []


def test_a_committee_is_not_told_how_few_had_one(cast: Cast, tmp_path: Path) -> None:
    quarter(cast, tmp_path, led=4, alone=8)
    made = make(cast, "2024Q1")
    assert (value(made, "totals", "met"), value(made, "totals", "intervened")) == (12, None)


def test_a_year_of_which_quarters_were_told_before_there_were_interventions_counts_all_of_them(
    cast: Cast, tmp_path: Path
) -> None:
    past(tmp_path, a_year(many=90), cast)
    for period in ("2024Q1", "2024Q2"):
        verbs.prepare(scopes.of_table("NIA"), parse(period), Audience.COMMITTEE, by=None)
    with in_role("st_statistics"):
        for kept in QuarterCounts.objects.all():
            kept.counts = {cell: n for cell, n in kept.counts.items() if not cell.startswith(_NEW)}
            kept.save()
        for row in Release.objects.all():
            row.told = {cell: n for cell, n in row.told.items() if not cell.startswith(_NEW)}
            row.save()
        for reasons in ReleaseReasons.objects.all():
            reasons.withheld = {cell: why for cell, why in reasons.withheld.items() if not cell.startswith(_NEW)}
            reasons.save()
    made = document(cast, released(cast, "2024"))
    assert value(made, "totals", "met") == value(made, "totals", "intervened") == 87
    assert value(made, "consent", "") in (87, None)


def test_that_it_is_not_told_how_many_had_one_does_not_say_why(cast: Cast) -> None:
    """Where it were withheld for two values alone, that it is withheld would tell them."""
    page, lists = Page(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE), Lists()
    key = page.key((TOTALS, "intervened"))

    def given_up(without: int, chance: Chance) -> set[Key]:
        counts = Counter({(TOTALS, "met"): 30, (TOTALS, "intervened"): 30 - without, ("lead", ""): without})
        return lists.crowding(page, Counted(counts), 5, chance)

    assert given_up(4, never) == {key}
    assert given_up(0, never) == set()
    assert given_up(0, lambda asked: asked == key) == {key}
