"""Which figures does the pack hold, in which order, each with its categories and the base it is counted among?

reports.md, "The pack". Categories come from the code lists in force, in their order, so that a category nobody had is a
row too; whether a row may be told is decided elsewhere (`release.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Sector
from reports.pack import counting as c
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList


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
    #: Only where counts are large: too fine for one table's quarter (reports.md: "by category rather than factor").
    fine: bool = False


@dataclass(frozen=True, slots=True)
class TotalKind:
    """One total, and what it is a share of ('' where it is a base itself)."""

    key: str
    title: Promise
    base: str
    base_words: Promise | str
    #: Known to a steering committee from its seats.
    exempt: bool = True
    #: Whether quarters add up to a year.
    adds_up: bool = True


def _list(code_list: CodeList) -> Callable[[], list[tuple[str, str]]]:
    def read() -> list[tuple[str, str]]:
        entries = CatalogueEntry.objects.of(code_list).in_force().order_by("position")
        return [(f"{e.category_code}/{e.code}" if e.category_code else e.code, e.label) for e in entries]

    return read


def _categories(code_list: CodeList) -> Callable[[], list[tuple[str, str]]]:
    def read() -> list[tuple[str, str]]:
        entries = CatalogueEntry.objects.of(code_list).in_force().order_by("position")
        return list({e.category_code: e.category_label for e in entries}.items())

    return read


def _sectors() -> list[tuple[str, str]]:
    return [(s.code, s.label) for s in Sector.objects.filter(retired_on=None).order_by("label_en")]


def _rejections() -> list[tuple[str, str]]:
    reasons = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).in_force().filter(category_code="rejected")
    return [(e.code, e.label) for e in reasons.order_by("position")]


def _conclusions() -> list[tuple[str, str]]:
    return [group for group in _categories(CodeList.CONCLUSION_REASON)() if group[0] != "rejected"]


def _reasons() -> list[tuple[str, str]]:
    return [reason for reason in _list(CodeList.CONCLUSION_REASON)() if not reason[0].startswith("rejected/")]


_OF_ACCEPTED, _OF_PERSONS = _("accepted discussions"), _("persons in accepted discussions")
_OF_PRESENTED, _OF_CONCLUDED = _("discussions opened"), _("discussions concluded")

TOTAL_KINDS = (
    TotalKind(c.OPENED, _("Opened"), "", ""),
    TotalKind(c.CARRIED, _("Carried over from before"), "", "", adds_up=False),
    TotalKind(c.MET, _("Threshold met"), "decided", _("decisions on the threshold")),
    TotalKind(c.REJECTED, _("Rejected"), "decided", _("decisions on the threshold")),
    TotalKind(c.DEFERRED, _("Deferred at least once"), c.OPENED, _OF_PRESENTED),
    TotalKind(c.STOPPED, _("Stopped"), "", ""),
    TotalKind(c.WITHDRAWN, _("Withdrawn"), "", ""),
    TotalKind(c.TRANSFERRED, _("Transferred"), "", ""),
    TotalKind(c.CONCLUDED, _("Concluded"), "", ""),
    TotalKind(c.LOWERED, _("Overall risk lowered"), c.CONCLUDED, _OF_CONCLUDED),
    TotalKind(c.STILL_OPEN, _("Still open at the end"), "", "", adds_up=False),
    TotalKind("with-lead", _("With a lead agency"), c.MET, _OF_ACCEPTED, exempt=False),
    TotalKind("persons", _("Persons in accepted discussions"), "", "", exempt=False),
    TotalKind("risk-mentions", _("Risk factors named"), "", "", exempt=False),
    TotalKind("services", _("Services mobilized"), "", "", exempt=False),
    TotalKind("contacted", _("With a first contact"), c.MET, _OF_ACCEPTED, exempt=False),
    TotalKind(
        "contacted-in-48-hours", _("First contact within 48 hours"), "contacted", _("first contacts"), exempt=False
    ),
)

FIGURE_KINDS = (
    FigureKind("rejection", _("Reasons for rejection"), c.REJECTED, _("rejected discussions"), True, _rejections),
    FigureKind("type", _("Type of discussion"), c.MET, _OF_ACCEPTED, True, _list(CodeList.DISCUSSION_TYPE)),
    FigureKind("age", _("Age group"), "persons", _OF_PERSONS, True, _list(CodeList.AGE_GROUP)),
    FigureKind("sex", _("Sex"), "persons", _OF_PERSONS, True, _list(CodeList.SEX)),
    FigureKind("risk-category", _("Risk categories"), c.MET, _OF_ACCEPTED, False, _categories(CodeList.RISK_FACTOR)),
    FigureKind("risk-category-mentions", _("Risk categories, share of all factors named"), "risk-mentions",
               _("risk factors named"), True, _categories(CodeList.RISK_FACTOR)),
    FigureKind("risk-factor", _("Risk factors"), c.MET, _OF_ACCEPTED, False, _list(CodeList.RISK_FACTOR), fine=True),
    FigureKind("protective-category", _("Protective factors, by category"), c.MET, _OF_ACCEPTED, False,
               _categories(CodeList.PROTECTIVE_FACTOR)),
    FigureKind("study-flag", _("Study flags"), c.MET, _OF_ACCEPTED, False, _list(CodeList.STUDY_FLAG)),
    FigureKind("originating-presented", _("Originating sector, of opened"), c.OPENED, _OF_PRESENTED, True, _sectors),
    FigureKind("originating", _("Originating sector, of accepted"), c.MET, _OF_ACCEPTED, True, _sectors),
    FigureKind("lead", _("Lead sector"), "with-lead", _("discussions with a lead agency"), True, _sectors),
    FigureKind("assisting", _("Assisting sectors"), c.MET, _OF_ACCEPTED, False, _sectors),
    FigureKind("service", _("Services mobilized, by kind"), "services", _("services mobilized"), True,
               _list(CodeList.SERVICE_CATEGORY)),
    FigureKind("service-result", _("Services mobilized, by result"), "services", _("services mobilized"), True,
               _list(CodeList.MOBILIZATION_TYPE)),
    FigureKind("conclusion", _("Conclusion"), c.CONCLUDED, _OF_CONCLUDED, True, _conclusions),
    FigureKind("conclusion-reason", _("Conclusion, by reason"), c.CONCLUDED, _OF_CONCLUDED, True, _reasons, fine=True),
)  # fmt: skip
