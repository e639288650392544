"""Is every pack that is not made refused with a true reason, and with words of the command that do work?"""

from __future__ import annotations

import itertools
import re
import shlex
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import override_settings

from reports.pack import release
from reports.pack.counting import Counted
from reports.pack.periods import parse
from reports.pack.world import Kept
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = date(2026, 6, 15)
SCOPES = {"table": ["--table", "NIA"], "region": ["--region", "Niagara"], "province": ["--province"]}
#: Each kind of period: ended, running and to come, reckoned one way and the other.
PERIODS = ("2025Q2", "2026Q2", "2027Q1", "FY2025Q1", "2025", "2026", "2027", "FY2024", "FY2025", "FY2026", "2024-2025",
           "2025-2026", "FY2023-2024", "2027-2028")  # fmt: skip
AUDIENCES = ("committee", "partner", "public")
OFFERED = re.compile(r"--period (\S+) --audience (\w+)")


@pytest.fixture(autouse=True)
def _in_june(cast: Cast) -> Any:
    cast.nia.region_en = cast.nia.region_fr = "Niagara"
    cast.nia.save()
    with time_machine.travel(datetime(2026, 6, 15, 16, tzinfo=UTC), tick=False):
        yield


def asked(scope: str, period: str, audience: str, folder: Path, language: str = "en") -> str:
    """The refusal; nothing where a pack was written."""
    target = folder / "pack.json"
    target.unlink(missing_ok=True)
    said = [*SCOPES[scope], "--period", period, "--audience", audience, "--language", language, "--output", str(target)]
    try:
        call_command("pack", *said, stdout=StringIO())
    except CommandError as error:
        refused = error
    else:
        assert target.stat().st_size > 500
        return ""
    assert refused.returncode == 1, refused
    assert not target.exists()
    return str(refused)


@pytest.fixture
def _undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pack is made and written, of no numbers: deciding a year takes seconds, and there are a hundred."""
    monkeypatch.setattr(
        release,
        "decide",
        lambda page, _store: SimpleNamespace(kept=Kept(page, {}, {}), counted=lambda _page: Counted()),
    )


def expected(scope: str, period: str, audience: str, *, fiscal: bool) -> str:
    """What the refusal must say, written from reports.md and ADR 0028; nothing where a pack is made."""
    days = parse(period)
    if audience == "committee" and scope != "table":
        return "no steering committee"
    if days.first_day > TODAY:
        return "has not begun"
    if audience == "committee":
        return ""
    if "Q" in period:
        return "A quarter holds too few people"
    if period.startswith("FY") != fiscal:
        return "years from April to March, and no others" if fiscal else "calendar years, and no others"
    return "has not ended" if days.last_day >= TODAY else ""


@pytest.mark.usefixtures("_undecided")
@pytest.mark.parametrize("fiscal", [False, True])
@pytest.mark.parametrize("scope", SCOPES)
def test_every_refusal_is_true_and_what_it_names_works(scope: str, fiscal: bool, tmp_path: Path) -> None:
    works: dict[tuple[str, str], bool] = {}
    refused = 0
    with override_settings(REPORT_YEARS_ARE_FISCAL=fiscal):
        for period, audience in itertools.product(PERIODS, AUDIENCES):
            why = expected(scope, period, audience, fiscal=fiscal)
            if not why:
                continue
            said = asked(scope, period, audience, tmp_path)
            assert why in said, (period, audience, said)
            offered = OFFERED.findall(said)
            assert offered, said
            refused += 1
            for offer in offered:
                assert offer != (period, audience)
                if offer not in works:
                    works[offer] = asked(scope, offer[0], offer[1], tmp_path) == ""
                assert works[offer], (period, audience, said)
    assert refused >= 20
    assert not any(parse(period).first_day > TODAY for period, _audience in works)


@pytest.mark.usefixtures("_undecided")
@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_made_is_not_refused(scope: str, tmp_path: Path) -> None:
    for period, audience in itertools.product(("2025Q2", "2025", "FY2025", "2024-2025", "2026"), AUDIENCES):
        if not expected(scope, period, audience, fiscal=False):
            assert asked(scope, period, audience, tmp_path) == "", (period, audience)


def test_a_region_is_told_by_years_and_says_with_which_words(tmp_path: Path) -> None:
    said = asked("region", "2025Q2", "committee", tmp_path)
    assert "by whole years" in said
    assert "Ask for --period 2025 --audience public or --period 2025 --audience partner." in said
    assert asked("region", "2025", "partner", tmp_path) == "", "with all that is decided before it"
    french = asked("region", "2025Q2", "committee", tmp_path, "fr")
    assert "Demandez --period 2025 --audience public ou --period 2025 --audience partner." in french
    assert shlex.split(OFFERED.search(french)[0])  # type: ignore[index]  # asserted above
