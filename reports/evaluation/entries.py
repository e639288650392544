"""What has a committee entered for a period, and what is kept of it when figures are released?

A cost counts where its days lie within the period: a year's costs are not spread over its quarters. Proxies are the
table's, of no period. `plain` and `kept` are the form in which a release freezes all of it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from reports.models import Cost, EvaluationNote, Proxy
from reports.pack.periods import Period


@dataclass(frozen=True, slots=True)
class CostEntry:
    """What was spent of one kind."""

    kind: str
    amount: Decimal
    hours: int | None


@dataclass(frozen=True, slots=True)
class ProxyEntry:
    """What one of a result is taken to be worth."""

    outcome: str
    title: str
    low: Decimal
    central: Decimal
    high: Decimal
    claimed: int
    source: str
    source_year: int


@dataclass(frozen=True, slots=True)
class Entries:
    """All of a period, in one currency."""

    currency: str
    costs: tuple[CostEntry, ...]
    proxies: tuple[ProxyEntry, ...]
    notes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As plain values."""
        made = asdict(self)
        for entry in (*made["costs"], *made["proxies"]):
            entry.update({key: str(value) for key, value in entry.items() if isinstance(value, Decimal)})
        return made


def entered(table_id: int, period: Period) -> Entries | None:
    """What was entered, as the reader's role sees it; None where there is nothing."""
    within = {"table": table_id, "first_day__gte": period.first_day, "last_day__lte": period.last_day}
    costs = list(Cost.objects.filter(**within))
    notes = tuple(EvaluationNote.objects.filter(**within).values_list("words", flat=True))
    if not costs and not notes:
        return None
    currency = costs[0].currency if costs else ""
    proxies = Proxy.objects.filter(table=table_id, currency=currency)
    return Entries(
        currency,
        tuple(CostEntry(c.kind, c.amount, c.hours) for c in costs),
        tuple(
            ProxyEntry(p.outcome, p.title, p.low, p.central, p.high, p.claimed, p.source, p.source_year)
            for p in proxies
        ),
        notes,
    )


def kept(plain: dict[str, Any] | None) -> Entries | None:
    """Entries from their plain form."""
    if plain is None:
        return None
    costs = tuple(CostEntry(c["kind"], Decimal(c["amount"]), c["hours"]) for c in plain["costs"])
    proxies = tuple(
        ProxyEntry(
            p["outcome"], p["title"], Decimal(p["low"]), Decimal(p["central"]), Decimal(p["high"]), p["claimed"],
            p["source"], p["source_year"],
        )
        for p in plain["proxies"]
    )  # fmt: skip
    return Entries(plain["currency"], costs, proxies, tuple(plain["notes"]))
