"""What does the page of a period's evaluation show? Costs, what they are set against, proxies, notes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from reports.committee import Committee
from reports.evaluation.lines import money, range_columns, ranges_of, rows_of, value_columns
from reports.evaluation.reckoning import COST, EACH, RATIO, WORTH
from reports.evaluation.told import Told, told
from reports.models import Cost, EvaluationNote, Proxy, Release
from reports.pack.periods import Period
from reports.release_pages import before_and_after


def page(committee: Committee, period: Period) -> dict[str, Any]:
    """Everything the template takes, decided."""
    found = told(committee.table, period)
    made = found.made
    return {
        "costs": rows_of(made, COST),
        "cost_columns": value_columns(),
        "each": rows_of(made, EACH),
        "worth": ranges_of(made, WORTH, RATIO),
        "worth_columns": range_columns(),
        "says": found.says,
        "figures_of": _figures_of(found.release, committee, period),
        "before_after": before_and_after(found.counts),
        "entries": _entries(committee, found),
    }  # fmt: skip


def _figures_of(release: Release | None, committee: Committee, period: Period) -> dict[str, str]:
    """The release on which the figures rest, or where one is prepared."""
    if release is not None:
        said = _("Counts of release %(number)s of this table’s committee.") % {"number": release.number}
        return {
            "words": said,
            "url": reverse("release", args=[release.pk]),
            "label": _("Read the release"),
            "kind": "ok",
        }
    said = _("No figures of this period are released yet: what one situation cost follows when they are.")
    url = committee.address("releases", quarter=period.code)
    return {"words": said, "url": url, "label": _("Prepare the release"), "kind": "half"}


def _entries(committee: Committee, told_: Told) -> list[dict[str, Any]]:
    """What was entered by whom, newest first; a manager takes it back."""
    found: list[tuple[str, Any, str, list[str]]] = []
    for cost in told_.costs:
        days = _days(cost.first_day, cost.last_day)
        found.append(("cost", cost, cost.get_kind_display(), [money(cost.amount, cost.currency), days]))
    for proxy in told_.proxies:
        values = (money(value, proxy.currency) for value in (proxy.low, proxy.central, proxy.high))
        said = _("%(source)s, %(year)s") % {"source": proxy.source, "year": proxy.source_year}
        found.append(("proxy", proxy, proxy.title, [*values, said]))
    found += [("note", note, note.words, [_days(note.first_day, note.last_day)]) for note in told_.notes]
    return [
        {
            "title": title, "facts": [*facts, _by(entry)],
            "url": reverse("evaluation_take_back", args=[kind, entry.pk]) if committee.manages else "",
        }
        for kind, entry, title, facts in found
    ]  # fmt: skip


def _by(entry: Cost | Proxy | EvaluationNote) -> str:
    note = isinstance(entry, EvaluationNote)
    who, at = (entry.written_by, entry.written_at) if note else (entry.entered_by, entry.entered_at)  # type: ignore[union-attr]  # told apart
    day = formats.date_format(timezone.localtime(at).date(), "DATE_FORMAT")
    return _("%(who)s, %(day)s") % {"who": who.name, "day": day}


def _days(first: Any, last: Any) -> str:
    days = formats.date_format(first, "F Y"), formats.date_format(last, "F Y")
    return _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}
