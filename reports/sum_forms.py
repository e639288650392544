"""Which releases are to be added up? Several tables, several years, or both; of those that the reader may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Table
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.pack.periods import MOST_YEARS, Period, parse, year_of
from reports.pack.release import is_page
from reports.pack.scopes import Scope
from reports.release_model import Release, ReleaseState
from reports.releases import reading, store


class SumForm(forms.Form):
    """Of whom, when, for whom. It is only ever asked by address, and changes nothing."""

    audience = forms.ChoiceField(label=gettext_lazy("For whom"))
    of = forms.MultipleChoiceField(
        label=gettext_lazy("Of"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one table")},
    )  # fmt: skip
    period = forms.ChoiceField(
        label=gettext_lazy("Period"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the periods in the list")},
    )

    def __init__(self, *args: Any, readable: Iterable[Release], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in readable if row.state == ReleaseState.RELEASED]
        known = {table.pk: table for table in Table.objects.all()}
        of = {row.scope: store.page_of(row, known).scope for row in rows}
        first = {code: (not scope.single, code) for code, scope in of.items()}
        self._set("of", [(code, of[code].label) for code in sorted(of, key=first.__getitem__)])
        periods = sorted(_periods({parse(row.period) for row in rows}), key=_longest_first)
        self._set("period", [(period.code, period.label) for period in periods])
        if len(of) == 1:
            self.fields["of"].initial = list(of)
        told = {row.audience for row in rows}
        self._set("audience", [(a.code, a.label) for a in Audience if a.code in told])
        #: Whether anything that was released opens for this reader.
        self.has_choices = bool(rows)
        #: What was asked for, once it holds.
        self.document: Document | None = None
        #: The one release, where it takes no sum.
        self.alone: Release | None = None

    def clean(self) -> dict[str, Any]:
        """Add up. What is missing is named: releases that there are not, or that do not open for this reader."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        period, audience = parse(cleaned["period"]), Audience[cleaned["audience"].upper()]
        scope = self._scope(cleaned["of"])
        try:
            if is_page(scope, period):
                self.alone = reading.newest(scope, period, audience)
            if self.alone is None:
                self.document = reading.sum_of(scope, period, audience)
        except reading.MissingError as missing:
            named = "; ".join(f"{one.label}, {part.label}" for one, part in missing.pages)
            self.add_error("period", _("Not released to them, or not open to you: %(pages)s.") % {"pages": named})
        return cleaned

    def _scope(self, codes: list[str]) -> Scope:
        if len(codes) == 1:
            return scopes.of_code(codes[0])
        try:
            return scopes.of_tables(codes)
        except scopes.NoScopeError as error:
            said = _("A region or all tables are a sum already. Choose several tables, or one of those alone.")
            raise forms.ValidationError({"of": said}) from error

    def _set(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField


def _longest_first(period: Period) -> tuple[int, int, str]:
    return -len(period.quarters), -period.last_day.toordinal(), period.code


def _periods(released: set[Period]) -> Iterator[Period]:
    """Everything that can be summed: what was released, years in a row, and years reckoned otherwise."""
    fiscal = settings.REPORT_YEARS_ARE_FISCAL
    yield from released
    quarters = {period.first_day for period in released if len(period.quarters) == 1}
    for other in {year_of(day, fiscal=not fiscal) for day in quarters}:
        if {quarter.first_day for quarter in other.quarters} <= quarters:
            yield other
    years = sorted(period.first_day.year for period in released if len(period.quarters) == 4)
    prefix = "FY" if fiscal else ""
    for first, last in combinations(years, 2):
        if last - first < MOST_YEARS and set(range(first, last + 1)) <= set(years):
            yield parse(f"{prefix}{first}-{last}")
