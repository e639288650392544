"""manage.py first_run_code: the code that makes whoever has it the first administrator of an empty installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import first_run


class Command(BaseCommand):
    """Print the code. It works while nobody is a member, and opens nothing afterwards."""

    help = "Print the one-time code of the first-run page; refused once there is a member."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not first_run.open_to_claim():
            raise CommandError("This installation has members: an administrator among them invites others.")
        self.stdout.write(first_run.code())
