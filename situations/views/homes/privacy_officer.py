"""What does the privacy officer look at first? Unusual access, notices, holds, destruction, papers, the ledger itself.

Notices are the agencies' own: here they are a count. Everything else opens its rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Member, Table
from agencies.vocabulary import Role
from privacy import ledger_check, unusual
from situations.operations import operations
from situations.views import asked
from situations.views.homes.administrator import ending_point
from situations.views.homes.parts import Entering, Part, Row, Side, looked, point


def home(entering: Entering) -> Iterator[Part | Side]:
    """The points of each table."""
    tables = entering.tables(Role.PRIVACY_OFFICER)
    if not tables:
        return
    for table in tables:
        title = _("To look at") if len(tables) == 1 else _("To look at: %(table)s") % {"table": table.name}
        rows = [*_access(table), *_kept(table, entering.by), ending_point(table), _ledger()]
        yield Part(f"privacy-{table.code}", title, rows, "", "")
    yield Side(
        _("What you do here"),
        text=_("You keep the ledger of your table, freeze situations and place holds. You never see who anybody is."),
        url=reverse("ledger"),
        link=_("Open the ledger"),
    )


def _access(table: Table) -> list[Row]:
    odd = len(unusual.entries(table))
    said = ngettext("%(n)s unusual reveal in 30 days", "%(n)s unusual reveals in 30 days", odd) % {"n": odd}
    rows = [
        looked(said, ok=not odd, url=f"{reverse('ledger')}?table={table.code}&show=unusual", text=unusual.definition())
    ]
    counted = operations(table.pk)
    if counted is not None:
        title = ngettext("%(n)s written notice is owed", "%(n)s written notices are owed", counted.notices_open)
        late = ngettext("%(n)s is overdue.", "%(n)s are overdue.", counted.notices_late) % {"n": counted.notices_late}
        count = _("This is a count: the agencies that owe them know which ones.")
        rows.append(
            looked(title % {"n": counted.notices_open}, ok=not counted.notices_late, text=f"{late} {count}")
        )  # fmt: skip
    return rows


def _kept(table: Table, by: Member) -> list[Row]:
    """Holds, freezes and what is about to be destroyed: each number opens its rows."""
    held, frozen, due = (asked.rows(show, table, by).count() for show in (asked.HELD, asked.FROZEN, asked.DUE))
    return [
        point(
            ngettext("%(n)s hold", "%(n)s holds", held) % {"n": held}, url=asked.url(table, asked.HELD),
            text=_("Destruction waits until the hold is released."),
        ),
        point(
            ngettext("%(n)s frozen situation", "%(n)s frozen situations", frozen) % {"n": frozen},
            url=asked.url(table, asked.FROZEN), state=_("To review") if frozen else "", kind="warn" if frozen else "",
            text=_("Every reveal is refused until the freeze is lifted."),
        ),
        point(
            ngettext("%(n)s destruction is due within 30 days", "%(n)s destructions are due within 30 days", due)
            % {"n": due},
            url=asked.url(table, asked.DUE),
            text=_("A hold, or a reveal within the retention period, puts it off."),
        ),
    ]  # fmt: skip


def _ledger() -> Row:
    """What the last check of the ledger found. Checked by the clock; the command names the faults."""
    last = ledger_check.last()
    if last is None:
        return looked(_("The ledger has not been checked yet"), ok=False, text=_("It is checked every six hours."))
    at = date_format(timezone.localtime(last.at), "DAY_AND_HOUR")
    rows = ngettext("%(n)s sealed row", "%(n)s sealed rows", last.rows) % {"n": last.rows}
    if last.faults:
        title = ngettext(
            "The ledger check found %(n)s fault", "The ledger check found %(n)s faults", last.faults
        ) % {"n": last.faults}  # fmt: skip
        text = _("%(when)s. Ask whoever runs the servers for the list, and treat it as a breach.") % {"when": at}
        return point(title, state=_("To review"), kind="late", text=text)
    old = timezone.now() - last.at > ledger_check.STALE
    said = _("%(rows)s, checked %(when)s against the signed checkpoints.") % {"rows": rows, "when": at}
    return looked(_("The ledger is whole"), ok=not old, text=said)
