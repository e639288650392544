"""Which figures does the pack hold, in which order, each with its categories and the base it is counted among?

reports.md, "The pack". A figure has a row for every code its list ever had, and one for what was not recorded, whether
anybody had it or not: a row that came and went with the counts would tell that a count is not zero. Whether a row may
be told is decided elsewhere (`release.py`).

Single factors, and how often those of a category were named, are told beside categories that are told, to a table's own
committee (`details.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.models import Sector
from reports.pack import counting as c
from reports.vocabulary import ConsentCode, NoticeCode
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

#: Of the accepted discussions that had a risk: with how many was overall risk lowered since, and with how many not.
OUTCOME = "risk-outcome"
#: What was not recorded, or is in no list.
UNKNOWN = ""
#: Accepted and rejected together: a base that is no total itself.
DECIDED = "decided"
#: The sum of what is told of a figure: a base that is no total either.
NAMED = "named"


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One figure: its categories partition the base (`one_way`), or several can apply to one of it."""

    key: str
    title: Promise
    #: The total it is counted among, and that base in words.
    base: str
    base_words: Promise
    one_way: bool
    categories: Callable[[], list[tuple[str, str]]]
    #: The figure whose categories it splits further: told of years only, and each category is the sum of its parts.
    refines: str = ""


@dataclass(frozen=True, slots=True)
class TotalKind:
    """One total, and what it is a share of ('' where it is a base itself)."""

    key: str
    title: Promise
    base: str
    base_words: Promise | str
    #: Known to a table's own steering committee from its seats.
    exempt: bool = True
    #: Told to nobody else: with the other totals it would tell how many were not accepted.
    seats_only: bool = False
    #: Whether quarters add up to a year.
    adds_up: bool = True


def _list(code_list: CodeList) -> Callable[[], list[tuple[str, str]]]:
    def read() -> list[tuple[str, str]]:
        entries = CatalogueEntry.objects.of(code_list).order_by("position", "version")
        return list({f"{e.category_code}/{e.code}" if e.category_code else e.code: e.label for e in entries}.items())

    return read


def _categories(code_list: CodeList) -> Callable[[], list[tuple[str, str]]]:
    def read() -> list[tuple[str, str]]:
        entries = CatalogueEntry.objects.of(code_list).order_by("position", "version")
        return list({e.category_code: e.category_label for e in entries}.items())

    return read


def _factors(code_list: CodeList) -> Callable[[], list[tuple[str, str]]]:
    """Single factors; some are called alike in two categories. What a list never had is counted by its category."""

    def read() -> list[tuple[str, str]]:
        said, groups = _("%(name)s: %(words)s"), dict(_categories(code_list)())
        listed = dict(_list(code_list)())
        alike = Counter(listed.values())
        made = [
            (code, label if alike[label] == 1 else said % {"name": groups[code.split("/", 1)[0]], "words": label})
            for code, label in listed.items()
        ]
        unknown = str(_("Not recorded"))
        return made + [(f"{code}/", said % {"name": label, "words": unknown}) for code, label in groups.items()]

    return read


def _sectors() -> list[tuple[str, str]]:
    listed = list(Sector.objects.order_by("label_en", "version"))
    newest = {s.code: s.label for s in sorted(listed, key=lambda s: s.version)}
    return [(code, newest[code]) for code in dict.fromkeys(s.code for s in listed)]


def _rejections() -> list[tuple[str, str]]:
    return [(code.split("/", 1)[1], label) for code, label in _list(CodeList.CONCLUSION_REASON)() if _rejects(code)]


def _conclusions() -> list[tuple[str, str]]:
    return [group for group in _categories(CodeList.CONCLUSION_REASON)() if group[0] != "rejected"]


def _reasons() -> list[tuple[str, str]]:
    reasons = [reason for reason in _list(CodeList.CONCLUSION_REASON)() if not _rejects(reason[0])]
    none = [
        (f"{group}/", str(_("%(name)s: %(words)s") % {"name": label, "words": _("Not recorded")}))
        for group, label in _conclusions()
    ]
    return reasons + none


def _outcomes() -> list[tuple[str, str]]:
    ends = (("lowered", _("overall risk lowered")), ("other", _("not, or not yet")))
    said = _("%(risk)s: %(end)s")
    return [
        (f"{code}/{end}", str(said % {"risk": label, "end": words}))
        for code, label in _categories(CodeList.RISK_FACTOR)() for end, words in ends
    ]  # fmt: skip


def _rejects(code: str) -> bool:
    return code.startswith("rejected/")


def _first_contacts() -> list[tuple[str, str]]:
    return [("in-48-hours", str(_("Within 48 hours"))), ("later", str(_("After more than 48 hours")))]


def _consents() -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in ConsentCode]


def _notices() -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in NoticeCode]


_OF_INTERVENED = _("discussions with an intervention")
_OF_ACCEPTED, _OF_PERSONS = _("accepted discussions"), _("persons in accepted discussions")
_OF_PRESENTED, OF_CONCLUDED = _("discussions opened"), _("discussions concluded")

TOTAL_KINDS = (
    TotalKind(c.OPENED, _("Opened"), "", "", seats_only=True),
    TotalKind(c.CARRIED, _("Carried over from before"), "", "", seats_only=True, adds_up=False),
    TotalKind(c.MET, _("Threshold met"), DECIDED, _("decisions on the threshold")),
    TotalKind(c.REJECTED, pgettext_lazy("counted", "Rejected"), DECIDED, _("decisions on the threshold")),
    TotalKind(c.DEFERRED, _("Deferred at least once"), c.OPENED, _OF_PRESENTED, seats_only=True),
    TotalKind(c.STOPPED, pgettext_lazy("counted", "Stopped"), "", "", seats_only=True),
    TotalKind(c.WITHDRAWN, pgettext_lazy("counted", "Withdrawn"), "", "", seats_only=True),
    TotalKind(c.TRANSFERRED, pgettext_lazy("counted", "Transferred"), "", "", seats_only=True),
    TotalKind(c.CONCLUDED, pgettext_lazy("counted", "Concluded"), "", ""),
    TotalKind(c.LOWERED, _("Overall risk lowered"), c.CONCLUDED, OF_CONCLUDED),
    TotalKind(c.NOT_LOWERED, _("Overall risk not lowered"), c.CONCLUDED, OF_CONCLUDED),
    TotalKind(c.STILL_OPEN, _("Still open at the end"), "", "", seats_only=True, adds_up=False),
    TotalKind(c.INTERVENED, _("With an intervention"), c.MET, _OF_ACCEPTED, exempt=False),
    TotalKind("persons", _("Persons in accepted discussions"), "", "", exempt=False),
    TotalKind("services", _("Services mobilized"), "", "", exempt=False),
)

FIGURE_KINDS = (
    FigureKind("rejection", _("Reasons for rejection"), c.REJECTED, _("rejected discussions"), True, _rejections),
    FigureKind("type", _("Type of discussion"), c.MET, _OF_ACCEPTED, True, _list(CodeList.DISCUSSION_TYPE)),
    FigureKind("age", _("Age group"), "persons", _OF_PERSONS, True, _list(CodeList.AGE_GROUP)),
    FigureKind("sex", _("Sex"), "persons", _OF_PERSONS, True, _list(CodeList.SEX)),
    FigureKind("risk-category", _("Risk categories"), c.MET, _OF_ACCEPTED, False, _categories(CodeList.RISK_FACTOR)),
    FigureKind("protective-category", _("Protective factors, by category"), c.MET, _OF_ACCEPTED, False,
               _categories(CodeList.PROTECTIVE_FACTOR)),
    FigureKind("study-flag", _("Study flags"), c.MET, _OF_ACCEPTED, False, _list(CodeList.STUDY_FLAG)),
    FigureKind("originating", _("Originating sector, of accepted"), c.MET, _OF_ACCEPTED, True, _sectors),
    FigureKind("originating-rejected", _("Originating sector, of rejected"), c.REJECTED, _("rejected discussions"),
               True, _sectors),
    FigureKind("lead", _("Lead sector"), c.MET, _OF_ACCEPTED, True, _sectors),
    FigureKind("assisting", _("Assisting sectors"), c.MET, _OF_ACCEPTED, False, _sectors),
    FigureKind("first-contact", _("Time to first contact"), c.MET, _OF_ACCEPTED, True, _first_contacts),
    FigureKind("consent", _("Consent"), c.INTERVENED, _OF_INTERVENED, True, _consents),
    FigureKind("notice", _("Written notices"), c.INTERVENED, _OF_INTERVENED, True, _notices),
    FigureKind("service", _("Services mobilized, by kind"), "services", _("services mobilized"), True,
               _list(CodeList.SERVICE_CATEGORY)),
    FigureKind("service-result", _("Services mobilized, by result"), "services", _("services mobilized"), True,
               _list(CodeList.MOBILIZATION_TYPE)),
    FigureKind("conclusion", _("Conclusion"), c.CONCLUDED, OF_CONCLUDED, True, _conclusions),
    FigureKind("conclusion-reason", _("Conclusion, by reason"), c.CONCLUDED, OF_CONCLUDED, True, _reasons,
               refines="conclusion"),
    FigureKind(OUTCOME, _("Risk categories, by what became of the discussion"), c.MET, _OF_ACCEPTED, False, _outcomes,
               refines="risk-category"),
)  # fmt: skip

#: Beside a figure's categories: single factors, and how often they were named. Of those told the base is their sum.
DETAILS = {
    "risk-category": (
        FigureKind(c.RISK_FACTOR, _("Risk factors"), c.MET, _OF_ACCEPTED, False, _factors(CodeList.RISK_FACTOR)),
        FigureKind(c.RISK_MENTION, _("Risk factors named, by category"), NAMED,
                   _("risk factors named in the categories told here"), False, _categories(CodeList.RISK_FACTOR)),
    ),
    "protective-category": (
        FigureKind(c.PROTECTIVE_FACTOR, _("Protective factors"), c.MET, _OF_ACCEPTED, False,
                   _factors(CodeList.PROTECTIVE_FACTOR)),
        FigureKind(c.PROTECTIVE_MENTION, _("Protective factors named, by category"), NAMED,
                   _("protective factors named in the categories told here"), False,
                   _categories(CodeList.PROTECTIVE_FACTOR)),
    ),
}  # fmt: skip

#: A sum of two figures where both are told, and no count of its own: where all that was decided on came from.
ORIGINATING_DECIDED = FigureKind(
    "originating-decided", _("Originating sector, of all decided on"), DECIDED, _("decisions on the threshold"), True,
    _sectors,
)  # fmt: skip
ADDED_UP = ("originating", "originating-rejected")


def rows_of(figure: FigureKind) -> dict[str, str]:
    """Every code of a figure, in order, and its name; for what partitions its base also what is in no list."""
    rows = dict(figure.categories())
    return {**rows, UNKNOWN: str(_("Not recorded"))} if figure.one_way else rows


def codes_of(figure: FigureKind) -> list[str]:
    """Every code of a figure, in order."""
    return list(rows_of(figure))


def listed(code: str, codes: Collection[str]) -> str:
    """The code under which a count is told: itself, or what stands for "in no list"."""
    if code in codes:
        return code
    within = code.split("/", 1)[0] + "/"
    return within if within in codes else UNKNOWN
