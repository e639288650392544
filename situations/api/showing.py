"""What happens when a situation is shown to a program's member? The projection, and the note that it was opened.

Whatever answer carries the item notes it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from agencies.models import Member
from situations import opening, scene
from situations.api.representation import SituationSeen
from situations.projection import project


def shown(situation_id: UUID, *, by: Member) -> dict[str, Any]:
    """The situation as this member sees it now. Denied (hidden) when its existence is not theirs to know."""
    found = scene.load(situation_id, by=by)
    opening.note(found)
    body: dict[str, Any] = SituationSeen(project(found)).data
    return body
