"""Which function carries out which act? The names are those of `situations.acts`; a test compares the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from situations.effects import correcting, door, ending, follow_up, intervention, screening, threshold, youth
from situations.scene import Scene

EFFECTS: dict[str, Callable[[Scene, dict[str, Any]], None]] = {
    "save": screening.save,
    "present": screening.present,
    "discard": screening.discard,
    "return": threshold.return_to_agency,
    "withdraw": ending.withdraw,
    "discuss": threshold.discuss,
    "stand": threshold.stand,
    "agree_reject": threshold.agree_reject,
    "object": threshold.object_,
    "resolve_objection": threshold.resolve_objection,
    "accept": threshold.accept,
    "reject": threshold.reject,
    "stop": threshold.stop,
    "defer": threshold.defer,
    "offer": door.offer,
    "choose": door.choose,
    "unchoose": door.unchoose,
    "name_person": door.name_person,
    "pass_door": door.pass_door,
    "enter_identifiers": door.enter_identifiers,
    "disclose": door.disclose,
    "answer": door.answer,
    "recall": door.recall,
    "propose_lead": door.propose_lead,
    "confirm_lead": door.confirm_lead,
    "add_agency": intervention.add_agency,
    "record_authority": intervention.record_authority,
    "safe_contact": intervention.safe_contact,
    "plan": intervention.plan,
    "plan_done": intervention.plan_done,
    "contact": intervention.contact,
    "consent": intervention.consent,
    "withdraw_consent": intervention.withdraw_consent,
    "mobilize": intervention.mobilize,
    "notice": intervention.notice,
    "youth_note": youth.note,
    "follow_up": follow_up.report,
    "stop_intervention": ending.stop_intervention,
    "conclude": ending.conclude,
    "correct_outcome": correcting.correct_ending,
    "correct_rejection": correcting.correct_ending,
    "correct_contact": correcting.correct_contact,
    "transfer": ending.transfer,
    "transfer_intervention": ending.transfer_intervention,
    "recuse": ending.recuse,
    "freeze": ending.freeze,
    "unfreeze": ending.unfreeze,
    "hold": ending.hold,
    "release": ending.release,
}
