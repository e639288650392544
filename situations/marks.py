"""Which words of a draft's summary may still say who it is, and why may they stay? (R6, R46; docs/adr/0035)

The table reads the summary from filter 2 on: it is the only free text that leaves the agency before the door. Every
mark counts, direct or indirect. The words themselves go nowhere: what is recorded is how many marks of which kinds were
left, and one reason from a list.
"""

from __future__ import annotations

from collections import Counter

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from privacy import ledger, vault
from privacy.decision import Denied, deny
from privacy.guard import Kind, Mark, screen
from privacy.guard.youth import AGE_GROUPS
from privacy.vocabulary import LedgerKind
from situations.models import Situation
from situations.scene import Scene

SUMMARY = "summary"
#: How an element of a ledger row names marks: `mark:<kind>:<how many>`.
ELEMENT = "mark:"
_LISTS = "; "


def marks_in(text: str, situation: Situation) -> tuple[Mark, ...]:
    """The marks in a text about a situation; youth-justice words where somebody affected is 12 to 17."""
    young = situation.persons.filter(age_group__code__in=AGE_GROUPS).first()
    return screen(text, language=(get_language() or "en")[:2], age_group=young.age_group.code if young else "")


def marks_left(scene: Scene) -> tuple[str, tuple[Mark, ...]]:
    """The summary as it is sealed now, and the marks in it; for who may read the draft."""
    text, _version = vault.read_screened(scene.situation.pk, vault.F1).get(SUMMARY, ("", 0))
    return text, marks_in(text, scene.situation)


def require_reason(marks: tuple[Mark, ...], reason: str) -> None:
    """Denied where marks are left and nobody said why they may stay."""
    if marks and not reason:
        raise Denied(deny("marks-left", say_which(marks)))


def record(scene: Scene, marks: tuple[Mark, ...], reason: str) -> None:
    """Put on record that a summary was presented with marks left: kinds, numbers and the reason; never the words."""
    counted = Counter(mark.kind for mark in marks)
    ledger.record(
        LedgerKind.OVERRIDE,
        scene.situation.pk,
        agency_id=scene.situation.originating_agency_id,
        elements=[f"{ELEMENT}{kind.value}:{counted[kind]}" for kind in Kind if kind in counted],
        purpose=reason,
    )


def say_which(marks: tuple[Mark, ...]) -> str:
    """What is left, by kind and place; the words are not repeated, so that this may stand in any answer or log."""
    places = _LISTS.join(
        _("%(kind)s (characters %(start)s to %(end)s)") % {"kind": m.kind.label, "start": m.start, "end": m.end}
        for m in marks
    )
    said = ngettext(
        "%(n)s mark is left: %(places)s. Change the words, or say why they may stay.",
        "%(n)s marks are left: %(places)s. Change the words, or say why they may stay.",
        len(marks),
    )
    return said % {"n": len(marks), "places": places}


def element_in_words(item: str) -> str:
    """The words for an element of such a ledger row."""
    _word, kind, count = item.split(":")
    return _("%(kind)s: %(n)s") % {"kind": Kind(kind).label, "n": count}
