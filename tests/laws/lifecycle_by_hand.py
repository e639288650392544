"""What does domain.md say about each act? Written down by hand, act by act, and never read from the program.

Roles are those of "People", states those of "The life of a situation" and "Exits". `None` as target: it stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from privacy.vocabulary import Audience
from situations.vocabulary import State

A, S = Audience, State


@dataclass(frozen=True)
class Law:
    """From which states, by whom, to which state, whether everything is erased."""

    sources: frozenset[State]
    who: frozenset[Audience]
    target: State | None = None
    erases: bool = False


def _law(sources: set[State], who: set[Audience], target: State | None = None, *, erases: bool = False) -> Law:
    return Law(frozenset(sources), frozenset(who), target, erases)


_BEFORE_DOOR = {S.PRESENTED, S.CHOOSING}
_PAST_DOOR = {S.LIMITED, S.INTERVENING}
_ONCE_PRESENTED = set(S) - {S.DRAFT}
_NAMED = {A.NAMED}
# The facilitator decides; the recorder "types decisions" for them, when the typing is handed over (test_typing).
_CHAIR = {A.FACILITATOR, A.RECORDER}

LAWS: dict[str, Law] = {
    # F1: the originating agency only
    "save": _law({S.DRAFT}, {A.ORIGINATING}),
    "present": _law({S.DRAFT}, {A.ORIGINATING}, S.PRESENTED),
    "discard": _law({S.DRAFT}, {A.ORIGINATING}, S.DESTROYED, erases=True),
    # F2: the table judges; the facilitator decides with quorum and backing
    "return": _law({S.PRESENTED}, {A.FACILITATOR}, S.DRAFT),
    "withdraw": _law(_BEFORE_DOOR, {A.ORIGINATING}, S.WITHDRAWN, erases=True),
    "discuss": _law({S.PRESENTED}, {A.FACILITATOR, A.RECORDER}),
    "stand": _law({S.PRESENTED}, {A.SEATED, A.FACILITATOR}),
    "agree_reject": _law({S.PRESENTED}, {A.SEATED, A.FACILITATOR}),
    "object": _law({S.PRESENTED}, {A.SEATED}),
    "resolve_objection": _law({S.PRESENTED}, {A.SEATED}),
    "offer": _law(_BEFORE_DOOR, {A.SEATED}),
    "accept": _law({S.PRESENTED}, _CHAIR, S.CHOOSING),
    "reject": _law({S.PRESENTED}, _CHAIR, S.REJECTED, erases=True),
    "stop": _law(_BEFORE_DOOR, _CHAIR, S.STOPPED, erases=True),
    "defer": _law({S.PRESENTED}, _CHAIR),
    # F3a: the facilitator chooses, each agency names its person
    "choose": _law({S.CHOOSING}, _CHAIR),
    "unchoose": _law({S.CHOOSING}, _CHAIR),
    "name_person": _law({S.CHOOSING} | _PAST_DOOR, {A.SEATED, A.AGENCY_LEAD}),
    "pass_door": _law({S.CHOOSING}, _CHAIR, S.LIMITED),
    # F3b and F4: named persons only
    "enter_identifiers": _law(_PAST_DOOR, _NAMED),
    "disclose": _law(_PAST_DOOR, _NAMED),
    "answer": _law(_PAST_DOOR, _NAMED),
    "recall": _law(_PAST_DOOR | {S.CONCLUDED}, _NAMED),
    "propose_lead": _law({S.LIMITED}, _NAMED),
    "confirm_lead": _law({S.LIMITED}, _NAMED, S.INTERVENING),
    "add_agency": _law({S.INTERVENING}, _NAMED),
    "record_authority": _law(_PAST_DOOR, _NAMED),
    "safe_contact": _law({S.INTERVENING}, _NAMED),
    "plan": _law({S.INTERVENING}, _NAMED),
    "plan_done": _law({S.INTERVENING}, _NAMED),
    "contact": _law({S.INTERVENING}, _NAMED),
    "consent": _law({S.INTERVENING}, _NAMED),
    "withdraw_consent": _law({S.INTERVENING, S.CONCLUDED}, _NAMED),
    "mobilize": _law({S.INTERVENING}, _NAMED),
    "notice": _law(_PAST_DOOR, _NAMED),
    "youth_note": _law({S.INTERVENING}, _NAMED),
    "follow_up": _law({S.INTERVENING}, _NAMED),
    # Exits
    "stop_intervention": _law(_PAST_DOOR, _NAMED, S.CONCLUDED),
    "conclude": _law(_PAST_DOOR, _NAMED, S.CONCLUDED),
    # Mistakes: a new entry by whose entry it was
    "correct_outcome": _law({S.CONCLUDED}, _NAMED),
    "correct_rejection": _law({S.REJECTED}, {A.FACILITATOR}),
    "correct_contact": _law({S.INTERVENING, S.CONCLUDED}, _NAMED),
    "transfer": _law(_BEFORE_DOOR, {A.ORIGINATING}, S.TRANSFERRED, erases=True),
    "transfer_intervention": _law(_PAST_DOOR, _NAMED, S.CONCLUDED),
    # Whoever may step away, and what the privacy officer may do at any time
    "recuse": _law(
        _BEFORE_DOOR | _PAST_DOOR | {S.CONCLUDED, S.TRANSFERRED}, {A.SEATED, A.FACILITATOR, A.RECORDER, A.NAMED}
    ),
    "freeze": _law(_ONCE_PRESENTED, {A.PRIVACY_OFFICER}),
    "unfreeze": _law(_ONCE_PRESENTED, {A.PRIVACY_OFFICER}),
    "hold": _law(_ONCE_PRESENTED, {A.PRIVACY_OFFICER}),
    "release": _law(_ONCE_PRESENTED, {A.PRIVACY_OFFICER}),
}

# What the privacy officer does, and what only ever ends access (R27, R58).
WHILE_FROZEN = {"freeze", "unfreeze", "hold", "release", "recuse", "recall", "withdraw_consent"}

#: Who, of the cast, is the one that can carry an act out at a stage where everything else is in place.
#: act -> {stage: the only members for whom it succeeds}
SUCCEEDS: dict[str, dict[str, set[str]]] = {
    "save": {"draft": {"shelter_rep", "shelter_colleague", "shelter_lead"}},
    "present": {"draft": {"shelter_rep", "shelter_colleague", "shelter_lead"}},
    "discard": {"draft": {"shelter_rep", "shelter_colleague", "shelter_lead"}},
    "return": {"presented": {"facilitator"}},
    "discuss": {"presented": {"facilitator", "recorder"}},
    "accept": {"leaning-to-accept": {"facilitator"}},
    "reject": {"leaning-to-reject": {"facilitator"}},
    "resolve_objection": {"leaning-to-reject": {"school_rep"}},
    "defer": {"leaning-to-accept": {"facilitator"}, "leaning-to-reject": {"facilitator"}},
    "choose": {"chosen": {"facilitator"}},
    "unchoose": {"chosen": {"facilitator"}},
    "pass_door": {"chosen": {"facilitator"}},
    "enter_identifiers": {key: {"shelter_rep"} for key in ("disclosed", "contacted", "owing-notice")},
    "disclose": {key: {"shelter_rep"} for key in ("disclosed", "contacted", "owing-notice")},
    # What was disclosed to it: by the shelter to both; in the plan by each to the others.
    "answer": {
        "disclosed": {"crisis_rep", "housing_rep"},
        "contacted": {"shelter_rep", "crisis_rep", "housing_rep"},
        "owing-notice": {"shelter_rep", "crisis_rep", "housing_rep"},
    },
    "recall": {
        "disclosed": {"shelter_rep"},
        "contacted": {"shelter_rep", "crisis_rep"},
        "frozen": {"shelter_rep", "crisis_rep"},
        "owing-notice": {"shelter_rep", "crisis_rep", "housing_rep"},
        # Those still named read until retention; what was told by mistake still ends.
        "concluded": {"shelter_rep", "crisis_rep"},
    },
    "propose_lead": {"disclosed": {"shelter_rep"}},
    "confirm_lead": {"disclosed": {"crisis_rep"}},
    "add_agency": {"contacted": {"crisis_rep"}, "owing-notice": {"crisis_rep"}},
    "record_authority": {
        key: {"shelter_rep", "crisis_rep", "housing_rep"} for key in ("disclosed", "contacted", "owing-notice")
    },
    "safe_contact": {"contacted": {"shelter_rep"}, "owing-notice": {"shelter_rep"}},
    "plan": {"contacted": {"shelter_rep", "crisis_rep"}, "owing-notice": {"shelter_rep", "crisis_rep", "housing_rep"}},
    "plan_done": {"contacted": {"crisis_rep"}, "owing-notice": {"crisis_rep", "housing_rep"}},
    "contact": {key: {"shelter_rep", "crisis_rep", "housing_rep"} for key in ("contacted", "owing-notice")},
    "consent": {key: {"shelter_rep", "crisis_rep", "housing_rep"} for key in ("contacted", "owing-notice")},
    "withdraw_consent": {"owing-notice": {"shelter_rep", "crisis_rep", "housing_rep"}},
    "mobilize": {key: {"shelter_rep", "crisis_rep", "housing_rep"} for key in ("contacted", "owing-notice")},
    "follow_up": {key: {"crisis_rep"} for key in ("contacted", "owing-notice")},
    "notice": {"owing-notice": {"housing_rep"}},
    # The originating agency while no lead is confirmed, then the lead; never while a notice is owed.
    "conclude": {"disclosed": {"shelter_rep"}, "contacted": {"crisis_rep"}},
    "correct_outcome": {"concluded": {"crisis_rep"}},
    "correct_rejection": {"rejected": {"facilitator"}},
    "correct_contact": {key: {"crisis_rep"} for key in ("contacted", "owing-notice", "concluded")},
    "stop_intervention": {"disclosed": {"crisis_rep"}, "contacted": {"crisis_rep"}},
    "transfer_intervention": {"disclosed": {"shelter_rep"}, "contacted": {"crisis_rep"}},
    # Nobody of 12 to 17, and no agency that the YCJA binds, on these walks: see test_youth_justice.
    "youth_note": {},
    "unfreeze": {"frozen": {"privacy_officer"}},
    "release": {"held": {"privacy_officer"}},
}
