"""How long did it take, from presentation to the end and from the confirmed lead to a first contact?

Median and 90th percentile (reports.md, "The pack"). They are no counts and no part of the audit: at least k discussions
must lie beyond, else a percentile is close to one of them; and what they are counted among must be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import quantiles

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.counting import CONCLUDED, TOTALS, Cell
from reports.pack.release import Told
from reports.pack.tables import OF_CONCLUDED

_DAYS, _HOURS = "days-open", "contact-hours"
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
        base, several = among(name, found.told), len(values[length]) > 1
        enough = base is not None and base * (100 - at) >= 100 * k and several
        made[name] = _quantile(values[length], at) if enough else None
    return made


def among(name: str, told: Mapping[Cell, int]) -> int | None:
    """How many discussions a duration is counted among, where that is told."""
    if DURATIONS[name][0] == _DAYS:
        return told.get((TOTALS, CONCLUDED))
    met = [told.get(("first-contact", "in-48-hours")), told.get(("first-contact", "later"))]
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
