"""Which page tells how a table works?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from agencies.models import Agency
from agencies.vocabulary import Role
from reports.committee import HEALTH, READS, Committee, committee_of
from reports.health import meetings
from reports.health.meetings import Attendance, Meetings
from reports.health.threshold import Calibration, calibration
from reports.pack.periods import parse
from reports.planning import risks


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """How one table works; to an administrator who comes and who is missing, nothing of what is discussed."""
    committee = committee_of(request, *HEALTH)
    coming = meetings.attendance(committee.table)
    reads = bool(committee.roles & set(READS))
    context: dict[str, Any] = {
        "committee": committee, "tabs": committee.tabs("health_of_table"), "reads": reads,
        "beside": committee.beside("health_of_table"),
        "attendance": [_attendance(a) for a in coming],
        "attendance_columns": [
            {"label": _("Agency")}, {"label": _("Came to"), "number": True},
            {"label": _("Of meetings"), "number": True},
            {"label": _("Missed in a row"), "number": True}, {"label": _("State")},
        ],
        "review": [_review(a, committee) for a in coming if a.review],
        "missing": [sector.label for sector in meetings.missing_sectors(committee.table)],
    }  # fmt: skip
    if reads:
        context |= _of_discussions(committee)
        context["rarely"] = [
            {"title": agency.name, "url": _on_call(agency, committee), "when": "", "facts": []}
            for agency in meetings.rarely_intervening(committee.table, coming)
        ]
    return render(request, "reports/health.html", context)


def _of_discussions(committee: Committee) -> dict[str, Any]:
    year = meetings.meetings(committee.table)
    release = risks.newest(committee.table)
    document = risks.document_of(release)
    lead = next((f for f in document.figures if f.key == "lead"), None) if document else None
    return {
        "facts": _facts(year) if year else [],
        "lead": [
            [{"text": row.label}, {"text": str(row.count), "number": True}]
            for row in (lead.rows if lead else ()) if row.count is not None
        ],
        "lead_columns": [{"label": _("Lead sector")}, {"label": _("Count"), "number": True}],
        "lead_of": parse(release.period).label if release else "",
        "lead_url": reverse("release", args=[release.pk]) if release else "",
        **_threshold(*calibration(committee.table)),
    }  # fmt: skip


def _facts(year: Meetings) -> list[dict[str, str]]:
    few = _("too few to say")
    least, most = year.bringing
    said = {
        _("Meetings held"): str(year.held),
        _("Agencies present, on average"): _decimal(year.present) or few,
        _("Situations a meeting, on average"): _decimal(year.items) or few,
        _("Minutes a situation, on average"): _decimal(year.minutes) or few,
        _("Agencies that brought a situation"): _("%(least)s to %(most)s") % {"least": least, "most": most},
    }
    return [{"key": key, "value": value, "url": "", "lines": ""} for key, value in said.items()]


def _decimal(value: float | None) -> str:
    return "" if value is None else formats.number_format(value, 1)


def _attendance(found: Attendance) -> list[dict[str, Any]]:
    numbers = {_("Came to"): found.came, _("Of meetings"): found.held, _("Missed in a row"): found.missed_in_a_row}
    state = {"text": _("To review"), "state": "warn"} if found.review else {"text": "–"}
    return [
        {"text": found.agency.name},
        *({"text": str(n), "number": True, "label": label} for label, n in numbers.items()),
        state | {"label": _("State")},
    ]


def _review(found: Attendance, committee: Committee) -> dict[str, Any]:
    missed = ngettext("missed %(n)s meeting in a row", "missed %(n)s meetings in a row", found.missed_in_a_row)
    facts = [missed % {"n": found.missed_in_a_row}]
    return {"title": found.agency.name, "url": _on_call(found.agency, committee), "when": "", "facts": facts}


def _on_call(agency: Agency, committee: Committee) -> str:
    """Where an administrator puts an agency on call; nothing for who may not."""
    may = Role.ADMINISTRATOR in committee.roles
    return reverse("on_call", args=[committee.table.code, agency.pk]) if may else ""


def _threshold(now: Calibration, before: Calibration) -> dict[str, Any]:
    def column(of: Calibration) -> str:
        return _("%(first)s to %(last)s") % {
            "first": formats.date_format(of.first_day, "F Y"), "last": formats.date_format(of.last_day, "F Y"),
        }  # fmt: skip

    rows = [
        (pgettext("counted", "Presented"), now.presented, before.presented),
        (_("Accepted"), now.accepted, before.accepted),
        (pgettext("counted", "Rejected"), now.rejected, before.rejected),
        (_("Deferred at least once"), now.deferred, before.deferred),
        (_("Decided with an objection on record"), now.objected, before.objected),
    ]  # fmt: skip
    return {
        "threshold_columns": [{"label": _("Threshold")}, {"label": column(now), "number": True},
                              {"label": column(before), "number": True}],
        "threshold": [
            [{"text": label}, *({"text": _("withheld") if n is None else str(n), "number": True} for n in numbers)]
            for label, *numbers in rows
        ],
    }  # fmt: skip
