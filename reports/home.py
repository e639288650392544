"""What do figures lead to on entering? An agency its own; a manager the quarter, its files, and how the table is doing;
who runs and records the meeting and the privacy officer what they read beside the committee.

Counts of operations are not figures about people: how much is open, late, owed now. No breakdown, nothing unreleased.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Standing, Table
from agencies.vocabulary import SEATED_ROLES, Role
from reports import due
from reports.committee import READS
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.quarters import Quarter, day_at
from reports.release_model import Release, ReleaseState
from situations.operations import operations
from situations.views.homes.parts import Entering, Part, Row, Side, looked, point


def home(entering: Entering) -> Iterator[Part | Side]:
    """Two lists for each table of the steering committee; to who reads beside it, the ways to what they read."""
    if entering.holds(Role.AGENCY_LEAD):
        yield Side(
            _("What we did"), text=_("What your agency brought, led and helped with, as totals."),
            url=reverse("own_figures"), link=_("My agency’s figures"),
        )  # fmt: skip
    yield from due.parts(entering)
    tables = entering.tables(Role.MANAGER)
    for table in entering.tables(*READS):
        if table not in tables:
            several = len(entering.tables(*READS)) > 1
            title = _("What the figures say: %(table)s") % {"table": table.name} if several else ""
            title = title or _("What the figures say")
            yield Part(f"figures-{table.code}", title, [*_committee(table), _working(table)], "", "")
    if not tables:
        return
    for table in tables:
        several, name = len(tables) > 1, {"table": table.name}
        title = _("The quarter: %(table)s") % name if several else _("The quarter")
        yield Part(f"quarter-{table.code}", title, _quarters(table), "", "")
        title = _("How %(table)s is doing") % name if several else _("How the table is doing")
        yield Part(f"health-{table.code}", title, _health(table), "", "")
    yield Part(
        "releases", _("Releases"), _releases(entering), _("Nothing was released yet."),
        _("A pack is prepared, checked, signed off by a second person and released; then it is listed here."),
    )  # fmt: skip
    said = _("You see figures about the table, never a situation.")
    yield Side(_("What you do here"), text=said, url=reverse("releases"), link=_("All releases"))


def _quarters(table: Table) -> list[Row]:
    now = Quarter.of(day_at(table))
    return [
        point(
            now.previous.label, url=_url("quarter", table, now.previous), state=_("Complete"), kind="ok",
            text=_("The last whole quarter, as a page."),
        ),
        point(
            _("Download %(quarter)s") % {"quarter": now.previous.inside},
            url=_url("quarter_csv", table, now.previous), text=_("The same figures, for a spreadsheet."),
        ),
        *_committee(table),
        point(
            now.label, url=_url("quarter", table, now), state=_("In progress"), kind="half",
            text=_("These figures still change until the quarter is over."),
        ),
    ]  # fmt: skip


def _committee(table: Table) -> list[Row]:
    """What a committee and who reads beside it find of a table's figures."""
    return [
        point(
            _("Costs and results"), url=_of_table("evaluation", table),
            text=_("What one situation cost, and what that does not prove."),
        ),
        point(
            _("For the community plan"), url=_of_table("planning", table),
            text=_("Priority risks, missing services, systemic issues."),
        ),
    ]  # fmt: skip


def _working(table: Table) -> Row:
    return point(
        _("Attendance and missing sectors"), url=_of_table("health_of_table", table),
        text=_("Attendance, sectors, minutes, threshold: agencies, never people."),
    )  # fmt: skip


def _of_table(name: str, table: Table) -> str:
    return f"{reverse(name)}?{urlencode({'table': table.code})}"


def _url(name: str, table: Table, quarter: Quarter) -> str:
    return f"{reverse(name)}?{urlencode({'table': table.code, 'quarter': quarter.code})}"


def _releases(entering: Entering) -> list[Row]:
    """What waits for others, then the last that was released: as far as PostgreSQL shows them to this member."""
    rows = Release.objects.defer("told", "durations").exclude(state=ReleaseState.PLANNED)
    newest = rows.order_by("-last_day", "-first_day", "-number")
    mine = [row.pk for row in due.releases(entering)]
    waiting = newest.exclude(state=ReleaseState.RELEASED).exclude(pk__in=mine)[:5]
    out = newest.filter(state=ReleaseState.RELEASED)[:1]
    return [
        {
            "title": _("Figures of %(period)s") % {"period": parse(row.period).inside},
            "url": reverse("release", args=[row.pk]),
            "when": row.get_state_display(),
            "when_kind": "ok" if row.state == ReleaseState.RELEASED else "half",
            "facts": [
                due.scope_in_words(entering, row),
                str(Audience[row.audience.upper()].label),
            ],
        }
        for row in (*waiting, *out)
    ]


def _health(table: Table) -> list[Row]:
    counted = operations(table.pk)
    if counted is None:
        return []
    seated = Standing.objects.at(table.pk).filter(role__in=SEATED_ROLES).values("agency_id").distinct().count()
    met = seated >= table.quorum
    count = _("This is a count: you never see which.")
    opened, late = counted.situations_open, counted.contacts_late
    return [
        _working(table),
        looked(
            _("Quorum can be reached") if met else _("No quorum"), ok=met,
            text=ngettext(
                "%(n)s agency holds a seat in good standing; %(needed)s must be present.",
                "%(n)s agencies hold a seat in good standing; %(needed)s must be present.", seated,
            ) % {"n": seated, "needed": table.quorum},
        ),
        point(
            ngettext("%(n)s meeting in 90 days", "%(n)s meetings in 90 days", counted.meetings)
            % {"n": counted.meetings},
            text=count,
        ),
        point(ngettext("%(n)s situation is open", "%(n)s situations are open", opened) % {"n": opened}, text=count),
        looked(
            ngettext("%(n)s first contact is late", "%(n)s first contacts are late", late) % {"n": late}, ok=not late,
            text=count,
        ),
        looked(
            ngettext("%(n)s written notice is overdue", "%(n)s written notices are overdue", counted.notices_late)
            % {"n": counted.notices_late},
            ok=not counted.notices_late, text=count,
        ),
    ]  # fmt: skip
