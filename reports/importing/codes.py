"""Which code does a cell mean? Codes and labels of the code lists, in both languages, and nothing else.

A label that stands in two categories (ten risk factors do) must be written with its category. What is meant is never
guessed: a near miss is refused with the nearest label of the list, which is ours and says nothing about anybody.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Sector
from reports.importing.entries import LONGEST_ENTRY, Lookup, NotInListError, counted, each_of, pieces_of
from reports.importing.layout import IGNORED, LONGEST, bare, plain
from reports.vocabulary import Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

_Version = TypeVar("_Version", CatalogueEntry, Sector)
#: Words of a list for which a near one is looked for, some 10 ms each; problems beyond so many are not named anyway.
_MOST_HINTS = 200
#: Where a service and how it went are parted, in a text as it is compared; a dash stands between spaces.
_PARTS = re.compile(r"[:/>(]| - ")
#: Labels of the code lists are compared at every file in the same way; what a file says is never remembered so.
_plain_label = lru_cache(maxsize=20_000)(plain)


@dataclass
class Words:
    """The words of one list: what is said, plain -> the codes that can be meant."""

    name: str
    key: str = ""
    means: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set), repr=False)
    #: The same of wordings that were replaced, or begin later: they count where nothing else is called so.
    once: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set), repr=False)
    #: What the table's own words mean, and those of them that the file says.
    own: dict[str, str] = field(default_factory=dict, repr=False)
    used: dict[str, str] = field(default_factory=dict, repr=False)
    #: As first written in the file: the name guard knows names by their capitals.
    spelled: dict[str, str] = field(default_factory=dict, repr=False)
    #: What somebody answered for a word of this file that no list holds: (list, `place_of`) -> code.
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _hints: dict[str, str] = field(default_factory=dict, repr=False)
    #: The one code that an entry means, or `ignored`.
    code: Lookup[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.code = Lookup(self.key, self._code)

    def add(self, code: str, *said: str, stands: bool = True) -> None:
        """Let words mean a code, or have meant it."""
        into = self.means if stands else self.once
        for word in said:
            if word:
                into[_plain_label(word)].add(code)

    def settle(self) -> None:
        """Let words that no wording holds today mean what they meant: they may have passed to another code."""
        self.means |= {word: codes for word, codes in self.once.items() if word not in self.means}

    def say(self, said: str, code: str) -> None:
        """Let a table's own word mean a code, or nothing (`ignored`), whatever it meant before."""
        self.own[plain(said)] = code

    def meant(self, said: str) -> set[str]:
        """The codes that can be meant: what was answered for the word, else the table's own, else the lists'.

        What is longer than a word that is kept is never asked for: an answer to it is none.
        """
        at = plain(said)
        known = self.means.get(at) or self.means.get(plain(said.rstrip(")"))) or set()
        own = self.own.get(at)
        if (len(known) != 1 or own) and (own := self._answer(at) or own):
            self.used[at] = own
            self.spelled.setdefault(at, said)
            return {own}
        return known

    def _answer(self, at: str) -> str | None:
        return self.answers.get((self.key, place_of(self.key, at))) if len(at) <= LONGEST else None

    def _code(self, said: str) -> str:
        found = self.meant(said)
        if len(found) != 1:
            raise NotInListError(self._hint(plain(said), bool(found)))
        return next(iter(found))

    def _hint(self, at: str, several: bool) -> str:
        if at in self._hints:
            return self._hints[at]
        if several:
            hint = _("stands in several categories of “%(list)s”: write it as category: item") % {"list": self.name}
        else:
            looks = len(at) <= LONGEST and len(self._hints) < _MOST_HINTS
            near = difflib.get_close_matches(at, self.means, n=1, cutoff=0.75) if looks else []
            hint = _("not in the list “%(list)s”") % {"list": self.name}
            if near:
                hint = _("%(problem)s; did you mean “%(near)s”?") % {"problem": hint, "near": near[0]}
        if len(self._hints) < _MOST_HINTS:
            self._hints[at] = hint
        return hint

    def codes(self, cell: str) -> list[str]:
        """The codes of a cell with several entries, each once, in order."""
        found = dict.fromkeys(each_of(self.code, self._pieces(cell)))
        found.pop(IGNORED, None)
        return list(found)

    def each(self, cell: str) -> list[str]:
        """The codes of a cell in order; a count in front repeats: "2 x Health" is two agencies of that sector."""
        found: dict[str, int] = {}
        entries = counted(self._pieces(cell))
        for (times, _rest), code in zip(entries, each_of(self.code, (rest for _n, rest in entries)), strict=True):
            found[code] = found.get(code, 0) + times if times > 1 else max(1, found.get(code, 0))
        found.pop(IGNORED, None)
        return [code for code, times in found.items() for _n in range(times)]

    def _pieces(self, cell: str) -> Iterable[str]:
        pieces = pieces_of(cell)
        if len(pieces) == 1 and "," in cell and not (len(cell) <= LONGEST_ENTRY and self.meant(cell)):
            return pieces_of(cell, by_commas=True)  # labels may hold commas: tried whole first
        return pieces


def place_of(key: str, at: str) -> str:
    """A word (plain) of a list, in a form's field name: its digest, which says nothing to who does not know it."""
    return hashlib.sha256(f"{key}\n{at}".encode()).hexdigest()[:20]


class Lists:
    """Every list a coded record draws on, read once."""

    def __init__(self, by: Mapping[str, Words]) -> None:
        self.by = by
        self._person, self._service = Lookup("persons", self._look_person), Lookup("services", self._look_service)

    def __getitem__(self, name: str) -> Words:
        return self.by[name]

    def persons(self, cell: str) -> list[dict[str, str]]:
        """ "12-17 female; 30-39 male" as the record holds it. A count in front repeats: "2 x 6-11 male"."""
        entries = counted(pieces_of(cell))
        people = each_of(self._person, (rest for _n, rest in entries))
        return [dict(who) for (times, _rest), who in zip(entries, people, strict=True) for _n in range(times) if who]

    def _look_person(self, said: str) -> dict[str, str]:
        if own := self["persons"].meant(said):
            group, _mark, gender = next(iter(own)).partition("/")
            return {"age_group": group, "sex": gender} if gender else {}  # none: to be left out
        for form in (said, re.sub(r"[()/,:]", " ", said)):
            words = plain(form).replace(" to ", "-").replace(" a ", "-")
            for cut in re.finditer(" ", words):
                first, rest = words[: cut.start()], words[cut.end() :]
                for age, sex in ((first, rest), (rest, first)):
                    ages, sexes = self["age_group"].means.get(age), self["sex"].means.get(sex)
                    if ages and sexes:
                        return {"age_group": next(iter(ages)), "sex": next(iter(sexes))}
        raise NotInListError(_("write each person as age group and sex, like: 12-17 female"))

    def services(self, cell: str) -> list[dict[str, str]]:
        """ "Counselling: connected to service" as the record holds it. A count in front repeats, as for persons."""
        found: list[dict[str, str]] = []
        entries = counted(pieces_of(cell))
        offers = each_of(self._service, (rest for _n, rest in entries))
        for (times, _rest), (kind, result) in zip(entries, offers, strict=True):
            if not result:
                continue
            service = {"category": kind, "result": result}
            if times > 1 or service not in found:  # the same words twice are one service; a count says several
                found += [dict(service) for _n in range(times)]
        return found

    def _look_service(self, said: str) -> tuple[str, str]:
        if own := self["services"].meant(said):
            kind, _mark, result = next(iter(own)).partition("/")
            return kind, result  # no result where the words are to be left out
        words = plain(said)
        for cut in _PARTS.finditer(words):
            first, rest = bare(words[: cut.start()]), bare(words[cut.end() :].rstrip(")"))
            for kind, result in ((first, rest), (rest, first)):
                kinds, results = self["service_category"].means.get(kind), self["mobilization_type"].means.get(result)
                if kinds and results:
                    return next(iter(kinds)), next(iter(results))
        raise NotInListError(_("write each service with how it went, like: Counselling: connected to service"))


def read_lists(
    words: Iterable[tuple[str, str, str]] = (),
    answers: Mapping[tuple[str, str], str] | None = None,
    on: date | None = None,
) -> Lists:
    """The lists as they stand on a day (today, when none is given), with a table's own words, (list, said, code), and
    answers, (list, `place_of`) -> code.

    Whoever calls has seen to it that the codes of both are codes of their lists (meanings.may_mean).
    """
    named = {code_list.value: str(code_list.label) for code_list in CodeList} | {
        "sector": _("Sectors"), "status": _("Status"), "conclusion_group": _("Groups of conclusion"),
        "persons": _("Affected persons"), "services": _("Services mobilized"),
    }  # fmt: skip
    lists = {key: Words(name, key, answers=answers or {}) for key, name in named.items()}
    for e, stands in _standing(CatalogueEntry.objects.order_by("version"), on):
        code = f"{e.category_code}/{e.code}" if e.category_code else e.code
        into = lists[e.code_list]
        into.add(code, code, e.code, e.label_en, e.label_fr, stands=stands)
        for category in filter(None, (e.category_code, e.category_en, e.category_fr)):
            for item in (e.code, e.label_en, e.label_fr):
                into.add(code, *(f"{category}{mark}{item}" for mark in (":", "/", ">", " - ")), stands=stands)
        if e.code_list == CodeList.CONCLUSION_REASON:
            groups = lists["conclusion_group"]
            groups.add(e.category_code, e.category_code, e.category_en, e.category_fr, stands=stands)
    lists["conclusion_group"].add("stopped", "stopped", "arrêté")
    lists["conclusion_group"].add("withdrawn", "withdrawn", "retiré")
    lists["conclusion_group"].add("transferred", "transferred", "transféré")
    for sector, stands in _standing(Sector.objects.order_by("version"), on):
        lists["sector"].add(sector.code, sector.code, sector.label_en, sector.label_fr, stands=stands)
    _common_words(lists)
    for each in lists.values():
        each.settle()
    for own, said, code in words:
        if own in lists:
            lists[own].say(said, code)
    return Lists(lists)


def _standing(versions: Iterable[_Version], on: date | None) -> Iterator[tuple[_Version, bool]]:
    """Versions, oldest first, and whether each holds the words that its code has on a day, retired or not: the newest
    that has begun.
    """
    every, day = list(versions), on or timezone.localdate()
    words = {_code_of(version): version.pk for version in every if version.valid_from <= day}
    return ((version, words.get(_code_of(version)) == version.pk) for version in every)


def _code_of(version: CatalogueEntry | Sector) -> tuple[str, ...]:
    if isinstance(version, Sector):
        return (version.code,)
    return version.code_list, version.category_code, version.code


def _common_words(lists: Mapping[str, Words]) -> None:
    """How ages, sexes and statuses are also written."""
    for code, words in {"female": "f;woman;girl;femme;fille", "male": "m;man;boy;homme;garçon"}.items():
        lists["sex"].add(code, *words.split(";"))
    lists["sex"].add("x", "x", "other", "another gender", "autre")
    lists["sex"].add("unknown", "u", "inconnu", "not known")
    lists["age_group"].add("60-plus", "60+", "60 and over", "60 et plus", "60 plus")
    for code in list(lists["age_group"].means):
        if re.fullmatch(r"\d+-\d+", code):
            lists["age_group"].add(
                code, code.replace("-", " - "), f"{code} years", f"{code} ans", code.replace("-", "–")
            )
    for language, _name in settings.LANGUAGES:  # an export speaks one of them; whoever imports may speak the other
        with override(language):
            for status in Status:
                lists["status"].add(status.value, status.value, str(status.label))
    lists["status"].add("concluded", "closed", "fermé", "conclu")
    lists["status"].add("accepted", "open", "met", "ouvert", "accepté")
    lists["status"].add("rejected", "rejeté")
