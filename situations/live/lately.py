"""What did others of the same standing read of the table's item a moment ago?

At a turn a hundred devices ask for one item within a second. Who may know what is decided anew for each of them: its
session, its seats, the access state, its relation. What two members of the same audiences then read of one version of
one situation before the door is the same but for their own agency's part, so the later reading takes over what is alike
(`Scene.common`) from the earlier one. Nothing is lent past the door, to a named person, on a scene under lock, or while
the process hears of no changes: each NOTIFY of the table ends what is lent, and so do two seconds. (docs/adr/0053)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from typing import Any

from django.utils.translation import get_language

from privacy.vocabulary import Filter
from situations.scene import Scene

#: Seconds for which a reading is lent. What no NOTIFY tells of (how many people are seated) is never older.
LENT_FOR = 2.0
_BEFORE_THE_DOOR = (Filter.F2, Filter.F3A)
_lock = threading.Lock()
_lent: dict[Hashable, tuple[float, dict[Any, Any]]] = {}
_hearing = False


def lend(scene: Scene) -> None:
    """Let a scene loaded for reading know what its member's peers read of it a moment ago."""
    if not (_hearing and scene.reading and _same_for_its_peers(scene)):
        return
    now = time.monotonic()
    with _lock:
        _drop_older(now)
        _since, common = _lent.setdefault(_key(scene), (now, {}))
    scene.common = common


def hear(*, on: bool) -> None:
    """Whether this process hears of changes from now on. Nothing is lent while it does not."""
    global _hearing
    _hearing = on
    forget()


def forget() -> None:
    """Something changed: what was read before it is lent to nobody any more."""
    with _lock:
        _lent.clear()


def prune() -> None:
    """Let go of what is too old to be lent, where nobody asks for it."""
    with _lock:
        _drop_older(time.monotonic())


def _drop_older(now: float) -> None:
    for key in [key for key, (since, _common) in _lent.items() if now - since > LENT_FOR]:
        del _lent[key]


def _same_for_its_peers(scene: Scene) -> bool:
    relation = scene.relation
    return scene.access.filter in _BEFORE_THE_DOOR and relation.engagement is None and not relation.recused


def _key(scene: Scene) -> Hashable:
    """All that what is read depends on: whose eyes, which versions, the item's part in the meeting, the language."""
    relation, item = scene.relation, scene.item
    return (
        scene.situation.pk, scene.situation.version, scene.access.version, scene.access.filter,
        relation.audiences, relation.shared,
        item and (item.pk, item.opened_at, item.closed_at), get_language(),
    )  # fmt: skip
