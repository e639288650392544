"""Who is a pack for, how many people must a count of it hold, and which packs are made at all? (reports.md)"""

from __future__ import annotations

from datetime import date
from enum import Enum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.periods import Period
from reports.pack.scopes import Scope


class Audience(Enum):
    """Who a pack is for, with the fewest people a count must hold. In the order in which they are told: whoever sees
    less is never told what somebody who sees more was refused.
    """

    COMMITTEE = 5
    PARTNER = 11
    PUBLIC = 20

    @property
    def code(self) -> str:
        """As written in addresses and files."""
        return self.name.lower()

    @property
    def label(self) -> Promise:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Audience.COMMITTEE: gettext_lazy("Steering committee"),
    Audience.PARTNER: gettext_lazy("Partners"),
    Audience.PUBLIC: gettext_lazy("The public"),
}


class NotOfferedError(Exception):
    """A pack that is not made; the sentence says why and what is offered instead."""


def reckoned(period: Period) -> bool:
    """Whether a year is one of this installation's own: calendar, or fiscal where the setting says so."""
    return period.code.startswith("FY") == settings.REPORT_YEARS_ARE_FISCAL


def require_offered(scope: Scope, period: Period, audience: Audience, today: date) -> None:
    """NotOfferedError for a pack that is not made."""
    if period.first_day > today:
        raise NotOfferedError(_("This period has not begun."))
    if audience is Audience.COMMITTEE:
        if not scope.single:
            raise NotOfferedError(
                _("Several tables together have no steering committee of their own. Ask for partners or the public.")
            )
        return
    if len(period.quarters) == 1 or not reckoned(period):
        raise NotOfferedError(
            _(
                "A quarter holds too few people to be told to others: hardly any count is large enough."
                " Ask for its year (%(year)s) or several years."
            )
            % {"year": period.first_day.year}
        )
    if period.last_day >= today:
        raise NotOfferedError(_("This period has not ended; only the steering committee reads one in progress."))
