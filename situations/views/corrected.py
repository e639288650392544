"""What did an entry say before it was corrected? Read beside the right one, by those who read that one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from situations.seen import SeenContact, SeenReport

_LISTS = ", "


def endings(report: SeenReport) -> list[str]:
    """What was recorded of the ending, a line each, oldest first."""
    return [
        _("Corrected on %(day)s. It said: %(was)s. %(why)s.")
        % {"day": date_format(timezone.localtime(c.at)), "was": c.was, "why": c.why}
        for c in report.corrected
    ]


def contacts(contact: SeenContact | None, *, whose: Callable[[int], str]) -> list[dict[str, Any]]:
    """Entries of contacts that no longer stand, for components/checks.html. `whose`: which person, in words."""
    return [
        {
            "kind": "off",
            "text": _("Corrected. It said: %(result)s. %(consent)s")
            % {"result": c.result, "consent": c.consent_outcome},
            "side": date_format(timezone.localtime(c.contacted_at), "SHORT_DAY_AND_HOUR"),
            "note": _LISTS.join(str(x) for x in (c.agency, whose(c.subject), c.why) if x),
        }
        for c in (contact.corrected if contact else ())
    ]
