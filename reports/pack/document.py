"""What does a pack say? One document of plain values, from which the page and every file are written.

Every format says the same: period, scope, audience, the base of each figure, the version of the code lists, what is
withheld and why, who made it and when (reports.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from reports.evaluation.entries import Entries
from reports.evaluation.reckoning import Evaluation, evaluate
from reports.pack import durations as lengths
from reports.pack import meetings as met
from reports.pack.audience import Audience
from reports.pack.changes import Changes
from reports.pack.counting import TOTALS, Cell
from reports.pack.pages import totals_of
from reports.pack.pairs import Pairs, held, pairs_of
from reports.pack.periods import Period
from reports.pack.release import Reads, nothing_kept, tell
from reports.pack.rows import Figure, Row, both, total
from reports.pack.rows import figures as figures_told
from reports.pack.scopes import Scope
from reports.planning.raised import Raised
from reports.quarters import day_at
from risk.models import CatalogueEntry


@dataclass(frozen=True, slots=True)
class Before:
    """What the same audience was told of the period before, of the same tables."""

    period: Period
    #: Its release, or none where neither period was released.
    release: int | None
    told: Mapping[Cell, int]
    durations: Mapping[str, int | None]
    meetings: met.Stored | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The whole pack."""

    scope: str
    scope_code: str
    period: str
    period_label: str
    first_day: date
    last_day: date
    in_progress: bool
    #: The period that numbers are compared with, and its release; none where nothing of it was told to this audience.
    compared_with: str | None
    compared_release: int | None
    audience: str
    audience_label: str
    k: int
    code_lists_of: date | None
    made_at: datetime
    made_by: str
    #: The number of the release it is, or none where it was not released.
    release: int | None
    #: Whether it is a release, a draft of one, or only shown.
    state: str
    totals: tuple[Row, ...]
    total_bases: tuple[str, ...]
    figures: tuple[Figure, ...]
    durations: tuple[Row, ...]
    #: Of each duration, in words, what it is counted among.
    duration_bases: tuple[str, ...]
    #: What comes together, as levels: of a table's own year, for its committee.
    pairs: tuple[Pairs, ...]
    #: What it says otherwise than the release that it brings up to date; none where it brings none.
    changes: Changes | None
    #: Costs and what they are set against; of a table's own committee, where anything was entered.
    evaluation: Evaluation | None
    #: How a table's meetings went; of its own pages, for its committee.
    meetings: met.Meetings | None
    #: What stood in the way of many; of a table's own pages, for its committee.
    issues: tuple[Raised, ...] | None
    withheld: int
    notes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As plain values, days as ISO words."""

        def say(value: Any) -> Any:
            if isinstance(value, date):
                return value.isoformat()
            if isinstance(value, dict):
                return {key: say(v) for key, v in value.items()}
            if isinstance(value, Decimal):
                return str(value)
            return [say(v) for v in value] if isinstance(value, list | tuple) else value

        made: dict[str, Any] = say(asdict(self))
        return made


@dataclass(frozen=True, slots=True)
class Standing:
    """How far what is told has come: said on every page and in every file."""

    release: int | None
    state: str
    made_at: datetime
    made_by: str
    code_lists_of: date | None = None
    #: What to say first.
    notes: tuple[str, ...] = ()


def make(
    scope: Scope, period: Period, audience: Audience, *, made_by: str, now: datetime, reads: Reads = nothing_kept,
    before: Before | None = None, entries: Entries | None = None, issues: tuple[Raised, ...] | None = None,
) -> Document:  # fmt: skip
    """The pack of a period as it would be told. Raises what `tell` raises where none is made."""
    today = day_at(scope.tables[0], now)
    found = tell(scope, period, audience, today=today, reads=reads)
    listed = code_lists_on(min(today, period.last_day))
    said = () if period.last_day >= today else (_("Not released: nobody checked these figures or signed them off."),)
    standing = Standing(None, "preview", now, made_by, listed, said)
    days = lengths.durations(found, audience.value)
    pairs = pairs_of(found.together) if held(scope, period, audience) and period.last_day < today else ()
    return build(
        scope, period, audience, found.told, days, standing, in_progress=period.last_day >= today, before=before,
        entries=entries, pairs=pairs, meetings=found.meetings, issues=issues,
    )  # fmt: skip


def as_before(scope: Scope, period: Period, audience: Audience, *, today: date, reads: Reads) -> Before:
    """What would be told of the period before another that is only shown. Raises what `tell` raises."""
    found = tell(scope, period.before, audience, today=today, reads=reads)
    return Before(period.before, None, found.told, lengths.durations(found, audience.value), found.meetings)


def build(
    scope: Scope, period: Period, audience: Audience, told: Mapping[Cell, int], days: Mapping[str, int | None],
    standing: Standing, *, in_progress: bool = False, before: Before | None = None, entries: Entries | None = None,
    pairs: tuple[Pairs, ...] = (), changes: Changes | None = None, meetings: met.Stored | None = None,
    issues: tuple[Raised, ...] | None = None,
) -> Document:  # fmt: skip
    """The document of numbers that may be told. A period that has not ended is compared with none."""
    earlier = None if in_progress else before
    told_before = earlier.told if earlier else {}
    year = len(period.quarters) > 1
    figures, kinds = tuple(figures_told(audience, told, told_before, year=year)), tuple(totals_of(audience))
    totals = tuple(total(kind, told, told_before) for kind in kinds)
    rows = [*totals, *(row for figure in figures for row in figure.rows)]
    return Document(
        scope=scope.label,
        scope_code=scope.code,
        period=period.code,
        period_label=period.label,
        first_day=period.first_day,
        last_day=period.last_day,
        in_progress=in_progress,
        compared_with=earlier.period.code if earlier else None,
        compared_release=earlier.release if earlier else None,
        audience=audience.code,
        audience_label=str(audience.label),
        k=audience.value,
        code_lists_of=standing.code_lists_of,
        made_at=standing.made_at,
        made_by=standing.made_by,
        release=standing.release,
        state=standing.state,
        totals=totals,
        total_bases=tuple(str(kind.base_words) for kind in kinds),
        figures=figures,
        durations=tuple(
            _duration(name, days, told, earlier.durations if earlier else {}) for name in lengths.DURATIONS
        ),
        duration_bases=tuple(lengths.base_words(name) for name in lengths.DURATIONS),
        pairs=pairs,
        changes=changes,
        evaluation=evaluate(told, entries),
        meetings=met.meetings_of(meetings, earlier.meetings if earlier else None)
        if met.held(scope, period, audience) and not in_progress
        else None,
        issues=issues,
        withheld=sum(row.count is None for row in rows),
        notes=(*standing.notes, *_notes(told, audience, earlier, in_progress=in_progress)),
    )


def code_lists_on(day: date) -> date | None:
    """The version of the code lists in force on a day."""
    found: date | None = CatalogueEntry.objects.in_force(day).aggregate(on=Max("valid_from"))["on"]
    return found


def _duration(
    name: str, days: Mapping[str, int | None], told: Mapping[Cell, int], before: Mapping[str, int | None]
) -> Row:
    now = days.get(name)
    return Row(name, lengths.label(name), now, lengths.among(name, told), None, both(now, before.get(name)))


def _notes(told: Mapping[Cell, int], audience: Audience, before: Before | None, *, in_progress: bool) -> list[str]:
    """What a reader must know; nothing here may depend on a count that is not told."""
    notes = [
        _("Counts below %(k)s, and some others that would let them be worked out, are withheld. Zero is a count too.")
        % {"k": audience.value},
        _("A discussion counts as opened, decided or concluded on the day that happened at its table."),
        _("Rejected discussions enter no figure of factors, persons, assisting agencies or services."),
    ]
    if before is not None:
        said = _("Compared with %(period)s, where both numbers are told to this audience.")
        notes.append(said % {"period": before.period.inside})
    if in_progress:
        notes.insert(0, _("This period has not ended: totals only. Its figures follow when it has."))
    elif not any(cell[0] != TOTALS for cell in told):
        notes.insert(0, _("No breakdown of this period can be told. Ask for its year, or for several years."))
    return notes
