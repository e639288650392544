"""How does a coded record become a line of the layout? In words of the code lists, days as months.

The same layout is imported (reports.importing): what is written here is read back there to the same record, months for
days apart (reports.md, "The coded record": "month for export; date inside"). Groups that are N/A say so. Whoever keeps
the record is not told the codes that suggest a youth-justice record of a person of 12 to 17 (privacy.policy, R46).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models.functions import Cast, TruncMonth
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.models import Sector, Table
from reports.importing.layout import Column, columns
from reports.models import CodedRecordQuerySet
from reports.vocabulary import ENDED, Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from risk.youth import YOUTH_AGE_GROUPS

#: Columns of the layout that another column of an exported line says already.
_SAID_BY_PERSONS = ("age_group", "sex")
_PARTED_BY = "; "
#: Endings that are no group of the list of conclusions.
ENDED_OTHERWISE = {Status.STOPPED: "stopped", Status.WITHDRAWN: "withdrawn", Status.TRANSFERRED: "transferred"}
_OTHERWISE: dict[str, str] = {status.value: group for status, group in ENDED_OTHERWISE.items()}


@cache
def written() -> tuple[Column, ...]:
    """The columns of an exported file, in the order of the layout."""
    return tuple(c for c in columns() if c.key not in _SAID_BY_PERSONS)


@cache
def _keys() -> tuple[str, ...]:
    return tuple(c.key for c in written())


def header() -> list[str]:
    """The headers in the active language."""
    return [c.header for c in written()]


@dataclass(frozen=True)
class Labels:
    """What codes and statuses are called in the active language, read once a file: it has many lines."""

    #: By code list, and "sector" and "conclusion_group": code -> label; none that could not be read back.
    of: Mapping[str, Mapping[str, str]]
    #: By code list: codes that are left out where a person is 12 to 17.
    youth: Mapping[str, frozenset[str]]
    statuses: Mapping[str, str]
    #: How a table's region is called in that language, whichever is active when it is asked.
    region: Callable[[Table], str]
    #: What stands where there is nothing to hold.
    absent: str
    #: The words for a list of persons or of services, from its JSON.
    persons: Callable[[str], str]
    services: Callable[[str], str]

    @classmethod
    def read(cls) -> Labels:
        """The newest wording of every code, whether in force or retired: an old record keeps its meaning."""
        found: dict[str, dict[str, str]] = {str(name): {} for name in (*CodeList, "sector", "conclusion_group")}
        youth: dict[str, set[str]] = {name: set() for name in found}
        colon = _("%(name)s: %(words)s")
        for e in CatalogueEntry.objects.order_by("version"):
            code = f"{e.category_code}/{e.code}" if e.category_code else e.code
            named = e.category_code and e.code_list != CodeList.CONCLUSION_REASON
            found[e.code_list][code] = colon % {"name": e.category_label, "words": e.label} if named else e.label
            if e.hidden_for_youth:
                youth[e.code_list].add(code)
            if e.code_list == CodeList.CONCLUSION_REASON:
                found["conclusion_group"][e.category_code] = e.category_label
        found["sector"] |= {s.code: s.label for s in Sector.objects.order_by("version")}
        kept = {name: {c: w for c, w in labels.items() if not set(w) & set(";|\n\r")} for name, labels in found.items()}
        statuses = {status.value: str(status.label) for status in Status}
        left_out = {name: frozenset(codes) for name, codes in youth.items()}

        def say(code_list: str, code: str) -> str:
            return kept[code_list].get(code, code)

        def person(of: dict[str, str]) -> str:
            return f"{say(CodeList.AGE_GROUP, of['age_group'])} {say(CodeList.SEX, of['sex'])}"

        def service(of: dict[str, str]) -> str:
            result = say(CodeList.MOBILIZATION_TYPE, of["result"])
            return colon % {"name": say(CodeList.SERVICE_CATEGORY, of["category"]), "words": result}

        return cls(
            kept, left_out, statuses, _region(get_language()), _("N/A"), _words_of(person), _words_of(service),
        )  # fmt: skip

    def say(self, code_list: str, code: str) -> str:
        """The label of a code; the code itself where a label could not be read back, or is gone."""
        return self.of[code_list].get(code, code)


class Row(NamedTuple):
    """What a line is made of. Lists of persons and services as their JSON: most have been read before."""

    statistics_id: UUID
    status: str
    quarter: str
    discussion_type: str
    originating_sector: str
    lead_sector: str
    conclusion_group: str
    conclusion_reason: str
    assisting_sectors: list[str] | None
    risk_factors: list[str] | None
    study_flags: list[str] | None
    protective_factors: list[str] | None
    deferrals: int
    hours_to_first_contact: int | None
    persons: str | None
    services: str | None
    opened: date
    decided: date | None
    closed: date | None
    #: All of that but the days within their months, in a few letters.
    seal: str


_PLAIN = Row._fields[: Row._fields.index("persons")]
_LISTS = tuple(Cast(name, models.TextField()) for name in ("persons", "services"))
_DAYS = ("opened_on", "decided_on", "closed_on")
#: Made by PostgreSQL from the very row that is read. Months are days there: an instant would be written in the time
#: zone of whoever is connected.
_SEAL = models.Func(
    *_PLAIN, "persons", "services", *(Cast(TruncMonth(day), models.DateField()) for day in _DAYS),
    template="md5(ROW(%(expressions)s)::text)", output_field=models.CharField(),
)  # fmt: skip
#: How many rows are in memory at once.
_AT_A_TIME = 2000


def rows(records: CodedRecordQuerySet) -> Iterator[Row]:
    """What the lines of some records are made of. A row costs half of what an instance does."""
    return map(Row._make, records.values_list(*_PLAIN, *_LISTS, *_DAYS, _SEAL).iterator(chunk_size=_AT_A_TIME))


def cells(record: Row, *, table: Table, number: str, labels: Labels) -> list[str]:
    """One line. `number` is the discussion number, '' once the link is cut."""
    said = _plain(record, table, number, labels) | _groups(record, labels, hide=_hides(record, table))
    return list(map(said.__getitem__, _keys()))


def _plain(r: Row, table: Table, number: str, labels: Labels) -> dict[str, str]:
    group = _OTHERWISE.get(r.status, r.conclusion_group) if r.status in ENDED else ""
    reason = labels.say(CodeList.CONCLUSION_REASON, f"{r.conclusion_group}/{r.conclusion_reason}")
    return {
        "statistics_id": str(r.statistics_id),
        "number": number,
        "table": table.code,
        "region": labels.region(table),
        "opened": _month(r.opened),
        "decided": _month(r.decided),
        "closed": _month(r.closed),
        "quarter": r.quarter,
        "discussion_type": labels.say(CodeList.DISCUSSION_TYPE, r.discussion_type),
        "status": labels.statuses[r.status],
        "originating_sector": labels.say("sector", r.originating_sector),
        "lead_sector": labels.say("sector", r.lead_sector) if r.lead_sector else labels.absent,
        "conclusion_group": labels.say("conclusion_group", group) if group else "",
        "conclusion_reason": r.conclusion_reason
        if group in ENDED_OTHERWISE.values() or not r.conclusion_reason
        else reason,
        "hours_to_first_contact": "" if r.hours_to_first_contact is None else str(r.hours_to_first_contact),
        "deferrals": str(r.deferrals),
    }


def _hides(r: Row, table: Table) -> bool:
    """Whether the codes that suggest a youth-justice record are left out of a line."""
    return not table.youth_codes_before_f4 and r.persons is not None and _young(r.persons)


@lru_cache(maxsize=1000)
def _young(persons: str) -> bool:
    return any(person["age_group"] in YOUTH_AGE_GROUPS for person in json.loads(persons))


def _groups(r: Row, labels: Labels, *, hide: bool) -> dict[str, str]:
    """The six groups; N/A where there are none to hold, and where the threshold was not met."""
    of, youth = labels.of, labels.youth

    def factors(code_list: str, codes: list[str] | None) -> list[str]:
        named, hidden = of[code_list], youth[code_list] if hide else ()
        return [named.get(code, code) for code in codes or () if code not in hidden]

    sectors = of["sector"]
    said = {
        "risk_factors": _PARTED_BY.join(factors(CodeList.RISK_FACTOR, r.risk_factors)),
        "protective_factors": _PARTED_BY.join(factors(CodeList.PROTECTIVE_FACTOR, r.protective_factors)),
        "study_flags": _PARTED_BY.join(factors(CodeList.STUDY_FLAG, r.study_flags)),
        "assisting_sectors": _counted([sectors.get(code, code) for code in r.assisting_sectors or ()]),
        "persons": labels.persons(r.persons or "[]"),
        "services": labels.services(r.services or "[]"),
    }
    return {key: words or labels.absent for key, words in said.items()}


def _counted(words: list[str]) -> str:
    """Each once, with how often in front where that is more."""
    if len(set(words)) < len(words):
        words = [f"{times} x {word}" if times > 1 else word for word, times in Counter(words).items()]
    return _PARTED_BY.join(words)


def _words_of(one: Callable[[dict[str, str]], str]) -> Callable[[str], str]:
    """The words for a list as JSON, each remembered as long as it keeps coming."""
    return lru_cache(maxsize=5000)(lambda of: _counted([one(item) for item in json.loads(of)]))


def _region(language: str | None) -> Callable[[Table], str]:
    @cache
    def region(table: Table) -> str:
        with translation.override(language):
            return table.region

    return region


@cache
def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
