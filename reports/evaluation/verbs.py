"""What does a manager enter and take back: a cost, what a result is worth, a note?

Nothing is edited: an entry that was wrong is taken back and entered anew. A release keeps what it was made of.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, deny, hide
from reports.models import Cost, EvaluationNote, Proxy
from reports.pack.periods import Period
from situations.once import once

_ONE_CURRENCY = _("Costs of one table are entered in one currency. Take back those in the other one first.")
KINDS: dict[str, type[Cost | Proxy | EvaluationNote]] = {"cost": Cost, "proxy": Proxy, "note": EvaluationNote}


def enter_once(kind: str, said: dict[str, Any], *, key: str, table: Table, by: Member) -> tuple[int, bool]:
    """Enter what a form of this kind said: its number, and whether it is new. Sent twice with one key it is one."""
    enter: Any = {"cost": enter_cost, "proxy": enter_proxy, "note": write_note}[kind]
    # What is made once is remembered by a UUID; entries are counted.
    ref, new = once(key, f"evaluation:{kind}:{table.pk}", lambda: UUID(int=enter(table=table, by=by, **said).pk), by=by)
    return ref.int, new


def enter_cost(
    *, table: Table, kind: str, period: Period, amount: Decimal, hours: int | None, currency: str, by: Member
) -> Cost:
    """Enter what was spent of one kind in a quarter or a year."""
    require_manager(table, by)
    with transaction.atomic():
        Table.objects.select_for_update(no_key=True).get(pk=table.pk)  # nobody enters another currency meanwhile
        if Cost.objects.filter(table=table).exclude(currency=currency).exists():
            raise Denied(deny("one-currency", _ONE_CURRENCY))
        return Cost.objects.create(
            table=table, kind=kind, first_day=period.first_day, last_day=period.last_day, amount=amount, hours=hours,
            currency=currency, entered_by=by,
        )  # fmt: skip


def enter_proxy(*, table: Table, by: Member, **said: Any) -> Proxy:
    """Enter what one of a result is taken to be worth, with its source."""
    require_manager(table, by)
    return Proxy.objects.create(table=table, entered_by=by, **said)


def write_note(*, table: Table, period: Period, words: str, marks_reason: str, by: Member) -> EvaluationNote:
    """Write a few sentences about the table's work in a period. The form had the name guard read them."""
    require_manager(table, by)
    return EvaluationNote.objects.create(
        table=table, first_day=period.first_day, last_day=period.last_day, words=words, marks_reason=marks_reason,
        written_by=by,
    )  # fmt: skip


def take_back(kind: str, entry_id: int, *, table: Table, by: Member) -> None:
    """Take an entry back. Denied (hidden) for one that is not there."""
    require_manager(table, by)
    gone, _by_model = KINDS[kind].objects.filter(pk=entry_id, table=table).delete()
    if not gone:
        raise Denied(hide())


def require_manager(table: Table, by: Member) -> None:
    """Denied (hidden) for who does not manage the table."""
    if not Standing.objects.of(by).at(table.pk).in_roles(Role.MANAGER).exists():
        raise Denied(hide())
