"""What would tables release over three years? Invented histories, and every release the product would make of them.

A history is discussions with one type, age group, sex, sectors and conclusion each, and several risk categories, drawn
at the published rates (the reference data's README). Released, in this order: each quarter to the steering committee
(k = 5, its own totals exempt), each year to the committee, each year to the public (k = 20), and for a region the
year's sums to the public.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from reports.suppression.counts import Between, Count, Key, Question, Relation, together
from reports.suppression.protect import protect

YEARS, QUARTERS = (1, 2, 3), (1, 2, 3, 4)
COMMITTEE, PUBLIC = 5, 20

#: figure -> weights of its categories, in hundredths. Each discussion falls into one.
ONE_WAY: dict[str, dict[str, int]] = {
    "type": {"person": 65, "family": 32, "dwelling": 1, "group": 1, "neighbourhood": 1},
    "age": {"0-5": 2, "6-11": 4, "12-17": 22, "18-24": 29, "25-29": 21, "30-39": 10, "40-59": 8, "60-plus": 4},
    "sex": {"female": 47, "male": 40, "x": 2, "unknown": 11},
    "originating": {"police": 61, "education": 9, "child-protection": 8, "mental-health": 8, "housing": 5, "health": 4,
                    "victim-services": 3, "other": 2},
    "conclusion": {"lowered": 72, "still-aer": 20, "other": 8},
}  # fmt: skip
#: Chance in hundredths that a discussion has a factor of the category at all; several at once.
SEVERAL = {"mental-health": 74, "criminal-involvement": 58, "drugs": 54, "alcohol": 48, "housing": 46,
           "antisocial": 42, "negative-peers": 33, "parenting": 30, "physical-violence": 26, "missing": 12,
           "suicide": 22, "self-harm": 14, "gangs": 8, "gambling": 3}  # fmt: skip
_TOTALS = ("opened", "met", "rejected")


@dataclass
class Told:
    """What became of one kind of release: counts told, and all counts."""

    cells: int = 0
    all: int = 0
    of: int = 0
    sum: int = 0

    def add(self, counts: list[Count], told: set[Key]) -> None:
        """Note a release; its exempt totals are not counted."""
        for count in counts:
            if not count.exempt:
                self.all, self.sum = self.all + 1, self.sum + count.value
                if count.key in told:
                    self.cells, self.of = self.cells + 1, self.of + count.value


@dataclass
class History:
    """Tables with their true counts, and what each audience came to know."""

    tables: dict[str, int]
    true: Counter[Key] = field(default_factory=Counter)
    public: dict[Key, int | Between] = field(default_factory=dict)
    committees: dict[str, dict[Key, int | Between]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    within: dict[Key, Key] = field(default_factory=dict)
    shares: dict[str, Told] = field(default_factory=dict)
    failed: int = 0


def lived(sizes: dict[str, int], seed: str) -> History:
    """Draw a history and release everything the product would."""
    history = History(sizes, committees={table: {} for table in sizes})
    rng = random.Random(seed)
    for table, size in sizes.items():
        _draw(history, table, size, rng)
    for year in YEARS:
        for table in sizes:
            for quarter in QUARTERS:
                _release(history, table, (year, quarter), "committee, quarter", COMMITTEE)
            _release(history, table, (year,), "committee, year", COMMITTEE)
        for table in sizes:
            _release(history, table, (year,), "public, table's year", PUBLIC)
        if len(sizes) > 1:
            _release(history, "region", (year,), "public, region's year", PUBLIC)
    return history


def figures() -> dict[str, list[str]]:
    """figure -> its categories; "risk" has several a discussion."""
    return {**{name: list(weights) for name, weights in ONE_WAY.items()}, "risk": list(SEVERAL)}


def _draw(history: History, table: str, size: int, rng: random.Random) -> None:
    for year in YEARS:
        for quarter in QUARTERS:
            many = sum(rng.random() < 0.25 for _n in range(size)) if size < 400 else size // 4
            for _n in range(many):
                seen = [("total", "opened")]
                if rng.random() < 0.04:
                    seen.append(("total", "rejected"))
                else:
                    seen.append(("total", "met"))
                    seen += [(name, rng.choices(list(w), list(w.values()))[0]) for name, w in ONE_WAY.items()]
                    seen += [("risk", category) for category, chance in SEVERAL.items() if rng.random() * 100 < chance]
                for figure, category in seen:
                    for where in (table, "region"):
                        history.true[where, (year, quarter), figure, category] += 1
                        history.true[where, (year,), figure, category] += 1


def _release(history: History, where: str, when: tuple[int, ...], kind: str, k: int) -> None:
    """Put the question the product would put, figure by figure, and remember the answer."""
    counts = [
        Count((where, when, "total", name), history.true[where, when, "total", name], k == COMMITTEE, figure="total")
        for name in _TOTALS
    ]
    for figure, categories in figures().items():
        for rank, category in enumerate(reversed(categories)):
            key = (where, when, figure, category)
            base = (where, when, "total", "met")
            counts.append(Count(key, history.true[key], within=base, rank=rank, figure=figure))
            history.within[key] = base
    _relate(history, where, when)
    if k == COMMITTEE:
        viewers = [together(history.public, history.committees[where])]
    else:
        inside = history.committees if where == "region" else {where: history.committees[where]}
        viewers = [history.public, *(together(history.public, knows) for knows in inside.values())]
    answer = protect(Question(counts, history.relations, k, viewers, history.within))
    history.failed += not answer.ok
    known = answer.known()
    (history.public if k == PUBLIC else history.committees[where]).update(
        {key: what for key, what in known.items() if not isinstance(viewers[0].get(key), int)}
    )
    history.shares.setdefault(kind, Told()).add(counts, set(answer.told) if answer.ok else set())


def _relate(history: History, where: str, when: tuple[int, ...]) -> None:
    """What adds up with a release: categories to the total, quarters to the year, tables to the region."""
    for figure, categories in [*figures().items(), ("total", list(_TOTALS))]:
        if figure in ONE_WAY:
            parts = tuple((where, when, figure, category) for category in categories)
            history.relations.append(Relation((where, when, "total", "met"), parts))
        for category in categories:
            key = (where, when, figure, category)
            if len(when) == 1 and where != "region":
                history.relations.append(Relation(key, tuple((where, (*when, q), figure, category) for q in QUARTERS)))
            if where == "region":
                history.relations.append(Relation(key, tuple((t, when, figure, category) for t in history.tables)))
    history.relations[:] = list(dict.fromkeys(history.relations))
