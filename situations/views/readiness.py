"""Can the next meeting start, and what should the facilitator look at first? Each number opens its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import oncall
from agencies.clock import today_at
from agencies.models import Belonging, Member, Sector, Standing, Table
from agencies.vocabulary import AGENCY_ROLES, SEATED_ROLES
from situations.meeting import Meeting
from situations.operations import operations
from situations.sitting_for import agencies_sitting
from situations.views import asked
from situations.views.homes.parts import looked, point
from situations.vocabulary import ItemKind, MeetingState


def readiness(meeting: Meeting, by: Member) -> list[dict[str, Any]]:
    """The points to look at, the troublesome first."""
    table = meeting.table
    points = [_quorum(meeting), *_missing(table), *_listed(meeting, by), *_late(table), *_agenda(meeting, by)]
    return sorted(points, key=lambda p: {"late": 0, "warn": 1}.get(p["when_kind"], 2))


def _quorum(meeting: Meeting) -> dict[str, Any]:
    """Counted as the meeting itself counts: whoever runs it is there for an agency too."""
    agencies = Standing.objects.at(meeting.table_id).filter(role__in=SEATED_ROLES).values("agency_id").distinct()
    sits = meeting.state == MeetingState.SITTING
    count = agencies_sitting(meeting) if sits else agencies.count()
    met = count >= meeting.table.quorum
    if sits:
        said = ngettext(
            "%(n)s agency is present; %(needed)s are needed.",
            "%(n)s agencies are present; %(needed)s are needed.",
            count,
        )
    else:
        said = ngettext(
            "%(n)s agency holds a seat in good standing; %(needed)s must be present.",
            "%(n)s agencies hold a seat in good standing; %(needed)s must be present.", count,
        )  # fmt: skip
    good = _("Quorum is met") if sits else _("Quorum can be reached")
    return looked(
        good if met else _("No quorum"), ok=met, url=reverse("meeting", args=[meeting.pk]),
        good=_("Ready"), text=said % {"n": count, "needed": meeting.table.quorum},
    )  # fmt: skip


def _missing(table: Table) -> list[dict[str, Any]]:
    """Sectors whose agencies belong to the table and have nobody in good standing: nobody of theirs can come."""
    belong = Belonging.objects.filter(Q(until__isnull=True) | Q(until__gt=today_at(table)), table=table)
    belong = belong.exclude(agency_id__in=oncall.on_call(table).order_by().values("agency_id"))
    seated = Standing.objects.at(table.pk).filter(role__in=AGENCY_ROLES)
    sectors = Sector.objects.filter(agencies__in=belong.filter(agency__is_active=True).values("agency_id"))
    found = sectors.exclude(agencies__in=seated.values("agency_id")).distinct()
    return [
        looked(
            _("Missing: %(sector)s") % {"sector": sector.label}, ok=False,
            text=_("Nobody of this sector has a seat that counts today. Ask the administrator."),
        )
        for sector in found
    ]  # fmt: skip


def _listed(meeting: Meeting, by: Member) -> Iterable[dict[str, Any]]:
    """What is on no agenda, and what comes for the last time."""
    table = meeting.table
    n = asked.rows(asked.UNPLACED, table, by).count()
    if n:
        said = ngettext("%(n)s open situation is on no agenda", "%(n)s open situations are on no agenda", n) % {"n": n}
        text = _("Add it on the page of the meeting.")
        yield looked(said, ok=False, url=asked.url(table, asked.UNPLACED), text=text)
    n = asked.rows(asked.THIRD, table, by, meeting=meeting).count()
    if n:
        said = ngettext(
            "%(n)s item comes for the third time with an open objection",
            "%(n)s items come for the third time with an open objection", n,
        ) % {"n": n}  # fmt: skip
        text = _("If the objection stays, it is rejected and its facts are erased.")
        yield looked(said, ok=False, url=asked.url(table, asked.THIRD), text=text)


def _late(table: Table) -> list[dict[str, Any]]:
    counted = operations(table.pk)
    if counted is None or not counted.contacts_late:
        return []
    n = counted.contacts_late
    title = ngettext("%(n)s first contact is late", "%(n)s first contacts are late", n) % {"n": n}
    text = _("This is a count. Their lead agencies know which ones; ask in general at the follow-ups.")
    return [point(title, state=_("Late"), kind="late", text=text)]


def _agenda(meeting: Meeting, by: Member) -> Iterable[dict[str, Any]]:
    """How many items of each kind; once the meeting sits there is nothing to be ready for."""
    for kind, words in (
        (ItemKind.FOLLOW_UP, _("Follow-ups: %(n)s")),
        (ItemKind.DEFERRED, _("Deferred: %(n)s")),
        (ItemKind.NEW, _("New: %(n)s")),
    ):
        count = asked.rows(kind, meeting.table, by, meeting=meeting).count()
        said, url = words % {"n": count}, asked.url(meeting.table, kind)
        sits = meeting.state == MeetingState.SITTING
        yield point(said, url=url) if sits else looked(said, ok=True, url=url, good=_("Ready"))
