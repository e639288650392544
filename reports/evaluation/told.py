"""What is told of a period's evaluation, and what was entered for it? Read once for both doors, before it is worded."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.models import Table
from reports.evaluation.entries import entered
from reports.evaluation.reckoning import Evaluation, does_not_prove, evaluate
from reports.models import Cost, EvaluationNote, Proxy, Release
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.counting import Cell
from reports.pack.periods import Period
from reports.releases import reading, store


@dataclass(frozen=True, slots=True)
class Told:
    """As the reader's role sees it. Entries newest first; `counts` are those of the release, empty without one."""

    release: Release | None
    counts: dict[Cell, int]
    made: Evaluation | None
    costs: tuple[Cost, ...]
    proxies: tuple[Proxy, ...]
    notes: tuple[EvaluationNote, ...]

    @property
    def says(self) -> tuple[str, ...]:
        """What a reader must know first."""
        return self.made.says if self.made and self.made.says else does_not_prove()


def told(table: Table, period: Period) -> Told:
    """The evaluation of a period: a cost and a note count where their days lie within it, proxies always."""
    release = reading.newest(scopes.of_table(table.code), period, Audience.COMMITTEE)
    counts = store.cells(release.told) if release else {}
    of = {"table": table, "first_day__gte": period.first_day, "last_day__lte": period.last_day}
    proxies = Proxy.objects.filter(table=table).select_related("entered_by").order_by("-entered_at")
    return Told(
        release, counts, evaluate(counts, entered(table.pk, period)),
        costs=tuple(Cost.objects.filter(**of).select_related("entered_by").order_by("-entered_at")),
        proxies=tuple(proxies),
        notes=tuple(EvaluationNote.objects.filter(**of).select_related("written_by").order_by("-written_at")),
    )  # fmt: skip
