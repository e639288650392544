"""Filter 1: is the agency's own screening complete?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy.decision import Decision, allow, deny
from privacy.vocabulary import MarksReason
from risk.vocabulary import CodeList
from situations.scene import Scene
from situations.vocabulary import ScreeningQuestion

_MINORS = ("0-5", "6-11", "12-17")


def screening_complete(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every screening answer, type, persons, risk factors, likely agencies, summary; the duty to report for minors."""
    missing = missing_sections(scene)
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
    """The sections of the task list that are not complete, by code."""
    s = scene.situation
    persons = list(s.persons.select_related("age_group"))
    young = any(p.age_group.code in _MINORS for p in persons)
    complete = {
        "whom": s.discussion_type_id is not None and bool(persons),
        "acute": set(ScreeningQuestion.values) <= set(s.screening)
        and s.likely_agencies.exists()
        and (not young or s.duty_to_report_acknowledged),
        "factors": s.facts.filter(entry__code_list=CodeList.RISK_FACTOR).exists(),
        "summary": s.summary_written,
    }
    return [name for name, done in complete.items() if not done]
