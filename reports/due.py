"""What of the figures waits for whom: sheets to type over, a file to approve, a release to check, sign off or send out?

Each number counts the rows behind its address, for the member who enters: what one may not do is not due from one.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from agencies.models import Table
from agencies.vocabulary import Role
from privacy.models import Recusal
from reports.exporting.exports import APPROVERS
from reports.models import CodedRecord, RecordExport, Release
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.pack.scopes import PROVINCE, REGION
from reports.release_model import ReleaseState
from reports.releases.rights import PREPARES, SIGNS
from reports.vocabulary import ENDED
from situations.models import Situation
from situations.views.homes.parts import Entering, Part, Row, point


def parts(entering: Entering) -> Iterator[Part]:
    """Three lists, each for who does it."""
    keeps = entering.tables(Role.RECORDER)
    if keeps:
        sheets = [found for table in keeps for found in _sheets(entering, table)]
        yield Part(
            "sheets", _("Entry sheets to type over"), [row for _count, row in sheets], _("Every sheet is entered."),
            _("A discussion that ended, or changed after it was entered, waits here for the provincial system."),
            ngettext_lazy("sheet to enter", "sheets to enter"), count=sum(count for count, _row in sheets),
        )  # fmt: skip
    if entering.holds(*APPROVERS):
        yield Part(
            "exports", _("Files for the province to approve"), _exports(entering), _("No file waits for you."),
            _("When the recorder prepares a file for the province, a second person approves it."),
            ngettext_lazy("file to approve", "files to approve"),
        )  # fmt: skip
    if entering.holds(*PREPARES):
        yield Part(
            "releases-due", _("Releases that wait for you"), [_release(entering, row) for row in releases(entering)],
            _("No release waits for you."),
            _("A draft is checked, signed off by a second person and released."),
            ngettext_lazy("release that waits", "releases that wait"),
        )  # fmt: skip


def _sheets(entering: Entering, table: Table) -> list[tuple[int, Row]]:
    """How many discussions of each year wait to be entered, the newest first. As the list of sheets counts them."""
    away = Situation.objects.filter(
        pk__in=Recusal.objects.filter(member=entering.by).values("access_id"), statistics_id__isnull=False
    )  # fmt: skip
    ended = CodedRecord.objects.at(table.pk).filter(status__in=ENDED).exclude(entry__version=F("version"))
    years = (
        ended.exclude(statistics_id__in=away.values("statistics_id"))
        .annotate(year=ExtractYear("opened_on")).values("year").annotate(n=Count("pk")).order_by("-year")
    )  # fmt: skip
    several = len(entering.tables(Role.RECORDER)) > 1
    return [
        (
            row["n"],
            point(
                ngettext("%(n)s sheet of %(year)s to enter", "%(n)s sheets of %(year)s to enter", row["n"])
                % {"n": row["n"], "year": row["year"]},
                url=f"{reverse('entry_list')}?table={table.code}&period={row['year']}",
                text=table.name if several else "",
            ),
        )
        for row in years
    ]


def _exports(entering: Entering) -> list[Row]:
    """The files that somebody else prepared and nobody approved."""
    rows = RecordExport.objects.filter(table__in=entering.tables(*APPROVERS), approved_by=None)
    return [
        {
            "title": _("Discussions of %(period)s") % {"period": parse(export.period).inside},
            "url": reverse("export", args=[export.pk]),
            "when": _("To approve"),
            "when_kind": "warn",
            "facts": [
                export.table.name,
                ngettext("%(n)s line", "%(n)s lines", export.rows) % {"n": export.rows},
            ],
        }
        for export in rows.exclude(prepared_by=entering.by).select_related("table")
    ]


def releases(entering: Entering) -> list[Release]:
    """Releases whose next step this member may take: anybody who prepares checks and releases; few sign off."""
    mine, signs = ({t.pk for t in entering.tables(*roles)} for roles in (PREPARES, SIGNS))
    waiting = Release.objects.defer("told", "durations").exclude(
        state__in=(ReleaseState.PLANNED, ReleaseState.RELEASED)
    )  # fmt: skip
    return [
        row
        for row in waiting.filter(tables__overlap=list(mine)).order_by("-last_day", "-first_day", "pk")
        if row.state != ReleaseState.CHECKED
        or (signs & set(row.tables) and entering.by.pk not in (row.prepared_by_id, row.checked_by_id))
    ]


def scope_in_words(entering: Entering, row: Release) -> str:
    """Whose figures a release tells: a table by its name, a region by its own, all tables."""
    if row.scope == PROVINCE:
        return _("All tables")
    names = {seat.table.code: seat.table.name for seat in entering.seats}
    return names.get(row.scope, row.scope.removeprefix(REGION))


def _release(entering: Entering, row: Release) -> Row:
    step = {
        ReleaseState.DRAFT: _("To check"), ReleaseState.CHECKED: _("To sign off"), ReleaseState.SIGNED: _("To release"),
    }  # fmt: skip
    return {
        "title": _("Figures of %(period)s") % {"period": parse(row.period).inside},
        "url": reverse("release", args=[row.pk]),
        "when": step[ReleaseState(row.state)],
        "when_kind": "warn",
        "facts": [
            scope_in_words(entering, row),
            str(Audience[row.audience.upper()].label),
        ],
    }
