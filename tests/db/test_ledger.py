"""Is an alteration of the sealed ledger found, and an untouched one believed? (R34, R36, R37)"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from bench import reveal_aborts, tampering
from dev.installation import ROOT
from privacy import ledger, sealer
from privacy.context import acting_as
from privacy.keys.models import Witness
from privacy.verification import SealedRow
from tests import builders
from tests.cast import Cast
from tests.db.raw import as_superuser


def _beside(verb: Callable[[], object]) -> threading.Thread:
    """Run a verb on connections of its own."""

    def run() -> None:
        try:
            verb()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.fixture
def checkpoints(tmp_path: Path, settings: object) -> Path:
    """A folder of checkpoints of this test's own."""
    settings.CHECKPOINT_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's own wrapper
    return tmp_path


@pytest.mark.usefixtures("nobody_db", "checkpoints")
class TestLedger:
    def test_every_kind_of_tampering_is_found_and_no_clean_ledger_doubted(self) -> None:
        """The proof `tampering`, with fewer tries."""
        proof = tampering.run(each=3)
        assert proof.ok, proof.figure


@pytest.mark.usefixtures("committed_db_with_keys", "checkpoints")
class TestSealing:
    def test_the_sealer_numbers_what_is_committed_and_says_what_is_not_sealed_yet(
        self, committed_cast: Cast, checkpoints: Path
    ) -> None:
        builders.disclosed(committed_cast)
        assert sealer.check().unsealed > 0
        sealed = sealer.seal()
        assert sealed > 0
        assert sealer.seal() == 0, "nothing is sealed twice"
        found = sealer.check()
        assert (found.rows, found.unsealed, found.faults) == (sealed, 0, [])
        assert Witness.objects.using("keys").count() == 1
        assert (checkpoints / "ledger-checkpoints.jsonl").read_text(encoding="utf-8").count("\n") == 1

    def test_a_check_beside_a_sealer_doubts_nothing(
        self, committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It begins when rows are sealed and not vouched for yet; while another one reads, more are sealed."""
        sign, read, sealed = sealer._witness_heads, sealer.sealed_rows, threading.Event()

        def slowly() -> None:
            sealed.set()
            time.sleep(1)
            sign()

        def meanwhile(*args: Any) -> Iterator[SealedRow]:
            _beside(sealer.seal).join()
            yield from read(*args)

        builders.discussed(committed_cast)
        with monkeypatch.context() as slow:
            slow.setattr(sealer, "_witness_heads", slowly)
            other = _beside(sealer.seal)
            assert sealed.wait(30)
            assert sealer.check().faults == []
            other.join()
        builders.discussed(committed_cast)
        monkeypatch.setattr(sealer, "sealed_rows", meanwhile)
        found = sealer.check()
        assert (found.faults, found.unsealed) == ([], 0)

    def test_one_witness_is_enough(self, committed_cast: Cast, checkpoints: Path) -> None:
        """The folder is lost, and the ledger is cut back: the second server still says so."""
        builders.discussed(committed_cast)
        sealer.seal()
        (checkpoints / "ledger-checkpoints.jsonl").unlink(missing_ok=True)
        assert not sealer.check()
        with as_superuser() as cursor:
            cursor.execute(
                "BEGIN; ALTER TABLE ledger.seal DISABLE TRIGGER ALL; DELETE FROM ledger.seal WHERE number ="
                " (SELECT max(number) FROM ledger.seal)"
            )
            cursor.execute("COMMIT")
        assert {code for code, _table, _number in sealer.check().faults} == {"truncated"}
        with as_superuser() as cursor:
            cursor.execute("ALTER TABLE ledger.seal ENABLE ALWAYS TRIGGER append_only")
            cursor.execute("ALTER TABLE ledger.seal ENABLE ALWAYS TRIGGER never_emptied")

    def test_the_ledger_holds_neither_names_nor_words(self, committed_cast: Cast) -> None:
        builders.concluded(committed_cast)
        with as_superuser() as cursor:
            cursor.execute("SELECT e::text FROM ledger.entry e")
            whole = "\n".join(row[0] for row in cursor.fetchall())
        assert "canar" not in whole.lower()
        assert not any(m.name in whole for m in committed_cast.everybody.values())

    def test_presenting_is_recorded_once_and_opening_once_a_person(self, committed_cast: Cast) -> None:
        walk = builders.discussed(committed_cast)
        for _ in range(3):
            with acting_as(committed_cast.recorder):
                ledger.note_open(walk.id)
            with acting_as(committed_cast.crisis_rep):  # present when it was presented
                assert not ledger.note_open(walk.id)
        with acting_as(committed_cast.privacy_officer):
            kinds = [e.kind for e in ledger.entries(walk.id)]
        assert kinds == ["presented", "opened"]

    def test_the_verifier_needs_neither_django_nor_a_database(self, committed_cast: Cast, checkpoints: Path) -> None:
        """Everything the stand-alone verifier reads is exported; an edited line of the export is found."""
        sealer.seal()
        lines = Witness.objects.using("keys").values_list("line", flat=True)
        (checkpoints / "points.jsonl").write_text("\n".join(lines), encoding="utf-8")
        export, said = checkpoints / "export.jsonl", StringIO()
        with contextlib.suppress(SystemExit):  # the cut of an earlier test is found, rightly
            call_command("verify_ledger", export=str(export), stdout=said, stderr=StringIO())
        key = said.getvalue().split("public key ")[1].split()[0]
        rows = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
        assert rows
        before = self._verifier(export, checkpoints / "points.jsonl", key)
        rows[0]["canonical"] = rows[0]["canonical"].replace("presented", "opened", 1)
        export.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
        assert self._verifier(export, checkpoints / "points.jsonl", key) - before == {"chain-broken"}

    @staticmethod
    def _verifier(export: Path, points: Path, key: str) -> set[str]:
        run = subprocess.run(
            [sys.executable, "-m", "privacy.verification", str(export), str(points), key],
            cwd=ROOT, env={"PATH": "/usr/bin"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode in (0, 1), run.stderr
        return {line.split(":")[0] for line in run.stdout.splitlines() if ": table" in line}


@pytest.mark.usefixtures("nobody_db")
class TestBrokenReveals:
    def test_no_broken_reveal_hands_out_identity_without_its_record(self) -> None:
        """The proof `reveal-aborts`, with fewer tries."""
        proof = reveal_aborts.run(each=4)
        assert proof.ok, proof.figure
