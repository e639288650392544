"""What would tables release over three years? Invented coded records, and every release the product makes of them.

A discussion has one type, sectors, persons and a conclusion, and several risk categories, drawn at the published rates
(the reference data's README) with the codes of the product's own lists. Released by the product's own verbs, in this
order: each quarter and each year to the committee, each year to partners and to the public, and a region's years.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Sector, Table
from privacy.context import in_role
from reports.models import CodedRecord, ImportBatch
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.pack.tables import FIGURE_KINDS, codes_of
from reports.releases import verbs
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

YEARS = (2022, 2023, 2024)


class Draws:
    """The product's own codes with falling weights: lists begin with what is common."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        figures = {kind.key: [code for code in codes_of(kind) if code] for kind in FIGURE_KINDS}
        self.lists = figures
        self.sectors = [sector.code for sector in Sector.objects.order_by("label_en")]
        entries = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).order_by("position")
        self.reasons: dict[str, list[str]] = {}
        for entry in entries:
            self.reasons.setdefault(entry.category_code, []).append(entry.code)
        self.risks, self.protective = _by_category(CodeList.RISK_FACTOR), _by_category(CodeList.PROTECTIVE_FACTOR)

    def one(self, codes: list[str], fall: float = 0.55) -> str:
        """One code, each a good deal rarer than the one before."""
        return self.rng.choices(codes, [fall**n for n in range(len(codes))])[0]

    def some(self, codes: list[str], chances: list[int]) -> list[str]:
        """Several codes, each by its own chance in hundredths."""
        return [code for code, chance in zip(codes, chances, strict=False) if self.rng.random() * 100 < chance]

    def named(self, factors: dict[str, list[str]], categories: list[str]) -> list[str]:
        """One factor of each category, the first of its list the most common; sometimes others with it."""
        found = []
        for category in categories:
            one = self.one(factors[category])
            found += [one, *(code for code in self.some(factors[category], _BESIDE) if code != one)]
        return found


def _by_category(code_list: CodeList) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in CatalogueEntry.objects.of(code_list).order_by("position"):
        codes = found.setdefault(entry.category_code, [])
        if (code := f"{entry.category_code}/{entry.code}") not in codes:
            codes.append(code)
    return found


#: Chances in hundredths that a discussion has a factor of a category, of the commonest ones; and another of the same.
_BESIDE = [12, 20, 14, 8, 4, 2, 1]
_CHANCES = [74, 58, 54, 48, 46, 42, 33, 30, 26, 22, 14, 12, 8, 3, 2, 1]


def lived(sizes: dict[str, int], seed: str, region: str) -> list[Table]:
    """Make tables of a region with three years of records; a row of the past each, as an import leaves it."""
    rng = random.Random(seed)
    draws, tables = Draws(rng), []
    for code, size in sizes.items():
        table = Table.objects.create(code=code, name_en=code, name_fr=code, region_en=region, region_fr=region)
        tables.append(table)
        record(table, size, draws, f"{seed}/{code}")
    return tables


def record(table: Table, size: int, draws: Draws, digest: str) -> None:
    """Three years of records of one table, about `size` a year."""
    with in_role("st_worker"):
        batch = ImportBatch.objects.create(
            table=table, digest=digest[:64], rows=3 * size, first_day=date(YEARS[0], 1, 1),
            last_day=date(YEARS[-1], 12, 31),
        )  # fmt: skip
        for year in YEARS:
            many = max(4, round(draws.rng.gauss(size, size**0.5)))
            CodedRecord.objects.bulk_create(a_year(table, batch, draws, year, many))


def a_year(table: Table, batch: ImportBatch, draws: Draws, year: int, many: int) -> Iterator[CodedRecord]:
    """Records of one year of a table, not saved."""
    return (CodedRecord(table=table, batch=batch, **_row(draws, year)) for _n in range(many))


def release_everything(tables: list[Table], region: str) -> Iterator[None]:
    """Prepare every page in the order of the calendar. A draft is decided exactly as a release is."""
    for table in tables:
        for year in YEARS:
            for period in (*(f"{year}Q{n}" for n in (1, 2, 3, 4)), str(year)):
                verbs.prepare(scopes.of_table(table.code), parse(period), Audience.COMMITTEE, by=None)
            for audience in (Audience.PARTNER, Audience.PUBLIC):
                verbs.prepare(scopes.of_table(table.code), parse(str(year)), audience, by=None)
                yield
    if len(tables) > 1:
        for year in YEARS:
            for audience in (Audience.PARTNER, Audience.PUBLIC):
                verbs.prepare(scopes.of_region(region), parse(str(year)), audience, by=None)
                yield


def _row(draws: Draws, year: int) -> dict[str, Any]:
    rng = draws.rng
    opened = date(year, 1, 1) + timedelta(days=rng.randrange(340))
    closed = min(opened + timedelta(days=rng.randrange(1, 60)), date(year, 12, 31))
    row: dict[str, Any] = {
        "opened_on": opened, "closed_on": closed, "decided_on": opened, "days_open": (closed - opened).days,
        "quarter": f"{year}Q{(opened.month + 2) // 3}", "discussion_type": draws.one(draws.lists["type"], 0.4),
        "originating_sector": draws.one(draws.sectors), "catalogue_on": opened, "updated_on": timezone.localdate(),
    }  # fmt: skip
    if rng.random() < 0.04:
        reason = draws.one(draws.reasons["rejected"])
        return row | {"status": "rejected", "conclusion_group": "rejected", "conclusion_reason": reason}
    groups = [group for group in draws.reasons if group != "rejected"]
    group = rng.choices(groups, [72 if g == "overall-risk-lowered" else 28 / (len(groups) - 1) for g in groups])[0]
    persons = [
        {"age_group": draws.one(draws.lists["age"][2:] + draws.lists["age"][:2], 0.7),
         "sex": rng.choices(draws.lists["sex"], [47, 40, 2, 11][: len(draws.lists["sex"])]
                            + [1] * (len(draws.lists["sex"]) - 4))[0]}
        for _n in range(1 if rng.random() < 0.65 else rng.randint(2, 4))
    ]  # fmt: skip
    services = [
        {"category": draws.one(draws.lists["service"], 0.75), "result": draws.one(draws.lists["service-result"])}
        for _n in range(rng.randrange(5))
    ]
    risks = draws.some(draws.lists["risk-category"], _CHANCES)
    protective = draws.some(draws.lists["protective-category"], _CHANCES[6:])
    return row | {
        "status": "concluded", "accepted": True, "conclusion_group": group,
        "conclusion_reason": draws.one(draws.reasons[group]), "lead_sector": draws.one(draws.sectors),
        "assisting_sectors": draws.some(draws.sectors, [50, 40, 30, 20, 10, 5, 2]),
        "risk_factors": draws.named(draws.risks, risks),
        "protective_factors": draws.named(draws.protective, protective),
        "study_flags": draws.some(draws.lists["study-flag"], [30, 20, 12, 6, 3, 1]),
        "persons": persons, "services": services,
        "hours_to_first_contact": rng.choice([None, *range(4, 90, 6)]),
        "consent": rng.choices(["obtained", "not-obtained", ""], [62, 30, 8])[0],
        "notice": rng.choices(["not-owed", "on-time", "late", "excused", ""], [50, 34, 6, 4, 6])[0],
    }  # fmt: skip
