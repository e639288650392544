"""Does an agency still act in a situation of a table? A yes or no for who may know no situation.

Asked by `agencies` through the setting AGENCY_ACTS before an agency is put on call, or one of its people
leaves. Chosen or engaged counts; a draft does not: nobody outside the agency may learn that it exists (R1). Where the
answer goes to somebody, what that person stepped away from does not count either (R58).
"""

from __future__ import annotations

from privacy.context import in_role
from privacy.models import Engagement, Recusal


def acts(agency_id: int, table_id: int, *, person_id: int | None = None, told_to: int | None = None) -> bool:
    """Whether the agency was chosen for, or acts in, a situation that is not over. `person_id`: through this person.
    `told_to`: of those that this member did not step away from.
    """
    running = (Engagement.Status.CHOSEN, Engagement.Status.ENGAGED)
    with in_role("st_worker"):
        rows = Engagement.objects.filter(agency_id=agency_id, table_id=table_id, status__in=running)
        rows = rows if person_id is None else rows.filter(person=person_id)
        if told_to is not None:
            rows = rows.exclude(access__in=Recusal.objects.filter(member=told_to).values("access_id"))
        return rows.exclude(access__filter__in=("concluded", "closed", "destroyed")).exists()
