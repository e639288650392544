"""What can a word of an old spreadsheet mean, and what does it most likely mean?

A likely meaning is a suggestion that the recorder sees and changes, never an answer: where the words are a list's but
for marks and filling words, an age that lies in one group, or a synonym of `reports/reference/import_synonyms.csv`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.sector_editor import in_force
from reports.importing.codes import Lists
from reports.importing.days import DAYS, SAYABLE
from reports.importing.layout import IGNORED, plain
from reports.vocabulary import Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

#: Codes with their labels under the name of their group, which is empty for lists without groups.
Choices = list[tuple[str, list[tuple[str, str]]]]

_SYNONYMS = Path(__file__).parent.parent / "reference" / "import_synonyms.csv"
_FILLING = frozenset(
    re.findall(r"\w+", "the a an of and or et ou de du des la le les l d yr yrs year years old ans age")
)
_ENDINGS = ("stopped", "withdrawn", "transferred")


def named(name: str) -> str:
    """What a list is called in the active language."""
    others = {
        "sector": _("Sectors"), "status": _("Status"), "conclusion_group": _("Groups of conclusion"),
        "persons": _("Affected persons"), "services": _("Services mobilized"), DAYS: _("Dates"),
    }  # fmt: skip
    return others[name] if name in others else str(CodeList(name).label)


def choices(name: str) -> Choices:
    """The codes of a list that may be chosen today, in its order, with labels in the active language."""
    if name == "persons":
        return _together("age_group", "sex")
    if name == "services":
        return _together("service_category", "mobilization_type")
    if name == "sector":
        french = (get_language() or "en").startswith("fr")
        return [("", [(s.code, s.label_fr if french else s.label_en) for s in in_force().order_by("pk")])]
    if name == "status":
        return [("", [(s.value, str(s.label)) for s in Status if s != Status.RETURNED])]
    if name == "conclusion_group":
        groups = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).in_force().grouped()
        ended = [(code, str(Status(code).label)) for code in _ENDINGS]
        return [("", [*((group.code, group.label) for group in groups), *ended])]
    return [
        (g.label, [(f"{g.code}/{e.code}" if g.code else e.code, e.label) for e in g.entries])
        for g in CatalogueEntry.objects.of(CodeList(name)).in_force().grouped()
    ]


def may_mean(name: str) -> frozenset[str]:
    """Every code that a word of a list may mean, and `ignored`; empty for a list that does not exist."""
    if name == DAYS:
        return frozenset(word for words in SAYABLE.values() for word in words)
    if name not in {*CodeList, "sector", "status", "conclusion_group", "persons", "services"}:
        return frozenset()
    return frozenset({IGNORED, *(code for _group, codes in choices(name) for code, _label in codes)})


def answers_it(name: str, place: str, means: str) -> bool:
    """Whether an answer is a code of its list; of dates, one to that question and to no other."""
    return means in (SAYABLE.get(place, ()) if name == DAYS else may_mean(name))


class Suggestions:
    """What words most likely mean, by the lists as they stand."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._bared: dict[str, dict[tuple[str, ...], set[str]]] = {}

    def likely(self, said: str, name: str) -> str:
        """The code that a word of a list obviously means; empty where none or several are."""
        words = _bare(said)
        if name == "persons":
            return self._pair(words, "age_group", "sex")
        if name == "services":
            return self._pair(words, "service_category", "mobilization_type")
        return self._one(words, name) if words else ""

    def _one(self, words: tuple[str, ...], name: str) -> str:
        if known := synonyms().get((name, " ".join(words))):
            return known
        found = self._bare_list(name).get(words, set())
        if len(found) == 1:
            return next(iter(found))
        return _age(words) if name == "age_group" else ""

    def _pair(self, words: tuple[str, ...], first: str, second: str) -> str:
        """One part says the one, the rest the other, in either order."""
        for cut in range(1, len(words)):
            for one, other in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                if (code := self._one(one, first)) and (with_it := self._one(other, second)):
                    return f"{code}/{with_it}"
        return ""

    def _bare_list(self, name: str) -> dict[tuple[str, ...], set[str]]:
        if name not in self._bared:
            bared: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for word, codes in self._lists[name].means.items():
                bared[_bare(word)] |= codes
            self._bared[name] = bared
        return self._bared[name]


def _age(words: Iterable[str]) -> str:
    """The group in which one age in years lies."""
    text = " ".join(words)
    if not re.fullmatch(r"\d{1,2}", text):
        return ""
    for _group, codes in choices("age_group"):
        for code, _label in codes:
            bounds = re.fullmatch(r"(\d+)-(\d+|plus)", code)
            if bounds and int(bounds[1]) <= int(text) <= (200 if bounds[2] == "plus" else int(bounds[2])):
                return code
    return ""


def _bare(text: str) -> tuple[str, ...]:
    """Words without marks and filling words."""
    return tuple(w for w in re.sub(r"[^a-z0-9+]+", " ", plain(text)).split() if w not in _FILLING)


def _together(one: str, other: str) -> Choices:
    seconds = [pair for _group, pairs in choices(other) for pair in pairs]
    return [
        (label, [(f"{code}/{second}", f"{label}, {told}") for second, told in seconds])
        for _group, pairs in choices(one)
        for code, label in pairs
    ]  # fmt: skip


@cache
def synonyms() -> dict[tuple[str, str], str]:
    """(List, words without marks and filling words) -> code, as other spreadsheets say it."""
    with _SYNONYMS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {(row["list"], " ".join(_bare(word))): row["code"] for row in rows for word in row["said"].split(";")}
