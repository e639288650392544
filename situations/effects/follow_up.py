"""What changes when the lead reports at a follow-up? The table sees only that it did."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from situations.follow_up_model import FollowUp
from situations.live import events
from situations.scene import Scene
from situations.vocabulary import FollowUpAnswer, ItemKind


def report(scene: Scene, data: dict[str, Any]) -> None:
    """The lead's answer. Where the meeting has the item as a follow-up, the table sees that it was reported on."""
    s, item = scene.situation, scene.item
    FollowUp.objects.create(
        situation=s,
        table_id=s.table_id,
        meeting=item.meeting if item else None,
        agency=scene.acting.agency,
        member=scene.by,
        answer=FollowUpAnswer(data["answer"]),
    )
    if item is not None and item.kind == ItemKind.FOLLOW_UP:
        item.reported_at = timezone.now()
        item.save(update_fields=["reported_at"])
        events.table_changed(s.table_id)
