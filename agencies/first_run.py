"""How does an empty installation get its first administrator, and nobody else's? (domain.md, "People": administrator)

Who can run a command on the server reads a code there (`manage.py first_run_code`); whoever brings it to the first-run
page, while nobody is a member yet, becomes the first administrator, recorded as such. The code is derived from the
installation's own secret: nothing is stored, and it opens nothing any more once there is a member.
"""

from __future__ import annotations

import base64
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from agencies import agency_register
from agencies.models import Agency, Member, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import ConfirmedAs

#: Two people who claim at once wait for each other here.
_LOCK = 7_301_001


def open_to_claim() -> bool:
    """Whether nobody is a member yet."""
    return not Member.objects.exists()


def code() -> str:
    """The code of this installation: eighty bits, in groups that can be read out."""
    digest = salted_hmac("agencies.first_run", "code", algorithm="sha256").digest()
    letters = base64.b32encode(digest[:10]).decode()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def claim(
    *, code_given: str, name: str, email: str, password: str, language: str, agency: dict[str, Any],
    table: dict[str, Any],
) -> Member:  # fmt: skip
    """Create the first administrator with the own agency and the first table, in one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if not open_to_claim():
            raise NotPossible(_("Somebody has already set this installation up. Sign in, or ask whoever did."))
        if not constant_time_compare(_plain(code_given), _plain(code())):
            raise NotPossible(_("That is not the code of this installation."), "code")
        own = Agency.objects.create(**agency)
        member = Member.objects.create_user(email, password, name=name, language=language, agency=own)
        made = Table.objects.create(**table)
        agency_register.first_seat(table=made, member=member, agency=own, confirmed_as=ConfirmedAs.FIRST_RUN)
        return member


def _plain(given: str) -> str:
    return "".join(given.split()).replace("-", "").upper()
