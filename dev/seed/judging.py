"""What has the demo's steering committee entered? Costs, what results are taken to be worth, and what is missing.

Every amount is invented, and its source says so: nobody should carry one of these into a real evaluation.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from dev.seed.region import Region
from privacy.context import acting_as
from reports.evaluation import verbs
from reports.pack.periods import parse
from reports.planning import issues
from reports.planning.verbs import raise_matter, take_up
from reports.planning_model import Area, MatterKind, MatterStatus

#: What for, amount a year, hours.
_COSTS = (("staff", 46_000, None), ("vehicles", 2_400, None), ("training", 3_100, None), ("in-kind", 28_600, 650))
#: For each of, what it stands for, low, central, high, per cent claimed.
_PROXIES = (
    ("risk-lowered", "Emergency responses that were not needed", 600, 1_400, 2_900, 40),
    ("connected", "A service reached weeks sooner", 80, 200, 450, 60),
)
_NOTE = "Agencies call each other sooner, and follow-ups are shorter than a year ago."
_SERVICES = (
    ("shelter", "unavailable", "housing", Area.SOCIAL_DEVELOPMENT, MatterStatus.IN_HAND,
     "There is no bed for couples, nor for people who come with an animal."),
    ("mental-health", "waiting", "hospital", Area.PREVENTION, MatterStatus.RAISED,
     "The wait for a first appointment outlasts the plan that was made for it."),
)  # fmt: skip
_ISSUE = "Nobody’s mandate covers the days between leaving hospital and the first visit at home."


def write(region: Region, today: date) -> None:
    """Enter all of it at the first table, as its manager."""
    table, manager = region.tables["NIA"], region.people["manager"]
    with acting_as(manager):
        for year in (today.year - 2, today.year - 1, today.year):
            for kind, amount, hours in _COSTS:
                verbs.enter_cost(
                    table=table, kind=kind, period=parse(str(year)), amount=Decimal(amount), hours=hours,
                    currency="CAD", by=manager,
                )  # fmt: skip
        for outcome, title, low, central, high, claimed in _PROXIES:
            verbs.enter_proxy(
                table=table, outcome=outcome, title=title, low=Decimal(low), central=Decimal(central),
                high=Decimal(high), currency="CAD", claimed=claimed, source="Invented for this demonstration",
                source_year=today.year, by=manager,
            )  # fmt: skip
        verbs.write_note(table=table, period=parse(str(today.year - 1)), words=_NOTE, marks_reason="", by=manager)
        for weeks, (service, why, owner, area, status, words) in enumerate(_SERVICES, 2):
            raise_matter(
                table=table, kind=MatterKind.GAP, service=service, why=why, words=words, area=area, status=status,
                owner=region.agencies.get(owner), raised_on=today - timedelta(weeks=weeks), by=manager,
            )  # fmt: skip
        raise_matter(
            table=table, kind=MatterKind.SYSTEMIC, words=_ISSUE, area=Area.PREVENTION,
            raised_on=today - timedelta(weeks=5), by=manager,
        )  # fmt: skip
        named = next(i for i in issues.raised(table) if i.sector == "housing")
        take_up(
            named, table=table, area=Area.SOCIAL_DEVELOPMENT, owner=region.agencies["housing"],
            status=MatterStatus.IN_HAND, by=manager,
        )  # fmt: skip
