"""Somebody leaves an agency: which roles of theirs are open, and who takes them over? (R19, R58)

Drafts and actions of a plan belong to the agency and stay with it; what is a person's own is being named for a
situation. The agency's lead names a colleague in their place: the same act as on the situation's page, one by one, each
with its reason where it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.leavers import OpenWork
from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.decision import Denied, Text
from privacy.models import Engagement, Recusal
from privacy.vocabulary import Filter
from situations import lifecycle
from situations.models import Situation
from situations.projection import listed, see_rows
from situations.seen import SeenRow

_OPEN = (Filter.F3A, Filter.F3B, Filter.F4)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of each: how many were taken over, and the number and reason of what was refused."""

    done: int
    refused: list[tuple[str, Text]]


def open_work(member: Member, table: Table, by: Member, agency: Agency | None = None) -> OpenWork:
    """For the page on which somebody leaves (setting OPEN_WORK): a count, for the agency's lead in good standing.

    Nobody else is told a number: that somebody is named at all says who acts in a situation. `agency`: only what they
    do for that one, where another one than the reader's own is a whole other answer.
    """
    led = _led(table, by)
    if not led or (agency is not None and agency.pk not in led):
        return OpenWork(table, 0, hands_over=False)
    rows = named_for(member, table, by=by)
    return OpenWork(table, (rows.filter(agency=agency) if agency else rows).count(), hands_over=True)


def named_for(member: Member, table: Table, *, by: Member) -> QuerySet[Engagement]:
    """The open roles of a person, in the agencies this member leads at the table."""
    rows = Engagement.objects.filter(person=member, table=table, agency__in=_led(table, by), access__filter__in=_OPEN)
    away = Recusal.objects.filter(member=by).values("access_id")  # of these one is not told, not even in a number
    return rows.exclude(status=Engagement.Status.ENDED).exclude(access_id__in=away)


def seen(member: Member, table: Table, *, by: Member) -> list[SeenRow]:
    """The situations of those roles, as the lead may see them."""
    refs = named_for(member, table, by=by).values_list("access_id", flat=True)
    rows = Situation.objects.filter(pk__in=list(refs)).order_by("number")
    return see_rows(listed(rows), by=by)


def drafts(table: Table, *, by: Member) -> int:
    """How many drafts stay with the agencies this member leads."""
    return Situation.objects.filter(table=table).drafts_of(sorted(_led(table, by))).count()


def colleagues(member: Member, table: Table, *, by: Member) -> QuerySet[Member]:
    """Who can take over: the people seated for the same agency in good standing."""
    seats = Standing.objects.at(table.pk).in_roles(*AGENCY_ROLES).filter(agency_id__in=_led(table, by))
    return Member.objects.filter(pk__in=seats.values("member_id")).exclude(pk=member.pk).order_by("name")


def hand_over(member: Member, table: Table, *, to: Member, by: Member) -> HandedOver:
    """Name a colleague in the place of whoever leaves, wherever that is possible now."""
    done, refused = 0, []
    for row in seen(member, table, by=by):
        try:
            lifecycle.perform("name_person", row.id, by=by, person=to)
        except Denied as denied:
            refused.append((row.number, denied.decision.reason))
        else:
            done += 1
    return HandedOver(done, refused)


def _led(table: Table, by: Member) -> set[int]:
    seats = Standing.objects.of(by).at(table.pk).in_roles(Role.AGENCY_LEAD)
    return set(seats.values_list("agency_id", flat=True))
