"""What do we know, and of which commit? docs/proof.md, written row by row from docs/proof.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.proof import Proof

_DOCS = Path(__file__).resolve().parent.parent / "docs"
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
    "export-100k": "A year's pack is printed in two seconds; a hundred thousand discussions leave as a spreadsheet in"
    " ten, in bounded memory.",
    "golden-figures": "Sixty situations written out in a file give exactly the figures that were counted by hand.",
    "formats-agree": "Page, CSV, XLSX, PDF and JSON of every release say the same numbers, and these are what plain SQL"
    " counts.",
    "pack-speed": "The pack of one table, and the counts of a whole province's quarter, take about as long as the best"
    " hand-written SQL for the same figures.",
    "disclosure-attack": "Nobody can work out a withheld count from everything ever released, knowing how it is done.",
    "rerun-attack": "In small worlds, nobody can either who runs the algorithm again in every world that fits.",
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
    "live-load": "Forty members on one web process and a hundred over two see a change at once, none is lost, and"
    " memory stays flat.",
    "recovery": "When web, database or Redis is killed in mid-meeting everybody recovers without a reload, and no"
    " decision is lost or applied twice.",
    "shredding": "A backup taken before an item ended, opened with today's keys, shows no text.",
}


def keep(proof: Proof, seconds: float, commit: str, machine: str) -> None:
    """Put one figure in its row; the other rows stay what they were."""
    rows = _rows()
    rows[proof.name] = {
        "figure": proof.figure, "n": proof.n, "seed": proof.seed, "ok": proof.ok, "note": proof.note,
        "seconds": round(seconds), "commit": commit, "machine": machine, "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }  # fmt: skip
    kept = {name: rows[name] for name in NAMES if name in rows}
    (_DOCS / "proof.json").write_text(f"{json.dumps(kept, indent=1, ensure_ascii=False)}\n", encoding="utf-8")
    (_DOCS / "proof.md").write_text(written(kept), encoding="utf-8")


def written(rows: dict[str, Any]) -> str:
    """The page: a table of figures, what each claims, and what was never measured."""
    lines = [
        "# What was measured",
        "",
        (
            "Written by `make proof` (or `make proof P='--keep name'` for one row); do not edit. Each can be run"
            " alone: `make proof P=name`. Every row says of which commit it speaks."
        ),
        "",
        "| proof | figure | N | seed | seconds | target reached | commit | day |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        reached = "yes" if row["ok"] else "**no**"
        lines.append(
            f"| {name} | {row['figure']} | {row['n']} | {row['seed']} | {row['seconds']} | {reached}"
            f" | {row['commit']} | {row['day']} |"
        )
    missing = [name for name in NAMES if name not in rows]
    if missing:
        lines += ["", f"No figure is kept of: {', '.join(missing)}."]
    for name, row in rows.items():
        lines += ["", f"## {name}", "", NAMES[name], *([row["note"]] if row["note"] else []), row["machine"]]
    return "\n".join(lines) + "\n"


def _rows() -> dict[str, Any]:
    file = _DOCS / "proof.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}
