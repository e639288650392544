"""On whose behalf does this transaction read and write?

PostgreSQL's row-level policies and gate functions read the member from `st.member`, set for the transaction only; an
unset context sees no rows (architecture.md, "Row-level security").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, TypeAlias, TypeVar

from django.db import connection, transaction

from agencies.models import Member

#: Narrower database roles the app role may step down to for one transaction.
NarrowRole: TypeAlias = Literal["st_worker", "st_statistics", "st_auditor"]
#: Whether what is read now is looked at by others: the session's screen is being shared (docs/adr/0043).
_shared: ContextVar[bool] = ContextVar("shared", default=False)
View = TypeVar("View", bound=Callable[..., Any])


def outside_transaction(view: View) -> View:
    """Mark a view that must not run in the request's transaction (streams, health). It sees no rows of itself."""
    view.outside_transaction = True  # type: ignore[attr-defined]  # an attribute on a function, as Django does it
    return view


def set_member(member_id: int | None) -> None:
    """Set the member of the current transaction (None = nobody: no rows)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('st.member', %s, true)", [str(member_id or "")])


def set_shared(*, on: bool) -> None:
    """Say whether the screen that this request answers is being shared. Said anew for every request."""
    _shared.set(on)


def is_shared() -> bool:
    """Whether others look on: then everybody is a seat at the table, and nothing beyond filter 2 is known."""
    return _shared.get()


def current_member_id() -> int | None:
    """The member whose rows this transaction sees, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULLIF(current_setting('st.member', true), '')::bigint")
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


@contextmanager
def acting_as(member: Member | None) -> Iterator[None]:
    """Run a transaction on a member's behalf, then restore the member of an enclosing one."""
    with transaction.atomic():
        before = current_member_id()
        set_member(member.pk if member else None)
        yield
        set_member(before)


@contextmanager
def in_role(role: NarrowRole) -> Iterator[None]:
    """Run a transaction in a narrower database role (worker, statistics, auditor), then step back to the role before.

    The way back is deliberately not in a `finally`: inside a failed transaction PostgreSQL refuses it, and the rollback
    itself restores the role because it is set for the transaction only.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role'), set_config('role', %s, true)", [role])
            before = cursor.fetchone()[0]
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [before])
