"""What are codes called in an exported file? In the words of the code lists, which are read once a file.

The four groups of codes come with a space between their codes (a code is a slug), persons and services as their JSON:
most of them have been read before in the same file, and their words are kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from agencies.models import Sector
from reports.importing.codes import Lists, read_lists
from reports.importing.layout import plain
from reports.vocabulary import Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

_PARTED_BY = "; "
#: What a label may not hold: it would be read back as two.
_PARTS = frozenset(";|\n\r")
#: How many lists of a column are remembered at once.
_KEPT = 5000

#: By column, what makes the words of one of the six groups of a record.
Groups = Mapping[str, Callable[[str | None], str]]


@dataclass(frozen=True)
class Labels:
    """What codes and statuses are called in the active language."""

    #: By code list, and "sector" and "conclusion_group": code -> label; none that could not be read back.
    of: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, str]
    #: What stands where there is nothing to hold.
    absent: str
    groups: Groups
    #: The same without the codes that suggest a youth-justice record.
    groups_of_youth: Groups

    @classmethod
    def read(cls, on: date) -> Labels:
        """The newest wording of every code that has begun on a day, whether in force or retired: an old record keeps
        its meaning.
        """
        found: dict[str, dict[str, str]] = {str(name): {} for name in (*CodeList, "sector", "conclusion_group")}
        colon = _("%(name)s: %(words)s")
        for e in CatalogueEntry.objects.filter(valid_from__lte=on).order_by("version"):
            code = f"{e.category_code}/{e.code}" if e.category_code else e.code
            named = e.category_code and e.code_list != CodeList.CONCLUSION_REASON
            found[e.code_list][code] = colon % {"name": e.category_label, "words": e.label} if named else e.label
            if e.code_list == CodeList.CONCLUSION_REASON:
                found["conclusion_group"][e.category_code] = e.category_label
        found["sector"] |= {s.code: s.label for s in Sector.objects.filter(valid_from__lte=on).order_by("version")}
        lists = read_lists(on=on)
        of = {
            name: {code: words for code, words in labels.items() if _is_read_back(lists, name, code, words)}
            for name, labels in found.items()
        }
        youth: dict[str, set[str]] = {name: set() for name in found}
        for name, category, code in left_out_of_youth():
            youth[name].add(f"{category}/{code}" if category else code)
        statuses = {status.value: str(status.label) for status in Status}
        absent, hiding_none = _("N/A"), dict.fromkeys(found, frozenset[str]())
        groups, fewer = (_groups(of, hidden, colon, absent) for hidden in (hiding_none, youth))
        return cls(of, statuses, absent, groups, fewer)


def _is_read_back(lists: Lists, name: str, code: str, words: str) -> bool:
    """Whether a label means its code and no other to whoever imports: another code may have been called so."""
    group = f"{code.partition('/')[0]}/" if name == CodeList.CONCLUSION_REASON else ""
    return _PARTS.isdisjoint(words) and lists[name].means.get(plain(f"{group}{words}")) == {code}


def left_out_of_youth() -> tuple[tuple[str, str, str], ...]:
    """The codes that are left out where a person is 12 to 17, as (list, category, code)."""
    hidden = CatalogueEntry.objects.filter(hidden_for_youth=True).order_by("code_list", "category_code", "code")
    return tuple(hidden.values_list("code_list", "category_code", "code").distinct())


def _groups(
    of: Mapping[str, Mapping[str, str]], hidden: Mapping[str, Collection[str]], colon: str, absent: str
) -> Groups:
    """The words of the six groups; N/A where there are none to hold, and where the threshold was not met."""
    ages, sexes = of[CodeList.AGE_GROUP], of[CodeList.SEX]
    kinds, results = of[CodeList.SERVICE_CATEGORY], of[CodeList.MOBILIZATION_TYPE]

    def listed(code_list: str) -> Callable[[str | None], str]:
        named, without = of[code_list], hidden[code_list]
        return lambda codes: (
            _PARTED_BY.join([named.get(code, code) for code in (codes or "").split() if code not in without]) or absent
        )

    def counted(one: Callable[[Mapping[str, str]], str]) -> Callable[[str | None], str]:
        return lambda items: _counted([one(item) for item in json.loads(items or "[]")]) or absent

    def person(of: Mapping[str, str]) -> str:
        age, sex = of["age_group"], of["sex"]
        return f"{ages.get(age, age)} {sexes.get(sex, sex)}"

    def service(of: Mapping[str, str]) -> str:
        kind, result = of["category"], of["result"]
        return colon % {"name": kinds.get(kind, kind), "words": results.get(result, result)}

    def assisting(codes: str | None) -> str:
        return _counted([of["sector"].get(code, code) for code in (codes or "").split()]) or absent

    made: Groups = {
        "risk_factors": listed(CodeList.RISK_FACTOR),
        "protective_factors": listed(CodeList.PROTECTIVE_FACTOR),
        "study_flags": listed(CodeList.STUDY_FLAG),
        "assisting_sectors": assisting,
        "persons": counted(person),
        "services": counted(service),
    }
    return {column: lru_cache(maxsize=_KEPT)(words) for column, words in made.items()}


def _counted(words: list[str]) -> str:
    """Each once, with how often in front where that is more."""
    if len(set(words)) < len(words):
        words = [f"{times} x {word}" if times > 1 else word for word, times in Counter(words).items()]
    return _PARTED_BY.join(words)
