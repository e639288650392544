"""What comes together in a table's year: which risks in one discussion, which sectors around it? In words for a reader.

Only a steering committee's year holds these, and only as levels (`pair_levels.py`). What a release kept of them is
{"risk-pairs": [["alcohol", "drugs", 20], ["alcohol", "housing", None]], ...}; None is "fewer, or not told".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.audience import Audience, reckoned
from reports.pack.periods import Period
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS

Stored: TypeAlias = Mapping[str, Sequence[tuple[str, str, int | None]]]


@dataclass(frozen=True, slots=True)
class PairKind:
    """A figure of pairs: whose counts both must be told, and whether either can stand first."""

    key: str
    title: Promise
    first: str
    second: str

    @property
    def either(self) -> bool:
        """Whether a pair is the same the other way round."""
        return self.first == self.second


KINDS = (
    PairKind("risk-pairs", gettext_lazy("Risk categories that come together"), "risk-category", "risk-category"),
    PairKind("sector-pairs", gettext_lazy("Lead sectors and who assists them"), "lead", "assisting"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """Two of a pair, and how many discussions at least had both; None where that is fewer, or not told."""

    first: str
    first_label: str
    second: str
    second_label: str
    at_least: int | None


@dataclass(frozen=True, slots=True)
class Pairs:
    """One figure of pairs."""

    key: str
    title: str
    first: str
    second: str
    either: bool
    #: What a reader must know: what a level means, or why there is none.
    says: str
    levels: tuple[Level, ...]

    @property
    def told(self) -> tuple[Level, ...]:
        """The pairs of which a level is told."""
        return tuple(level for level in self.levels if level.at_least is not None)


def held(scope: Scope, period: Period, audience: Audience) -> bool:
    """Whether a page holds pairs at all: a table's own year, for its committee."""
    return audience is Audience.COMMITTEE and scope.single and len(period.years) == 1 and reckoned(period)


def pairs_of(stored: Stored | None) -> tuple[Pairs, ...]:
    """The figures of what was kept; where nothing was, they say so."""
    heads = {figure.key: figure for figure in FIGURE_KINDS}
    made = []
    for kind in KINDS:
        first, second = (dict(heads[key].categories()) for key in (kind.first, kind.second))
        levels = tuple(
            Level(a, first.get(a, a), b, second.get(b, b), level) for a, b, level in (stored or {}).get(kind.key, ())
        )
        titles = (_("One"), _("The other")) if kind.either else (_("Lead sector"), _("Assisting sector"))
        made.append(Pairs(kind.key, str(kind.title), *titles, kind.either, _says(stored, levels), levels))
    return tuple(made)


def _says(stored: Stored | None, levels: tuple[Level, ...]) -> str:
    if stored is None:
        return _("Not told: these figures were decided before the pack had pairs.")
    if not levels:
        return _("Not told: it takes two counts that are told.")
    if all(level.at_least is None for level in levels):
        return _("Of accepted discussions that had both: no pair comes to a level that is told.")
    return _(
        "Of accepted discussions that had both: at least 10, 20, 40, 80 or 160. Pairs without a level are fewer, or not"
        " told. Only what is itself told is paired."
    )


def at_least(level: int | None) -> str:
    """A level in words."""
    return _("fewer, or not told") if level is None else _("at least %(level)s") % {"level": level}
