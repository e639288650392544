"""Does opening a situation go into the ledger? (domain.md, "Recording")

One row the first time anybody but the originating agency opens the de-identified item, none per refresh. Page and API
alike ask here; the ledger's own function keeps it to one row.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from privacy import ledger
from privacy.vocabulary import Audience, Category, Filter
from situations.scene import Scene

_DE_IDENTIFIED = (Filter.F2, Filter.F3A)
#: Of whom this process knows that the row is there for good, by member and situation: not asked again at each refresh.
#: The oldest are let go.
_noted: dict[tuple[int, UUID], None] = {}
_MOST = 20_000


def note(scene: Scene) -> None:
    """Record that the member of a scene opened it, where that is to be recorded."""
    filter_ = Filter(scene.access.filter)
    own = scene.access.originating_agency_id in scene.relation.agencies
    others = Audience.ORIGINATING not in scene.relation.audiences and not own
    if others and filter_ in _DE_IDENTIFIED and Category.CODED in scene.relation.knows(filter_):
        opened = (scene.by.pk, scene.situation.pk)
        if opened not in _noted:
            ledger.note_open(scene.situation.pk)
            transaction.on_commit(partial(_remember, opened))


def _remember(opened: tuple[int, UUID]) -> None:
    """After the commit: a row of the ledger stays."""
    _noted[opened] = None
    if len(_noted) > _MOST:
        _noted.pop(next(iter(_noted)), None)
