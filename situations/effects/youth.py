"""What changes with a youth-justice note? A text sealed in its agency's own compartment, told to those on its list."""

from __future__ import annotations

from typing import Any

from privacy import disclosure, vault, youth
from privacy.decision import Denied, hide
from privacy.vocabulary import Medium, Purpose
from situations import apart
from situations.outbox import tell
from situations.scene import Scene
from situations.vocabulary import Message


def note(scene: Scene, data: dict[str, Any]) -> None:
    """Seal the note, then disclose it on the Act's own section to the people listed, and to nobody else (R47)."""
    subject = apart.about(scene, data.get("subject"))
    if subject is None:
        raise Denied(hide("which-person"))
    agency = scene.acting.agency
    room = youth.open_room(scene.access, subject=subject, agency=agency, until=data["until"], by=scene.by)
    item = youth.new_item()
    vault.seal(scene.situation.pk, room.level, item, data["words"], seen_version=0)
    listed = [e for e in scene.engagements if e in set(data["recipients"])]
    disclosure.disclose(
        scene.access,
        room,
        by=scene.by,
        agency=agency,
        elements=[item],
        recipients=listed,
        purpose=Purpose.PROVIDE_SERVICE,
        authority=data["authority"],
        medium=Medium.SCREEN,
        grounds=data.get("grounds") or "",
    )
    for engagement in listed:
        tell(scene, engagement.person_id or 0, Message.DISCLOSED)
