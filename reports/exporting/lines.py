"""How does a coded record become a line of the layout? In words of the code lists, days as months.

The same layout is imported (reports.importing): what is written here is read back there to the same record, months for
days apart (reports.md, "The coded record": "month for export; date inside"). Groups that are N/A say so. Whoever keeps
the record is not told the codes that suggest a youth-justice record of a person of 12 to 17 (privacy.policy, R46).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Sector, Table
from reports.importing.layout import Column, columns
from reports.models import CodedRecord
from reports.vocabulary import ENDED, Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from risk.youth import YOUTH_AGE_GROUPS

#: Columns of the layout that another column of an exported line says already.
_SAID_BY_PERSONS = ("age_group", "sex")
_PARTED_BY = "; "
#: Endings that are no group of the list of conclusions.
ENDED_OTHERWISE = {Status.STOPPED: "stopped", Status.WITHDRAWN: "withdrawn", Status.TRANSFERRED: "transferred"}


def written() -> tuple[Column, ...]:
    """The columns of an exported file, in the order of the layout."""
    return tuple(c for c in columns() if c.key not in _SAID_BY_PERSONS)


def header() -> list[str]:
    """The headers in the active language."""
    return [c.header for c in written()]


@dataclass(frozen=True)
class Labels:
    """What the codes of the lists are called, in the active language, read once a file."""

    of: Mapping[tuple[str, str], str]
    #: (list, code) of what is left out where a person is 12 to 17.
    youth: frozenset[tuple[str, str]]

    @classmethod
    def read(cls) -> Labels:
        """The newest wording of every code, whether in force or retired: an old record keeps its meaning."""
        found: dict[tuple[str, str], str] = {}
        youth: set[tuple[str, str]] = set()
        for e in CatalogueEntry.objects.order_by("version"):
            code = f"{e.category_code}/{e.code}" if e.category_code else e.code
            found[e.code_list, code] = _named(e.category_label, e.label) if e.category_code else e.label
            if e.hidden_for_youth:
                youth.add((e.code_list, code))
            if e.code_list == CodeList.CONCLUSION_REASON:
                found[e.code_list, code] = e.label
                found["conclusion_group", e.category_code] = e.category_label
        found |= {("sector", s.code): s.label for s in Sector.objects.order_by("version")}
        return cls({key: label for key, label in found.items() if not set(label) & set(";|\n\r")}, frozenset(youth))

    def say(self, code_list: str, code: str) -> str:
        """The label of a code; the code itself where a label could not be read back, or is gone."""
        return self.of.get((code_list, code), code)


def cells(record: CodedRecord, *, table: Table, number: str, labels: Labels) -> list[str]:
    """One line. `number` is the discussion number, '' once the link is cut."""
    said = _plain(record, table, number, labels) | _groups(record, labels, hide=_hides(record, table))
    return [said.get(c.key, "") for c in written()]


def _plain(r: CodedRecord, table: Table, number: str, labels: Labels) -> dict[str, str]:
    group = ENDED_OTHERWISE.get(Status(r.status), r.conclusion_group) if r.status in ENDED else ""
    reason = labels.say(CodeList.CONCLUSION_REASON, f"{r.conclusion_group}/{r.conclusion_reason}")
    return {
        "statistics_id": str(r.statistics_id),
        "number": number,
        "table": table.code,
        "region": table.region,
        "opened": _month(r.opened_on),
        "decided": _month(r.decided_on),
        "closed": _month(r.closed_on),
        "quarter": r.quarter,
        "discussion_type": labels.say(CodeList.DISCUSSION_TYPE, r.discussion_type),
        "status": str(Status(r.status).label),
        "originating_sector": labels.say("sector", r.originating_sector),
        "lead_sector": labels.say("sector", r.lead_sector) if r.lead_sector else _not_there(),
        "conclusion_group": labels.say("conclusion_group", group) if group else "",
        "conclusion_reason": r.conclusion_reason
        if group in ENDED_OTHERWISE.values() or not r.conclusion_reason
        else reason,
        "hours_to_first_contact": "" if r.hours_to_first_contact is None else str(r.hours_to_first_contact),
        "deferrals": str(r.deferrals),
    }


def _hides(r: CodedRecord, table: Table) -> bool:
    """Whether the codes that suggest a youth-justice record are left out of a line."""
    young = any(p["age_group"] in YOUTH_AGE_GROUPS for p in r.persons or ())
    return young and not table.youth_codes_before_f4


def _groups(r: CodedRecord, labels: Labels, *, hide: bool) -> dict[str, str]:
    """The six groups; N/A where there are none to hold, and where the threshold was not met."""
    facts = {
        "risk_factors": (CodeList.RISK_FACTOR, r.risk_factors),
        "protective_factors": (CodeList.PROTECTIVE_FACTOR, r.protective_factors),
        "study_flags": (CodeList.STUDY_FLAG, r.study_flags),
    }
    said = {
        key: [labels.say(name, code) for code in codes or () if not (hide and (name, code) in labels.youth)]
        for key, (name, codes) in facts.items()
    }
    said["assisting_sectors"] = _counted(labels.say("sector", code) for code in r.assisting_sectors or ())
    said["persons"] = _counted(
        f"{labels.say(CodeList.AGE_GROUP, p['age_group'])} {labels.say(CodeList.SEX, p['sex'])}"
        for p in r.persons or ()
    )
    said["services"] = _counted(
        _named(
            labels.say(CodeList.SERVICE_CATEGORY, s["category"]), labels.say(CodeList.MOBILIZATION_TYPE, s["result"])
        )
        for s in r.services or ()
    )
    return {key: _PARTED_BY.join(words) or _not_there() for key, words in said.items()}


def _counted(words: Iterable[str]) -> list[str]:
    """Each once, with how often in front where that is more."""
    return [f"{times} x {word}" if times > 1 else word for word, times in Counter(words).items()]


def _named(name: str, words: str) -> str:
    """With the colon of the language; the import reads either."""
    return _("%(name)s: %(words)s") % {"name": name, "words": words}


def _not_there() -> str:
    return _("N/A")


def _month(day: date | None) -> str:
    return day.strftime("%Y-%m") if day else ""
