"""Does a committee read what its table cost and what came of it, from told counts only, and does nobody else?"""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from privacy.context import acting_as
from reports.evaluation.entries import CostEntry, Entries, ProxyEntry
from reports.evaluation.reckoning import evaluate
from reports.models import Cost, EvaluationNote, Proxy
from reports.pack.files import write
from reports.releases import reading
from tests.api.door import Door
from tests.cast import Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, text
from tests.releases.test_releases import released

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
COST = {"cost-kind": "staff", "cost-period": "2024", "cost-amount": "58000", "cost-currency": "CAD"}
PROXY = {
    "proxy-outcome": "risk-lowered", "proxy-title": "An emergency stay that was not needed", "proxy-low": "1000",
    "proxy-central": "2000", "proxy-high": "4000", "proxy-currency": "CAD", "proxy-claimed": "50",
    "proxy-source": "Invented for this test", "proxy-source_year": "2020",
}  # fmt: skip
NOTE = {"note-period": "2024", "note-words": "Agencies call each other sooner than before the table began."}


def entries(**changes: Any) -> Entries:
    proxy = ProxyEntry("risk-lowered", "stay", Decimal(1000), Decimal(2000), Decimal(4000), 50, "invented", 2020)
    made = {"currency": "CAD", "costs": (CostEntry("staff", Decimal(50000), None),), "proxies": (proxy,), "notes": ()}
    return Entries(**(made | changes))


def enter(browser: Browser, kind: str, **said: str) -> Any:
    return browser.post("evaluation_add", kind, table="NIA", shown="2024", **said)


def test_figures_rest_on_told_counts_and_a_withheld_one_enters_none() -> None:
    told = {("totals", "met"): 50, ("totals", "risk-lowered"): 40}
    made = evaluate(told, entries())
    assert made is not None
    by_code = {line.code: line for line in made.lines}
    assert by_code["met"].central == Decimal("1000.00")
    assert by_code["risk-lowered"].central == Decimal("1250.00")
    assert by_code["persons"].central is None
    assert by_code["connected"].central is None
    ratio = by_code["social-return"]
    assert (ratio.low, ratio.central, ratio.high) == (Decimal("0.4"), Decimal("0.8"), Decimal("1.6"))
    assert any("does not prove" in said for said in made.says)
    without = evaluate({("totals", "met"): 50}, entries())
    assert without is not None
    assert {line.code for line in without.lines if line.part in ("worth", "ratio")} == set()
    assert "left out" in without.says[0]
    assert evaluate(told, None) is None


def test_a_manager_enters_and_takes_back_and_the_release_keeps_what_stood(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    manager = Browser(cast.manager)
    assert "No cost is entered" in text(manager.get("evaluation", query="?period=2024"))
    for kind, said in (("cost", COST), ("proxy", PROXY), ("note", NOTE)):
        assert enter(manager, kind, **said).status_code == 302, kind
    page = text(manager.get("evaluation", query="?period=2024"))
    assert "58,000.00" in page
    assert "No figures of this period are released yet" in page
    assert "Social return for each" not in page
    out = released(cast, "2024")
    page = text(manager.get("evaluation", query="?period=2024"))
    assert "1,000.00" in page, "58 accepted"
    assert "Social return for each" in page
    assert "does not prove" in page
    with acting_as(cast.manager):
        costs = list(Cost.objects.values_list("pk", flat=True))
    taken = manager.post("evaluation_take_back", "cost", costs[0], table="NIA", shown="2024")
    assert taken.status_code == 302
    assert "No cost is entered" in text(manager.get("evaluation", query="?period=2024"))
    with acting_as(cast.manager):
        made = reading.document_of(type(out).objects.get(pk=out.pk))
    assert made.evaluation is not None
    plain = json.loads(write(made, "json"))["evaluation"]
    assert {line["code"]: line["central"] for line in plain["lines"]}["met"] == "1000.00"
    assert plain["notes"] == [NOTE["note-words"]]
    assert "Social return for each 1 spent,social-return,," in write(made, "csv").decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(write(made, "xlsx")))
    assert NOTE["note-words"] in [row[1].value for row in book.active.iter_rows()]
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(write(made, "pdf"))).pages)
    assert "Social return for each" in printed
    assert NOTE["note-words"] in text(manager.get("release", out.pk))


def test_words_that_say_who_somebody_is_are_not_kept(cast: Cast) -> None:
    manager = Browser(cast.manager)
    said = {"note-period": "2024", "note-words": "We helped Margaret Doyle at 12 Queen Street, 613-555-0142."}
    answer = enter(manager, "note", **(said | {"note-period": str(timezone.localdate().year)}))
    assert answer.status_code == 200
    assert "It was not entered" in text(answer)
    title = PROXY | {"proxy-title": "What Margaret Doyle would have cost"}
    assert "may say who somebody is" in text(enter(manager, "proxy", **title))
    with acting_as(cast.manager):
        assert not EvaluationNote.objects.exists()
        assert not Proxy.objects.exists()


def test_who_reads_does_not_enter_and_a_stranger_finds_no_page(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    enter(Browser(cast.manager), "cost", **COST)
    for key in ("facilitator", "recorder", "privacy_officer"):
        browser = Browser(cast.people[key])
        page = text(browser.get("evaluation", query="?period=2024"))
        assert "58,000.00" in page, key
        assert "Enter a cost" not in page, key
        assert enter(browser, "cost", **COST).status_code == 404, key
        with acting_as(cast.people[key]), pytest.raises(DatabaseError), transaction.atomic():
            Cost.objects.create(table=cast.nia, kind="staff", first_day="2024-01-01", last_day="2024-12-31", amount=1,
                                entered_by=cast.people[key])  # fmt: skip
    for key in ("police_rep", "shelter_lead", "administrator", "other_table"):
        browser = Browser(cast.people[key])
        assert browser.get("evaluation", query="?table=NIA").status_code == 404, key
        assert enter(browser, "cost", **COST).status_code == 404, key
        with acting_as(cast.people[key]):
            assert not Cost.objects.exists(), key


def test_a_cost_is_of_one_currency_and_hours_say_how_many(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    manager = Browser(cast.manager)
    assert "how many hours" in text(enter(manager, "cost", **(COST | {"cost-kind": "in-kind"})))
    assert enter(manager, "cost", **(COST | {"cost-kind": "in-kind", "cost-hours": "900"})).status_code == 302
    assert enter(manager, "cost", **(COST | {"cost-currency": "USD"})).status_code == 403
    assert "Central lies between" in text(enter(manager, "proxy", **(PROXY | {"proxy-high": "10"})))
    assert "900 hours" in text(manager.get("evaluation", query="?period=2024"))


BODIES: dict[str, dict[str, Any]] = {
    "cost": {"kind": "staff", "period": "2024", "amount": "58000", "currency": "CAD"},
    "proxy": {
        "outcome": "risk-lowered", "title": "An emergency stay that was not needed", "low": "1000", "central": 2000,
        "high": "4000.50", "currency": "CAD", "claimed": 50, "source": "Invented for this test", "source_year": 2020,
    },
    "note": {"period": "2024", "words": NOTE["note-words"]},
}  # fmt: skip


def test_a_program_enters_reads_and_takes_back_as_the_page_does(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    door, made = Door(cast.manager), {}
    for kind, body in BODIES.items():
        key = uuid4().hex
        first, again = (door.post(f"evaluation/NIA/entries/{kind}/", body, key=key) for _ in range(2))
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json()), kind
        made[kind] = first.json()["id"]
    out = released(cast, "2024")
    told = door.get("evaluation/NIA/2024/").json()
    assert told["release"] == str(out.pk)
    assert "2024" in told["periods"]
    by_code = {line["code"]: line for line in told["lines"]}
    assert by_code["met"]["central"] == "1000.00"
    assert by_code["social-return"]["low"] is not None
    assert any("does not prove" in said for said in told["says"])
    assert [(c["id"], c["amount"], c["entered_by"]) for c in told["costs"]] == [
        (made["cost"], "58000.00", cast.manager.name)
    ]
    assert [(p["id"], p["high"]) for p in told["proxies"]] == [(made["proxy"], "4000.50")]
    assert [(n["id"], n["words"]) for n in told["notes"]] == [(made["note"], NOTE["note-words"])]
    page = text(Browser(cast.manager).get("evaluation", query="?period=2024"))
    assert all(row["label"] in page for row in told["before_and_after"])
    for kind, entry in made.items():
        path = f"evaluation/NIA/entries/{kind}/{entry}/take-back/"
        assert [door.post(path).status_code for _again in range(2)] == [204, 404], kind
    told = door.get("evaluation/NIA/2024/").json()
    assert (told["lines"], told["costs"], told["proxies"], told["notes"]) == ([], [], [], [])


def test_a_programs_mistakes_are_those_of_the_form_and_others_enter_nothing(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    door = Door(cast.manager)
    for kind, wrong, field in (
        ("cost", {"period": "1999"}, "period"), ("cost", {"amount": "-1"}, "amount"),
        ("cost", {"amount": []}, "amount"),
        ("cost", {"kind": "in-kind"}, "hours"), ("proxy", {"high": "10"}, "central"),
        ("proxy", {"title": "What Margaret Doyle would have cost"}, "title"),
        ("note", {"words": "We helped Margaret Doyle at 12 Queen Street, 613-555-0142."}, "words"),
    ):  # fmt: skip
        answer = door.post(f"evaluation/NIA/entries/{kind}/", BODIES[kind] | wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field]), (kind, wrong)
    assert door.post("evaluation/NIA/entries/cost/", BODIES["cost"]).status_code == 201
    other = door.post("evaluation/NIA/entries/cost/", BODIES["cost"] | {"currency": "USD"})
    assert (other.status_code, other.json()["code"]) == (403, "one-currency")
    with acting_as(cast.manager):
        (cost,) = Cost.objects.values_list("pk", flat=True)
    for key, who in cast.everybody.items():
        if key == "manager":
            continue
        for path in (
            *(f"evaluation/NIA/entries/{kind}/" for kind in BODIES),
            f"evaluation/NIA/entries/cost/{cost}/take-back/",
        ):
            assert Door(who).post(path, BODIES.get(path.split("/")[-2])).status_code == 404, (key, path)
    assert door.post(f"evaluation/NIA/entries/nonsense/{cost}/take-back/").status_code == 404
    with acting_as(cast.manager):
        assert (Cost.objects.count(), Proxy.objects.count(), EvaluationNote.objects.count()) == (1, 0, 0)
