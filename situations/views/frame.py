"""What does every page about one situation show? Its stage in words, who sees it with real counts, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, SEATED_ROLES
from privacy.vocabulary import Filter
from situations import on_file
from situations.scene import Scene, alike
from situations.seen import SeenSituation


def member_of(request: HttpRequest) -> Member:
    """The signed-in member; every page of this app asks for a sign-in (situation_table/url_policy.py)."""
    if not isinstance(request.user, Member):
        raise TypeError("a page of this app was reached without a sign-in")
    return request.user


@dataclass(frozen=True, slots=True)
class Heads:
    """How many people may see a situation: its own agency's, the table's (of how many agencies), the named."""

    own: int
    table: int
    agencies: int
    named: int


@alike
def heads(scene: Scene) -> Heads:
    """Count the people in good standing, those who stepped away left out."""
    away = on_file.away(scene)
    seats = Standing.objects.at(scene.situation.table_id).values_list("member_id", "agency_id", "role")
    here = [(member, agency, role) for member, agency, role in seats if member not in away]
    agency = [(member, agency) for member, agency, role in here if role in AGENCY_ROLES]
    # Of which agencies those people are, whoever runs the meeting too: the number that the quorum is counted in.
    table = [(member, agency) for member, agency, role in here if role in SEATED_ROLES]
    return Heads(
        own=len({m for m, a in agency if a == scene.situation.originating_agency_id}),
        table=len({m for m, _a in table}),
        agencies=len({a for _m, a in table}),
        named=len({e.person_id for e in scene.engagements if e.person_id}),
    )


def people(count: int) -> str:
    """So many people, in words."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def named_people(count: int) -> str:
    """So many named people, in words."""
    return ngettext("%(count)s named person only", "%(count)s named people only", count) % {"count": count}


def band(scene: Scene, seen: SeenSituation, counted: Heads) -> dict[str, Any]:
    """The filter band: code, words (who can know), the member's own part at the right end."""
    stage = seen.stage
    if stage == Filter.F1:
        said = _("Nobody outside %(agency)s can know that this draft exists")
        words = said % {"agency": scene.situation.originating_agency.name}
    elif stage in (Filter.F2, Filter.F3A):
        words = table_words(counted)
    elif stage in (Filter.F3B, Filter.F4) or (stage == Filter.CONCLUDED and seen.named):
        words = named_people(counted.named)
    elif stage == "door":
        words = _("Closed to you: with intervening agencies")
    elif stage == Filter.CONCLUDED:
        words = _("The table sees that it ended, and how")
    else:
        # Not "are left": under a hold sealed text is still there, and not everybody may know of the hold.
        words = _("Only the number, the decision and its reason can still be read")
    return {"code": stage, "words": words, "end": _part(scene, seen)}


def table_words(counted: Heads) -> str:
    """The whole table, counted."""
    said = _("Whole table: %(people)s of %(agencies)s agencies, no name, no address")
    return said % {"people": people(counted.table), "agencies": counted.agencies}


def _part(scene: Scene, seen: SeenSituation) -> str:
    if seen.leads:
        return _("You are the lead")
    if seen.named:
        return _("You act for %(agency)s") % {"agency": scene.own_agency().name}
    return ""
