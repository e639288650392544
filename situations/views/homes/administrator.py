"""What does the administrator of a table see to? Seats that do not count, signatures that run out, the code lists."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from agencies import agreements, expiry, incomplete
from agencies.models import Table
from agencies.vocabulary import Role
from situations.views.homes.parts import Entering, Part, Row, Side, looked, point
from situations.views.homes.seats import seat_row


def home(entering: Entering) -> Iterator[Part | Side]:
    """Seats first, then papers and lists; never a situation."""
    tables = entering.tables(Role.ADMINISTRATOR)
    if not tables:
        return
    yield Part(
        "all-seats", _("Seats that do not count yet"),
        [seat_row(i, entering.by) for table in tables for i in incomplete.seats(table)], _("Every seat counts."),
        _("A seat counts when the agency’s lead and the person have accepted it and both papers are signed."),
        ngettext_lazy("seat that does not count yet", "seats that do not count yet"),
    )  # fmt: skip
    yield Part("keeping", _("To keep in order"), [row for table in tables for row in _papers(table)], "", "")
    yield Side(
        _("What you do here"),
        text=_("You keep agencies, seats and agreements, never a situation."),
        url=reverse("code_lists"),
        link=_("Code lists"),
    )


def _papers(table: Table) -> list[Row]:
    comes = point(
        _("Attendance and missing sectors"), url=f"{reverse('health_of_table')}?table={table.code}",
        text=_("Attendance by agency, and the sectors without one."),
    )  # fmt: skip
    rows = [ending_point(table), comes]
    waiting = len(agreements.waiting(table))
    if waiting:
        said = ngettext("%(n)s agreement waits for a signature", "%(n)s agreements wait for a signature", waiting)
        rows.append(
            point(said % {"n": waiting}, url=f"{reverse('papers')}?table={table.code}", state=_("Waits"), kind="open")
        )
    return rows


def ending_point(table: Table) -> Row:
    """How many signatures have run out or run out soon, with the way to their list, where they stand in that order."""
    within = max(settings.EXPIRY_NOTICE_DAYS)
    over = len(expiry.run_out_agreements(table)) + len(expiry.run_out_undertakings(table))
    ending = over + len(expiry.ending_agreements(table, within)) + len(expiry.ending_undertakings(table, within))
    said = ngettext(
        "%(n)s signature has run out or does so soon",
        "%(n)s signatures have run out or do so soon",
        ending,
    )
    text = ngettext("Within %(n)s day, and not signed again.", "Within %(n)s days, and not signed again.", within)
    many = within
    if over:
        many = over
        text = ngettext(
            "%(n)s has run out: nothing opens by it until it is signed again.",
            "%(n)s have run out: nothing opens by them until they are signed again.", over,
        )  # fmt: skip
    url = f"{reverse('papers_ending')}?table={table.code}"
    return looked(said % {"n": ending}, ok=not ending, url=url, text=text % {"n": many})
