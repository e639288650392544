"""Proof: do sixty situations written out in a file give exactly the figures that were counted by hand?

The situations stand in `fixtures/golden_situations.csv`, the numbers below were counted from it on paper, and share
nothing with the program: what it counts, and what its pack tells, must be these.
"""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from bench.proof import SEED, Proof
from reports.importing import batches
from reports.pack import document, scopes
from reports.pack.audience import Audience
from reports.pack.counting import Counted, roll_up, together
from reports.pack.periods import parse
from tests.cast import assemble

_FILE = Path(__file__).parent / "fixtures" / "golden_situations.csv"
#: period -> figure -> category -> how many. What is not named is none.
_BY_HAND: dict[str, dict[str, dict[str, int]]] = {
    "2024Q1": {
        "totals": {"opened": 36, "met": 30, "rejected": 6, "concluded": 12, "risk-lowered": 12, "still-open": 18,
                   "intervened": 30, "persons": 38},
        "rejection": {"single-agency-can-address-risk-alone": 6},
        "type": {"person": 22, "family": 8},
        "age": {"18-24": 12, "12-17": 18, "30-39": 8},
        "sex": {"female": 28, "male": 10},
        "risk-category": {"alcohol": 20, "drugs": 22},
        "originating": {"police": 20, "education": 10},
        "originating-rejected": {"police": 6},
        "originating-decided": {"police": 26, "education": 10},
        "lead": {"health": 12, "mental-health-and-addictions": 10, "housing": 8},
        "first-contact": {"in-48-hours": 20, "later": 10},
        "consent": {"": 30},
        "notice": {"": 30},
        "conclusion": {"overall-risk-lowered": 12},
    },
    "2024Q2": {
        "totals": {"opened": 24, "carried-over": 18, "met": 24, "concluded": 32, "risk-lowered": 24,
                   "risk-not-lowered": 8, "still-open": 10, "intervened": 24, "persons": 24},
        "type": {"person": 24},
        "age": {"25-29": 24},
        "sex": {"female": 10, "male": 14},
        "risk-category": {"alcohol": 10, "drugs": 14},
        "originating": {"police": 10, "health": 14},
        "originating-decided": {"police": 10, "health": 14},
        "lead": {"health": 14, "housing": 10},
        "first-contact": {"in-48-hours": 14, "": 10},
        "consent": {"": 24},
        "notice": {"": 24},
        "conclusion": {"overall-risk-lowered": 24, "still-aer": 8},
    },
    "2024": {
        "totals": {"opened": 60, "met": 54, "rejected": 6, "concluded": 54, "risk-lowered": 36, "risk-not-lowered": 18,
                   "intervened": 54, "persons": 62},
        "rejection": {"single-agency-can-address-risk-alone": 6},
        "type": {"person": 46, "family": 8},
        "age": {"18-24": 12, "12-17": 18, "30-39": 8, "25-29": 24},
        "sex": {"female": 38, "male": 24},
        "risk-category": {"alcohol": 30, "drugs": 36},
        "risk-mention": {"alcohol": 30, "drugs": 36},
        "risk-factor": {"alcohol/alcohol-abuse-by-person": 30, "drugs/drug-abuse-by-person": 36},
        "originating": {"police": 30, "education": 10, "health": 14},
        "originating-rejected": {"police": 6},
        "originating-decided": {"police": 36, "education": 10, "health": 14},
        "lead": {"health": 26, "mental-health-and-addictions": 10, "housing": 18},
        "first-contact": {"in-48-hours": 34, "later": 10, "": 10},
        "consent": {"": 54},
        "notice": {"": 54},
        "conclusion": {"overall-risk-lowered": 36, "still-aer": 18},
        "conclusion-reason": {"overall-risk-lowered/connected-to-services": 36, "still-aer/informed-of-services": 18},
        "risk-outcome": {"alcohol/lowered": 12, "alcohol/other": 18, "drugs/lowered": 36},
    },
}  # fmt: skip


def run() -> Proof:
    """Import the file, count, make the packs, and compare with what was counted by hand."""
    cast = assemble()
    outcome = batches.import_file(_FILE, table=cast.nia, by=None)
    assert outcome.problems == [], outcome.problems[:3]
    scope, compared, told = scopes.of_table("NIA"), 0, 0
    wrong: list[str] = []
    for written, expected in _BY_HAND.items():
        period = parse(written)
        counted = together(roll_up([cast.nia.pk], period.quarters), [cast.nia.pk], period.quarters)
        differing, many = _compare(counted, expected)
        compared, wrong = compared + many, wrong + [f"{written} {cell}" for cell in differing]
        pack = document.make(scope, period, Audience.COMMITTEE, made_by="", now=timezone.now())
        for figure, rows in (("totals", pack.totals), *((f.key, f.rows) for f in pack.figures)):
            for row in rows:
                if row.count is not None:
                    told += 1
                    if row.count != expected.get(figure, {}).get(row.code, 0):
                        wrong.append(f"{written} told {figure}/{row.code}")
    print("\n".join(wrong) or "all as counted by hand", flush=True)
    return Proof(
        "golden-figures",
        f"{len(wrong)} of {compared + told} figures differ from those counted by hand (target 0)",
        outcome.read,
        SEED,
        not wrong and outcome.read >= 60,
        f"{compared} counts compared before anything is withheld, {told} as the committee's packs tell them.",
    )


#: Told of years only; and a sum of two figures, which is not counted itself.
_OF_YEARS = ("conclusion-reason/", "risk-outcome/", "risk-mention/", "risk-factor/")
_ADDED_UP = "originating-decided/"


def _compare(counted: Counted, expected: dict[str, dict[str, int]]) -> tuple[list[str], int]:
    found = {f"{figure}/{code}": many for (figure, code), many in counted.counts.items() if many}
    by_hand = {f"{figure}/{code}": many for figure, codes in expected.items() for code, many in codes.items()}
    by_hand = {cell: many for cell, many in by_hand.items() if not cell.startswith(_ADDED_UP)}
    if "conclusion-reason" not in expected:
        found = {c: many for c, many in found.items() if not c.startswith(_OF_YEARS)}
    every = {*found, *by_hand}
    return sorted(cell for cell in every if found.get(cell, 0) != by_hand.get(cell, 0)), len(every)
