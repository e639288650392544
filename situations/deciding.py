"""For whom does the recorder type a decision, and may they now? (docs/adr/0054)

The facilitator decides. While a facilitator has handed the typing of the sitting meeting to somebody who is none, that
person types the decisions on its items in the facilitator's name, and sees no more by it than before. Taken back, or
the facilitator's seat gone, nothing is typed any more.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.vocabulary import Role
from privacy.decision import Decision, allow, deny
from privacy.vocabulary import Audience
from situations import on_file
from situations.meeting import Meeting
from situations.running import holds
from situations.scene import Scene
from situations.turns import locked
from situations.vocabulary import MeetingState

#: Code of every refusal here: pages say it once, not beside each decision.
NOT_HANDED = "not-handed"


def decides(scene: Scene) -> bool:
    """Whether the member decides in their own name: a facilitator of the table."""
    return Audience.FACILITATOR in scene.relation.audiences


def may_type(scene: Scene) -> Decision:
    """Whether the member, who is no facilitator, types the decisions on this item now."""
    if scene.item is None:
        return deny(NOT_HANDED, _("The facilitator decides. You type for them while the meeting with this item sits."))
    meeting = _meeting(scene)
    chair = meeting.handed_by
    if meeting.driver_id != scene.by.pk or chair is None or not _chairs(meeting, chair):
        return deny(NOT_HANDED, _("The facilitator decides. You type for them once they hand you the typing."))
    if chair.pk in on_file.away(scene):
        return deny(NOT_HANDED, _("The facilitator you type for stepped away from this item. Another one decides it."))
    return allow()


def typed_for(scene: Scene) -> Member | None:
    """The facilitator in whose name the member types; None where the member decides, or may not type."""
    if decides(scene) or scene.item is None or not may_type(scene):
        return None
    return scene.item.meeting.handed_by


def _meeting(scene: Scene) -> Meeting:
    """The sitting meeting of the item: in an act under its lock, so that nothing is typed that was taken back."""
    if scene.item is not None and not scene.reading:
        scene.item.meeting = locked(scene.item.meeting)
    meeting: Meeting = scene.item.meeting  # type: ignore[union-attr]  # asked for an item alone
    return meeting


def _chairs(meeting: Meeting, chair: Member) -> bool:
    return meeting.state == MeetingState.SITTING and holds(meeting.table_id, Role.FACILITATOR, by=chair)
