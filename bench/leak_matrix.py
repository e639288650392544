"""Proof: does any page or API operation give anybody what the policy does not name?

Every address of the resolver with every word its path takes, read and written to, by everybody of the cast and by
nobody signed in, at every stage. Words, numbers and references carry marks; what may be found follows from the matrix.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from django.db import connections

from bench.proof import SEED, Proof
from tests.builders import CANARY_NAME
from tests.cast import assemble
from tests.databases import cloned
from tests.laws import stages
from tests.leaks.matrix import OWNER, World, addresses, ask, build, leaks, paths, people

#: The stage of the addresses that speak of no situation.
_OTHERS = ""


@dataclass
class Asked:
    """What one stage's requests came to."""

    stage: str
    tried: int = 0
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: The search finds the identity where it may be found.
    control: bool = True


def run() -> Proof:
    """Ask everything, in two processes: each in a database of its own that holds every stage."""
    names = [*(s.name for s in stages.STAGES), _OTHERS]
    tried, wrong, control = 0, Counter[tuple[str, str]](), True
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("fork")) as pool:
        for part in pool.map(_half, (names[::2], names[1::2])):
            for asked in part:
                tried, wrong, control = tried + asked.tried, wrong + asked.wrong, control and asked.control
    return Proof(
        "leak-matrix",
        f"{wrong.total()} leaks (target 0)",
        tried,
        SEED,
        not wrong and control,
        f"{len(addresses())} addresses, {len(stages.STAGES)} stages, everybody of the cast and nobody. The receipt that"
        " everybody presented was good: its owner reads the identity with it, and the search finds it there.",
    )


def _half(names: list[str]) -> list[Asked]:
    connections.close_all()
    with cloned(f"proof_{os.getpid()}"):
        world = build(assemble())
        found = [_ask_all(world, name) for name in names]
        found[-1].control = CANARY_NAME in ask(world, OWNER, f"/revealed/{world.receipt}/", "GET")[1]
    return found


def _ask_all(world: World, name: str) -> Asked:
    stage = next((s for s in stages.STAGES if s.name == name), None)
    walk, asked = world.walks[name or "disclosed"], Asked(name)
    for address in (a for a in addresses() if a.of_a_situation == (stage is not None)):
        for path in paths(address, world, walk):
            for key, _member in people(world):
                for method in ("GET", "POST"):
                    asked.tried += 1
                    for found in leaks(world, stage, key, path, method):
                        asked.wrong[address.name, found] += 1
                        print(f"leak: {method} {address.name} by {key or 'nobody'}: {found}", flush=True)
    print(f"{name or 'other addresses'}: {asked.tried} requests, {asked.wrong.total()} leaks", flush=True)
    return asked
