"""What happened in a meeting, as the whole table may know it? Numbers, decisions and presence; nobody at risk.

The record is read anew each time from what is never edited: presence, the table's decisions, the history of acts. So it
needs no erasure of its own: it cannot keep what a situation lost. Items a reader may not know of are left out
(docs/adr/0046). Who reads it sits at the table; no guest does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Member
from privacy import access
from privacy.decision import Denied, Text, hide
from privacy.models import AccessState
from privacy.vocabulary import Category, Filter
from situations import running
from situations.issues import words_of
from situations.meeting import AgendaItem, Meeting
from situations.models import Determination, EndingCorrection, History, Situation
from situations.projection import ending_in_words, listed, see_rows
from situations.record_model import RecordConfirmation, RecordCorrection, SystemicIssue
from situations.seen import SeenRow
from situations.vocabulary import CorrectionKind, CorrectionReason, ItemKind, MeetingState, Mode, Told

#: Of the several things that come of an item in one meeting, the record names the last of these.
_ENDS = frozenset({Told.REJECT, Told.STOP, Told.WITHDRAW, Told.TRANSFER, Told.CONCLUDE, Told.STOP_INTERVENTION,
                   Told.TRANSFER_INTERVENTION})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """A later entry: what is corrected, why, when, and by whom where the table may know that."""

    words: str
    reason: Text
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """One item: which number, what came of it; how many agencies heard it and objected, where that may be known."""

    id: UUID
    position: int
    situation: UUID
    number: str
    kind: Text
    outcomes: tuple[Text, ...]
    reason: str
    agencies_present: int | None
    objections: int | None
    #: How long the table was on it; None of a meeting on paper, where the clock ran while it was entered.
    minutes: int | None
    corrections: tuple[RecordedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedAgency:
    """An agency that was there: how many people, and whether by telephone alone."""

    agency_id: int
    name: str
    people: int
    by_phone: bool
    guests: bool


@dataclass(frozen=True, slots=True)
class RecordedTyping:
    """Who typed decisions, and in whose name: the facilitator who handed the typing over (docs/adr/0054)."""

    by: str
    chair: str


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """The record of one meeting."""

    id: UUID
    code: str
    table: str
    starts_at: datetime
    began: datetime | None
    ended: datetime | None
    chair: str
    typed: tuple[RecordedTyping, ...]
    urgent: bool
    on_paper: bool
    quorum: int
    agencies: tuple[RecordedAgency, ...]
    items: tuple[RecordedItem, ...]
    counts: tuple[tuple[Text, int], ...]
    issues: tuple[tuple[str, bool], ...]
    corrections: tuple[RecordedEntry, ...]
    confirmed_at: datetime | None
    confirmed_in: str

    @property
    def people(self) -> int:
        """How many people were there."""
        return sum(a.people for a in self.agencies)


def held(meeting_id: UUID, *, by: Member) -> Meeting:
    """A meeting that is over, for who sits at its table; Denied (hidden) otherwise."""
    meeting = running.visible_meeting(meeting_id, by=by)
    if meeting.state != MeetingState.HELD:
        raise Denied(hide())
    return meeting


def record(meeting_id: UUID, *, by: Member) -> MeetingRecord:
    """The record of a meeting as this member reads it."""
    meeting = held(meeting_id, by=by)
    items = _items(meeting, by)
    confirmed = RecordConfirmation.objects.filter(meeting=meeting).select_related("confirmed_in__table").first()
    return MeetingRecord(
        id=meeting.pk,
        code=meeting.code,
        table=meeting.table.name,
        starts_at=meeting.starts_at,
        began=meeting.started_at,
        ended=meeting.ended_at,
        chair=meeting.chair.name if meeting.chair else "",
        typed=_typed(meeting, [i.situation for i in items]),
        urgent=meeting.urgent,
        on_paper=meeting.on_paper,
        quorum=meeting.table.quorum,
        agencies=_agencies(meeting),
        items=items,
        counts=tuple((label, n) for label, n in Counter(o for i in items for o in i.outcomes).items()),
        issues=_issues(meeting),
        corrections=_corrections(meeting, {i.id: i for i in items}),
        confirmed_at=confirmed.at if confirmed else None,
        confirmed_in=confirmed.confirmed_in.code if confirmed else "",
    )


def _agencies(meeting: Meeting) -> tuple[RecordedAgency, ...]:
    """Who was there at any time, by agency."""
    rows: dict[tuple[int, bool], list[str]] = {}
    names: dict[int, str] = {}
    for p in meeting.presences.select_related("agency").order_by("agency__name_en", "pk"):
        rows.setdefault((p.agency_id, p.guest), []).append(p.mode)
        names[p.agency_id] = p.agency.name
    return tuple(
        RecordedAgency(key[0], names[key[0]], len(modes), set(modes) == {Mode.PHONE}, key[1])
        for key, modes in rows.items()
    )


def _items(meeting: Meeting, by: Member) -> tuple[RecordedItem, ...]:
    items = list(meeting.items.order_by("position"))
    refs = [i.situation_id for i in items]
    rows = Situation.objects.at(meeting.table_id).filter(pk__in=refs)
    by_ref = {s.pk: s for s in listed(rows)}
    seen = {r.id: r for r in see_rows(by_ref.values(), by=by)}
    told = _told(meeting, list(seen))
    talked = Determination.objects.filter(meeting=meeting, situation__in=_discussion_known(list(seen), by))
    decided = {d.situation_id: d for d in talked}
    ended = [ref for ref, acts in told.items() if _ENDS & set(acts)]
    corrected: dict[UUID, list[EndingCorrection]] = {}
    for row in EndingCorrection.objects.filter(situation__in=ended):
        corrected.setdefault(row.situation_id, []).append(row)
    return tuple(
        _item(i, seen[i.situation_id], by_ref[i.situation_id], told.get(i.situation_id, []),
              decided.get(i.situation_id), corrected.get(i.situation_id, []))
        for i in items if i.situation_id in seen
    )  # fmt: skip


def _discussion_known(refs: list[UUID], by: Member) -> list[UUID]:
    """The items whose backing and objections the reader may know: those the policy says, and those that ended before
    the door. Of what went through it nobody reads them any more (docs/adr/0046).
    """
    states = list(AccessState.objects.filter(pk__in=refs))
    stand = access.relations(states, by)
    return [
        s.ref for s in states
        if s.filter == Filter.CLOSED or Category.DISCUSSION in stand[s.ref].knows(Filter(s.filter))
    ]  # fmt: skip


def _item(
    item: AgendaItem,
    seen: SeenRow,
    situation: Situation,
    told: list[Told],
    decided: Determination | None,
    corrected: list[EndingCorrection],
) -> RecordedItem:
    outcomes: tuple[Text, ...] = tuple(dict.fromkeys(t.label for t in told))
    if not outcomes:
        outcomes = (_nothing(item),)
    return RecordedItem(
        id=item.pk,
        position=item.position,
        situation=seen.id,
        number=seen.number,
        kind=ItemKind(item.kind).label,
        outcomes=outcomes,
        reason=_reason(situation, corrected) if _ENDS & set(told) else "",
        corrections=tuple(_ending_corrected(seen.number, c) for c in corrected),
        agencies_present=len(decided.agencies_present) if decided else None,
        objections=decided.dissent if decided else None,
        minutes=None if item.meeting.on_paper else round(item.spent_seconds / 60),
    )


def _reason(situation: Situation, corrected: list[EndingCorrection]) -> str:
    """The ending as it was recorded; what was corrected since stands beside it."""
    if corrected:
        return ending_in_words(corrected[0].was_group, corrected[0].was_reason)
    return ending_in_words(situation.ending_group, situation.ending_reason)


def _ending_corrected(number: str, row: EndingCorrection) -> RecordedEntry:
    """Without who entered it: past the door the table is not told who leads."""
    said = {"number": number, "was": ending_in_words(row.was_group, row.was_reason),
            "now": ending_in_words(row.now_group, row.now_reason)}  # fmt: skip
    words = _("%(number)s: not “%(was)s” but “%(now)s”") % said
    return RecordedEntry(words, CorrectionReason(row.why).label, "", row.at)


def _nothing(item: AgendaItem) -> Text:
    if item.reported_at is not None:
        return _("Reported on, still open")
    if item.opened_at is None:
        return _("Not reached")
    return _("Called, still open") if item.kind == ItemKind.FOLLOW_UP else _("Discussed, not decided")


def _told(meeting: Meeting, refs: list[UUID]) -> dict[UUID, list[Told]]:
    """What came of each item while the meeting sat, in order: acts of the table, and its leads' reports."""
    acts = _acts(meeting, refs).filter(act__in=Told.values)
    found: dict[UUID, list[Told]] = {}
    for ref, act in acts.order_by("at", "id").values_list("situation_id", "act"):
        found.setdefault(ref, []).append(Told(act))
    return found


def _acts(meeting: Meeting, refs: list[UUID]) -> QuerySet[History]:
    """What was done with these items while the meeting sat."""
    acts = History.objects.filter(situation__in=refs, at__gte=meeting.started_at)
    return acts.filter(at__lte=meeting.ended_at or timezone.now())


def _typed(meeting: Meeting, refs: list[UUID]) -> tuple[RecordedTyping, ...]:
    """Who typed for whom, of the items the reader may know of."""
    rows = _acts(meeting, refs).filter(chair__isnull=False, by__isnull=False).order_by("by__name", "chair__name")
    return tuple(RecordedTyping(*names) for names in rows.values_list("by__name", "chair__name").distinct())


def _issues(meeting: Meeting) -> tuple[tuple[str, bool], ...]:
    """The systemic issues named in the meeting, and those dealt with in it."""
    rows = SystemicIssue.objects.filter(meeting=meeting) | SystemicIssue.objects.filter(closed_in=meeting)
    return tuple((words_of(i), i.closed_in_id == meeting.pk) for i in rows.select_related("sector"))


def _corrections(meeting: Meeting, items: dict[UUID, RecordedItem]) -> tuple[RecordedEntry, ...]:
    rows: list[RecordedEntry] = []
    for c in meeting.corrections.select_related("agency", "by"):
        words = _correction(c, items)
        if words:
            rows.append(RecordedEntry(words, CorrectionReason(c.reason).label, c.by.name, c.at))
    rows += [entry for item in items.values() for entry in item.corrections]
    return tuple(sorted(rows, key=attrgetter("at")))


def _correction(row: RecordCorrection, items: dict[UUID, RecordedItem]) -> str:
    """In words; empty where it is about an item that the reader may not know of."""
    if row.kind == CorrectionKind.DECISION:
        item = items.get(row.item_id) if row.item_id else None
        if item is None:
            return ""
        return _("%(number)s: %(decision)s") % {"number": item.number, "decision": Told(row.decided).label}
    said = _("Was present: %(agency)s") if row.kind == CorrectionKind.PRESENT else _("Was not present: %(agency)s")
    return said % {"agency": row.agency.name if row.agency else ""}
