"""Filter 1: is the agency's own screening complete?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.decision import Decision, allow, deny
from privacy.vocabulary import MarksReason
from risk.vocabulary import CodeList
from risk.youth import YOUTH_AGE_GROUPS
from situations.models import CodedFact
from situations.scene import Scene
from situations.vocabulary import ScreeningQuestion

_MINORS = frozenset({"0-5", "6-11", "12-17"})
#: Why risk factors are missing although there are some.
NONE_IS_TOLD = _("For ages 12 to 17 the table is told of no criminal involvement: add another risk factor.")


def screening_complete(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every screening answer, type, persons, risk factors, likely agencies, summary; the duty to report for minors."""
    missing = missing_sections(scene)
    if missing == ["factors"] and _risk_factors(scene).exists():
        return deny("screening-incomplete", NONE_IS_TOLD)
    if missing:
        return deny("screening-incomplete", _("Not complete yet: answer every section of the task list first."))
    return allow()


def marks_have_a_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """Where marked words are left in the summary, why they may stay: a reason from the list; asked when it presents."""
    reason = data.get("marks_reason")
    if reason and reason not in MarksReason.values:
        return deny("marks-left", _("Choose a reason from the list."))
    return allow()


def missing_sections(scene: Scene) -> list[str]:
    """The sections of the task list that are not complete, by code.

    Of a person of 12 to 17 there must be a risk factor that the table is told: were all of them left out, their absence
    would say which they are (docs/adr/0066).
    """
    s = scene.situation
    ages = {p.age_group.code for p in s.persons.select_related("age_group")}
    factors = _risk_factors(scene)
    if ages & YOUTH_AGE_GROUPS and not s.table.youth_codes_before_f4:
        factors = factors.filter(entry__hidden_for_youth=False)
    complete = {
        "whom": s.discussion_type_id is not None and bool(ages),
        "acute": set(ScreeningQuestion.values) <= set(s.screening)
        and s.likely_agencies.exists()
        and (ages.isdisjoint(_MINORS) or s.duty_to_report_acknowledged),
        "factors": factors.exists(),
        "summary": s.summary_written,
    }
    return [name for name, done in complete.items() if not done]


def _risk_factors(scene: Scene) -> QuerySet[CodedFact]:
    return scene.situation.facts.filter(entry__code_list=CodeList.RISK_FACTOR)
