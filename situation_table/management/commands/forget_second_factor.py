"""How does somebody get in again whose telephone and recovery codes are lost? The operator forgets both.

Only after the agency's lead has said, by voice, who asks. Every session of the account ends; a seat that requires a
second factor has a new one set up at the next sign-in.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Member
from agencies.signin import factor, sessions


class Command(BaseCommand):
    """`manage.py forget_second_factor name@example.org`."""

    help = "Forget the second factor and the recovery codes of one member, and end the member's sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        member = Member.objects.filter(email__iexact=options["email"]).first()
        if member is None or factor.of(member) is None:
            raise CommandError("Nobody with that address has a second factor.")
        factor.forget(member)
        n = sessions.end_all(member)
        self.stdout.write(f"Forgotten. {n} sessions ended.")
