"""Proof: do forty members on one web process, and a hundred over two, see a change at once, and does nothing get lost?

Followers are programs of their own (live_followers.py) over real connections: a stream each, the page fetched again at
every "changed" through the guarded view, with the jitter of a browser. A change is a turn to another item; it is seen
when the page with that item is there to its last byte. Then two thousand turns as fast as they can be made: after each
burst every device must stand on the last item, and the process must be as big as before.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlparse

from agencies.models import Member
from agencies.vocabulary import Role
from bench.proof import SEED, Proof
from dev.installation import ROOT
from dev.pg import die_with_parent
from privacy.context import acting_as
from situations import presence, turns
from situations.meeting import AgendaItem, Meeting
from tests import builders
from tests.cast import Cast, assemble, seated
from tests.live.following import cookie_of
from tests.processes import Served, serving


def _size(name: str, usual: int) -> int:
    """A smaller run for trying it out: LIVE_LOAD_TURNS=20 and so on."""
    return int(os.environ.get(f"LIVE_LOAD_{name}", usual))


ITEMS = 12
ONE, TWO = _size("ONE", 40), _size("TWO", 100)
TURNS, FAST, BURST = _size("TURNS", 40), _size("FAST", 2000), 100
#: Seconds within which 95 of 100 see a change, with one process and with two; and in which a burst must have arrived.
WITHIN_ONE, WITHIN_TWO, SETTLED = 1.0, 1.5, 5.0
#: Seconds between two turns that are measured; how much the process may grow under two thousand turns.
PACE, GROWTH = 2.5, 1.10


@dataclass
class Screens:
    """What stands on every device, as its lines say."""

    came: dict[int, list[tuple[float, str]]] = field(default_factory=dict)

    def read(self, process: subprocess.Popen[str]) -> None:
        """Every line of one program of followers, until it ends."""
        assert process.stdout is not None
        for line in process.stdout:
            name, at, item = line.split(maxsplit=2)
            self.came.setdefault(int(name), []).append((float(at), item.strip()))

    def since(self, name: int, when: float, item: str) -> float | None:
        """How long after a moment a device first showed an item; None where it did not."""
        return next((at - when for at, shown in list(self.came.get(name, [])) if at > when and shown == item), None)

    def on(self, item: str) -> int:
        """How many devices stand on this item now."""
        return sum(bool(rows) and rows[-1][1] == item for rows in list(self.came.values()))


@dataclass
class Table:
    """The meeting, its items by number, and who follows it."""

    cast: Cast
    meeting: Meeting
    items: list[tuple[AgendaItem, str]]
    members: list[Member]

    def turn(self, n: int) -> tuple[float, str]:
        """Turn to item n; when it was committed, and its number."""
        item, number = self.items[n % ITEMS]
        with acting_as(self.cast.facilitator):
            turns.turn_to(self.meeting, item, by=self.cast.facilitator)
        return time.monotonic(), number


def run() -> Proof:
    """One process, then its two thousand turns, then two processes."""
    table = _table(assemble())
    with serving() as web, _following(table, table.members[:ONE], [web]) as screens:
        one = _seen(table, screens, ONE)
        print(f"one process, {ONE} members: p95 {_p95(one):.2f} s, slowest {max(one):.2f} s", flush=True)
        before = _resident(web)
        lost, sent = _fast(table, screens, ONE)
        after = _resident(web)
        print(f"{sent} turns, {lost} devices left behind, {before} MiB before and {after} MiB after", flush=True)
    with ExitStack() as stack:
        webs = [stack.enter_context(serving(name)) for name in ("first", "second")]
        screens = stack.enter_context(_following(table, table.members[:TWO], webs))
        two = _seen(table, screens, TWO)
        print(f"two processes, {TWO} members: p95 {_p95(two):.2f} s, slowest {max(two):.2f} s", flush=True)
    ok = _p95(one) < WITHIN_ONE and _p95(two) < WITHIN_TWO and not lost and after <= before * GROWTH
    return Proof(
        "live-load",
        f"{ONE} members on one process see a change within {_p95(one):.2f} s (p95, target {WITHIN_ONE}), {TWO} on two"
        f" within {_p95(two):.2f} s (target {WITHIN_TWO}); {lost} devices missed the last of {sent} fast turns;"
        f" memory {before} MiB,"
        f" then {after} MiB",
        len(one) + len(two) + sent,
        SEED,
        ok,
        f"Median {statistics.median(one):.2f} s and {statistics.median(two):.2f} s; every fragment is fetched through"
        " the guarded view, none is kept. Followers and database run on the same machine.",
    )


def _table(cast: Cast) -> Table:
    meeting = builders.sitting_meeting(cast)
    walks = [builders.presented(cast, meeting) for _ in range(ITEMS)]
    items = [(builders.item_of(w), w.situation().number) for w in walks]
    agencies = [a for key, a in cast.agencies.items() if key != "elsewhere"]
    members = [
        seated(cast, f"device_{n}", agencies[n % len(agencies)], cast.nia, Role.ALTERNATE) for n in range(max(ONE, TWO))
    ]
    with acting_as(cast.facilitator):
        for member in members:
            presence.mark_present(meeting, member, by=cast.facilitator)
    return Table(cast, meeting, items, members)


@contextmanager
def _following(table: Table, members: list[Member], webs: list[Served]) -> Iterator[Screens]:
    """Two programs of followers for each web process, which start from a page of their own."""
    screens, chance, started = Screens(), random.Random(SEED), []  # which device asks when
    try:
        for part, share in enumerate(_dealt(members, 2 * len(webs))):
            where = urlparse(webs[part % len(webs)].url)
            given = {
                "host": where.hostname, "port": where.port, "seed": chance.randrange(10**9),
                "stream": f"/live/meetings/{table.meeting.pk}/", "page": f"/meetings/{table.meeting.pk}/now/",
                "cookies": {m.pk: cookie_of(m) for m in share},
            }  # fmt: skip
            process = subprocess.Popen(
                [sys.executable, "-m", "bench.live_followers"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, preexec_fn=die_with_parent,
            )  # fmt: skip
            assert process.stdin is not None
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            started.append(process)
            threading.Thread(target=screens.read, args=(process,), daemon=True).start()
        _wait(lambda: len(screens.came) == len(members), 60)
        yield screens
    finally:
        for process in started:
            process.kill()
            process.wait()


def _dealt(members: list[Member], parts: int) -> list[list[Member]]:
    return [members[part::parts] for part in range(parts)]


def _seen(table: Table, screens: Screens, count: int) -> list[float]:
    """How long each device took to show each of the turns that are measured; one that never did took for ever."""
    waits: list[float] = []
    names = list(screens.came)
    for n in range(TURNS):
        when, number = table.turn(n + 1)
        _wait(partial(_all_on, screens, number, count), SETTLED)
        time.sleep(max(0.0, when + PACE - time.monotonic()))
        waits += [screens.since(name, when, number) or float("inf") for name in names]
    assert len(waits) == TURNS * count
    return waits


def _fast(table: Table, screens: Screens, count: int) -> tuple[int, int]:
    """Turns without a pause: how many devices missed the end of a burst, and how many turns were made."""
    lost = sent = 0
    while sent < FAST:
        for _ in range(BURST):
            _when, number = table.turn(sent)
            sent += 1
        _wait(partial(_all_on, screens, number, count), SETTLED)
        lost += count - screens.on(number)
    return lost, sent


def _all_on(screens: Screens, number: str, count: int) -> bool:
    return screens.on(number) == count


def _wait(done: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.02)


def _resident(web: Served) -> int:
    """How much memory the web process holds, in MiB."""
    status = Path(f"/proc/{web.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def _p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)]
