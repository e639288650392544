"""How long did it take, from presentation to the end and from the confirmed lead to a first contact?

Median and 90th percentile (reports.md, "The pack"). They are no counts and no part of the audit: at least k discussions
must lie beyond, else a percentile is close to one of them. Whether one is told depends on told counts alone. Where it
is withheld how many first contacts came late, hours are told only where those in time, which are told, are so many that
the percentile must lie among theirs: it then says nothing of how many were late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import quantiles

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.counting import CONCLUDED, MET, TOTALS, Cell
from reports.pack.release import Told
from reports.pack.tables import OF_CONCLUDED

_DAYS, _HOURS = "days-open", "contact-hours"
_IN_TIME, _LATE = ("first-contact", "in-48-hours"), ("first-contact", "later")
_LENGTHS: dict[str, tuple[Promise, Promise]] = {
    _DAYS: (gettext_lazy("Days open"), OF_CONCLUDED),
    _HOURS: (gettext_lazy("Hours to first contact"), gettext_lazy("accepted discussions with a first contact")),
}
#: Each with what is measured and how many of a hundred lie below it.
DURATIONS = {f"{length}-p{at}": (length, at) for length in _LENGTHS for at in (50, 90)}


def durations(found: Told, k: int) -> dict[str, int | None]:
    """Days and hours by name; None for what may not be told."""
    values = {_DAYS: sorted(found.days_open.elements()), _HOURS: sorted(found.contact_hours.elements())}
    made: dict[str, int | None] = {}
    for name, (length, at) in DURATIONS.items():
        surely = _surely(name, found.told)
        enough = surely is not None and surely * (100 - at) >= 100 * k and len(values[length]) > 1
        made[name] = _quantile(values[length], at) if enough else None
    return made


def _surely(name: str, told: Mapping[Cell, int]) -> int | None:
    """How many are measured at least, by told counts; None where the percentile could say something of others."""
    exact = among(name, told)
    if exact is not None or DURATIONS[name][0] == _DAYS:
        return exact
    in_time, accepted = told.get(_IN_TIME), told.get((TOTALS, MET))
    if in_time is None or accepted is None or 100 * (in_time - 2) < DURATIONS[name][1] * accepted:
        return None
    return in_time


def among(name: str, told: Mapping[Cell, int]) -> int | None:
    """How many discussions a duration is counted among, where that is told."""
    if DURATIONS[name][0] == _DAYS:
        return told.get((TOTALS, CONCLUDED))
    met = [told.get(_IN_TIME), told.get(_LATE)]
    return None if None in met else sum(many for many in met if many is not None)


def label(name: str) -> str:
    """What is measured, in words."""
    length, at = DURATIONS[name]
    which = _("median") if at == 50 else _("90th percentile")
    return _("%(what)s, %(which)s") % {"what": _LENGTHS[length][0], "which": which}


def base_words(name: str) -> str:
    """What it is counted among, in words."""
    return str(_LENGTHS[DURATIONS[name][0]][1])


def _quantile(values: Sequence[int], percent: int) -> int:
    return round(quantiles(values, n=100, method="inclusive")[percent - 1])
