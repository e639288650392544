"""Does a page that somebody left open write over what a colleague wrote meanwhile?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from agencies.models import Agency, Member, Table
from agencies.vocabulary import Role
from privacy.context import acting_as
from reports.models import AreaOfRisk, Matter
from reports.planning import verbs
from reports.planning_model import Area, MatterKind, MatterStatus
from tests import cast as people
from tests.cast import Cast
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _table(quorum: str = "4", hours: str = "48") -> dict[str, Any]:
    return {
        "name_en": "Nia River table", "name_fr": "Table de Nia River", "region_en": "Nia River",
        "region_fr": "Nia River", "quorum": quorum, "contact_clock_hours": hours, "retention_days": "365",
        "idle_minutes": "15", "review_after_meetings": "6",
    }  # fmt: skip


def test_settings_of_a_table_are_not_overwritten_by_a_page_that_was_open(cast: Cast) -> None:
    early, late = Browser(cast.administrator), Browser(cast.administrator)
    opened = hidden(late.get("table_settings", "NIA"))
    assert early.post("table_settings", "NIA", **_table(quorum="7"), **hidden(early.get("table_settings", "NIA"))) \
        .status_code == 302  # fmt: skip
    refused = late.post("table_settings", "NIA", **_table(hours="24"), **opened)
    assert refused.status_code == 409
    for said in ("Quorum: now “7”, yours “4”", "Hours until first contact: now “48”, yours “24”"):
        assert text(refused).count(said) == 1, "what stands there now, and mine, once"
    assert "Nothing of yours was saved" in text(refused)
    assert 'value="24"' in text(refused), "what was typed is kept"
    stands = Table.objects.get(pk=cast.nia.pk)
    assert (stands.quorum, stands.contact_clock_hours) == (7, 48)
    assert late.post("table_settings", "NIA", **_table(hours="24"), **hidden(refused)).status_code == 302
    stands.refresh_from_db()
    assert (stands.quorum, stands.contact_clock_hours) == (4, 24), "now it knew of it"
    # A form that says nothing of what it saw overwrites nothing; saying the same again overwrites nobody.
    assert late.post("table_settings", "NIA", **_table(hours="12")).status_code == 409
    assert late.post("table_settings", "NIA", **_table(hours="24")).status_code == 302


def test_a_person_is_not_overwritten_by_a_page_that_was_open(cast: Cast) -> None:
    target, late = cast.shelter_colleague, Browser(cast.shelter_lead)
    opened = hidden(late.get("person_change", target.pk))
    mine = {"name": "Typed Late", "phone": "", "language": "en"}
    Member.objects.filter(pk=target.pk).update(name="Written Early", language="fr")
    refused = late.post("person_change", target.pk, **mine, **opened)
    assert refused.status_code == 409
    assert "Written Early" in text(refused)
    assert 'value="Typed Late"' in text(refused)
    assert Member.objects.get(pk=target.pk).name == "Written Early"
    assert late.post("person_change", target.pk, **mine, **hidden(refused)).status_code == 302
    assert Member.objects.get(pk=target.pk).name == "Typed Late"


def test_an_agency_is_not_overwritten_by_a_page_that_was_open(cast: Cast) -> None:
    agency, late = cast.agencies["shelter"], Browser(cast.administrator)
    opened = hidden(late.get("agency", agency.pk))
    mine = {
        "name_en": agency.name_en, "name_fr": "", "sector": agency.sector_id, "statutes": ["fippa"],
        "public_contact": "", "is_active": "on",
    }  # fmt: skip
    Agency.objects.filter(pk=agency.pk).update(statutes=["mfippa", "ycja"])
    refused = late.post("agency", agency.pk, **mine, **opened)
    assert refused.status_code == 409
    assert re.search(r"MFIPPA[^<]*YCJA", text(refused))
    assert Agency.objects.get(pk=agency.pk).statutes == ["mfippa", "ycja"]
    assert late.post("agency", agency.pk, **mine, **hidden(refused)).status_code == 302
    assert Agency.objects.get(pk=agency.pk).statutes == ["fippa"]


def test_a_matter_of_the_plan_is_not_overwritten_by_a_page_that_was_open(cast: Cast) -> None:
    with acting_as(cast.manager):
        matter = verbs.raise_matter(
            table=cast.nia, kind=MatterKind.SYSTEMIC, by=cast.manager, words="The wait is too long",
            area=Area.PREVENTION, raised_on="2026-01-05",
        )  # fmt: skip
    name, manager, recorder = f"m{matter.pk}", Browser(cast.manager), Browser(cast.recorder)

    def move(browser: Browser, status: MatterStatus, page: Any) -> Any:
        said = {f"{name}-owner": cast.agencies["housing"].pk, f"{name}-status": status, "table": "NIA"}
        return browser.post("planning_move", matter.pk, **(hidden(page, f"{name}-") | said))

    opened = recorder.get("planning")
    assert move(manager, MatterStatus.SETTLED, manager.get("planning")).status_code == 302
    refused = move(recorder, MatterStatus.SET_ASIDE, opened)
    assert refused.status_code == 409
    assert "Now it is: Nia River Housing, Settled" in text(refused)
    assert "selected" in text(refused).split(f'name="{name}-status"')[1].split("Set aside")[0][-20:]

    def stands() -> str:
        with acting_as(cast.manager):
            return Matter.objects.get(pk=matter.pk).status

    assert stands() == MatterStatus.SETTLED
    assert move(recorder, MatterStatus.SET_ASIDE, refused).status_code == 302
    assert stands() == MatterStatus.SET_ASIDE


def test_the_area_of_a_risk_is_not_overwritten_by_a_page_that_was_open(cast: Cast) -> None:
    """The page has one form for every risk: only the risk that another one chose an area for since is refused."""
    other = people.seated(cast, "second_manager", cast.agencies["town"], cast.nia, Role.MANAGER)
    first, second = Browser(cast.manager), Browser(other)

    def choose(browser: Browser, category: str, area: Area, page: Any) -> Any:
        said = {"area-category": category, "area-area": area, "table": "NIA"}
        return browser.post("planning_add", "area", **(hidden(page, "area-") | said))

    def stands() -> dict[str, str]:
        with acting_as(cast.manager):
            return dict(AreaOfRisk.objects.filter(table=cast.nia).values_list("category", "area"))

    opened = second.get("planning")
    assert choose(first, "alcohol", Area.INCIDENT_RESPONSE, first.get("planning")).status_code == 302
    assert choose(second, "drugs", Area.PREVENTION, opened).status_code == 302, "another risk stands in nobody's way"
    assert choose(second, "alcohol", Area.INCIDENT_RESPONSE, opened).status_code == 302, "the same overwrites nobody"
    for sent in (hidden(opened, "area-"), {}):
        blind = {"area-category": "alcohol", "area-area": "social", "table": "NIA"}
        refused = second.post("planning_add", "area", **(sent | blind))
        assert refused.status_code == 409
        assert "Now it is: Incident response." in text(refused)
    assert stands() == {"alcohol": "response", "drugs": "prevention"}
    assert choose(second, "alcohol", Area.SOCIAL_DEVELOPMENT, refused).status_code == 302
    assert stands() == {"alcohol": "social", "drugs": "prevention"}


def test_a_matter_sent_twice_by_one_hand_is_one(cast: Cast) -> None:
    said = {"kind": MatterKind.SYSTEMIC, "words": "The wait is too long", "area": Area.PREVENTION}
    for who in (cast.recorder, cast.recorder, cast.manager):
        with acting_as(who):
            verbs.raise_matter(table=cast.nia, by=who, raised_on="2026-01-05", **said)  # type: ignore[arg-type]
    with acting_as(cast.manager):
        assert Matter.objects.filter(table=cast.nia).count() == 2, "a colleague who says the same has said it too"


@pytest.mark.parametrize("finished", [MatterStatus.SETTLED, MatterStatus.SET_ASIDE])
def test_a_matter_that_was_finished_and_comes_up_again_is_a_new_one(cast: Cast, finished: MatterStatus) -> None:
    browser = Browser(cast.manager)
    said = {"words": "The wait is too long", "area": "prevention", "raised_on": "2026-01-05", "owner": ""}
    sent = {f"systemic-{name}": value for name, value in said.items()} | {"table": "NIA"}

    def raised() -> list[str]:
        assert browser.post("planning_add", "systemic", **sent).status_code == 302
        with acting_as(cast.manager):
            return list(Matter.objects.filter(table=cast.nia).order_by("pk").values_list("status", flat=True))

    assert raised() == raised() == ["raised"], "sent twice it is one"
    with acting_as(cast.manager):
        matter = Matter.objects.get(table=cast.nia)
        verbs.move_matter(matter.pk, table=cast.nia, owner=None, status=finished, by=cast.manager)
    assert raised() == raised() == [finished, "raised"]
