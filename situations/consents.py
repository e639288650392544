"""Whose consent covers a disclosure? The persons' own, in force, for these agencies and this kind of information (R24).

Nobody consents for somebody else: what is about several persons together (0) rests on no one's consent, and what takes
a whole situation to another table rests on the consent of each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.clock import today_at
from agencies.models import Agency
from privacy import disclosure
from privacy.decision import Decision, allow, deny
from privacy.models import Compartment
from privacy.vocabulary import Category
from situations import apart
from situations.on_file import revealable
from situations.scene import Scene


def on_file(
    scene: Scene, subject: int, agencies: Collection[int], elements: Iterable[str]
) -> disclosure.Consent | None:
    """The person's newest consent in force that covers these agencies and elements; else the newest in force."""
    rows = scene.situation.consents.filter(
        subject=subject, withdrawn_at__isnull=True, expires_on__gte=today_at(scene.situation.table)
    )
    known = [
        disclosure.Consent(str(r.pk), frozenset(a.pk for a in r.recipients.all()), frozenset(r.scope), r.expires_on)
        for r in rows.order_by("-at", "-id").prefetch_related("recipients")
    ]
    wanted = list(elements)
    return next((c for c in known if c.covers(agencies, wanted)), known[0] if known else None)


def not_over(scene: Scene, compartment: Compartment) -> Decision:
    """Whether the member may not open a compartment because the consent on which it was told is over, and since when.
    Allowed says only that this is not the reason.
    """
    if scene.engagement is None or revealable(scene, compartment):
        return allow()
    last = disclosure.ended_with_its_consent(compartment, scene.acts_for)
    if last is None:
        return allow()
    said = _(
        "The consent on which this was told to you was in force until %(day)s. It cannot be opened any more. Ask for a"
        " new consent, or for another authority."
    )
    return deny("consent-over", said % {"day": date_format(last, "DATE_FORMAT")})


def to_pass_on(scene: Scene, agency: Agency) -> list[disclosure.Consent | None]:
    """What each affected person's consent says of passing the coded facts on to an agency; None where there is none.

    Before the door nobody has been met, so there is none to rely on.
    """
    return [on_file(scene, n, [agency.pk], [str(Category.CODED)]) for n in apart.subjects(scene)]
