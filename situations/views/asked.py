"""Which situations does a list ask for? Every number on a first page has a list of exactly the rows it counts."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Table
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.models import AccessState, Recusal
from situations.conditions.threshold import LAST_DEFERRAL
from situations.meeting import AgendaItem, Meeting
from situations.models import Situation, SituationQuerySet
from situations.next_meeting import next_meeting
from situations.vocabulary import BEFORE_THE_DOOR, OPEN_STATES, ItemKind, MeetingState, State

HELD, FROZEN, DUE, UNPLACED, THIRD = "held", "frozen", "due", "unplaced", "third"
_OFFICER = frozenset({Role.PRIVACY_OFFICER})
_SEATED = frozenset(SEATED_ROLES)
#: What is asked for -> its words, and the seats for which it is there.
LISTS: dict[str, tuple[Promise, frozenset[Role]]] = {
    ItemKind.FOLLOW_UP: (_("Follow-ups of the next meeting"), _SEATED),
    ItemKind.DEFERRED: (_("Deferred to the next meeting"), _SEATED),
    ItemKind.NEW: (_("New at the next meeting"), _SEATED),
    UNPLACED: (_("On no agenda"), _SEATED),
    THIRD: (_("Third time with an open objection"), _SEATED),
    HELD: (_("Under a hold"), _OFFICER),
    FROZEN: (_("Frozen"), _OFFICER),
    DUE: (_("Destroyed within 30 days"), _OFFICER),
}


def url(table: Table, show: str, **more: str) -> str:
    """The address of a list."""
    return f"{reverse('situations')}?{urlencode({'table': table.code, 'show': show, **more})}"


def open_rows(table: Table, by: Member) -> SituationQuerySet:
    """What is open at a table; not what the member stepped away from (R58)."""
    away = Recusal.objects.filter(table=table, member=by).values("access_id")
    return Situation.objects.at(table.pk).open().exclude(pk__in=away)


def rows(show: str, table: Table, by: Member, *, meeting: Meeting | None = None) -> SituationQuerySet:
    """The situations of a table that such a list holds, as far as PostgreSQL shows them to this member. `meeting`: the
    table's next one, where it is known."""
    away = Recusal.objects.filter(table=table, member=by).values("access_id")
    found = Situation.objects.at(table.pk).presented().exclude(pk__in=away)
    if show in (HELD, FROZEN):
        return found.filter(pk__in=AccessState.objects.filter(table=table, **{show: True}).values("ref"))
    if show == DUE:
        kept = timezone.now() + timedelta(days=30 - table.retention_days)
        held = AccessState.objects.filter(table=table, held=True).values("ref")
        return found.filter(state=State.CONCLUDED, concluded_at__lte=kept).exclude(pk__in=held)
    if show == UNPLACED:
        coming = AgendaItem.objects.filter(
            table=table, meeting__state__in=(MeetingState.PLANNED, MeetingState.SITTING)
        )  # fmt: skip
        return found.open().exclude(pk__in=coming.values("situation_id"))
    meeting = meeting or next_meeting([table.pk])
    items = AgendaItem.objects.filter(meeting=meeting) if meeting is not None else AgendaItem.objects.none()
    if show == THIRD:
        objected = Q(objections__isnull=False, objections__resolved_at__isnull=True)
        third = Situation.objects.filter(objected, deferrals__gte=LAST_DEFERRAL - 1).values("pk")
        return found.open().filter(pk__in=items.values("situation_id")).filter(pk__in=third)
    # What still waits for the meeting: not what it dealt with, nor what ended or went through the door meanwhile.
    waits = items.filter(kind=show, closed_at__isnull=True, reported_at__isnull=True)
    before = OPEN_STATES if show == ItemKind.FOLLOW_UP else BEFORE_THE_DOOR
    return found.filter(state__in=before, pk__in=waits.values("situation_id"))
