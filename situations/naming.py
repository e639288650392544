"""For which chosen agency does a member name a person? (R19)

One answer for condition, effect and form. A member may sit for several agencies: naming is for each agency its own,
and past the door for its lead alone, unless nobody is named (an agency added, or a person who stepped away).
"""

from __future__ import annotations

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, Role
from privacy.models import Engagement
from situations.scene import Scene
from situations.vocabulary import State


def ours_to_name(scene: Scene) -> list[Engagement]:
    """The engagements for which the member may name or replace the person now."""
    ours = [e for e in scene.engagements if e.agency_id in scene.relation.agencies]
    if scene.state == State.CHOOSING:
        return ours
    seats = Standing.objects.of(scene.by).at(scene.situation.table_id).in_roles(Role.AGENCY_LEAD)
    leads_for = set(seats.values_list("agency_id", flat=True))
    return [e for e in ours if e.agency_id in leads_for or e.person_id is None]


def engagement_for(scene: Scene, person: Member) -> Engagement | None:
    """The engagement a person would be named in: where they sit, their home agency first, then one without a person."""
    seats = Standing.objects.of(person).at(scene.situation.table_id).in_roles(*AGENCY_ROLES)
    sits_for = set(seats.values_list("agency_id", flat=True))
    found = [e for e in ours_to_name(scene) if e.agency_id in sits_for]
    return min(found, key=lambda e: (e.agency_id != person.agency_id, e.person_id is not None), default=None)
