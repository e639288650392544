"""What waits for a member: which actions are due, what has to be answered, which drafts are there?

Each list holds exactly what its number on the home page counts. Rows come through the one projection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies import reach
from agencies.clock import today_at
from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.carrying import carries
from privacy.models import AccessState, Disclosure, DisclosureRecipient, Engagement
from privacy.vocabulary import IDENTIFYING, Answer, CompartmentKind, Filter
from situations import actions, apart, on_file
from situations import scene as scenes
from situations.intervention import FirstContact, Intervention, NoticeTask, PlanEntry
from situations.meeting import AgendaItem
from situations.models import Situation
from situations.projection import listed, see_rows
from situations.seen import SeenRow
from situations.views.listing import row_title
from situations.vocabulary import ItemKind, MeetingState, State

_OPEN = (Filter.F3A, Filter.F3B, Filter.F4)


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: what, on which situation, by which page, until when."""

    ref: UUID
    title: str
    act: str
    query: str = ""
    when: str = ""
    kind: str = ""
    note: str = ""
    text: str = ""
    #: What is due on a day is due by its end; what has no time is asked for now.
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The three lists of a representative's home."""

    actions: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[dict[str, Any]] = field(default_factory=list)


def waiting(by: Member, seats: Sequence[Standing]) -> Waiting:
    """What waits for the agencies this member speaks for, at the tables where that is so. `seats`: all they hold."""
    mine = [s for s in seats if s.role in AGENCY_ROLES]
    agencies, tables = {s.agency_id for s in mine}, {s.table_id for s in mine}
    if not mine:
        return Waiting()
    acting = list(Engagement.objects.filter(person=by, status=Engagement.Status.ENGAGED))
    named_for = {e.access_id: e.agency_id for e in acting}
    due = [
        *_reports([e.access_id for e in acting if e.lead_confirmed_at is not None], tables),
        *_contacts(by, named_for, agencies, tables),
        *_plan(by, named_for, agencies, tables),
        *_notices(agencies, tables),
    ]
    actions = sorted(due, key=lambda w: (w.due is not None, w.due or timezone.now()))
    led = {(s.table_id, s.agency_id) for s in mine if s.role == Role.AGENCY_LEAD}
    answers = [*_left(by, agencies, tables, led), *_answers(by, agencies, tables)]
    drafts = Situation.objects.filter(table_id__in=tables).drafts_of(sorted(agencies)).newest_first()
    refs = {w.ref for w in (*actions, *answers)}
    known = _known(refs, tables, by, seats)
    frozen = set(AccessState.objects.filter(pk__in=refs, frozen=True).values_list("pk", flat=True))
    return Waiting(
        actions=_rows(actions, known, frozen),
        answers=_rows(answers, known, frozen),
        drafts=[_draft(r) for r in see_rows(listed(drafts), by=by, seats=seats)],
    )


def _known(refs: set[UUID], tables: set[int], by: Member, seats: Sequence[Standing]) -> dict[UUID, SeenRow]:
    rows = Situation.objects.filter(pk__in=refs, table_id__in=tables)
    return {r.id: r for r in see_rows(rows, by=by, facts=False, seats=seats)}


def _contacts(by: Member, named_for: dict[UUID, int], agencies: set[int], tables: set[int]) -> list[Wait]:
    """First contacts of interventions this agency leads: with the persons it knows, whoever reached the others."""
    now = timezone.now()
    led = Intervention.objects.filter(
        lead_agency_id__in=agencies, table_id__in=tables, situation__state=State.INTERVENING
    )
    ours = _reached_by_us(named_for)
    rows = [
        r
        for r in led.order_by("contact_due_at")
        if r.first_contact_at is None or not (r.situation_id in ours or _reached(r, by))
    ]
    return [
        Wait(
            r.situation_id,
            _("Make first contact"),
            "contact",
            when=date_format(timezone.localtime(r.contact_due_at), "WEEKDAY_AND_HOUR"),
            kind="late" if r.contact_due_at < now else "soon",
            note=_("overdue") if r.contact_due_at < now else "",
            due=r.contact_due_at,
        )
        for r in rows
    ]


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _reports(led: list[UUID], tables: set[int]) -> list[Wait]:
    """Follow-ups on the agenda of the meeting that sits, of interventions this member leads, not reported on yet."""
    items = AgendaItem.objects.filter(
        table_id__in=tables, meeting__state=MeetingState.SITTING, kind=ItemKind.FOLLOW_UP, reported_at__isnull=True,
        situation__state=State.INTERVENING, situation_id__in=led,
    )  # fmt: skip
    said = _("The table is about to ask. It hears only that it is still open.")
    return [
        Wait(ref, _("Report at the follow-up"), "follow_up", when=_("Today"), kind="soon", text=said)
        for ref in items.order_by("position").values_list("situation_id", flat=True)
    ]


def _reached_by_us(named_for: dict[UUID, int]) -> set[UUID]:
    """Situations in which the agency the member acts for made contact itself: nothing else has to be asked of them."""
    made = FirstContact.objects.filter(situation_id__in=named_for).values_list("situation_id", "agency_id")
    return {ref for ref, agency_id in made if named_for[ref] == agency_id}


def _reached(intervention: Intervention, by: Member) -> bool:
    scene = scenes.load(intervention.situation_id, by=by)
    return any(apart.seen_by_us(scene, c.subject, c.agency_id) for c in on_file.contacts(scene))


def _plan(by: Member, named_for: dict[UUID, int], agencies: set[int], tables: set[int]) -> list[Wait]:
    today = timezone.localdate()
    rows = PlanEntry.objects.filter(
        agency_id__in=agencies, table_id__in=tables, done_at__isnull=True, not_possible=False,
        situation__state=State.INTERVENING,
    ).select_related("by").order_by("due_on", "number")  # fmt: skip
    own = {r.pk for r in rows if named_for.get(r.situation_id) == r.agency_id == r.by.agency_id}
    # What another agency wrote for us: ours while it reaches us. Few: an agency writes its own actions.
    asked = {r.situation_id for r in rows if r.pk not in own}
    ours = {ref: {p.number for p in actions.ours_open(scenes.load(ref, by=by))} for ref in asked}
    return [
        Wait(
            r.situation_id,
            _("Do action %(n)s of the plan") % {"n": r.number},
            "plan_done",
            query=f"?number={r.number}",
            when=date_format(r.due_on, "l j F"),
            due=_end_of(r.due_on),
            kind="late" if r.due_on < today else ("soon" if r.due_on == today else ""),
        )
        for r in rows
        if r.pk in own or r.number in ours[r.situation_id]
    ]


def _notices(agencies: set[int], tables: set[int]) -> list[Wait]:
    today = timezone.localdate()
    rows = NoticeTask.objects.filter(agency_id__in=agencies, table_id__in=tables, closed_at__isnull=True)
    rows = rows.filter(situation__state__in=(State.LIMITED, State.INTERVENING)).order_by("due_on")
    return [
        Wait(
            r.situation_id,
            _("Give the written notice"),
            "notice",
            query=f"?notice={r.pk}",
            when=date_format(r.due_on, "l j F"),
            due=_end_of(r.due_on),
            kind="late" if r.due_on < today else ("soon" if r.due_on == today else ""),
        )
        for r in rows
    ]


def _left(by: Member, agencies: set[int], tables: set[int], led: set[tuple[int, int]]) -> list[Wait]:
    """Situations whose named person has no seat any more, for whoever may name another one now: everybody of the agency
    before the door, past it its lead."""
    named = Engagement.objects.filter(agency_id__in=agencies, table_id__in=tables, access__filter__in=_OPEN)
    named = named.filter(access__frozen=False, person__isnull=False).exclude(person=by).select_related("access")
    there = reach.holders(tables, *AGENCY_ROLES)
    return [
        Wait(
            e.access_id, _("Name another person who will act"), "name_person", kind="late",
            when=_("Nobody acts for your agency"), text=_("The person named has no seat at this table any more."),
        )
        for e in named.exclude(status=Engagement.Status.ENDED)
        if (e.table_id, e.agency_id, e.person_id) not in there
        and (e.access.filter == Filter.F3A or (e.table_id, e.agency_id) in led)
    ]  # fmt: skip


def _answers(by: Member, agencies: set[int], tables: set[int]) -> list[Wait]:
    ours = Q(agency_id__in=agencies, person__isnull=True) | Q(person=by)
    engaged = Engagement.objects.filter(ours, table_id__in=tables, access__filter__in=_OPEN, access__frozen=False)
    engaged = engaged.exclude(status=Engagement.Status.ENDED).select_related("access")
    engaged = engaged.annotate(disclosed=Exists(Disclosure.objects.filter(access=OuterRef("access"))))
    unnamed = [e for e in engaged if e.person_id is None]
    behind_door = [e for e in engaged if e.person_id is not None and e.access.filter == Filter.F3B]
    waits = [Wait(e.access_id, _("Name the person who will act"), "name_person") for e in unnamed]
    waits += [
        Wait(e.access_id, _("Enter and disclose who it is"), "")
        for e in behind_door
        if e.agency_id == e.access.originating_agency_id and not e.disclosed
    ]
    # An answer is asked for who it is; what follows, safe contact and plan, asks for none.
    asked = DisclosureRecipient.objects.filter(
        member=by, table_id__in=tables, answer=Answer.PENDING,
        disclosure__compartment__kind=CompartmentKind.SUBJECT,
        disclosure__access__filter__in=(Filter.F3B, Filter.F4),
        disclosure__elements__overlap=[str(e) for e in IDENTIFYING],
    ).select_related("disclosure__table")  # fmt: skip
    told = (r.disclosure for r in asked.order_by("-disclosure__at"))
    # Who leads has said what it will do: its answer could only end its own access.
    confirmed = Engagement.objects.filter(person=by, lead_confirmed_at__isnull=False)
    lead = set(confirmed.values_list("access_id", flat=True))
    since = {d.access_id: d.at for d in told if d.access_id not in lead and carries(d, today_at(d.table))}
    waits += [
        Wait(
            ref,
            _("Answer a disclosure made to you"),
            "answer",
            when=_("Since %(when)s") % {"when": date_format(timezone.localtime(at), "DAY_AND_HOUR")},
            text=_("“We will act”, “already involved” or “not ours”. “Not ours” ends your access at once."),
        )
        for ref, at in since.items()
    ]
    waits += [
        Wait(e.access_id, _("Confirm that you lead"), "confirm_lead")
        for e in behind_door
        if e.proposed_lead and e.lead_confirmed_at is None and e.disclosed
    ]
    return waits


def _rows(waits: list[Wait], known: dict[UUID, SeenRow], frozen: set[UUID]) -> list[dict[str, Any]]:
    """One row each. What frozen ones wait for is not theirs to do now; what several rows say is said once."""
    rows: list[dict[str, Any]] = []
    for wait in waits:
        if wait.ref in known:
            row = _row(_frozen(wait) if wait.ref in frozen else wait, known[wait.ref])
            rows.append(row | {"text": "" if any(row["text"] == r["text"] for r in rows) else row["text"]})
    return rows


def _frozen(wait: Wait) -> Wait:
    said = _("The privacy officer has frozen this item. Nothing can be opened or done until the freeze is lifted.")
    return replace(wait, act="", query="", when=_("Frozen"), kind="warn", note=wait.when, text=said)


def _row(wait: Wait, seen: SeenRow) -> dict[str, Any]:
    page = reverse("act", args=[wait.ref, wait.act]) + wait.query if wait.act else reverse("situation", args=[wait.ref])
    return {
        "title": wait.title, "url": page, "when": wait.when, "when_kind": wait.kind, "when_note": wait.note,
        "number": row_title(seen), "code": seen.stage, "facts": [], "text": wait.text,
    }  # fmt: skip


def _draft(row: SeenRow) -> dict[str, Any]:
    saved = timezone.localtime(row.saved_at or row.opened_at)
    today = saved.date() == timezone.localdate()
    return {
        "title": row_title(row),
        "url": reverse("situation", args=[row.id]),
        "when": _("Saved %(when)s") % {"when": date_format(saved, "HOUR" if today else "DAY_AND_HOUR")},
        "code": row.stage,
        "facts": list(row.facts),
    }
