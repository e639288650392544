"""When is the ledger sealed, and where do its checkpoints go?

Every 60 seconds or 50 rows one sealer numbers and chains the committed rows, then writes a signed checkpoint of each
table's head outside the database: a line in CHECKPOINT_DIR, and a row on the second server. Losing either still leaves
a witness. A sealer that died between sealing and signing is caught up by the next run.

Sealing and signing hold one lock of the session, and a check takes it while it reads how far each table is sealed and
its checkpoints; what is sealed later is left to the next check. Without it a clean ledger is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from privacy import signing
from privacy.context import in_role
from privacy.keys.models import Witness
from privacy.verification import Checkpoint, Findings, SealedRow, verify

BATCH = 5000
#: Of the session, not of a transaction: a checkpoint is written after what it vouches for is committed.
_LOCK = 7261002
#: Every seal with the canonical text of its entry (NULL: the entry is gone), by table and number.
SEALED_ROWS = (
    "SELECT s.table_id, s.number, s.entry_id, s.hash, CASE WHEN e.id IS NULL THEN NULL ELSE ledger.canonical(e) END"
    " FROM ledger.seal s LEFT JOIN ledger.entry e ON e.id = s.entry_id ORDER BY s.table_id, s.number"
)


def seal() -> int:
    """Seal every committed row that has none and write checkpoints; returns how many rows were sealed. Idempotent."""
    sealed = 0
    with _alone():
        while True:
            with in_role("st_worker"), connection.cursor() as cursor:
                cursor.execute("SELECT ledger.seal_batch(%s)", [BATCH])
                batch = int(cursor.fetchone()[0])
            sealed += batch
            if batch < BATCH:
                break
        _witness_heads()
    return sealed


@contextmanager
def _alone() -> Iterator[None]:
    """While nobody else seals, signs, or reads where sealing stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _heads() -> list[tuple[int, int, bytes]]:
    """Each table's newest seal: table, number, hash."""
    with in_role("st_auditor"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (table_id) table_id, number, hash FROM ledger.seal ORDER BY table_id, number DESC"
        )
        return [(int(t), int(n), bytes(h)) for t, n, h in cursor.fetchall()]


def _witness_heads() -> None:
    """Sign each table's head that no checkpoint names yet."""
    for table_id, number, hash_ in _heads():
        last = Witness.objects.using("keys").filter(table_id=table_id).order_by("-number", "-id").first()
        if last is not None and last.number >= number:
            continue
        at = timezone.now().isoformat(timespec="seconds")
        unsigned = Checkpoint(table_id, number, hash_.hex(), at, "")
        signature = signing.sign(settings.LEDGER_SIGNING_KEY, unsigned.message()).hex()
        point = Checkpoint(table_id, number, hash_.hex(), at, signature)
        _write_line(point.line())
        with transaction.atomic(using="keys"):
            Witness.objects.using("keys").create(table_id=table_id, number=number, line=point.line())


def checkpoint_file() -> Path:
    """The file of checkpoints in CHECKPOINT_DIR."""
    return Path(settings.CHECKPOINT_DIR) / "ledger-checkpoints.jsonl"


def _write_line(line: str) -> None:
    path = checkpoint_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.write(line + "\n")


def checkpoint_lines() -> list[str]:
    """Every checkpoint known: the file's and the second server's."""
    path = checkpoint_file()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return lines + list(Witness.objects.using("keys").order_by("id").values_list("line", flat=True))


def sealed_rows(up_to: Mapping[int, int] | None = None) -> Iterator[SealedRow]:
    """Every seal with its entry's canonical text, by table and number; up to these numbers of the tables, if given.

    Call inside `in_role("st_auditor")`.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEALED_ROWS)
        while batch := cursor.fetchmany(20000):
            for table_id, number, entry_id, hash_, canonical in batch:
                if up_to is None or number <= up_to.get(table_id, 0):
                    yield SealedRow(table_id, number, entry_id, bytes(hash_), canonical)


def check() -> Findings:
    """Verify the whole ledger against every checkpoint; also counts the rows of the unsealed window."""
    public = signing.public_key(settings.LEDGER_SIGNING_KEY)
    with _alone():
        up_to = {table_id: number for table_id, number, _hash in _heads()}
        lines = checkpoint_lines()
    with in_role("st_auditor"):
        found = verify(sealed_rows(up_to), lines, public)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM ledger.entry e"
                " WHERE NOT EXISTS (SELECT 1 FROM ledger.seal s WHERE s.entry_id = e.id)"
            )
            found.unsealed = int(cursor.fetchone()[0])
    return found
