"""WHO MAY KNOW WHAT, WHEN. The law of the table as one table.

Read a row as: at this filter, this audience may know these categories, because. What is not written is not shared.
The printed matrix in docs/sharing-matrix.md is generated from this file and compared in the tests, so that people can
sign what it does. Sources: domain.md ("The life of a situation", "People"), R1-R7, R14-R21, R39-R40, R46-R47, R57.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from privacy import vocabulary
from privacy.decision import Text

# One letter each: the table below is read as a table.
A, C, F = vocabulary.Audience, vocabulary.Category, vocabulary.Filter


@dataclass(frozen=True, slots=True)
class Rule:
    """The categories one audience may know at one filter, and why."""

    categories: frozenset[vocabulary.Category]
    because: Text
    #: The numbers of the requirements it rests on: for those who check the program, not for those who read the page.
    rests_on: str = ""

    @property
    def signed(self) -> str:
        """The reason as the page that people sign says it, with the numbers."""
        return f"{str(self.because).removesuffix('.')} ({self.rests_on})." if self.rests_on else str(self.because)


def _rule(because: Text, *categories: vocabulary.Category, rests_on: str = "") -> Rule:
    return Rule(frozenset(categories), because, rests_on)


_OWN_DRAFT = _rule(
    _("The agency's own screening; nobody else can learn that it exists."),
    C.EXISTENCE, C.CODED, C.YOUTH_CODES, C.SCREENING, C.SUMMARY, C.REPORT_BACK,
    rests_on="R1",
)  # fmt: skip
_OWN_PRESENTED = _rule(
    _("The agency brought it and answers for it."),
    C.EXISTENCE, C.CODED, C.YOUTH_CODES, C.SCREENING, C.SUMMARY, C.DISCUSSION, C.REPORT_BACK, C.LEDGER,
)  # fmt: skip
_OWN_CHOOSING = Rule(_OWN_PRESENTED.categories | {C.CHOICE}, _("The agency brought it and will disclose, if it does."))
_DE_IDENTIFIED = _rule(
    _("De-identified, to judge the threshold; coarse and coded."),
    C.EXISTENCE, C.CODED, C.SUMMARY, C.DISCUSSION, C.REPORT_BACK,
    rests_on="R4, R5",
)  # fmt: skip
_CHOOSING = Rule(
    _DE_IDENTIFIED.categories | {C.CHOICE}, _("Agencies are chosen on de-identified information, by all."), "R14"
)
_GUEST = _rule(
    _("Observes de-identified items of its meeting, while it sits."), C.EXISTENCE, C.CODED, C.SUMMARY, rests_on="R57"
)
_TABLE_VIEW = _rule(
    _("The whole table sees only that intervening agencies have it, and how it ended."),
    C.EXISTENCE, C.REPORT_BACK,
    rests_on="R39, R40",
)  # fmt: skip
_NAMED_LIMITED = _rule(
    _("Named by a chosen agency: enough to recognise the person, in the compartments granted."),
    C.EXISTENCE, C.CODED, C.SUMMARY, C.CHOICE, C.IDENTIFIERS, C.REPORT_BACK, C.LEDGER,
    rests_on="R16, R19",
)  # fmt: skip
_NAMED_INTERVENING = _rule(
    _("Named by an intervening agency: what was disclosed to this person, by compartment."),
    C.EXISTENCE, C.CODED, C.YOUTH_CODES, C.SUMMARY, C.CHOICE, C.IDENTIFIERS, C.SAFE_CONTACT, C.PLAN, C.YOUTH_JUSTICE,
    C.CONTACT, C.NOTICES, C.SERVICES, C.REPORT_BACK, C.LEDGER,
    rests_on="R19, R21",
)  # fmt: skip
_NAMES_PERSONS = _rule(
    _("Names and replaces the agency's persons; sees no identity by that."), C.EXISTENCE, C.CHOICE, C.REPORT_BACK
)
_AGENCY_PRIVACY = _rule(
    _("Answers access requests and reviews unusual access of the own agency."),
    C.EXISTENCE, C.REPORT_BACK, C.LEDGER,
    rests_on="R35, R38",
)  # fmt: skip
_OFFICER = _rule(_("Keeps the ledger, freezes, holds; never identifiers."), C.EXISTENCE, C.REPORT_BACK, C.LEDGER)
_ENDED_EARLY = _rule(_("A closed item keeps its number, its decision and its reason."), C.EXISTENCE, C.REPORT_BACK)
_RECORDED_CODES = _rule(_("Keeps the coded record after the end."), C.EXISTENCE, C.CODED, C.SERVICES, C.REPORT_BACK)

POLICY: dict[tuple[vocabulary.Filter, vocabulary.Audience], Rule] = {
    (F.F1, A.ORIGINATING): _OWN_DRAFT,
    #
    (F.F2, A.ORIGINATING): _OWN_PRESENTED,
    (F.F2, A.SEATED): _DE_IDENTIFIED,
    (F.F2, A.FACILITATOR): _DE_IDENTIFIED,
    (F.F2, A.RECORDER): _DE_IDENTIFIED,
    (F.F2, A.GUEST): _GUEST,
    (F.F2, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.F2, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.F3A, A.ORIGINATING): _OWN_CHOOSING,
    (F.F3A, A.SEATED): _CHOOSING,
    (F.F3A, A.FACILITATOR): _CHOOSING,
    (F.F3A, A.RECORDER): _CHOOSING,
    (F.F3A, A.NAMED): _CHOOSING,
    (F.F3A, A.AGENCY_LEAD): _CHOOSING,
    (F.F3A, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.F3A, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.F3B, A.ORIGINATING): _TABLE_VIEW,
    (F.F3B, A.SEATED): _TABLE_VIEW,
    (F.F3B, A.FACILITATOR): _TABLE_VIEW,
    (F.F3B, A.RECORDER): _TABLE_VIEW,
    (F.F3B, A.NAMED): _NAMED_LIMITED,
    (F.F3B, A.AGENCY_LEAD): _NAMES_PERSONS,
    (F.F3B, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.F3B, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.F4, A.ORIGINATING): _TABLE_VIEW,
    (F.F4, A.SEATED): _TABLE_VIEW,
    (F.F4, A.FACILITATOR): _TABLE_VIEW,
    (F.F4, A.RECORDER): _TABLE_VIEW,
    (F.F4, A.NAMED): _NAMED_INTERVENING,
    (F.F4, A.AGENCY_LEAD): _NAMES_PERSONS,
    (F.F4, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.F4, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.CONCLUDED, A.ORIGINATING): _TABLE_VIEW,
    (F.CONCLUDED, A.SEATED): _TABLE_VIEW,
    (F.CONCLUDED, A.FACILITATOR): _TABLE_VIEW,
    (F.CONCLUDED, A.RECORDER): _RECORDED_CODES,
    (F.CONCLUDED, A.NAMED): _NAMED_INTERVENING,
    (F.CONCLUDED, A.AGENCY_LEAD): _TABLE_VIEW,
    (F.CONCLUDED, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.CONCLUDED, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.CLOSED, A.ORIGINATING): _ENDED_EARLY,
    (F.CLOSED, A.SEATED): _ENDED_EARLY,
    (F.CLOSED, A.FACILITATOR): _ENDED_EARLY,
    (F.CLOSED, A.RECORDER): _ENDED_EARLY,
    (F.CLOSED, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.CLOSED, A.PRIVACY_OFFICER): _OFFICER,
    #
    (F.DESTROYED, A.ORIGINATING): _ENDED_EARLY,
    (F.DESTROYED, A.SEATED): _ENDED_EARLY,
    (F.DESTROYED, A.FACILITATOR): _ENDED_EARLY,
    (F.DESTROYED, A.RECORDER): _ENDED_EARLY,
    (F.DESTROYED, A.PRIVACY_LEAD): _AGENCY_PRIVACY,
    (F.DESTROYED, A.PRIVACY_OFFICER): _OFFICER,
}

_NOTHING = Rule(frozenset(), _("Not written, therefore not shared."))


def rule(filter_: vocabulary.Filter, audience: vocabulary.Audience) -> Rule:
    """The rule for one filter and one audience; absent means nothing."""
    return POLICY.get((filter_, audience), _NOTHING)


def may_know(filter_: vocabulary.Filter, audiences: Collection[vocabulary.Audience]) -> frozenset[vocabulary.Category]:
    """The categories a member in all these relations to a situation may know at this filter."""
    return frozenset().union(*(rule(filter_, a).categories for a in audiences))
