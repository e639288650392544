"""How often may one member ask something cheap? A window kept in this process: a brake, not a record of anybody."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from threading import Lock

_MOST_MEMBERS = 10_000


class Pace:
    """At most so many times in so many seconds, for each member; the oldest are forgotten first."""

    def __init__(self, *, times: int, seconds: float) -> None:
        self._times, self._seconds = times, seconds
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, member_id: int) -> bool:
        """Whether this member may ask now; counts the asking if so."""
        now = time.monotonic()
        with self._lock:
            asked = self._asked.setdefault(member_id, deque())
            self._asked.move_to_end(member_id)
            if len(self._asked) > _MOST_MEMBERS:
                self._asked.popitem(last=False)
            while asked and now - asked[0] > self._seconds:
                asked.popleft()
            if len(asked) >= self._times:
                return False
            asked.append(now)
            return True
