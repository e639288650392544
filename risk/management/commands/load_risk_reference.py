"""Brings the catalogue of risk up to the reference files: `manage.py load_risk_reference [--folder F] [--on DAY]`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from risk import catalogue


class Command(BaseCommand):
    help = "Loads the code lists of risk; adds and supersedes, never deletes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=catalogue.REFERENCE, help="where the CSV files are")
        parser.add_argument(
            "--on", type=date.fromisoformat, default=None, help="day new rows become valid (YYYY-MM-DD; today)"
        )

    def handle(self, *_args: Any, folder: Path, on: date | None, **_options: Any) -> None:
        try:
            loaded = catalogue.load(folder, on=on)
        except (OSError, catalogue.BadReferenceError) as problem:
            raise CommandError(str(problem)) from problem
        for code_list, count in loaded.counts.items():
            self.stdout.write(
                f"{code_list.value}: {count.added} added, {count.changed} changed, {count.unchanged} unchanged"
            )
