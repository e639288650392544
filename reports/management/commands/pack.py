"""`manage.py pack --table CODE [--table CODE]|--region NAME|--province --period 2026Q1 --audience A --format json`.

Exit 0 with the file on standard output (or in --output), 1 where no such pack is made (with what to ask for instead),
2 for a wrong call.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.pack import scopes
from reports.pack.audience import Audience, NotOfferedError
from reports.pack.files import WRITERS, write
from reports.pack.periods import NoPeriodError, parse
from reports.releases import reading


class Command(BaseCommand):
    """Write the pack of a period: the release, or what would be released, marked as not released."""

    help = "Write the pack of a table, a region or the province for a period, protected for its audience."

    def add_arguments(self, parser: ArgumentParser) -> None:
        of = parser.add_mutually_exclusive_group(required=True)
        of.add_argument("--table", action="append", help="a table's code; several for the sum of their packs")
        of.add_argument("--region", help="a region's name")
        of.add_argument("--province", action="store_true", help="all tables")
        parser.add_argument("--period", required=True, help="2026Q1, 2026, 2024-2026, FY2026 or FY2026Q1")
        parser.add_argument("--audience", required=True, choices=[a.name.lower() for a in Audience])
        parser.add_argument("--format", default="json", choices=sorted(WRITERS))
        parser.add_argument("--language", default="en", choices=["en", "fr"])
        parser.add_argument("--output", help="a file to write; standard output when none is given")

    def handle(self, *_args: Any, **options: Any) -> None:
        audience = Audience[options["audience"].upper()]
        with translation.override(options["language"]):  # a scope is called by its name in that language
            try:
                period = parse(options["period"])
                if named := options["table"]:
                    scope = scopes.of_tables([named] if isinstance(named, str) else named)  # a program may name one
                else:
                    scope = scopes.of_region(options["region"]) if options["region"] else scopes.of_province()
            except (NoPeriodError, scopes.NoScopeError) as error:
                raise CommandError(str(error), returncode=2) from error
            try:
                with transaction.atomic():
                    made = reading.at_the_command_line(scope, period, audience, now=timezone.now())
                    content = write(made, options["format"])
            except NotOfferedError as error:
                raise CommandError(_said(error)) from error
        if options["output"]:
            try:
                Path(options["output"]).write_bytes(content)
            except OSError as error:
                raise CommandError(f"The file cannot be written: {error.strerror}.", returncode=2) from error
        else:
            sys.stdout.buffer.write(content + (b"\n" if options["format"] == "json" else b""))
            sys.stdout.flush()


def _said(error: NotOfferedError) -> str:
    """Why, and with which words of the same command something is told."""
    commands = [f"--period {period.code} --audience {audience.code}" for period, audience in error.instead]
    if not commands:
        return str(error)
    return _("%(why)s Ask for %(commands)s.") % {"why": error, "commands": _(" or ").join(commands)}
