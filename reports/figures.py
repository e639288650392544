"""How many, in a quarter, at one table? Totals only, each with the base it is counted among.

No breakdown of any kind: at a table of some forty discussions a year a count by age, sex or factor points at people,
and the suppression that would prevent it does not exist yet. These totals are exempt for a table's own steering
committee, which knows them from its seats (reports.md, "Not revealing people").

Counting is by calendar quarter of the table's own days, over activity in the quarter:

opened     presented to the table in it. A filing returned to its agency does not count until it is presented again.
met        the threshold was met in it, and stands (withdrawn or stopped before the door, it counts as presented only);
rejected   rejected in it; both among the situations that were before the table for a decision at some time in it,
           those carried over included.
concluded  concluded in it, among the accepted ones that were open at some time in it. Stopped or transferred is ended,
           not concluded.
lowered    concluded in it with a reason of the group "overall risk lowered", among the concluded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.context import in_role
from privacy.decision import Denied, hide
from reports.models import CodedRecord
from reports.quarters import Quarter, day_at
from reports.vocabulary import RISK_LOWERED, Status

#: Seats whose holders read a table's totals: the steering committee, and who runs and records the meeting.
READERS = (Role.MANAGER, Role.FACILITATOR, Role.RECORDER)


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure that is counted, and what it is counted among ('' where it is a base itself)."""

    code: str
    label: Promise
    base_code: str
    base_words: Callable[[int], str]


def _all_presented(_count: int) -> str:
    return gettext("all situations presented in the quarter")


def _before_the_table(count: int) -> str:
    return ngettext(
        "of %(count)d before the table for a decision", "of %(count)d before the table for a decision", count
    ) % {"count": count}


def _accepted(count: int) -> str:
    return ngettext("of %(count)d accepted", "of %(count)d accepted", count) % {"count": count}


def _concluded(count: int) -> str:
    return ngettext("of %(count)d concluded", "of %(count)d concluded", count) % {"count": count}


KINDS = (
    Kind("opened", pgettext_lazy("figures", "Presented"), "", _all_presented),
    Kind("met", _("Threshold met"), "undecided", _before_the_table),
    Kind("rejected", pgettext_lazy("figures", "Rejected"), "undecided", _before_the_table),
    Kind("concluded", pgettext_lazy("figures", "Concluded"), "in_hand", _accepted),
    Kind("lowered", _("Overall risk lowered"), "concluded", _concluded),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count with its base. `base` is None for a figure that is a base itself."""

    kind: Kind
    count: int
    base: int | None

    @property
    def code(self) -> str:
        """Stable, for programs."""
        return self.kind.code

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return str(self.kind.label)

    @property
    def base_code(self) -> str:
        """What it is counted among, for programs."""
        return self.kind.base_code

    @property
    def base_words(self) -> str:
        """What it is counted among, in words and with its number."""
        return self.kind.base_words(self.base or 0)

    @property
    def percent(self) -> int | None:
        """Share of the base in whole per cent, half rounded up; None without a base or with an empty one."""
        if not self.base:
            return None
        return (200 * self.count + self.base) // (2 * self.base)


@dataclass(frozen=True, slots=True)
class QuarterTotals:
    """The totals of one table in one quarter. The page, the file and the API are made from this alone."""

    table: Table
    quarter: Quarter
    in_progress: bool
    figures: tuple[Figure, ...]

    def figure(self, code: str) -> Figure:
        """One figure by its code. KeyError for another one."""
        return {figure.code: figure for figure in self.figures}[code]


def readable_tables(by: Member) -> list[Table]:
    """The tables whose totals a member may read, by seats in good standing today."""
    seats = Standing.objects.of(by).in_roles(*READERS)
    return list(Table.objects.filter(pk__in=seats.values("table_id")))


def totals(table: Table, quarter: Quarter, *, by: Member) -> QuarterTotals:
    """The totals of a table in a quarter. Denied (hidden) without a seat that reads them there; ValueError for a
    quarter that has not begun.
    """
    if not Standing.objects.of(by).at(table.pk).in_roles(*READERS).exists():
        raise Denied(hide())
    today = day_at(table)
    if quarter.first_day > today:
        raise ValueError("the quarter has not begun")
    with in_role("st_statistics"):
        found = CodedRecord.objects.at(table.pk).aggregate(**_counts(quarter))
    figures = tuple(Figure(kind, found[kind.code], found.get(kind.base_code)) for kind in KINDS)
    return QuarterTotals(table, quarter, today <= quarter.last_day, figures)


def _counts(quarter: Quarter) -> dict[str, Count]:
    """Every count of the quarter, for one query."""
    first, last = quarter.first_day, quarter.last_day
    decided = Q(decided_on__range=(first, last))
    concluded = Q(status=Status.CONCLUDED, closed_on__range=(first, last))
    return {
        name: Count("pk", filter=condition)
        for name, condition in {
            "opened": Q(opened_on__range=(first, last)) & ~Q(status=Status.RETURNED),
            "undecided": Q(opened_on__lte=last)
            & ~Q(status=Status.RETURNED)
            & (
                Q(decided_on__isnull=True, closed_on__isnull=True)
                | Q(decided_on__gte=first)
                | Q(decided_on__isnull=True, closed_on__gte=first)
            ),
            "met": decided & Q(accepted=True),
            "rejected": decided & Q(status=Status.REJECTED),
            "in_hand": Q(accepted=True, decided_on__lte=last) & (Q(closed_on__isnull=True) | Q(closed_on__gte=first)),
            "concluded": concluded,
            "lowered": concluded & Q(conclusion_group=RISK_LOWERED),
        }.items()
    }


def quarters(tables: list[Table]) -> list[Quarter]:
    """The quarters that can be asked for at some tables of a reader's: the first with a record to this one, newest
    first.
    """
    newest = max(Quarter.of(day_at(table)) for table in tables)
    with in_role("st_statistics"):
        first = CodedRecord.objects.filter(table__in=tables).aggregate(day=Min("opened_on"))["day"]
    found = [newest]
    while first is not None and found[-1].first_day > first:
        found.append(found[-1].previous)
    return found


def latest_complete(table: Table) -> Quarter:
    """The last complete quarter in which anything was presented, decided or ended; the present one when none was."""
    now = Quarter.of(day_at(table))
    until = now.previous.last_day
    with in_role("st_statistics"):
        found = CodedRecord.objects.at(table.pk).aggregate(
            **{
                field: Max(field, filter=Q(**{f"{field}__lte": until}))
                for field in ("opened_on", "decided_on", "closed_on")
            }
        )
    days = [day for day in found.values() if day is not None]
    return Quarter.of(max(days)) if days else now
