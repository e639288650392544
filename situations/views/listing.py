"""Which situations does a member's table have? A list by keyset, open or ended, one table at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from agencies.models import Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES
from privacy.vocabulary import Filter
from situations.keyset import filled
from situations.models import Situation, SituationQuerySet
from situations.narrowing import narrowed
from situations.projection import listed, see_rows
from situations.seen import SeenRow
from situations.views import asked
from situations.views.frame import member_of
from situations.vocabulary import OPEN_STATES

PAGE = 50


@require_safe
def situations(request: HttpRequest) -> HttpResponse:
    """The situations of one of the member's tables."""
    by = member_of(request)
    seats = list(Standing.objects.of(by).select_related("table"))
    tables = {s.table.code: s.table for s in seats}
    table = tables.get(request.GET.get("table", "")) or next(iter(tables.values()), None)
    show = request.GET.get("show", "open")
    drafts_for = [s.agency_id for s in seats if table and s.table_id == table.pk and s.role in AGENCY_ROLES]
    roles = {s.role for s in seats if table and s.table_id == table.pk}
    if show in asked.LISTS and not asked.LISTS[show][1] & roles:
        show = "open"
    before = request.GET.get("before", "")
    seen, following = _page(_wanted(table, show, drafts_for, by, seats), before, by, seats) if table else ([], "")
    context = {
        "table": table,
        "tables": [{"label": t.name, "url": asked.url(t, show), "current": t == table} for t in tables.values()],
        "tabs": _tabs(table, show, bool(drafts_for)) if table else [],
        "show": show,
        "items": [_row(s) for s in seen],
        "next_url": asked.url(table, show, before=following) if table and following else "",
        "previous_url": asked.url(table, show) if table and request.GET.get("before") else "",
        "may_file": bool(drafts_for),
    }
    return render(request, "situations/list.html", context)


def _wanted(
    table: Table, show: str, drafts_for: list[int], by: Member, seats: Sequence[Standing]
) -> SituationQuerySet:  # fmt: skip
    if show in asked.LISTS:
        return asked.rows(show, table, by)
    rows = narrowed(Situation.objects.at(table.pk), table.pk, by=by, seats=seats)
    if show == "drafts":
        return rows.drafts_of(drafts_for)
    return rows.presented().exclude(state__in=OPEN_STATES) if show == "ended" else rows.open()


def _page(rows: SituationQuerySet, before: str, by: Member, seats: Sequence[Standing]) -> tuple[list[SeenRow], str]:
    """One page of at most PAGE rows older than `before` that the member may see, and the key of the next."""

    def show(batch: Sequence[Situation]) -> list[tuple[Situation, SeenRow]]:
        known = {row.id: row for row in see_rows(batch, by=by, seats=seats)}
        return [(s, known[s.pk]) for s in batch if s.pk in known]

    at, _sep, ref = before.partition("_")
    try:
        after = datetime.fromisoformat(at), UUID(ref)
    except ValueError:
        after = None
    found, last = filled(listed(rows), by_time="opened_at", after=after, size=PAGE, show=show)
    return found, f"{last[0].isoformat()}_{last[1]}" if last else ""


def _tabs(table: Table, show: str, may_file: bool) -> list[dict[str, Any]]:
    names = {"open": pgettext("situations", "Open"), "ended": pgettext("situations", "Ended")} | (
        {"drafts": _("Drafts of my agency")} if may_file else {}
    )
    if show in asked.LISTS:  # a number on the first page led here
        names[show] = str(asked.LISTS[show][0])
    return [{"label": label, "url": asked.url(table, code), "current": code == show} for code, label in names.items()]


def stage_words(row: SeenRow) -> str:
    """What its stage is called; nothing where it is no filter's, but "past the door"."""
    return str(Filter(row.stage).label) if row.stage in Filter.values else ""


def row_facts(row: SeenRow, said: str = "") -> list[Any]:
    """Where it stands and its facts, but not again what its stage says, or something else beside it (`said`)."""
    return [fact for fact in (row.status, *row.facts) if str(fact) not in (said, stage_words(row))]


def row_title(row: SeenRow) -> str:
    """What a situation is called in a list."""
    return row.number or _("Draft %(code)s") % {"code": row.draft_code}


def _row(row: SeenRow) -> dict[str, Any]:
    return {
        "title": row_title(row),
        "url": reverse("situation", args=[row.id]),
        "when": _("Opened %(day)s") % {"day": date_format(timezone.localtime(row.opened_at), "j F Y")},
        "code": row.stage,
        "facts": row_facts(row),
    }
