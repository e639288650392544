"""`manage.py import_records FILE --table CODE [--dry-run] [--map FILE]`: a table's past, from the command line.

Exit 0 when everything was (or, with --dry-run, would be) imported, 1 when something hinders it, 2 for a wrong call.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Table
from privacy.decision import Denied
from reports.importing import batches, mapped, undoing
from reports.importing.layout import columns
from reports.importing.problems import UnreadableFileError
from reports.importing.reading import how_many


class Command(BaseCommand):
    """Import a spreadsheet of past discussions into a table's coded records, all of it or nothing."""

    help = "Import past discussions (CSV or XLSX, layout in docs/coded-record.md) as coded records of a table."

    #: About how many lines the file has; 0 where it does not say.
    _all = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="a CSV or XLSX file")
        parser.add_argument("--table", help="the code of the table the discussions belong to")
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
        parser.add_argument("--map", metavar="FILE.json", help="what the words of the file mean (docs/coded-record.md)")
        parser.add_argument(
            "--write-map",
            metavar="FILE.json",
            help="write the words that no list holds to a new file that only you read, to be filled in for --map",
        )
        parser.add_argument(
            "--undo", metavar="BATCH", help="take a whole import back, by the id that importing printed"
        )
        parser.add_argument("--layout", action="store_true", help="print the header line of the layout and stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["layout"]:
            self.stdout.write(",".join(c.header_en for c in columns()))
            return
        if options["undo"]:
            self._undo(options["undo"])
            return
        if not options["file"] or not options["table"]:
            raise CommandError("Say which file, and --table CODE.", returncode=2)
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError("There is no such file.", returncode=2)
        table = Table.objects.filter(code__iexact=options["table"]).first()
        if table is None:
            codes = ", ".join(Table.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no such table. There are: {codes}.", returncode=2)
        try:
            words = mapped.read(Path(options["map"])) if options["map"] else []
        except mapped.NotAMapError as error:
            raise CommandError(str(error), returncode=2) from error
        to = Path(options["write_map"]) if options["write_map"] else None
        if to is not None and to.exists():
            raise CommandError("The file to write the words to is there already.", returncode=2)
        if to is not None and not to.parent.is_dir():
            raise CommandError("There is no such folder to write the words to.", returncode=2)
        try:
            self._import(path, table, words, to, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"The file cannot be read or written: {error.strerror}.", returncode=2) from error

    def _import(
        self, path: Path, table: Table, words: list[tuple[str, str, str]], to: Path | None, *, dry_run: bool
    ) -> None:
        began = time.monotonic()
        with path.open("rb") as file:
            self._all = how_many(file)
        try:
            outcome = batches.import_file(
                path, table=table, by=None, dry_run=dry_run, words=words, progress=self._progress
            )
        except UnreadableFileError as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for problem in outcome.problems:
            self.stderr.write(str(problem))
        if outcome.problem_count > len(outcome.problems):
            self.stderr.write(f"... and {outcome.problem_count - len(outcome.problems)} more.")
        if to is not None:
            mapped.write(to, outcome)
            self.stdout.write(
                "The words that no list holds are written. They may be names: delete the file afterwards."
            )
        if not outcome.ok:
            told = f"{outcome.read} lines read, {outcome.refused} with problems. Nothing was imported."
            raise CommandError(told)
        done = "can be imported; nothing was kept (dry run)" if dry_run else "imported"
        self.stdout.write(
            f"{outcome.read} discussions {done} for table {table.code}: {outcome.accepted} accepted,"
            f" {outcome.read - outcome.accepted} not, opened {outcome.first_day} to {outcome.last_day},"
            f" in {time.monotonic() - began:.1f} s."
        )
        if outcome.batch:
            self.stdout.write(f"Batch {outcome.batch} (to take it back: import_records --undo {outcome.batch})")

    def _undo(self, said: str) -> None:
        try:
            gone = undoing.undo(UUID(said), by=None)
        except (ValueError, Denied) as error:
            raise CommandError("There is no such batch.", returncode=2) from error
        self.stdout.write(f"{gone} discussions taken back.")

    def _progress(self, read: int) -> None:
        """A bar on a terminal; where the file does not say how long it is, the lines read."""
        if not sys.stderr.isatty():
            return
        if self._all:
            done = min(1.0, read / self._all)
            self.stderr.write(f"\r[{'#' * round(40 * done):<40}] {done:4.0%}", ending="")
        else:
            self.stderr.write(f"\r{read} lines read", ending="")
