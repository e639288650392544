"""Who gets what from every address? Everybody, and nobody signed in, asks everything, at every stage.

Each walk carries words of its own (tests/laws/stages.py), so a word that is found says whose it is; what may be found
follows from relations written by hand and the signed matrix. Every request is undone. Identity never comes with these
requests: it needs a receipt that was committed before, and the receipts presented here are made up or somebody else's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from agencies.models import Member
from privacy import gate
from privacy.context import acting_as
from privacy.models import Compartment
from privacy.vocabulary import Category, Purpose
from risk.vocabulary import CodeList
from situations.acts import ACTS
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_superuser
from tests.entry import enter
from tests.laws import stages
from tests.laws.sharing_product import expected

C = Category
#: Never in an answer to a request that presents no receipt of one's own.
SEALED = (*builders.IDENTIFIERS, *builders.F4_TEXTS)
#: Whose the one good receipt is: named by the crisis team.
OWNER = "crisis_rep"
#: A reference that belongs to nothing.
ABSENT = UUID("00000000-0000-4000-8000-000000000000")
#: Words for every path parameter that is not a situation.
_SLUGS = {
    "section": ("whom", "acute", "factors", "summary", "nothing"),
    "verb": ("start", "end", "add", "move", "present", "gone", "nothing"),
    "code_list": (CodeList.RISK_FACTOR.value, "nothing"),
    "category": ("alcohol", "-"),
    "code": ("alcohol-abuse-by-person", "nothing"),
    "what": ("new-version", "retire"),
    "table": ("NIA", "KES"),
    "quarter": ("2026Q4", "nothing"),
    "release_id": (ABSENT,),
    "step": ("check", "discard", "nothing"),
    "kind": ("csv", "nothing"),
}


@dataclass(frozen=True)
class Address:
    """One address: its name and what its path takes."""

    name: str
    takes: tuple[str, ...]

    @property
    def of_a_situation(self) -> bool:
        """Whether it speaks of one situation."""
        return "situation_id" in self.takes


def addresses() -> list[Address]:
    """Every address there is, read from the resolver itself."""
    return sorted(set(_inside(get_resolver().url_patterns, "")), key=lambda a: a.name)


def _inside(patterns: list[Any], namespace: str) -> Iterator[Address]:
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from _inside(found.url_patterns, inner)
        elif isinstance(found, URLPattern):
            yield Address(f"{namespace}{found.name}", tuple(found.pattern.regex.groupindex))


#: Seconds; well under what a step-up lasts.
_STAYS_SURE = 300


@dataclass
class World:
    """The cast, its meeting, one marked walk a stage, and a receipt that belongs to the crisis team's person."""

    cast: Cast
    walks: dict[str, Walk]
    receipt: UUID
    clients: dict[str, Client] = field(default_factory=dict)
    #: When each gave the password last: after ten minutes every reveal would only ask for it again.
    entered: dict[str, float] = field(default_factory=dict)
    #: What nobody's situation answers: (who, method, path) -> status and text.
    absent: dict[tuple[str, str, str], tuple[int, str]] = field(default_factory=dict)
    #: Every number and every draft's short code with the stage it belongs to.
    marks: dict[str, stages.Stage] = field(default_factory=dict)
    #: How the risk factors of every walk are called: read once, and looked for in thousands of answers.
    labels: list[str] = field(default_factory=lambda: [f.label for f in builders.factors() if len(f.label) > 12])

    def client(self, key: str) -> Client:
        """Somebody's browser; '' is nobody's."""
        if key not in self.clients or time.monotonic() - self.entered[key] > _STAYS_SURE:
            self.clients[key] = Client(raise_request_exception=False)
            self.entered[key] = time.monotonic()
            if key:
                enter(self.clients[key], self.cast.people[key])
        return self.clients[key]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the request wrote never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def paths(address: Address, world: World, walk: Walk, ref: UUID | None = None) -> Iterator[str]:
    """Every path of an address, for one walk (or for another reference in its place)."""
    choices: list[dict[str, object]] = [{}]
    for name in address.takes:
        values: tuple[object, ...] = {
            "situation_id": (ref or walk.id,),
            "meeting_id": (walk.meeting.pk,),
            "receipt": (world.receipt, ABSENT),
            "act": tuple(ACTS),
        }.get(name, _SLUGS.get(name, ("nothing",)))
        choices = [{**so_far, name: value} for so_far in choices for value in values]
    for arguments in choices:
        yield _reversed(address.name, arguments)


def _reversed(name: str, arguments: dict[str, object]) -> str:
    """The path; "nothing" stands for a word, for the first paper or person, or for a row that is nowhere."""
    for stand_in in ("nothing", 1, ABSENT):
        try:
            return reverse(name, kwargs={k: stand_in if v == "nothing" else v for k, v in arguments.items()})
        except NoReverseMatch:
            continue
    raise NoReverseMatch(name)


def ask(world: World, key: str, path: str, method: str) -> tuple[int, str]:
    """One request, undone: its status, and its heads and body as text."""
    client = world.client(key)
    if path.startswith("/live/"):
        return ask_for_a_stream(client, path, method)
    signed_in = deepcopy(client.cookies)
    with undone():
        answer: Any = client.get(path) if method == "GET" else client.post(path, {"purpose": "recognise"})
        content = b"".join(answer) if answer.streaming else answer.content
    client.cookies = signed_in  # what is undone in the database is undone in the browser: signing out, another language
    return answer.status_code, _heads(answer) + "\n" + content.decode()


def ask_for_a_stream(client: Client, path: str, method: str) -> tuple[int, str]:
    """Who may open a live stream: it never ends, and what it says is read in tests/live. Asked in a thread of its own,
    since a browser test of the same process may keep an event loop running in this one.
    """

    def opened() -> tuple[int, str]:
        try:
            answer: Any = client.get(path) if method == "GET" else client.post(path, {"purpose": "recognise"})
            if getattr(answer, "is_async", False):
                return answer.status_code, _heads(answer)
            return answer.status_code, _heads(answer) + "\n" + answer.content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(opened).result()


def _heads(answer: Any) -> str:
    return "\n".join(f"{k}: {v}" for k, v in answer.headers.items() if k != "Content-Security-Policy")


def leaks(world: World, stage: stages.Stage | None, key: str, path: str, method: str) -> list[str]:
    """Ask once; everything in the answer that this person may not have, and every fault of the server.

    `stage`: of the situation the address speaks of; None where it speaks of none.
    """
    status, text = ask(world, key, path, method)
    found = [f"status {status}"] if status >= 500 else []
    if not (key == OWNER and str(world.receipt) in path):
        found += ["sealed text" for sealed in SEALED if sealed in text]
    found += _words_of_others(world, key, text, path)
    if stage is None:
        return found
    may = expected(key, stage.state) if key else set()
    if C.EXISTENCE in may and method == "GET" and path in _own_pages(str(world.walks[stage.name].id)) and status != 200:
        found.append(f"answers {status} although theirs to know")
    if not may:
        found += _unlike_absent(world, key, path, method, status, text, str(world.walks[stage.name].id))
    return found + _parts(world, stage, key, may, text)


def _own_pages(ref: str) -> tuple[str, str]:
    """The two doors to one situation."""
    return reverse("situation", args=[ref]), reverse("api:situation", args=[ref])


def _unlike_absent(world: World, key: str, path: str, method: str, status: int, text: str, ref: str) -> list[str]:
    """What is not theirs to know answers exactly as what does not exist."""
    twin = path.replace(ref, str(ABSENT))
    if (key, method, twin) not in world.absent:
        world.absent[key, method, twin] = ask(world, key, twin, method)
    absent, absent_text = world.absent[key, method, twin]
    if status != absent:
        return [f"answers {status}, absent {absent}"]
    return [] if _plain(text, ref) == _plain(absent_text, str(ABSENT)) else ["differs from what is absent"]


def _plain(text: str, ref: str) -> str:
    """An answer without what differs from one answer to the next: its own reference, tokens, trace."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|X-Trace: |Set-Cookie: |Content-Length: )[^\n>]*', "", text)
    return text.replace(ref, "")


def _words_of_others(world: World, key: str, body: str, path: str) -> list[str]:
    """Summaries, screening words, numbers and draft codes of any stage that this person may not know."""
    found = []
    for stage in stages.STAGES:
        may = expected(key, stage.state) if key else set()
        if C.SUMMARY not in may and f"canarysummary-{stage.name}-end" in body:
            found.append(f"summary of {stage.name}")
        if C.SCREENING not in may and f"canarytried-{stage.name}-end" in body:
            found.append(f"screening of {stage.name}")
    for mark, stage in world.marks.items():
        if mark in body.replace(path, "") and C.EXISTENCE not in (expected(key, stage.state) if key else set()):
            found.append(f"number of {stage.name}")
    return found


def _parts(world: World, stage: stages.Stage, key: str, may: set[Category], body: str) -> list[str]:
    """Coded facts and named persons on the pages about one situation."""
    found = []
    if C.CODED not in may:
        found += ["coded facts" for label in world.labels if label in body][:1]
    if not may & {C.CHOICE, C.LEDGER}:
        found += [f"named {name}" for name in stages.NAMED if name != key and world.cast.people[name].name in body]
    return found


def build(cast: Cast, chosen: tuple[stages.Stage, ...] = stages.STAGES) -> World:
    """Walk marked situations to the stages, and take a receipt that is committed and not used."""
    stages.add_guest(cast)
    walks = stages.walk_marked(cast, chosen)
    disclosed = next(w for name, w in walks.items() if name == "disclosed")
    with acting_as(cast.people[OWNER]):
        compartment = Compartment.objects.get(access_id=disclosed.id, kind="subject")
        receipt = gate.authorise(compartment, purpose=Purpose.RECOGNISE)
    _keep_fresh(receipt)
    world = World(cast, walks, receipt)
    by_name = {s.name: s for s in stages.STAGES}
    for name, walk in walks.items():
        row = walk.situation()
        if row.number:
            world.marks[row.number] = by_name[name]
        world.marks[str(row.pk)] = by_name[name]
    return world


def _keep_fresh(receipt: UUID) -> None:
    """Set the receipt's clock ahead, as nobody the program runs as could: it stays good for as long as we ask."""
    with as_superuser() as cursor:
        cursor.execute(
            "BEGIN; ALTER TABLE ledger.entry DISABLE TRIGGER append_only;"
            f" UPDATE ledger.entry SET at = at + interval '1 day' WHERE receipt = '{receipt}';"
            " ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only; COMMIT"
        )


def people(world: World) -> list[tuple[str, Member | None]]:
    """Everybody of the cast, and nobody."""
    return [*world.cast.everybody.items(), ("", None)]
