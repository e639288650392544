"""Do the proofs still hold? `python -m bench.proofs [name]`; without a name all of them, and docs/proof.md is written.

Each prints its progress and one last line `name: figure (N, seed)`. Exit 1 when one is short of its target.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from bench import world
from bench.proof import Proof

ROOT = Path(__file__).resolve().parent.parent
#: name -> what it claims, in words for docs/proof.md.
NAMES = {
    "sharing-matrix": "Policy, projection, lists, ledger and gate give every member of the cast exactly what the signed"
    " matrix says, at every stage.",
    "lifecycle": "Every act at every stage by everybody is done or refused, with the agreed reason, as domain.md says.",
    "leak-matrix": "No page and no API operation gives anybody a word, a name or a number the policy does not name.",
    "reveal-aborts": "However a reveal is cut off, nobody gets identity without a committed ledger row.",
    "tampering": "A superuser who edits, inserts, deletes, swaps, reorders, truncates, re-chains, forks or replays"
    " sealed ledger rows is found; an untouched ledger raises no alarm.",
    "list-1m": "The list of one table among a million situations costs what its plain query costs, in a constant number"
    " of queries.",
    "import-100k": "A hundred thousand past discussions come in from CSV or XLSX within a minute, in bounded memory.",
    "golden-figures": "Sixty situations written out in a file give exactly the figures that were counted by hand.",
    "disclosure-attack": "Nobody can work out a withheld count from everything ever released, knowing how it is done.",
    "axe": "No page breaks a rule of WCAG 2.2 AA or a best practice, in both languages, wide and narrow, errors"
    " included; each can be used without JavaScript.",
    "french": "Whoever chose French reads French on every page, with days, hours and numbers as Canadian French writes"
    " them.",
    "name-guard": "The name guard marks what tells who somebody is, and little else, while a person types.",
    "filing-keyboard": "A whole situation is filed with the keyboard alone, at the speed people type, in both languages"
    " and on a telephone.",
    "door": "Once the door has closed no unchosen device gets a byte of what is behind it, and each shows so at once.",
    "keystrokes": "One accepted situation is recorded from the keyboard alone in at most forty keys.",
    "meeting-journey": "After every step of a meeting every screen shows what the policy says, in six real browsers.",
    "shredding": "A backup taken before an item ended, opened with today's keys, shows no text.",
}


def main(argv: list[str]) -> int:
    """Run one proof or all."""
    unknown = set(argv) - set(NAMES)
    if unknown:
        print(f"No such proof: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    world.prepare()
    results: list[tuple[Proof, float]] = []
    commit = _commit()  # of what is measured, not of what others commit meanwhile
    with world.servers():
        for name in argv or NAMES:
            began = time.perf_counter()
            with world.fresh():
                proof: Proof = import_module(f"bench.{name.replace('-', '_')}").run()
            results.append((proof, time.perf_counter() - began))
            print(proof.line(), flush=True)
    if not argv:
        (ROOT / "docs" / "proof.md").write_text(_page(results, commit), encoding="utf-8")
    return 0 if all(proof.ok for proof, _seconds in results) else 1


def _page(results: list[tuple[Proof, float]], commit: str) -> str:
    lines = [
        "# What was measured",
        "",
        "Written by the last full run of `make proof`; do not edit. Each line can be run alone: `make proof P=name`.",
        "",
        f"Commit {commit}, on {_machine()}.",
        "",
        "| proof | figure | N | seed | seconds | target reached |",
        "|---|---|---|---|---|---|",
    ]
    for p, seconds in results:
        lines.append(f"| {p.name} | {p.figure} | {p.n} | {p.seed} | {seconds:.0f} | {'yes' if p.ok else '**no**'} |")
    for p, _seconds in results:
        lines += ["", f"## {p.name}", "", NAMES[p.name], *([p.note] if p.note else [])]
    return "\n".join(lines) + "\n"


def _commit() -> str:
    def git(*args: str) -> str:
        found = subprocess.run(["git", *args], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
        return found.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/proof.md")
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + (" with changes" if changed else "")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB, {platform.system()},"
        f" Python {platform.python_version()}, PostgreSQL 18"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
