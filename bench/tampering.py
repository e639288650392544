"""Is every alteration of the sealed ledger found, and nothing found where nothing was altered?

As a superuser with the triggers off, who knows the algorithm: edit, insert, delete, swap, reorder, truncate, re-chain,
fork, old checkpoint - 200 of each, each on its own, each rolled back. The verifier is the product's own.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from bench.proof import Proof
from privacy import sealer, signing
from privacy.keys.models import Witness
from privacy.verification import Checkpoint, SealedRow, next_hash, verify
from tests.cast import assemble
from tests.db.raw import superuser_transaction

EACH = 200
SEED = 20261125
ROWS = 240
_BATCHES = 6


@dataclass
class Attacker:
    """A superuser's open transaction, and the checkpoints as the attacker leaves them."""

    cursor: Any
    rng: random.Random
    lines: list[str]
    table: int
    last: int
    cut: int = field(default=0)

    def number(self, *, least: int = 1) -> int:
        """A sealed number at random."""
        return self.rng.randint(least, self.last)

    def entry_of(self, number: int) -> int:
        """The entry a number seals."""
        self.cursor.execute(
            "SELECT entry_id FROM ledger.seal WHERE table_id = %s AND number = %s", [self.table, number]
        )
        return int(self.cursor.fetchone()[0])

    def rechain(self, start: int) -> None:
        """Recompute every hash from a number on, as the sealer would have."""
        self.cursor.execute(
            "SELECT s.number, s.hash, ledger.canonical(e) FROM ledger.seal s JOIN ledger.entry e ON e.id = s.entry_id"
            " WHERE s.table_id = %s AND s.number >= %s ORDER BY s.number",
            [self.table, start - 1],
        )
        previous = b""
        for number, hash_, canonical in self.cursor.fetchall():
            if number < start:
                previous = bytes(hash_)
                continue
            previous = next_hash(previous, number, canonical)
            self.cursor.execute(
                "UPDATE ledger.seal SET hash = %s WHERE table_id = %s AND number = %s", [previous, self.table, number]
            )


def edit(a: Attacker) -> None:
    """Change one fact of one entry."""
    column, value = a.rng.choice(
        [("actor_id", 424242), ("agency_id", 424242), ("purpose", "correct"), ("kind", "ended"), ("recipients", [7])]
    )
    a.cursor.execute(f"UPDATE ledger.entry SET {column} = %s WHERE id = %s", [value, a.entry_of(a.number())])


def insert(a: Attacker) -> None:
    """Slip an entry in between, numbers shifted."""
    number = a.number()
    a.cursor.execute(
        "UPDATE ledger.seal SET number = -number - 1 WHERE table_id = %s AND number >= %s", [a.table, number]
    )
    a.cursor.execute("UPDATE ledger.seal SET number = -number WHERE table_id = %s AND number < 0", [a.table])
    a.cursor.execute(_ENTRY + " RETURNING id", [a.table])
    a.cursor.execute(
        "INSERT INTO ledger.seal (entry_id, table_id, number, hash) VALUES (%s, %s, %s, sha256('x'))",
        [a.cursor.fetchone()[0], a.table, number],
    )


def delete(a: Attacker) -> None:
    """Take an entry away, half the time with its seal."""
    number = a.number()
    a.cursor.execute("DELETE FROM ledger.entry WHERE id = %s", [a.entry_of(number)])
    if a.rng.random() < 0.5:
        a.cursor.execute("DELETE FROM ledger.seal WHERE table_id = %s AND number = %s", [a.table, number])


def swap(a: Attacker) -> None:
    """Exchange who did what between two entries."""
    first, second = a.rng.sample(range(1, a.last + 1), 2)
    one, two = a.entry_of(first), a.entry_of(second)
    a.cursor.execute(
        "UPDATE ledger.entry e SET actor_id = o.actor_id, at = o.at FROM ledger.entry o"
        " WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))",
        [one, two, two, one],
    )


def reorder(a: Attacker) -> None:
    """Exchange the places of two entries in the chain."""
    first, second = a.rng.sample(range(1, a.last + 1), 2)
    for before, after in ((first, -1), (second, first), (-1, second)):
        a.cursor.execute(
            "UPDATE ledger.seal SET number = %s WHERE table_id = %s AND number = %s", [after, a.table, before]
        )


def truncate(a: Attacker) -> None:
    """Cut the end off, entries and seals."""
    a.cut = a.number(least=2)
    a.cursor.execute(
        "DELETE FROM ledger.entry WHERE id IN (SELECT entry_id FROM ledger.seal WHERE table_id = %s AND number >= %s)",
        [a.table, a.cut],
    )
    a.cursor.execute("DELETE FROM ledger.seal WHERE table_id = %s AND number >= %s", [a.table, a.cut])


def re_chain(a: Attacker) -> None:
    """Edit, then recompute the chain to its end: a chain alone would agree."""
    number = a.number()
    a.cursor.execute("UPDATE ledger.entry SET actor_id = 424242 WHERE id = %s", [a.entry_of(number)])
    a.rechain(number)


def fork(a: Attacker) -> None:
    """Re-chain a changed tail and vouch for it with a checkpoint of one's own making."""
    re_chain(a)
    a.cursor.execute("SELECT hash FROM ledger.seal WHERE table_id = %s AND number = %s", [a.table, a.last])
    unsigned = Checkpoint(a.table, a.last, bytes(a.cursor.fetchone()[0]).hex(), "2026-11-25T00:00:00+00:00", "")
    signature = signing.sign(a.rng.randbytes(32), unsigned.message()).hex()
    forged = Checkpoint(unsigned.table_id, unsigned.number, unsigned.hash, unsigned.at, signature).line()
    # The folder is the attacker's: the true last line is replaced. The second server keeps its own.
    kept = [line for line in sealer.checkpoint_file().read_text(encoding="utf-8").splitlines() if line]
    a.lines = [*kept[:-1], forged, *Witness.objects.using("keys").order_by("id").values_list("line", flat=True)]


def old_checkpoint(a: Attacker) -> None:
    """Cut the ledger back to an older checkpoint and put the older checkpoint file in the folder."""
    kept = [line for line in sealer.checkpoint_file().read_text(encoding="utf-8").splitlines() if line]
    ours = [i for i, line in enumerate(kept) if f'"table_id": {a.table}' in line][:-1]
    at = a.rng.choice(ours)
    point = Checkpoint(**json.loads(kept[at]))
    a.cursor.execute(
        "DELETE FROM ledger.entry WHERE id IN (SELECT entry_id FROM ledger.seal WHERE table_id = %s AND number > %s)",
        [a.table, point.number],
    )
    a.cursor.execute("DELETE FROM ledger.seal WHERE table_id = %s AND number > %s", [a.table, point.number])
    a.lines = [*kept[: at + 1], *Witness.objects.using("keys").order_by("id").values_list("line", flat=True)]


KINDS: tuple[Callable[[Attacker], None], ...] = (
    edit, insert, delete, swap, reorder, truncate, re_chain, fork, old_checkpoint,
)  # fmt: skip
_ENTRY = (
    "INSERT INTO ledger.entry (table_id, ref, kind, filter, actor_id, agency_id, elements, purpose)"
    " VALUES (%s, gen_random_uuid(), 'disclosed', 'f3b', (random() * 1000)::int, 3, '{name}', 'recognise')"
)


def run(*, each: int = EACH) -> Proof:
    """Attack `each` times in every way; every attack must be found, and no clean ledger doubted."""
    cast, rng = assemble(), random.Random(SEED)
    tables = [cast.nia.pk, cast.kes.pk]
    sealer.checkpoint_file().unlink(missing_ok=True)
    public = signing.public_key(settings.LEDGER_SIGNING_KEY)
    false_alarms = 0
    for batch in range(_BATCHES):
        with superuser_transaction(keep=True) as cursor:
            for i in range(ROWS // _BATCHES):
                cursor.execute(_ENTRY, [tables[i % 2]])
        sealer.seal()
        false_alarms += bool(sealer.check()) if batch else 0
    found = 0
    missed: dict[str, int] = {}
    for kind in KINDS:
        for _ in range(each):
            with superuser_transaction(keep=False) as cursor:
                for name in ("entry", "seal"):
                    cursor.execute(f"ALTER TABLE ledger.{name} DISABLE TRIGGER ALL")
                table = rng.choice(tables)
                cursor.execute("SELECT max(number) FROM ledger.seal WHERE table_id = %s", [table])
                top = cursor.fetchone()
                attacker = Attacker(cursor, rng, sealer.checkpoint_lines(), table, int(top[0]) if top else 0)
                kind(attacker)
                caught = bool(verify(_rows(cursor), attacker.lines, public))
            found += caught
            if not caught:
                missed[kind.__name__] = missed.get(kind.__name__, 0) + 1
    clean = 0
    for _ in range(each):
        with superuser_transaction(keep=True) as cursor:
            cursor.execute(_ENTRY, [rng.choice(tables)])
        sealer.seal()
        clean += 1
        false_alarms += bool(sealer.check())
    tries = each * len(KINDS)
    for name, count in missed.items():
        print(f"  missed: {name} {count} of {each}")
    return Proof(
        "tampering",
        f"{found} of {tries} found, {false_alarms} false alarms in {clean} clean runs",
        tries + clean,
        SEED,
        found == tries and false_alarms == 0,
        note="Among sealed rows. Rows committed but not sealed yet (at most 60 s or 50 rows) can be altered unnoticed.",
    )


def _rows(cursor: Any) -> list[SealedRow]:
    cursor.execute(sealer.SEALED_ROWS)
    return [SealedRow(t, n, e, bytes(h), c) for t, n, e, h, c in cursor.fetchall()]
