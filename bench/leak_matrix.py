"""Proof: does any page or API operation give anybody what the policy does not name?

Every address of the resolver with every word its path takes, read and written to, by everybody of the cast and by
nobody signed in, at every stage. Words, numbers and references carry marks; what may be found follows from the matrix.
"""

from __future__ import annotations

from collections import Counter

from bench.proof import SEED, Proof
from tests.builders import CANARY_NAME
from tests.cast import assemble
from tests.laws import stages
from tests.leaks.matrix import OWNER, addresses, ask, build, leaks, paths, people


def run() -> Proof:
    """Ask everything."""
    world = build(assemble())
    tried, wrong = 0, Counter[tuple[str, str]]()
    for stage in (*stages.STAGES, None):
        walk = world.walks[stage.name if stage else "disclosed"]
        for address in (a for a in addresses() if a.of_a_situation == (stage is not None)):
            for path in paths(address, world, walk):
                for key, _member in people(world):
                    for method in ("GET", "POST"):
                        tried += 1
                        for found in leaks(world, stage, key, path, method):
                            wrong[address.name, found] += 1
                            print(f"leak: {method} {address.name} by {key or 'nobody'}: {found}", flush=True)
        print(f"{stage.name if stage else 'other addresses'}: {tried} requests, {wrong.total()} leaks", flush=True)
    control = CANARY_NAME in ask(world, OWNER, f"/revealed/{world.receipt}/", "GET")[1]
    return Proof(
        "leak-matrix",
        f"{wrong.total()} leaks (target 0)",
        tried,
        SEED,
        not wrong and control,
        f"{len(addresses())} addresses, {len(world.walks)} stages, {len(people(world))} askers. The receipt that"
        " everybody presented was good: its owner reads the identity with it, and the search finds it there.",
    )
