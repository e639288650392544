"""Do the proofs still hold? `python -m bench.proofs [--keep] [name ...]`; without a name all of them.

Each prints its progress and one last line `name: figure (N, seed)`. Exit 1 when one is short of its target. A full run
writes docs/proof.md; `--keep` writes the rows of the proofs named and leaves the others as they were measured: every
row says of which commit it speaks, and when it was run.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path

from bench import page, world
from bench.page import NAMES
from bench.proof import SEED, Proof

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str]) -> int:
    """Run some proofs or all."""
    keep, named = "--keep" in argv, [a for a in argv if a != "--keep"]
    unknown = set(named) - set(NAMES)
    if unknown:
        print(f"No such proof: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    world.prepare()
    held = True
    commit = _commit()  # of what is measured, not of what others commit meanwhile
    with world.servers():
        for name in named or NAMES:
            began = time.perf_counter()
            proof = _run(name)
            seconds = time.perf_counter() - began
            held = held and proof.ok
            print(proof.line(), flush=True)
            if keep or not named:
                page.keep(proof, seconds, commit, _machine())
    return 0 if held else 1


def _run(name: str) -> Proof:
    """One proof in databases of its own. One that breaks off is short of its target; the others still run."""
    try:
        with world.fresh():
            proof: Proof = import_module(f"bench.{name.replace('-', '_')}").run()
    except Exception as broken:  # whatever it is: said, and counted as not held
        traceback.print_exc()
        return Proof(name, f"broke off: {type(broken).__name__}", 0, SEED, ok=False)
    return proof


def _commit() -> str:
    def git(*args: str) -> str:
        found = subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
        return found.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/proof.*")
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + (" with changes" if changed else "")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB, {platform.system()},"
        f" Python {platform.python_version()}, PostgreSQL 18"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
