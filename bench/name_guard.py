"""Proof: how much of what tells is found, how much of what is marked tells, and how long does a text take?"""

from __future__ import annotations

import statistics

from bench.proof import SEED, Proof
from tests.guard.measured import DIRECT, Measured, measure, sentences

RECALL, PRECISION, MILLISECONDS = 0.95, 0.75, 5.0
#: Written without looking at the rules of the day; docs/adr/0020 has what was found before rules were touched.
FRESH = ("held", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def run() -> Proof:
    """Measure each set of sentences as the rules stand, by type; judge those written without looking at the rules."""
    measure(sentences("tuned"))  # the lists are read once, before anything is timed
    every = Measured()
    for name in FRESH:
        for language in ("en", "fr"):
            made = measure(sentences(f"{name}_{language}"))
            _say(f"{name}, {language}", made)
            every.add(made)
    _say("all of these", every)
    _say("tuned on", measure(sentences("tuned")))
    times = [1000 * s for s in every.seconds]
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return Proof(
        "name-guard",
        f"recall {every.recall:.2f} of direct identifiers, precision {every.precision:.2f}, {middle:.1f} ms a text"
        f" (targets {RECALL}, {PRECISION}, {MILLISECONDS:.0f})",
        len(times),
        SEED,
        every.recall >= RECALL and every.precision >= PRECISION and slow <= MILLISECONDS,
        f"{sum(every.there[k] for k in DIRECT)} direct identifiers. On sentences nobody had tuned on, found when first"
        f" measured: docs/adr/0020. 95 of 100 texts take less than {slow:.1f} ms of this process.",
    )


def _say(name: str, made: Measured) -> None:
    by_type = ", ".join(f"{letter} {made.found[letter]}/{there}" for letter, there in sorted(made.there.items()))
    print(f"{name}: recall {made.recall:.3f}, precision {made.precision:.3f}; {by_type}", flush=True)
