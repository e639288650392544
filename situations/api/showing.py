"""What happens when a situation is shown to a program's member? The projection, and the note that it was opened.

One ledger row the first time anybody but the originating agency opens the de-identified item, none per refresh
(domain.md, "Recording"). Whatever answer carries the item notes it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from agencies.models import Member
from privacy import ledger
from privacy.vocabulary import Audience, Category, Filter
from situations import scene
from situations.api.representation import SituationSeen
from situations.projection import project

_DE_IDENTIFIED = (Filter.F2, Filter.F3A)


def shown(situation_id: UUID, *, by: Member) -> dict[str, Any]:
    """The situation as this member sees it now. Denied (hidden) when its existence is not theirs to know."""
    found = scene.load(situation_id, by=by)
    filter_ = Filter(found.access.filter)
    others = Audience.ORIGINATING not in found.relation.audiences
    if others and filter_ in _DE_IDENTIFIED and Category.SUMMARY in found.relation.knows(filter_):
        ledger.note_open(situation_id)
    body: dict[str, Any] = SituationSeen(project(found)).data
    return body
