"""Who may be chosen at a table: which agencies, and which people for an agency?"""

from __future__ import annotations

from django.db.models import QuerySet

from agencies.models import Agency, AgreementInForce, Member, Standing, Table
from agencies.oncall import waiting_to_be_called
from agencies.vocabulary import AGENCY_ROLES
from privacy.models import Engagement
from situations.naming import ours_to_name
from situations.scene import Scene


def agencies_of_table(table_id: int) -> QuerySet[Agency]:
    """The agencies with a sharing agreement in force at a table that do not sit on call only (R59)."""
    signed = AgreementInForce.objects.filter(table_id=table_id).exclude(agency__in=waiting_to_be_called(table_id))
    return Agency.objects.filter(pk__in=signed.values("agency_id"), is_active=True).order_by("name_en")


def people_to_name(scene: Scene) -> list[Member]:
    """The people seated here for the member's own chosen agency, who have not stepped away from this situation."""
    mine = [e.agency_id for e in ours_to_name(scene)]
    seats = Standing.objects.at(scene.situation.table_id).filter(agency_id__in=mine, role__in=AGENCY_ROLES)
    away = scene.access.recusals.values_list("member_id", flat=True)
    return list(Member.objects.filter(pk__in=seats.values("member_id")).exclude(pk__in=list(away)).order_by("name"))


def other_named_persons(scene: Scene) -> list[Engagement]:
    """The engagements of other agencies that have a person who can receive a disclosure."""
    own = scene.own_agency().pk
    return [
        e
        for e in scene.engagements
        if e.agency_id != own and e.person_id is not None and e.status == Engagement.Status.ENGAGED
    ]


def engagement_label(engagement: Engagement) -> str:
    """The person and the agency."""
    return f"{engagement.person.name}, {engagement.agency.name}" if engagement.person else engagement.agency.name


def other_tables(scene: Scene) -> list[Table]:
    """The tables a situation could be transferred to."""
    return list(Table.objects.exclude(pk=scene.situation.table_id))


def agencies_elsewhere(scene: Scene) -> QuerySet[Agency]:
    """The agencies that could receive a transfer: those with an agreement in force at another table."""
    signed = AgreementInForce.objects.exclude(table_id=scene.situation.table_id)
    return Agency.objects.filter(pk__in=signed.values("agency_id"), is_active=True).order_by("name_en")
