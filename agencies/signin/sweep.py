"""What of signing in is forgotten by the clock? Ended sessions, and tries that say nothing any more."""

from __future__ import annotations

from django.db import connection

from agencies.signin import tries


def sweep() -> int:
    """Forget; returns how many rows went. Safe to run twice at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_forget_sign_ins()")
        ended = int(cursor.fetchone()[0])
    return ended + tries.forget()
