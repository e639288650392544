"""Was anybody reached, and what did they agree to? The clock of first contact, the contacts and the consents."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from situations import apart
from situations.scene import Scene
from situations.seen import SeenContact
from situations.views import corrected
from situations.vocabulary import ContactResult

_LISTS = ", "


def clock(scene: Scene, contact: SeenContact | None) -> dict[str, Any] | None:
    """How long is left until somebody must have been reached; nothing once somebody was."""
    if contact is None or contact.due_at is None or contact.first_contact_at is not None:
        return None
    start, due, now = scene.situation.intervention.lead_confirmed_at, contact.due_at, timezone.now()
    left = abs(due - now)
    hours, minutes = divmod(int(left / timedelta(minutes=1)), 60)
    said = _("%(h)s h %(m)s min late") if contact.overdue else _("%(h)s h %(m)s min left")
    share = (now - start) / (due - start) if due > start else 1
    return {
        "title": _("First contact"),
        "by": _("by %(when)s") % {"when": date_format(timezone.localtime(due), "WEEKDAY_AND_HOUR")},
        "left": said % {"h": hours, "m": minutes},
        "used": max(0, min(100, round(100 * share))),
        "start": _("Lead confirmed %(when)s") % {"when": date_format(timezone.localtime(start), "SHORT_DAY_AND_HOUR")},
        "end": _("%(n)s h") % {"n": scene.situation.table.contact_clock_hours},
        "late": contact.overdue,
    }


def whose(scene: Scene, subject: int) -> str:
    """Which person it is about; nothing where there is only one."""
    if len(apart.subjects(scene)) < 2:
        return ""
    return _("Person %(n)s") % {"n": subject} if subject != apart.WHOLE else _("The whole situation")


def contacts(scene: Scene, contact: SeenContact | None) -> list[dict[str, Any]]:
    """Each contact with its result and consent, as it stands, and what was corrected in it."""
    made: list[dict[str, Any]] = [
        {
            "kind": "half" if result == ContactResult.ATTEMPTED.label else "ok",
            "text": _("%(result)s. %(consent)s") % {"result": result, "consent": outcome},
            "side": date_format(timezone.localtime(at), "SHORT_DAY_AND_HOUR"),
            "note": _LISTS.join(x for x in (agency, whose(scene, n)) if x),
        }
        for at, agency, result, outcome, n in (contact.contacts if contact else ())
    ]
    return made + corrected.contacts(contact, whose=partial(whose, scene))


def consents(scene: Scene, contact: SeenContact | None) -> list[dict[str, Any]]:
    """Each consent with the days between which it holds."""
    return [
        {
            "kind": "off" if withdrawn else "ok",
            "text": _("Consent withdrawn") if withdrawn else _("Consent on record"),
            "side": _("From %(first)s to %(last)s") % {"first": date_format(given), "last": date_format(last)},
            "note": whose(scene, n),
        }
        for _id, given, last, withdrawn, n in (contact.consents if contact else ())
    ]
