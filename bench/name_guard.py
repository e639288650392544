"""Proof: how much of what tells is found, how much of what is marked tells, and how long does a text take?"""

from __future__ import annotations

import statistics

from bench.proof import SEED, Proof
from tests.guard.measured import DIRECT, measure, sentences

RECALL, PRECISION, MILLISECONDS = 0.95, 0.75, 5.0


def run() -> Proof:
    """Measure the sentences written before the rules, and those written beside them."""
    held, tuned = measure(sentences("held")), measure(sentences("tuned"))
    for name, made in (("held out", held), ("tuned on", tuned)):
        by_type = ", ".join(f"{letter} {made.found[letter]}/{there}" for letter, there in sorted(made.there.items()))
        print(f"{name}: recall {made.recall:.3f}, precision {made.precision:.3f}; {by_type}", flush=True)
    times = [1000 * s for s in held.seconds + tuned.seconds]
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    many = len(times)
    direct = sum(held.there[k] for k in DIRECT)
    return Proof(
        "name-guard",
        f"recall {held.recall:.2f} of direct identifiers, precision {held.precision:.2f}, {middle:.1f} ms a text"
        f" (targets {RECALL}, {PRECISION}, {MILLISECONDS:.0f})",
        many,
        SEED,
        held.recall >= RECALL and held.precision >= PRECISION and slow <= MILLISECONDS,
        f"Held out: {len(held.seconds)} texts with {direct} direct identifiers, written before the rules. Tuned on:"
        f" recall {tuned.recall:.2f}, precision {tuned.precision:.2f}. 95 of 100 texts take less than {slow:.1f} ms.",
    )
