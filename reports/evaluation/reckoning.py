"""What did one situation cost, and what is what came of it taken to be worth? Reckoned from told counts alone.

A count that is withheld from an audience enters nothing: neither a cost for each, nor a proxy. So no figure here says
more than the pack's own, and whoever knows a cost and a figure learns no count they were not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.evaluation.entries import Entries
from reports.evaluation_model import CostKind, Outcome
from reports.pack.counting import CONCLUDED, LOWERED, MET, TOTALS, Cell

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")
_COUNTED: dict[str, Cell] = {
    Outcome.MET: (TOTALS, MET),
    Outcome.CONCLUDED: (TOTALS, CONCLUDED),
    Outcome.LOWERED: (TOTALS, LOWERED),
    Outcome.PERSONS: (TOTALS, "persons"),
    Outcome.CONNECTED: ("service-result", "connected-to-service"),
}
COST, EACH, WORTH, RATIO = "cost", "each", "worth", "ratio"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `central` is None where a count it rests on is withheld; low and high only of what is estimated."""

    #: cost, each, worth or ratio
    part: str
    code: str
    label: str
    #: What it rests on, in words.
    rests_on: str
    #: A currency; nothing for a ratio.
    unit: str
    central: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All of a period: figures, what they do not prove, and the committee's own words."""

    lines: tuple[Line, ...]
    says: tuple[str, ...]
    notes: tuple[str, ...]

    def of(self, *parts: str) -> tuple[Line, ...]:
        """The lines of some parts."""
        return tuple(line for line in self.lines if line.part in parts)


def evaluate(told: Mapping[Cell, int], entries: Entries | None) -> Evaluation | None:
    """The evaluation of a period whose counts may be told; None where nothing was entered."""
    if entries is None:
        return None
    total = sum((c.amount for c in entries.costs), Decimal(0))
    lines = [*_costs(entries, total), *_each(told, entries, total)]
    says = []
    if entries.costs:
        worth, left_out = _worth(told, entries)
        lines += [*worth, *_ratio(worth, total)]
        if left_out:
            says.append(
                ngettext(
                    "%(n)s proxy is left out: the count it is multiplied with is withheld or none.",
                    "%(n)s proxies are left out: the counts they are multiplied with are withheld or none.",
                    left_out,
                )
                % {"n": left_out}
            )
        says += does_not_prove()
    return Evaluation(tuple(lines), tuple(says), entries.notes)


def does_not_prove() -> tuple[str, ...]:
    """What a reader must know before using a ratio."""
    return (
        _("This does not prove that the table caused what came after: nobody was left without it to compare with."),
        _("What a result is worth is an estimate by others, for other people and places; low and high show how much"
          " depends on it. The same result may be claimed by another program."),
        _("“Risk lowered” is what the table recorded when it concluded, not what lasted. Compare a table with itself"
          " over time, never one table with another."),
    )  # fmt: skip


def _costs(entries: Entries, total: Decimal) -> list[Line]:
    found = []
    for kind in CostKind:
        of_kind = [c for c in entries.costs if c.kind == kind]
        if of_kind:
            hours = sum(c.hours or 0 for c in of_kind)
            said = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else ""
            amount = sum((c.amount for c in of_kind), Decimal(0))
            found.append(Line(COST, kind.value, str(kind.label), said, entries.currency, amount))
    if found:
        found.append(Line(COST, "total", _("All costs"), "", entries.currency, total))
    return found


def _each(told: Mapping[Cell, int], entries: Entries, total: Decimal) -> list[Line]:
    if not entries.costs:
        return []
    kinds = (
        (Outcome.MET, _("For each situation accepted"), _("situations accepted")),
        (Outcome.PERSONS, _("For each person in them"), _("persons in accepted situations")),
        (Outcome.CONNECTED, _("For each connection to a service"), _("connections; one person may have several")),
        (Outcome.LOWERED, _("For each situation with overall risk lowered"), _("situations with overall risk lowered")),
    )  # fmt: skip
    made = []
    for outcome, label, words in kinds:
        many = told.get(_COUNTED[outcome])
        each = (total / many).quantize(_CENT, ROUND_HALF_UP) if many else None
        said = _("withheld") if many is None else _("%(n)s %(what)s") % {"n": many, "what": words}
        made.append(Line(EACH, outcome.value, label, said, entries.currency, each))
    return made


def _worth(told: Mapping[Cell, int], entries: Entries) -> tuple[list[Line], int]:
    made = []
    for at, proxy in enumerate(entries.proxies, 1):
        many = told.get(_COUNTED[proxy.outcome])
        if many:
            said = _("%(n)s × %(outcome)s, %(share)s%% claimed. %(source)s, %(year)s") % {
                "n": many, "outcome": Outcome(proxy.outcome).label, "share": proxy.claimed, "source": proxy.source,
                "year": proxy.source_year,
            }  # fmt: skip
            low, central, high = (
                (many * value * proxy.claimed / 100).quantize(_CENT, ROUND_HALF_UP)
                for value in (proxy.low, proxy.central, proxy.high)
            )
            made.append(Line(WORTH, f"proxy-{at}", proxy.title, said, entries.currency, central, low, high))
    return made, len(entries.proxies) - len(made)


def _ratio(worth: list[Line], total: Decimal) -> list[Line]:
    if not worth or not total:
        return []
    low, central, high = (
        (sum((value for value in values if value is not None), Decimal(0)) / total).quantize(_TENTH, ROUND_HALF_UP)
        for values in zip(*((line.low, line.central, line.high) for line in worth), strict=True)
    )
    return [Line(RATIO, "social-return", _("Social return for each 1 spent"), _("all of the above, by all costs"), "",
                 central, low, high)]  # fmt: skip
