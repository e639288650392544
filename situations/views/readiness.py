"""Can the next meeting start, and what should the facilitator look at first?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Standing
from agencies.vocabulary import AGENCY_ROLES
from situations.conditions.threshold import LAST_DEFERRAL
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation
from situations.vocabulary import ItemKind, MeetingState


def next_meeting(table_ids: Iterable[int]) -> Meeting | None:
    """The meeting that sits, else the next planned one, of some tables."""
    rows = Meeting.objects.filter(table_id__in=set(table_ids)).select_related("table")
    sitting = rows.filter(state=MeetingState.SITTING).first()
    return sitting or rows.filter(state=MeetingState.PLANNED).order_by("starts_at").first()


def readiness(meeting: Meeting) -> list[dict[str, Any]]:
    """The points to look at, as components/task_list.html takes them."""
    kinds = dict(meeting.items.order_by().values_list("kind").annotate(n=Count("pk")))
    url = reverse("meeting", args=[meeting.pk])
    agencies = Standing.objects.at(meeting.table_id).filter(role__in=AGENCY_ROLES).values("agency_id").distinct()
    seated, present = agencies.count(), _present(meeting)
    sits = meeting.state == MeetingState.SITTING
    met = (present if sits else seated) >= meeting.table.quorum
    said = _("%(n)s agencies are present; %(needed)s are needed.") if sits else _("%(n)s agencies hold a seat in good"
        " standing; %(needed)s must be present.")  # fmt: skip
    points = [
        _point(
            _("Quorum can be reached") if met else _("No quorum"), url, ok=met,
            text=said % {"n": present if sits else seated, "needed": meeting.table.quorum},
        )
    ]  # fmt: skip
    missing = _without_place(meeting.table_id)
    if missing:
        title = ngettext("%(n)s open situation is on no agenda", "%(n)s open situations are on no agenda", missing)
        points.append(_point(title % {"n": missing}, url, ok=False, text=_("Add it on the page of the meeting.")))
    third = Situation.objects.at(meeting.table_id).open().filter(
        pk__in=meeting.items.values("situation_id"), deferrals__gte=LAST_DEFERRAL - 1,
        objections__resolved_at__isnull=True, objections__isnull=False,
    ).distinct().count()  # fmt: skip
    if third:
        points.append(
            _point(_("An item comes for the third time with an open objection"), url, ok=False,
                   text=_("If the objection stays, it is rejected and its facts are erased."))
        )  # fmt: skip
    for kind, words in (
        (ItemKind.FOLLOW_UP, _("Follow-ups: %(n)s")),
        (ItemKind.DEFERRED, _("Deferred: %(n)s")),
        (ItemKind.NEW, _("New: %(n)s")),
    ):
        points.append(_point(words % {"n": kinds.get(kind, 0)}, url, ok=True, text=""))
    return points


def _present(meeting: Meeting) -> int:
    rows = meeting.presences.filter(left_at__isnull=True, guest=False)
    return rows.values("agency_id").distinct().count()


def _without_place(table_id: int) -> int:
    coming = AgendaItem.objects.filter(
        table_id=table_id, meeting__state__in=(MeetingState.PLANNED, MeetingState.SITTING)
    )
    return Situation.objects.at(table_id).open().exclude(pk__in=coming.values("situation_id")).count()


def _point(title: str, url: str, *, ok: bool, text: str) -> dict[str, Any]:
    return {
        "title": title, "url": url, "kind": "ok" if ok else "warn", "words": _("Ready") if ok else _("Look"),
        "text": text, "who": "", "who_shut": False,
    }  # fmt: skip
