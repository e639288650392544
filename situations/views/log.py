"""Who has seen this, in sentences? Lines for components/log.html."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from privacy.decision import Text
from situations.seen import SeenLedgerEntry
from situations.views.frame import people

_LISTS = ", "
#: More names than this make a line unreadable beside a page; the whole list is one link away.
_MANY = 4


def log_lines(entries: Iterable[SeenLedgerEntry], *, every_name: bool) -> list[dict[str, str]]:
    """One line an entry, in the order given."""
    return [{"when": short(e), "text": sentence(e, every_name=every_name)} for e in entries]


def short(entry: SeenLedgerEntry) -> str:
    """The hour today, the day before."""
    at = timezone.localtime(entry.at)
    return date_format(at, "HOUR") if at.date() == timezone.localdate() else date_format(at, "SHORT_DAY")


def sentence(entry: SeenLedgerEntry, *, every_name: bool = True) -> str:
    """What happened, by whom, what, to whom (a number instead of many names, if so wished), on which ground."""
    who = _LISTS.join(x for x in (entry.actor, entry.agency) if x)
    what = _inside(entry.what)
    parts = [_("%(who)s: %(what)s") % {"who": who, "what": what} if who else str(entry.what)]
    if entry.elements:
        parts.append(_LISTS.join(_inside(e) for e in entry.elements))
    if entry.recipients and entry.recipients != (entry.actor,):  # who looks at something tells it to nobody
        names = [r for r in entry.recipients if r]
        to = _LISTS.join(names) if every_name or len(names) <= _MANY else people(len(names))
        parts.append(_("to %(people)s") % {"people": to})
    parts += [_inside(entry.purpose), str(entry.authority), _inside(entry.medium)]
    return "; ".join(p for p in parts if p) + "."


def _inside(words: Text) -> str:
    """Words that stand by themselves elsewhere, inside a sentence: written small."""
    said = str(words)
    return said[:1].lower() + said[1:]
