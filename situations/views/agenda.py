"""What stands on a meeting's page: the agenda as this member may see it, and who is present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from situations import issues as issues_of
from situations.agenda import MOST_MINUTES
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation
from situations.projection import listed, see_rows
from situations.seen import SeenRow
from situations.sitting_for import agencies_sitting
from situations.views.listing import row_facts, row_title, stage_words
from situations.views.strip import how_it_stands
from situations.vocabulary import IssueKind, ItemKind, MeetingState, Mode, State


def agenda(meeting: Meeting, *, by: Member, may_run: bool, seats: Sequence[Standing]) -> dict[str, Any]:
    """The items in order, grouped by why they are there; situations that could be added. `seats`: the member's."""
    items = list(meeting.items.select_related("situation").order_by("position"))
    rows = Situation.objects.at(meeting.table_id).filter(pk__in=[i.situation_id for i in items])
    seen = {r.id: r for r in see_rows(listed(rows), by=by, seats=seats)}
    shown = [i for i in items if i.situation_id in seen]
    may_move = may_run and meeting.state in (MeetingState.PLANNED, MeetingState.SITTING)
    lines = [_item(i, n, seen[i.situation_id], meeting, may_move) for n, i in enumerate(shown, 1)]
    return {
        "items": lines,
        "addable": _addable(meeting, items, by, seats) if may_move else [],
        "current": [i for i in lines if i["kind"] == "soon"],
        "may_move": may_move,
        "most_minutes": MOST_MINUTES,
        "minutes": sum(i["minutes"] for i in lines if i["kind"] in ("open", "soon")),
        "left": sum(i["kind"] in ("open", "soon") for i in lines),
    }


def _item(item: AgendaItem, number: int, seen: SeenRow, meeting: Meeting, may_move: bool) -> dict[str, Any]:
    kind, words = _state(item, meeting)
    can_open = (
        may_move and meeting.state == MeetingState.SITTING and item.situation.state == State.PRESENTED
        and not (item.opened_at and not item.closed_at)
    )  # fmt: skip
    return {
        "n": number,
        "id": item.pk,
        "title": row_title(seen),
        "url": reverse("situation", args=[seen.id]),
        "why": ItemKind(item.kind).label,
        # What is over is said once: by the sign of the item, else by the stage, not by the status as well.
        "code": "" if words == stage_words(seen) else seen.stage,
        "facts": row_facts(seen, said=words),
        "minutes": item.planned_minutes,
        "kind": kind,
        "words": words,
        # What is over has no time to plan and no place to take.
        "may_move": may_move and kind in ("open", "soon"),
        "open_url": reverse("act", args=[seen.id, "discuss"]) if can_open else "",
        "open_fields": [{"name": "key", "value": uuid4().hex}] if can_open else [],
    }


def _state(item: AgendaItem, meeting: Meeting) -> tuple[str, str]:
    if item.reported_at is not None:
        return "ok", _("Reported on")
    if item.opened_at is None and meeting.state == MeetingState.HELD:
        return "off", _("Not reached")
    if item.closed_at is not None:
        return "ok", _("Dealt with")
    # Not closed in this meeting, and yet it may be over: an intervention ends on its own day.
    return how_it_stands(item, State(item.situation.state), meeting, current=item.pk == meeting.current_id)


def _addable(meeting: Meeting, items: list[AgendaItem], by: Member, seats: Sequence[Standing]) -> list[dict[str, Any]]:
    rows = Situation.objects.at(meeting.table_id).open().exclude(pk__in=[i.situation_id for i in items])
    known = see_rows(rows.newest_first()[:100], by=by, facts=False, seats=seats)
    return [{"id": r.id, "title": row_title(r)} for r in known]


def issues(meeting: Meeting, *, may_run: bool) -> dict[str, Any]:
    """What the table comes back to after the items; whoever runs the meeting names and closes it while it sits."""
    may = may_run and meeting.state == MeetingState.SITTING
    open_ = issues_of.open_at(meeting.table_id)
    return {
        "may": may,
        "rows": [
            {"id": i.pk, "words": issues_of.words_of(i), "when": date_format(timezone.localtime(i.at))} for i in open_
        ],
        "sectors": [{"id": s.pk, "label": s.label} for s in issues_of.sectors()] if may else [],
        "kinds": [{"value": k.value, "label": k.label} for k in IssueKind] if may else [],
    }


def presence(meeting: Meeting, *, by: Member, may_run: bool) -> dict[str, Any]:
    """Everybody who could be present, agency by agency, and whether they are."""
    here = {p.member_id: p for p in meeting.presences.filter(left_at__isnull=True).select_related("member")}
    seats = Standing.objects.at(meeting.table_id).select_related("member", "agency").order_by("agency__name_en")
    able = (*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER)
    people: dict[int, dict[str, Any]] = {}
    for s in seats:
        guest = s.role == Role.GUEST and s.meeting == meeting.pk
        if s.role not in able and not guest:
            continue
        present = here.get(s.member_id)
        people.setdefault(
            s.member_id,
            {
                "id": s.member_id, "name": s.member.name, "agency": s.agency.name, "guest": guest,
                "here": present is not None, "phone": present is not None and present.mode == Mode.PHONE,
                "may": may_run or s.member_id == by.pk,
            },
        )  # fmt: skip
    # Whose seat ended meanwhile is there still, until they are marked gone: for those who can, and for nobody else.
    unseated = [p.member for p in here.values() if may_run and p.member_id not in people]
    sitting = agencies_sitting(meeting)
    return {
        "people": list(people.values()),
        "unseated": [{"id": m.pk, "name": m.name} for m in unseated],
        "agencies_here": sitting,
        "quorum": meeting.table.quorum,
        "quorum_met": sitting >= meeting.table.quorum,
    }
