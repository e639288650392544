"""What is said of a pack before its numbers, in words for who reads it? The same on the page and in print.

Files that a program reads (JSON, CSV) have the codes and ISO days of these beside the words.
"""

from __future__ import annotations

from datetime import date

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.pack.document import Document
from reports.pack.periods import parse


def facts(document: Document) -> list[tuple[str, str]]:
    """Name and words of each, in the active language."""
    made = formats.date_format(timezone.localtime(document.made_at), "DATETIME_FORMAT")
    by = _("%(made)s, %(by)s") % {"made": made, "by": document.made_by} if document.made_by else made
    days = pgettext("days", "%(first)s to %(last)s") % {
        "first": _day(document.first_day),
        "last": _day(document.last_day),
    }
    said = [
        (_("Period"), days),
        (_("Release number"), _("not released") if document.release is None else str(document.release)),
        (_("Audience"), document.audience_label),
        (_("Fewest in a count"), str(document.k)),
        (_("Code lists of"), _day(document.code_lists_of) if document.code_lists_of else _("not recorded")),
        (_("Made"), by),
    ]
    if document.compared_with:
        said.insert(2, (_("Compared with"), parse(document.compared_with).label))
    return said


def percent(value: float | None) -> str:
    """A share of a hundred as the active language writes it; nothing where there is none."""
    return "" if value is None else formats.number_format(value, 1)


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
