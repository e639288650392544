"""Which reveals does a privacy officer look at again? (R38; docs/adr/0036)

A reveal before 7 or from 19 o'clock by the table's own clock, or by somebody with more than so many on one day; of the
last 30 days. Simple on purpose: the page says it in one sentence, and a reader can check it by hand. It accuses nobody.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Table
from privacy.ledger import Entry, entries_by

DAYS, FROM, TO, MANY = 30, 7, 19, 20


def entries(table: Table) -> list[Entry]:
    """The unusual reveals of a table, newest first, for its privacy officer; nothing for anybody else."""
    since = timezone.now() - timedelta(days=DAYS)
    return entries_by("ledger.unusual", table.pk, table.time_zone, since, FROM, TO, MANY)


def definition() -> str:
    """What counts as unusual, in one sentence."""
    said = _("A reveal before %(first)s:00 or after %(last)s:00, or by a person with more than %(many)s in one day.")
    return said % {"first": FROM, "last": TO, "many": MANY}
