"""Who has seen this, in sentences? One sentence a kind of row. Lines for components/log.html."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy.vocabulary import LedgerKind
from situations.seen import SeenLedgerEntry
from situations.views.frame import people
from situations.views.inside import inside

_LISTS = ", "
#: More names than this make a line unreadable beside a page; the whole list is one link away.
_MANY = 4
_SAID = {
    LedgerKind.PRESENTED: gettext_lazy("%(who)s presented it to %(people)s"),
    LedgerKind.OPENED: gettext_lazy("%(who)s opened the de-identified item on screen"),
    LedgerKind.DISCLOSED: gettext_lazy("%(who)s disclosed to %(people)s"),
    LedgerKind.AUTHORISED: gettext_lazy("%(who)s had this shown on screen"),
    LedgerKind.GRANTED: gettext_lazy("%(who)s gave access to %(people)s"),
    LedgerKind.ENDED: gettext_lazy("%(who)s ended the access of %(people)s"),
    LedgerKind.RECUSED: gettext_lazy("%(who)s stepped away"),
    LedgerKind.OVERRIDE: gettext_lazy("%(who)s presented it with marked words left"),
    LedgerKind.FROZEN: gettext_lazy("%(who)s froze it"),
    LedgerKind.UNFROZEN: gettext_lazy("%(who)s lifted the freeze"),
    LedgerKind.HELD: gettext_lazy("%(who)s placed a hold on its destruction"),
    LedgerKind.RELEASED: gettext_lazy("%(who)s released the hold on its destruction"),
    LedgerKind.ERASED: gettext_lazy("The sealed text was destroyed by an act of %(who)s"),
    LedgerKind.RECALLED: gettext_lazy("%(who)s recalled what was disclosed to %(people)s"),
    LedgerKind.CORRECTED: gettext_lazy("%(who)s corrected by a new entry"),
}
#: Their sentence says already how it passed.
_ON_SCREEN = (LedgerKind.OPENED, LedgerKind.AUTHORISED)


def log_lines(entries: Iterable[SeenLedgerEntry], *, every_name: bool) -> list[dict[str, str]]:
    """One line an entry, in the order given."""
    return [{"when": short(e), "text": sentence(e, every_name=every_name)} for e in entries]


def short(entry: SeenLedgerEntry) -> str:
    """The hour today, the day before."""
    at = timezone.localtime(entry.at)
    return date_format(at, "HOUR") if at.date() == timezone.localdate() else date_format(at, "SHORT_DAY")


def sentence(entry: SeenLedgerEntry, *, every_name: bool = True) -> str:
    """Who did what, to whom (a number instead of many names, if so wished): what of it; why, on which ground, how."""
    said = str(_SAID[LedgerKind(entry.kind)]) % {"who": _who(entry), "people": _whom(entry, every_name=every_name)}
    if entry.kind == LedgerKind.ERASED and not (entry.actor or entry.agency):
        said = _("The sealed text was destroyed, its time being over")  # by the clock: an act of nobody
    if entry.elements:
        told = _LISTS.join(inside(e) for e in entry.elements)
        said = _("%(name)s: %(words)s") % {"name": said, "words": told}
    parts = [said]
    if entry.purpose:
        parts.append(_("reason: %(reason)s") % {"reason": inside(entry.purpose)})
    if entry.authority:
        parts.append(_("authority: %(authority)s") % {"authority": entry.authority})
    if entry.medium and entry.kind not in _ON_SCREEN:
        parts.append(inside(entry.medium))
    return "; ".join(parts) + "."


def _who(entry: SeenLedgerEntry) -> str:
    if entry.actor and entry.agency:
        return _("%(person)s (%(agency)s)") % {"person": entry.actor, "agency": entry.agency}
    return entry.actor or entry.agency or _("The system")


def _whom(entry: SeenLedgerEntry, *, every_name: bool) -> str:
    names = [r for r in entry.recipients if r]
    if not names:
        return _("an agency of another table") if entry.kind == LedgerKind.DISCLOSED else _("nobody by name")
    return _LISTS.join(names) if every_name or len(names) <= _MANY else people(len(names))
