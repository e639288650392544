"""Does opening a situation go into the ledger? (domain.md, "Recording")

One row the first time anybody but the originating agency opens the de-identified item, none per refresh. Page and API
alike ask here; the ledger's own function keeps it to one row.
"""

from __future__ import annotations

from privacy import ledger
from privacy.vocabulary import Audience, Category, Filter
from situations.scene import Scene

_DE_IDENTIFIED = (Filter.F2, Filter.F3A)


def note(scene: Scene) -> None:
    """Record that the member of a scene opened it, where that is to be recorded."""
    filter_ = Filter(scene.access.filter)
    own = scene.access.originating_agency_id in scene.relation.agencies
    others = Audience.ORIGINATING not in scene.relation.audiences and not own
    if others and filter_ in _DE_IDENTIFIED and Category.CODED in scene.relation.knows(filter_):
        ledger.note_open(scene.situation.pk)
