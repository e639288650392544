"""manage.py verify_ledger: has anybody altered the ledger? Exits 1 when a fault is found."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from privacy import sealer, signing
from privacy.context import in_role


class Command(BaseCommand):
    """Recompute every chain, compare with the checkpoints outside the database; optionally export for the verifier."""

    help = "Verify the ledger's chains against the checkpoints kept outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal-first", action="store_true", help="Seal what is not sealed yet, then verify.")
        parser.add_argument("--export", metavar="FILE", help="Write sealed rows for `python -m privacy.verification`.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal_first"]:
            sealer.seal()
        if options["export"]:
            with Path(options["export"]).open("w", encoding="utf-8") as out, in_role("st_auditor"):
                for r in sealer.sealed_rows():
                    line = {
                        "table_id": r.table_id,
                        "number": r.number,
                        "entry_id": r.entry_id,
                        "hash": r.hash.hex(),
                        "canonical": r.canonical,
                    }
                    out.write(json.dumps(line) + "\n")
            self.stdout.write(f"public key {signing.public_key(settings.LEDGER_SIGNING_KEY).hex()}")
        found = sealer.check()
        for code, table_id, number in found.faults:
            self.stderr.write(f"{code}: table {table_id}, number {number}")
        self.stdout.write(
            f"{found.rows} sealed rows, {found.unsealed} not sealed yet (at most 60 s or 50 rows), "
            f"{len(found.faults)} faults"
        )
        if found:
            sys.exit(1)
