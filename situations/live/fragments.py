"""What of a page is the same for many, and need not be made a hundred times within one second?

Kept after the policy has decided, in this process's memory only, for seconds; the key holds the access state's version
and what the reader may know. What is told to have changed is forgotten at once, so that nothing erased stays here.
(architecture.md, "Live meeting"; docs/adr/0025)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable

#: Seconds a part is kept at most: long enough for a burst of followers, no longer.
KEPT = 10.0
#: Parts kept at most, over all tables.
MOST = 256

_lock = threading.Lock()
_parts: dict[tuple[str, Hashable], tuple[float, str]] = {}


def kept(topic: str, key: Hashable, make: Callable[[], str]) -> str:
    """The part under this key, made now unless somebody in the same audience had it made a moment ago."""
    now, place = time.monotonic(), (topic, key)
    with _lock:
        for old in [p for p, (until, _text) in _parts.items() if until <= now]:
            del _parts[old]
        found = _parts.get(place)
    if found is not None:
        return found[1]
    text = make()
    with _lock:
        if len(_parts) >= MOST:
            _parts.pop(next(iter(_parts)))
        _parts[place] = (now + KEPT, text)
    return text


def forget(topic: str) -> None:
    """Drop every part of a topic."""
    with _lock:
        for place in [p for p in _parts if p[0] == topic]:
            del _parts[place]
