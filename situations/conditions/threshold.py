"""Filter 2: may the table decide, and how?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy.decision import Decision, allow, deny
from risk.threshold import Affirmed, met
from situations import deciding, on_file
from situations.conditions.listed import conclusion_reason, listed
from situations.scene import Scene
from situations.vocabulary import ReturnReason, Stance, StopReason

#: Agencies other than the originating one that must stand behind a decision (domain.md).
BACKING_NEEDED = 2
#: At this deferral an objection still open means reject.
LAST_DEFERRAL = 3


def chair_decides(scene: Scene, data: dict[str, Any]) -> Decision:
    """The facilitator, or the recorder to whom a facilitator handed the typing of the meeting with this item."""
    return allow() if deciding.decides(scene) else deciding.may_type(scene)


def not_discussed(scene: Scene, data: dict[str, Any]) -> Decision:
    """Nothing goes back once the table has begun to discuss it."""
    if scene.situation.discussed_at is not None:
        return deny("discussion-begun", _("The discussion has begun. Decide it, or defer it."))
    return allow()


def has_return_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A reason from the list."""
    return listed(data, "reason", ReturnReason.values)


def on_sitting_agenda(scene: Scene, data: dict[str, Any]) -> Decision:
    """The item is on the agenda of the meeting that is sitting, and not open or decided yet."""
    if scene.item is None:
        return deny("not-on-agenda", _("Start the meeting, with this item on its agenda, first."))
    if scene.in_discussion:
        return deny("already-open", _("This item is open already."))
    return allow()


def in_discussion(scene: Scene, data: dict[str, Any]) -> Decision:
    """The item is open in a sitting meeting."""
    if not scene.in_discussion:
        if deciding.decides(scene) and scene.item is not None:
            return deny("not-in-discussion", _("Open it for discussion first."))
        return deny("not-in-discussion", _("The facilitator opens this item in the meeting first."))
    return allow()


def not_originating_alone(scene: Scene, data: dict[str, Any]) -> Decision:
    """The originating agency does not back its own filing."""
    if scene.relation.backs <= {scene.situation.originating_agency_id}:
        return deny("own-filing", _("Your agency brought it; two other agencies have to stand behind it."))
    return allow()


def own_open_objection(scene: Scene, data: dict[str, Any]) -> Decision:
    """The member's agency has an objection open."""
    if not scene.relation.agencies & on_file.objecting(scene):
        return deny("no-objection", _("Your agency has no open objection."))
    return allow()


def all_criteria(scene: Scene, data: dict[str, Any]) -> Decision:
    """All four criteria affirmed, each by itself (R8)."""
    criteria: Affirmed | None = data.get("criteria")
    if criteria is not None and not met(criteria):
        return deny("criteria", _("Each of the four criteria must be affirmed. If one is not, reject or defer."))
    return allow()


def quorum(scene: Scene, data: dict[str, Any]) -> Decision:
    """Enough agencies present for the item."""
    present, needed = len(on_file.present(scene)), scene.situation.table.quorum
    if present < needed:
        return deny(
            "no-quorum",
            ngettext_lazy(
                "No quorum: %(present)s of %(needed)s agency is present for this item.",
                "No quorum: %(present)s of %(needed)s agencies are present for this item.",
                "needed",
            )
            % {"present": present, "needed": needed},
        )
    return allow()


def no_open_objection(scene: Scene, data: dict[str, Any]) -> Decision:
    """No agency's objection is open (R9)."""
    if on_file.objecting(scene):
        return deny("open-objection", _("An agency objects. Talk it through, defer, or reject."))
    return allow()


def two_stand_behind(scene: Scene, data: dict[str, Any]) -> Decision:
    """Two agencies other than the originating one stand behind acceptance."""
    return _backing(
        scene, Stance.ACCEPT, "backing", _("Two agencies, other than the one that brought it, must stand behind it.")
    )


def two_agree_to_reject(scene: Scene, data: dict[str, Any]) -> Decision:
    """Two agencies other than the originating one stand behind the rejection."""
    return _backing(
        scene,
        Stance.REJECT,
        "backing-rejection",
        _("Two agencies, other than the one that brought it, must agree to reject it."),
    )


def _backing(scene: Scene, stance: Stance, code: str, reason: Any) -> Decision:
    own = scene.situation.originating_agency_id
    others = [s for s in on_file.stands(scene) if s.stance == stance and s.agency_id != own]
    return allow() if len(others) >= BACKING_NEEDED else deny(code, reason)


def has_rejection_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A rejection reason of the code list (R11)."""
    return conclusion_reason(data, groups=("rejected",))


def has_stop_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """A stop reason from the list."""
    return listed(data, "reason", StopReason.values)


def may_defer_again(scene: Scene, data: dict[str, Any]) -> Decision:
    """At the third deferral an objection still open means reject."""
    if scene.situation.deferrals + 1 >= LAST_DEFERRAL and not no_open_objection(scene, data):
        return deny("third-deferral", _("Deferred twice already and an agency still objects: reject it."))
    return allow()
