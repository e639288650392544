"""Has anybody altered the ledger? A verifier that needs no Django and no database.

Input: every ledger entry and seal (as `manage.py verify_ledger --export FILE` writes them, JSON lines), the signed
checkpoints kept outside the database, and the public key. It recomputes each table's chain and holds it against every
checkpoint. A chain alone catches edits but no truncation and no re-chaining; the checkpoints catch those.

    python -m privacy.verification EXPORT.jsonl CHECKPOINTS.jsonl PUBLIC_KEY_HEX

What it cannot see: rows committed but not yet sealed (the window is the sealer's interval, at most 60 s or 50 rows).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from privacy.signing import holds


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One seal with the canonical text of its entry (None: the entry is gone)."""

    table_id: int
    number: int
    entry_id: int
    hash: bytes
    canonical: str | None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement: at this number, this table's chain had this hash."""

    table_id: int
    number: int
    hash: str
    at: str
    signature: str

    def message(self) -> bytes:
        """The bytes that are signed."""
        return f"{self.table_id}|{self.number}|{self.hash}|{self.at}".encode()

    def line(self) -> str:
        """The checkpoint as one JSON line."""
        return json.dumps(
            {
                "table_id": self.table_id,
                "number": self.number,
                "hash": self.hash,
                "at": self.at,
                "signature": self.signature,
            },
            sort_keys=True,
        )


@dataclass
class Findings:
    """What is wrong, by code, with where. Empty means: nothing found."""

    faults: list[tuple[str, int, int]] = field(default_factory=list)
    rows: int = 0
    unsealed: int = 0

    def add(self, code: str, table_id: int, number: int) -> None:
        """Note one fault at a table's number."""
        self.faults.append((code, table_id, number))

    def __bool__(self) -> bool:
        return bool(self.faults)


def checkpoint_from(line: str) -> Checkpoint | None:
    """Read one checkpoint line; None when it is not one."""
    try:
        data: Mapping[str, Any] = json.loads(line)
        return Checkpoint(
            int(data["table_id"]), int(data["number"]), str(data["hash"]), str(data["at"]), str(data["signature"])
        )
    except (ValueError, KeyError, TypeError):
        return None


def next_hash(previous: bytes, number: int, canonical: str) -> bytes:
    """The hash of entry number `number` after `previous` (empty for the first)."""
    return hashlib.sha256(previous + f"{number}|{canonical}".encode()).digest()


def verify(rows: Iterable[SealedRow], checkpoint_lines: Iterable[str], public: bytes) -> Findings:
    """Recompute every chain and hold it against every checkpoint. `rows` ordered by table and number."""
    found = Findings()
    wanted, highest = _checkpoints(checkpoint_lines, public, found)
    reached: dict[int, int] = {}
    expected = b""
    table = None
    for row in rows:
        found.rows += 1
        if row.table_id != table:
            table, expected, reached[row.table_id] = row.table_id, b"", 0
        if row.number != reached[row.table_id] + 1:
            found.add("number-missing", row.table_id, reached[row.table_id] + 1)
        reached[row.table_id] = row.number
        if row.canonical is None:
            found.add("entry-missing", row.table_id, row.number)
            expected = row.hash
        else:
            expected = next_hash(expected, row.number, row.canonical)
            if expected != row.hash:
                found.add("chain-broken", row.table_id, row.number)
                expected = row.hash
        if any(h != row.hash.hex() for h in wanted.pop((row.table_id, row.number), ())):
            found.add("differs-from-checkpoint", row.table_id, row.number)
    for table_id, number in sorted(wanted):
        found.add("truncated", table_id, number)
    for table_id, number in sorted(reached.items()):
        if number > highest.get(table_id, 0):
            found.add("beyond-last-checkpoint", table_id, number)
    return found


def _checkpoints(
    lines: Iterable[str], public: bytes, found: Findings
) -> tuple[dict[tuple[int, int], set[str]], dict[int, int]]:
    wanted: dict[tuple[int, int], set[str]] = {}
    highest: dict[int, int] = {}
    for position, line in enumerate(lines, 1):
        if not line.strip():
            continue
        point = checkpoint_from(line)
        if point is None or not holds(public, bytes.fromhex(_hex(point.signature)), point.message()):
            found.add("checkpoint-forged", point.table_id if point else 0, position)
            continue
        hashes = wanted.setdefault((point.table_id, point.number), set())
        hashes.add(point.hash)
        if len(hashes) > 1:
            found.add("checkpoints-fork", point.table_id, point.number)
        highest[point.table_id] = max(highest.get(point.table_id, 0), point.number)
    return wanted, highest


def _hex(text: str) -> str:
    return text if len(text) % 2 == 0 and all(c in "0123456789abcdef" for c in text) else ""


def rows_from(lines: Iterable[str]) -> Iterator[SealedRow]:
    """Read exported rows, one JSON line each."""
    for line in lines:
        r = json.loads(line)
        yield SealedRow(r["table_id"], r["number"], r["entry_id"], bytes.fromhex(r["hash"]), r["canonical"])


def main(argv: list[str]) -> int:
    """The command line: prints each fault, exits 1 when there is one."""
    if len(argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(argv[0]).open(encoding="utf-8") as rows, Path(argv[1]).open(encoding="utf-8") as points:
        found = verify(rows_from(rows), points, bytes.fromhex(argv[2]))
    for code, table_id, number in found.faults:
        print(f"{code}: table {table_id}, number {number}")
    print(f"{found.rows} sealed rows, {len(found.faults)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
