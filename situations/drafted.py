"""What stood in a section of a draft when somebody looked at it? So that two colleagues never overwrite one another.

A section carries the print of its coded facts, as its texts carry their version. A save that finds another print than
the one it was typed over is refused, unless it says the same. Colleagues at different sections do not meet.
"""

from __future__ import annotations

from hashlib import sha256

from risk.vocabulary import CodeList
from situations.models import Situation

_LISTS = {
    "factors": (CodeList.RISK_FACTOR,),
    "protective": (CodeList.PROTECTIVE_FACTOR, CodeList.STUDY_FLAG),
}


def part(situation: Situation, section: str) -> str:
    """The print of one section's coded facts as they are saved now. Says nothing by itself."""
    if section == "whom":
        persons = situation.persons.values_list("age_group_id", "sex_id", "part")
        found: object = (situation.discussion_type_id, list(persons))
    elif section == "acute":
        likely = situation.likely_agencies.order_by("pk").values_list("pk", flat=True)
        found = (sorted(situation.screening), list(likely), situation.duty_to_report_acknowledged)
    else:
        facts = situation.facts.filter(entry__code_list__in=_LISTS.get(section, ()))
        found = list(facts.order_by("entry_id").values_list("entry_id", flat=True))
    return sha256(repr(found).encode()).hexdigest()[:16]
