"""Proof: when the door closes, does any unchosen device get a byte of what is behind it, and does each show so at once?

Twenty devices follow one meeting over real connections, as static/js/live.js does: a stream, and the page fetched again
at every "changed". Some are slow, some lose their connection and come back, some fetch without a pause, so that the
commit falls into the middle of a fetch. In each trial an item passes the door, who it is is entered and disclosed, the
lead is confirmed and safe contact written; every byte that came to an unchosen device afterwards is read. Two seconds
are counted from the commit; for a device that has no contact then, from the moment it asks for its stream again.
(That a device without contact empties itself is a browser's doing: tests/live/test_devices.py.)
"""

from __future__ import annotations

import contextlib
import http.client
import math
import os
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlparse
from uuid import UUID

from bench.proof import SEED, Proof
from privacy.context import acting_as
from privacy.vocabulary import Element, Medium, Purpose
from situations import meetings
from tests import builders
from tests.builders import CANARY_SAFE, CANARY_SUMMARY, IDENTIFIERS, Walk
from tests.cast import Cast, assemble
from tests.live.following import Following, cookie_of
from tests.processes import Served, serving

#: DOOR_TRIALS=20 for trying it out.
TRIALS, PER_MEETING = int(os.environ.get("DOOR_TRIALS", "200")), 10
#: Seconds from the commit until a reachable device shows that the item has gone on.
WITHIN = 2.0
#: Seconds between two contacts of a device that lost its connection.
AWAY = (0.05, 0.4)
_NEUTRAL = "is now with the intervening agencies"
_BEHIND = (*IDENTIFIERS, CANARY_SAFE)
#: Twenty devices: who holds each, and how it behaves.
_UNCHOSEN = ("school_rep", "hospital_rep", "aid_rep", "police_rep", "facilitator", "recorder", "crisis_colleague")
_CHOSEN = ("shelter_rep", "crisis_rep", "housing_rep")
_KINDS = ("quick",) * 8 + ("slow",) * 3 + ("dropping",) * 3 + ("restless",) * 3


@dataclass
class Device:
    """One device that follows a meeting, and everything that came to it."""

    web: Served
    cookie: str
    kind: str
    meeting: UUID
    seed: int
    came: list[tuple[float, float, str]] = field(default_factory=list)
    #: From when to when it had contact, the asking for a stream included; without an end while it has.
    contacts: list[tuple[float, float]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def reachable_from(self, moment: float) -> float:
        """From when on it could hear of something that happened at a moment; never, while it has no contact."""
        return next((max(moment, began) for began, ended in list(self.contacts) if ended > moment), math.inf)

    def start(self) -> threading.Thread:
        """Follow in a thread of its own."""
        thread = threading.Thread(target=self._run, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """No more."""
        self._over.set()

    def _run(self) -> None:
        chance = random.Random(self.seed)  # which device breaks off when
        while not self._over.is_set():
            began = time.monotonic()
            self.contacts.append((began, math.inf))
            with contextlib.suppress(OSError, http.client.HTTPException, AssertionError):
                self._follow(chance)
            self.contacts[-1] = (began, time.monotonic())
            time.sleep(chance.uniform(*AWAY))

    def _follow(self, chance: random.Random) -> None:
        stream = Following(self.web, f"/live/meetings/{self.meeting}/", self.cookie)
        until = time.monotonic() + (chance.uniform(0.5, 3) if self.kind == "dropping" else 3600)
        try:
            while not self._over.is_set() and time.monotonic() < until:
                if self.kind != "restless":
                    try:
                        stream.next("changed", within=0.5)
                    except AssertionError:
                        continue
                time.sleep(chance.uniform(0, 0.25))  # the jitter of live.js
                self._fetch()
        finally:
            stream.close()

    def _fetch(self) -> None:
        where = urlparse(self.web.url)
        link = http.client.HTTPConnection(str(where.hostname), where.port, timeout=20)
        began = time.monotonic()
        try:
            link.request("GET", f"/meetings/{self.meeting}/now/", headers={"Cookie": self.cookie, "X-Live": "1"})
            answer = link.getresponse()
            if self.kind == "slow":
                time.sleep(0.3)
            text = answer.read().decode()
        finally:
            link.close()
        self.came.append((began, time.monotonic(), text))


@dataclass
class Found:
    """What all trials together showed."""

    leaks: int = 0
    stale: int = 0
    never: int = 0
    waits: list[float] = field(default_factory=list)
    away: int = 0
    reads: int = 0


def run() -> Proof:
    """All trials, a new meeting every few, as a table would meet."""
    cast = assemble()
    found = Found()
    chance = random.Random(SEED)  # which device is whose
    with serving() as web:
        for _round in range(TRIALS // PER_MEETING):
            _meeting(cast, web, found, chance)
            slowest = max(found.waits, default=0.0)
            print(f"{len(found.waits)} screens, slowest {slowest:.2f} s, {found.leaks} leaks", flush=True)
    ok = not found.leaks and not found.stale and not found.never and max(found.waits) <= WITHIN
    ranked = sorted(found.waits)
    return Proof(
        "door",
        f"{found.leaks} bytes or words from behind the door in {found.reads} reads, {found.stale} facts after it,"
        f" neutral screen after {ranked[len(ranked) // 2]:.2f} s, slowest {ranked[-1]:.2f} s (target 0, 0, {WITHIN})",
        TRIALS,
        SEED,
        ok,
        f"Twenty devices: {len(_CHOSEN)} chosen, {len(_KINDS)} not, of whom some slow, dropping or always fetching;"
        f" {found.never} devices showed no neutral screen at all. {found.away} times a device had no contact when the"
        " door closed: counted from when it asked again.",
    )


def _meeting(cast: Cast, web: Served, found: Found, chance: random.Random) -> None:
    meeting = builders.sitting_meeting(cast)
    unchosen = [
        Device(web, cookie_of(cast.people[_UNCHOSEN[n % len(_UNCHOSEN)]]), kind, meeting.pk, chance.randrange(10**9))
        for n, kind in enumerate(_KINDS)
    ]
    chosen = [Device(web, cookie_of(cast.people[key]), "quick", meeting.pk, chance.randrange(10**9)) for key in _CHOSEN]
    threads = [device.start() for device in unchosen + chosen]
    try:
        for _trial in range(PER_MEETING):
            _trial_of(builders.chosen(cast, meeting), unchosen, found, chance)
    finally:
        for device in unchosen + chosen:
            device.stop()
        for thread in threads:
            thread.join(30)
        with acting_as(cast.facilitator):
            meetings.end(meeting, by=cast.facilitator)


def _trial_of(walk: Walk, unchosen: list[Device], found: Found, chance: random.Random) -> None:
    number = walk.situation().number
    time.sleep(chance.uniform(0, 0.3))
    for device in unchosen:
        device.came.clear()
    walk.act("facilitator", "pass_door")
    closed = time.monotonic()
    _behind_the_door(walk)
    time.sleep(max(0.0, closed + max(AWAY) + WITHIN + 0.1 - time.monotonic()))
    for device in unchosen:
        after = [c for c in list(device.came) if c[1] > closed]
        found.reads += len(after)
        found.leaks += sum(any(word in text for word in _BEHIND) for _began, _ended, text in after)
        found.stale += sum(CANARY_SUMMARY in text for began, _ended, text in after if began > closed)
        since = device.reachable_from(closed)
        found.away += since > closed
        shown = [max(0.0, e - since) for _b, e, text in list(device.came) if _NEUTRAL in text and number in text]
        if shown:
            found.waits.append(min(shown))
        else:
            found.never += 1
    walk.act("crisis_rep", "stop_intervention")


def _behind_the_door(walk: Walk) -> None:
    walk.act(
        "shelter_rep",
        "enter_identifiers",
        subject=1,
        name=IDENTIFIERS[0],
        birth=IDENTIFIERS[1],
        location=IDENTIFIERS[2],
    )
    walk.act(
        "shelter_rep", "disclose", subject=1, elements=[Element.NAME, Element.BIRTH, Element.LOCATION],
        recipients=[walk.engagement("crisis"), walk.engagement("housing")], purpose=Purpose.RECOGNISE,
        authority=walk.cast.authority("agreement-only"), medium=Medium.SCREEN, grounds=builders.CANARY_GROUNDS,
    )  # fmt: skip
    walk.act("crisis_rep", "confirm_lead")
    walk.act("shelter_rep", "record_authority", authority=walk.cast.authority("agreement-only"))
    walk.act("shelter_rep", "safe_contact", instructions=CANARY_SAFE, mail_blocked=True)
