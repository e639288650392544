"""What is a proof? A figure with the number of tries behind it, the seed of its random choices, and its target."""

from __future__ import annotations

import os
from dataclasses import dataclass

#: The same choices every time, unless PROOF_SEED says otherwise.
SEED = int(os.environ.get("PROOF_SEED", "20260105"))


@dataclass(frozen=True, slots=True)
class Proof:
    """One measured proof. `ok`: it reached its target, which is part of the figure's words."""

    name: str
    figure: str
    n: int
    seed: int
    ok: bool
    #: What a reader of docs/proof.md should know besides.
    note: str = ""

    def line(self) -> str:
        """The last line a run prints."""
        return f"{self.name}: {self.figure} ({self.n}, {self.seed})"
