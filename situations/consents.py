"""Whose consent covers a disclosure? The persons' own, in force, for these agencies and this kind of information (R24).

Nobody consents for somebody else: what is about several persons together (0) rests on no one's consent, and what takes
a whole situation to another table rests on the consent of each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils import timezone

from agencies.models import Agency
from privacy import disclosure
from privacy.vocabulary import Category
from situations import apart
from situations.scene import Scene


def on_file(
    scene: Scene, subject: int, agencies: Collection[int], elements: Iterable[str]
) -> disclosure.Consent | None:
    """The person's newest consent in force that covers these agencies and elements; else the newest in force."""
    rows = scene.situation.consents.filter(
        subject=subject, withdrawn_at__isnull=True, expires_on__gte=timezone.localdate()
    )
    known = [
        disclosure.Consent(str(r.pk), frozenset(a.pk for a in r.recipients.all()), frozenset(r.scope))
        for r in rows.order_by("-at", "-id").prefetch_related("recipients")
    ]
    wanted = list(elements)
    return next((c for c in known if c.covers(agencies, wanted)), known[0] if known else None)


def to_pass_on(scene: Scene, agency: Agency) -> list[disclosure.Consent | None]:
    """What each affected person's consent says of passing the coded facts on to an agency; None where there is none.

    Before the door nobody has been met, so there is none to rely on.
    """
    return [on_file(scene, n, [agency.pk], [str(Category.CODED)]) for n in apart.subjects(scene)]
