"""Do released figures become a plan: risks by rank and area, missing services with an owner, systemic issues?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from privacy.context import acting_as
from reports.models import AreaOfRisk, Matter
from reports.planning import risks
from reports.planning_model import Area
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, text
from tests.releases.test_releases import released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "There is no bed for a couple with a dog."


def gap(cast: Cast, **changes: str) -> dict[str, str]:
    said = {
        "words": WORDS, "area": "social", "service": "shelter", "why": "unavailable",
        "owner": str(cast.agencies["housing"].pk), "raised_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    return {f"gap-{name}": value for name, value in (said | changes).items()}


def send(browser: Browser, kind: str, **said: str) -> Any:
    return browser.post("planning_add", kind, table="NIA", **said)


def test_risks_are_ranked_from_a_release_and_a_manager_moves_them_to_another_area(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(2023, 3) + a_year(2024, 3), cast)
    manager = Browser(cast.manager)
    assert "No risk can be ranked yet" in text(manager.get("planning"))
    for period in ("2023", "2024"):
        released(cast, period)
    with acting_as(cast.manager):
        found = risks.ranked(cast.nia, risks.document_of(risks.newest(cast.nia)))
    assert [(r.rank, r.category) for r in found] == [(1, "alcohol"), (2, "drugs")]
    assert (found[0].count, found[0].before, found[0].area) == (58, 58, Area.PREVENTION)
    assert found[1].before is not None
    assert send(manager, "area", **{"area-category": "alcohol", "area-area": "response"}).status_code == 302
    page = text(manager.get("planning"))
    assert page.index("Incident response</h3>") < page.index(">Alcohol<")
    assert "as many" in page
    assert set(dict(risks.categories())) == set(risks.shipped()), "every risk has an area"


def test_a_missing_service_has_a_reason_an_owner_and_a_state(cast: Cast) -> None:
    recorder = Browser(cast.recorder)
    assert send(recorder, "gap", **gap(cast)).status_code == 302
    with acting_as(cast.recorder):
        matter = Matter.objects.get()
    page = text(recorder.get("planning"))
    for words in (WORDS, "Unavailable here", "Nia River Housing", "Raised"):
        assert words in page
    moved = {f"m{matter.pk}-owner": "", f"m{matter.pk}-status": "settled", "table": "NIA"}
    assert recorder.post("planning_move", matter.pk, **moved).status_code == 302
    page = text(recorder.get("planning"))
    assert "Settled" in page
    assert "Nobody’s yet" in page
    issue = {k.replace("gap-", "systemic-"): v for k, v in gap(cast).items()}
    assert send(recorder, "systemic", **issue).status_code == 302
    with acting_as(cast.recorder):
        assert Matter.objects.filter(kind="systemic", service="", why="").count() == 1
    assert send(recorder, "nothing", **gap(cast)).status_code == 404


def test_words_about_somebody_are_not_written_down(cast: Cast) -> None:
    answer = send(Browser(cast.facilitator), "gap", **gap(cast, words="Margaret Doyle, 613-555-0142, found no bed."))
    assert "It was not written down" in text(answer)
    with acting_as(cast.facilitator):
        assert not Matter.objects.exists()


def test_who_reads_only_finds_no_form_and_a_stranger_no_page(cast: Cast) -> None:
    send(Browser(cast.recorder), "gap", **gap(cast))
    with acting_as(cast.recorder):
        matter = Matter.objects.get()
    officer = Browser(cast.privacy_officer)
    page = text(officer.get("planning"))
    assert WORDS in page
    assert "Write down a missing service" not in page
    for key in ("privacy_officer", "police_rep", "administrator", "other_table"):
        browser = Browser(cast.people[key])
        assert send(browser, "gap", **gap(cast)).status_code == 404, key
        assert browser.post("planning_move", matter.pk, table="NIA").status_code == 404, key
        if key != "privacy_officer":
            assert browser.get("planning", query="?table=NIA").status_code == 404, key
            with acting_as(cast.people[key]):
                assert not Matter.objects.exists(), key
    assert send(Browser(cast.recorder), "area", **{"area-category": "alcohol"}).status_code == 404
    with acting_as(cast.recorder), pytest.raises(DatabaseError), transaction.atomic():
        AreaOfRisk.objects.create(table=cast.nia, category="alcohol", area="social", set_by=cast.recorder)
