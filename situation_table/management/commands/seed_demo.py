"""manage.py seed_demo: an invented region with people, history and a meeting that sits today. For the demo only."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation


class Command(BaseCommand):
    """Seed, or print who can sign in. The seed is a tool of the checkout: an installed product does not carry it."""

    help = "Seed the invented region of the demo (idempotent); --print says who can sign in."
    # Migrating has checked everything a moment before; loading every page again would slow each start of the demo.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print", action="store_true", dest="sign_ins", help="Print the sign-ins, nothing else.")

    def handle(self, *args: Any, **options: Any) -> None:
        if find_spec("dev") is None:
            raise CommandError("The demo is seeded from a checkout; this installation does not carry it.")
        with translation.override("en"):
            if options["sign_ins"]:
                if import_module("dev.seed.region").existing() is None:
                    raise CommandError("Nobody can sign in yet: run `manage.py seed_demo` first.")
                self.stdout.write(import_module("dev.seed.people").sign_ins())
                return
            run = import_module("dev.seed.run")
            try:
                self.stdout.write(run.seed(timezone.localdate()))
            except run.CannotSeed as sentence:
                raise CommandError(str(sentence)) from sentence
