"""Who is a pack for, how many people must a count of it hold, and which packs are made at all? (reports.md)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import TypeAlias

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.periods import Period, parse, year_of
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


#: A period and an audience.
Offer: TypeAlias = tuple[Period, Audience]


class NotOfferedError(Exception):
    """A pack that is not made. The sentence says why; `instead` is what is made of the same tables, nearest first."""

    def __init__(self, why: str | Promise, instead: Sequence[Offer] = ()) -> None:
        super().__init__(why)
        self.instead = tuple(dict.fromkeys(instead))


def reckoned(period: Period) -> bool:
    """Whether a year is one of this installation's own: calendar, or fiscal where the setting says so."""
    return period.code.startswith("FY") == settings.REPORT_YEARS_ARE_FISCAL


def require_offered(scope: Scope, period: Period, audience: Audience, today: date) -> None:
    """NotOfferedError for a pack that is not made, with packs that are. Of chosen tables each must be made."""
    scope = scope.each[0] if scope.chosen else scope
    why = _refused(scope, period, audience, today)
    if why:
        raise NotOfferedError(why, list(_instead(scope, period, audience, today)))


def _refused(scope: Scope, period: Period, audience: Audience, today: date) -> str:
    """Why a pack is not made; nothing where it is."""
    committee = audience is Audience.COMMITTEE
    if committee and not scope.single:
        return _(
            "Several tables together have no steering committee of their own. Partners and the public are told of"
            " them by whole years."
        )
    if period.first_day > today:
        return _("This period has not begun.")
    if committee:
        return ""
    if len(period.quarters) == 1:
        return _(
            "A quarter holds too few people to be told to others: hardly any count is large enough."
            " Partners and the public are told whole years."
        )
    if not reckoned(period):
        if settings.REPORT_YEARS_ARE_FISCAL:
            return _("Here partners and the public are told years from April to March, and no others.")
        return _("Here partners and the public are told calendar years, and no others.")
    if period.last_day < today:
        return ""
    if scope.single:
        return _("This period has not ended; only the steering committee reads one in progress.")
    return _("This period has not ended. Several tables together are told of when it has.")


def _instead(scope: Scope, period: Period, audience: Audience, today: date) -> Iterator[Offer]:
    """What is made of the same tables: this period for another audience, and years near it that have ended."""
    if scope.single and period.first_day <= today:
        yield period, Audience.COMMITTEE
    year = _ended(period, today)
    yield year, Audience.PUBLIC if audience is Audience.COMMITTEE and not scope.single else audience
    if not scope.single:
        yield year, Audience.PARTNER


def _ended(period: Period, today: date) -> Period:
    """The installation's own years in place of a period; the last one, where these have not ended."""
    fiscal = settings.REPORT_YEARS_ARE_FISCAL
    if len(period.quarters) == 1:
        own = year_of(period.first_day, fiscal=fiscal)
    else:
        first = period.first_day.year
        own = parse(f"{'FY' if fiscal else ''}{first}-{first + len(period.years) - 1}")
    return own if own.last_day < today else year_of(year_of(today, fiscal=fiscal).before.first_day, fiscal=fiscal)
