"""What does the lead of an agency see to? Seats and signatures of the own agency, and who acts for it where."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from agencies import expiry, incomplete, reach
from agencies.models import Seat, Table
from agencies.views import paper_rows
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.models import Engagement
from privacy.vocabulary import Filter
from situations.models import Situation
from situations.projection import see_rows
from situations.views.homes.parts import Entering, Part, Row, Side
from situations.views.homes.seats import seat_row
from situations.views.listing import row_title


def home(entering: Entering) -> Iterator[Part | Side]:
    """Three lists, for each table at which an agency is led."""
    tables = entering.tables(Role.AGENCY_LEAD)
    if not tables:
        return
    led = {table.pk: entering.agencies(table, Role.AGENCY_LEAD) for table in tables}
    waiting = [seat_row(i, entering.by) for t in tables for i in incomplete.seats(t, led[t.pk])]
    yield Part(
        "seats", _("Seats of my agency that do not count yet"), waiting, _("Every seat counts."),
        _("A seat counts when you and the person have accepted it and both papers are signed."),
        ngettext_lazy("seat that does not count yet", "seats that do not count yet"),
    )  # fmt: skip
    yield Part(
        "named", _("Who acts for my agency"), [r for t in tables for r in _named(entering, t, led[t.pk])],
        _("Nobody acts in a situation now."),
        _("When your agency is chosen, the person who acts is named; you can name another at any time."),
    )  # fmt: skip
    away = [_away(s) for t in tables for s in incomplete.covers(t, led[t.pk])]
    if away:
        yield Part("away", _("Who is away"), away, "", "")
    ending = [r for t in tables for r in _ending(t, led[t.pk])]
    if ending:
        yield Part("ending", _("Signatures that have run out or run out soon"), ending, "", "")


def _named(entering: Entering, table: Table, led: set[int]) -> list[Row]:
    """Each engagement of a led agency that goes on: the number, and the person who acts."""
    rows = Engagement.objects.filter(
        table=table, agency_id__in=led, person__isnull=False, access__filter__in=(Filter.F3A, Filter.F3B, Filter.F4)
    ).exclude(status=Engagement.Status.ENDED)  # fmt: skip
    acting = {e.access_id: e for e in rows.select_related("person")}
    there = reach.holders([table.pk], *AGENCY_ROLES)
    left = {e.access_id for e in acting.values() if (table.pk, e.agency_id, e.person_id) not in there}
    wanted = Situation.objects.at(table.pk).filter(pk__in=acting).newest_first()
    return [
        {
            "title": row_title(seen),
            "url": reverse("situation", args=[seen.id]),
            "when": person.name if (person := acting[seen.id].person) else "",
            "when_kind": "late" if seen.id in left else "",
            "when_note": _("has no seat any more: name another person") if seen.id in left else "",
            "code": seen.stage,
            "facts": [],
        }
        for seen in see_rows(wanted, by=entering.by, facts=False, seats=entering.seats)
    ]


def _away(seat: Seat) -> Row:
    """Somebody on leave, and who covers until when."""
    until = _("until %(day)s") % {"day": date_format(seat.ends_on)} if seat.ends_on else ""
    away = seat.covers.member.name if seat.covers else ""
    covered = _("Covered by %(person)s") % {"person": seat.member.name}
    return {"title": away, "url": reverse("seat", args=[seat.pk]), "when": until, "facts": [covered]}


def _ending(table: Table, led: set[int]) -> list[Row]:
    within, url = max(settings.EXPIRY_NOTICE_DAYS), f"{reverse('papers_ending')}?table={table.code}"
    rows = [paper_rows.run_out(a, url) for a in expiry.run_out_agreements(table) if a.agency_id in led]
    rows += [paper_rows.run_out(u, url) for u in expiry.run_out_undertakings(table) if u.member.agency_id in led]
    rows += [
        paper_rows.ending(a.agency.name, a.ends_on, table, url)
        for a in expiry.ending_agreements(table, within)
        if a.agency_id in led
    ]
    return rows + [
        paper_rows.ending(u.member.name, u.ends_on, table, url)
        for u in expiry.ending_undertakings(table, within)
        if u.member.agency_id in led
    ]
