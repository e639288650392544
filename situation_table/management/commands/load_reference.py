"""manage.py load_reference: the code lists of every app, from the reference files. Idempotent."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from agencies import sectors
from privacy import authorities
from risk import catalogue


class Command(BaseCommand):
    """Load sectors, legal authorities and the catalogue; a changed wording becomes a new version."""

    help = "Load the reference code lists (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="First day the entries are valid.")

    def handle(self, *args: Any, **options: Any) -> None:
        on: date | None = options["on"]
        loaded = catalogue.load(on=on)
        count = sectors.load(on=on) + authorities.load(on=on) + loaded.written
        self.stdout.write(f"{count} entries new or changed")
