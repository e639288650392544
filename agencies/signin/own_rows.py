"""How does somebody who is not signed in yet reach the own second factor? On the member's behalf, for a few statements.

The row policies of sessions, factors and recovery codes read `st.member`; the middleware sets it for who is signed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from agencies.models import Member


@contextmanager
def own_rows(member: Member) -> Iterator[None]:
    """Reach the rows of this member, then stand on whose behalf one stood before."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('st.member', true), '')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('st.member', %s, true)", [str(member.pk)])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('st.member', %s, true)", [before])
