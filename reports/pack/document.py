"""What does a pack say? One document of plain values, from which the page and every file are written.

Every format says the same: period, scope, audience, the base of each figure, the version of the code lists, what is
withheld and why, who made it and when (reports.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from statistics import quantiles
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from reports.pack.counting import CONCLUDED, MET, OPENED, REJECTED, TOTALS, Cell
from reports.pack.periods import Period
from reports.pack.release import Audience, Told, tell
from reports.pack.scopes import Scope
from reports.pack.tables import FIGURE_KINDS, TOTAL_KINDS, FigureKind, TotalKind
from reports.quarters import day_at
from risk.models import CatalogueEntry


@dataclass(frozen=True, slots=True)
class Row:
    """One number. `count` is None where it is withheld; `percent` wherever it or its base is, or the base is none."""

    code: str
    label: str
    count: int | None
    base: int | None
    percent: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its base in words. `rows` that add up to the base say so."""

    key: str
    title: str
    base: str
    base_count: int | None
    adds_up: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole pack."""

    scope: str
    scope_code: str
    period: str
    first_day: date
    last_day: date
    in_progress: bool
    audience: str
    k: int
    code_lists_of: date | None
    made_at: datetime
    made_by: str
    totals: tuple[Row, ...]
    total_bases: tuple[str, ...]
    figures: tuple[Figure, ...]
    durations: tuple[Row, ...]
    withheld: int
    notes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As plain values, days as ISO words."""

        def say(value: Any) -> Any:
            if isinstance(value, date):
                return value.isoformat()
            if isinstance(value, dict):
                return {key: say(v) for key, v in value.items()}
            return [say(v) for v in value] if isinstance(value, list | tuple) else value

        made: dict[str, Any] = say(asdict(self))
        return made


def make(scope: Scope, period: Period, audience: Audience, *, made_by: str, now: datetime) -> Document:
    """The pack of a period. Raises what `tell` raises where none is made."""
    today = day_at(scope.tables[0], now)
    found = tell(scope, period, audience, today=today)
    figures = tuple(_figure(kind, found) for kind in FIGURE_KINDS if not (kind.fine and len(period.quarters) == 1))
    totals = tuple(_total(kind, found) for kind in TOTAL_KINDS)
    rows = [*totals, *(row for figure in figures for row in figure.rows)]
    return Document(
        scope=scope.label,
        scope_code=scope.code,
        period=period.code,
        first_day=period.first_day,
        last_day=period.last_day,
        in_progress=period.last_day >= today,
        audience=audience.name.lower(),
        k=audience.value,
        code_lists_of=CatalogueEntry.objects.in_force(min(today, period.last_day)).aggregate(on=Max("valid_from"))[
            "on"
        ],
        made_at=now,
        made_by=made_by,
        totals=totals,
        total_bases=tuple(str(kind.base_words) for kind in TOTAL_KINDS),
        figures=figures,
        durations=_durations(found, audience.value),
        withheld=sum(row.count is None for row in rows),
        notes=tuple(_notes(found, audience)),
    )


def _value(found: Told, cell: Cell) -> int | None:
    return found.told.get(cell)


def _total(kind: TotalKind, found: Told) -> Row:
    count = _value(found, (TOTALS, kind.key))
    if kind.base == "decided":
        parts = [_value(found, (TOTALS, MET)), _value(found, (TOTALS, REJECTED))]
        base = None if None in parts else sum(p for p in parts if p is not None)
    else:
        base = _value(found, (TOTALS, kind.base)) if kind.base else None
    return Row(kind.key, str(kind.title), count, base, _percent(count, base))


def _figure(kind: FigureKind, found: Told) -> Figure:
    base = _value(found, (TOTALS, kind.base))
    labels = dict(kind.categories())
    seen = sorted(code for figure, code in found.counted.counts if figure == kind.key and code not in labels)
    rows = []
    for code in [*labels, *seen]:
        count = _value(found, (kind.key, code))
        rows.append(Row(code, labels.get(code) or code or _("Not recorded"), count, base, _percent(count, base)))
    return Figure(kind.key, str(kind.title), str(kind.base_words), base, kind.one_way, tuple(rows))


def _percent(count: int | None, base: int | None) -> float | None:
    return None if count is None or not base else round(100 * count / base, 1)


def _durations(found: Told, k: int) -> tuple[Row, ...]:
    """Medians and 90th percentiles; of fewer than 2k a median is close to a person."""
    made = []
    kinds = (
        ("days-open", _("Days open"), found.counted.days_open, CONCLUDED),
        ("hours-to-first-contact", _("Hours to first contact"), found.counted.hours, "contacted"),
    )
    for key, label, values, total in kinds:
        base = _value(found, (TOTALS, total))
        enough = base is not None and len(values) >= 2 * k
        for name, at in ((_("median"), 50), (_("90th percentile"), 90)):
            said = _("%(what)s, %(which)s") % {"what": label, "which": name}
            made.append(Row(f"{key}-p{at}", said, _quantile(values, at) if enough else None, base, None))
    return tuple(made)


def _quantile(values: Sequence[int], percent: int) -> int:
    return round(quantiles(values, n=100, method="inclusive")[percent - 1])


def _notes(found: Told, audience: Audience) -> list[str]:
    notes = [
        _("Counts below %(k)s, and some others that would let them be worked out, are withheld. Zero is a count too.")
        % {"k": audience.value},
        _("A discussion counts as opened, decided or concluded on the day that happened at its table."),
        _("Rejected discussions enter no figure of factors, persons, assisting agencies or services."),
    ]
    if found.exposed:
        notes.insert(
            0, _("Nothing of this period can be told without giving somebody away. Ask for its year or region.")
        )
    elif not found.told and not found.counted.counts[TOTALS, OPENED]:
        notes.insert(0, _("Nothing was recorded in this period."))
    elif audience is not Audience.COMMITTEE and len(found.told) * 3 < len(found.counted.counts):
        notes.insert(0, _("Most counts of this period are withheld. Its year, several years or its region tell more."))
    return notes
