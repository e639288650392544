"""Which single factors, and how many mentions, are told beside the categories of a table's own year?

Of a category that is told to the committee: how many discussions had each of its factors, and how often all of them
were named. Mentions are the sum of the factors; no factor is more than its category, and the category no more than its
mentions. The category is a number told, so each is a question by itself that shares nothing with another, nor with any
other page: partners, the public and regions are told no single factor (docs/adr/0062). Of a category that is withheld
nothing is said at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from reports.pack.audience import Audience
from reports.pack.counting import Cell, Counted
from reports.pack.pages import Page
from reports.pack.tables import DETAILS
from reports.suppression.audit import Seen, exposed
from reports.suppression.counts import (
    Between,
    Chance,
    Count,
    Key,
    Question,
    Reason,
    Relation,
    bounds,
    numbers_of,
)
from reports.suppression.protect import protect

#: The codes of each figure.
Codes: TypeAlias = Mapping[str, Sequence[str]]
_FIGURES = frozenset(detail.key for both in DETAILS.values() for detail in both)


def held(page: Page) -> bool:
    """Whether a page tells of single factors: a table's own year, to its committee."""
    year, audience = page.kind
    return year and audience is Audience.COMMITTEE


def is_detail(cell: Cell) -> bool:
    """Whether a count is one of these."""
    return cell[0] in _FIGURES


def decide(
    page: Page, told: Mapping[Cell, int], counted: Counted, chance: Chance, codes: Codes
) -> tuple[dict[Cell, int], dict[Cell, Reason]]:
    """What is told of factors and mentions beside told categories, and why the rest is not. `codes`: of each figure."""
    found: dict[Cell, int] = {}
    withheld: dict[Cell, Reason] = {}
    if held(page):
        for category, mention, factors in _families(told, codes):
            question = _question(page, (category, told[category]), mention, factors, counted, chance)
            cells = {page.key(cell): cell for cell in (mention, *factors)}
            try:
                answer = protect(question)
            except ArithmeticError:  # records corrected since their category was told
                withheld |= dict.fromkeys(cells.values(), Reason.NOT_RELEASED)
                continue
            found |= {cells[key]: value for key, value in answer.told.items()}
            withheld |= {cell: answer.withheld.get(key, Reason.NOT_RELEASED) for key, cell in cells.items()
                         if key not in answer.told}  # fmt: skip
    return found, withheld


def worked_out(page: Page, told: Mapping[Cell, int], withheld: Mapping[Cell, Reason], codes: Codes) -> list[Key]:
    """Withheld counts of these that follow from what is told of them: what the check of a release asks once more."""
    found: list[Key] = []
    for category, mention, factors in _families(told, codes):
        k, cells = page.audience.value, (mention, *factors)
        known: dict[Key, int | Between] = {page.key(cell): told[cell] for cell in (category, *cells) if cell in told}
        known |= {page.key(cell): bounds(withheld[cell], k) for cell in cells if cell in withheld}
        hidden = {key: what for key, what in known.items() if isinstance(what, Between)}
        seen = Seen(
            numbers_of(known), hidden, [_sum(page, mention, factors)], _bases(page, category, factors),
            at_most=[(page.key(category), page.key(mention))],
        )  # fmt: skip
        found += exposed(seen)
    return found


def _families(told: Mapping[Cell, int], codes: Codes) -> Iterator[tuple[Cell, Cell, list[Cell]]]:
    """Each told category with its mentions and its factors, one for what is in no list among them."""
    for figure, (factor, mention) in DETAILS.items():
        parts: dict[str, list[Cell]] = {}
        for code in codes[factor.key]:
            parts.setdefault(code.split("/", 1)[0], []).append((factor.key, code))
        for cell in told:
            if cell[0] == figure:
                yield cell, (mention.key, cell[1]), parts[cell[1]]


def _question(
    page: Page, category: tuple[Cell, int], mention: Cell, factors: list[Cell], counted: Counted, chance: Chance
) -> Question:
    bases = _bases(page, category[0], factors)
    # How often all were named is given up before a factor is: it says least.
    counts = [Count(page.key(mention), counted.counts[mention], rank=-len(factors), figure=category[0][1])]
    counts += [
        Count(page.key(cell), counted.counts[cell], False, bases.get(page.key(cell)), -n, category[0][1])
        for n, cell in enumerate(factors)
    ]
    key, value = page.key(category[0]), category[1]
    return Question(
        counts, [_sum(page, mention, factors)], page.audience.value, ({key: value},), true={key: value},
        chance=chance, at_most=[(key, page.key(mention))],
    )  # fmt: skip


def _sum(page: Page, mention: Cell, factors: list[Cell]) -> Relation:
    return Relation(page.key(mention), tuple(page.key(cell) for cell in factors))


def _bases(page: Page, category: Cell, factors: list[Cell]) -> dict[Key, Key]:
    """The category that no factor can exceed; what is in no list could be named twice by one."""
    return {page.key(cell): page.key(category) for cell in factors if not cell[1].endswith("/")}
