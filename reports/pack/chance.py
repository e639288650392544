"""Is one count more than needed given up? By a chance that only this installation can work out, always the same.

What is withheld must not say that it had to be (`reports/suppression/order.py`, docs/adr/0060). Of a page and a count
the answer never changes, whatever its records: a page decided again after a correction would otherwise tell by
comparison.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from reports.pack.pages import Page
from reports.suppression.counts import Chance, Key, never


def chance_of(page: Page) -> Chance:
    """The chance of each count of a page, one in `REPORT_ONE_MORE_IN`, keyed with the installation's secret key."""
    one_in: int = settings.REPORT_ONE_MORE_IN
    if not one_in:
        return never

    def given_up(key: Key) -> bool:
        said = f"{page.scope.code}/{page.period.first_day}/{page.period.last_day}/{page.audience.name}/{key!r}"
        digest = salted_hmac("reports.pack.chance", said, algorithm="sha256").digest()
        return int.from_bytes(digest[:8], "big") % one_in == 0

    return given_up
