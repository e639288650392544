"""Which rows of a table does a list need not read for a member at all?

What a list shows is decided row by row (`projection.see_rows`). A privacy lead is shown every presented row of the
table by PostgreSQL and knows those that concern the own agency: read and left out afterwards, the others would cost a
batch each, and the time of an answer would tell how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from agencies.models import Member, Standing
from agencies.vocabulary import SEATED_ROLES, Role
from privacy.models import Engagement, Recusal
from situations.models import SituationQuerySet

#: Seats that know of every row PostgreSQL shows them.
_OF_ALL = (*SEATED_ROLES, Role.PRIVACY_OFFICER, Role.GUEST)


def narrowed(rows: SituationQuerySet, table_id: int, *, by: Member, seats: Sequence[Standing]) -> SituationQuerySet:
    """The rows without what the member stepped away from (R58), and without what is no concern of a privacy lead's."""
    rows = rows.exclude(pk__in=Recusal.objects.filter(table=table_id, member=by).values("access_id"))
    here = [s for s in seats if s.table_id == table_id]
    if any(s.role in _OF_ALL for s in here):
        return rows
    agencies = [s.agency_id for s in here if s.role == Role.PRIVACY_LEAD]
    acting = Engagement.objects.filter(table=table_id, agency__in=agencies).exclude(status=Engagement.Status.ENDED)
    return rows.filter(Q(originating_agency__in=agencies) | Q(pk__in=acting.values("access_id")))
