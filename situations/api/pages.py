"""How does a long list come in pieces? By keyset: a cursor names the last row given, never an offset.

Page 1000 costs what page 1 costs (architecture.md, "Visibility that stays fast"). A page is filled with rows that the
member may see: neither its length nor its cursor tells of rows that were left out.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

PAGE_SIZE = 50

Row = TypeVar("Row", bound=Model)
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Page(Generic[Seen]):
    """One piece of a list, and the cursor of the next piece (None at the end)."""

    results: list[Seen]
    next: str | None


def page(
    rows: QuerySet[Row],
    *,
    by_time: str,
    cursor: str,
    show: Callable[[Sequence[Row]], list[tuple[Row, Seen]]],
) -> Page[Seen]:
    """The rows after the cursor, newest first by the column `by_time`, then by id.

    `show` turns rows into (row, what the member sees of it) and leaves out what the member may not see.
    """
    ordered = rows.order_by(f"-{by_time}", "-pk")
    found: list[tuple[Row, Seen]] = []
    size = PAGE_SIZE
    after = _read(cursor) if cursor else None
    while len(found) <= size:
        batch = list((ordered.filter(_older(by_time, after)) if after else ordered)[: size + 1])
        found += show(batch)
        if len(batch) <= size:
            break
        after = (getattr(batch[-1], by_time), batch[-1].pk)
    more = len(found) > size
    last = found[size - 1][0] if more else None
    return Page([seen for _row, seen in found[:size]], _write(getattr(last, by_time), last.pk) if last else None)


def _older(by_time: str, after: tuple[datetime, UUID]) -> Q:
    at, pk = after
    return Q(**{f"{by_time}__lt": at}) | Q(**{by_time: at, "pk__lt": pk})


def _write(at: datetime, pk: Any) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()} {pk}".encode()).decode()


def _read(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, _space, pk = base64.urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").partition(" ")
        moment, ref = datetime.fromisoformat(at), UUID(pk)
    except (ValueError, binascii.Error):
        raise ValidationError({"cursor": [_("This is not a cursor of this list.")]}) from None
    if moment.tzinfo is None:
        raise ValidationError({"cursor": [_("This is not a cursor of this list.")]})
    return moment, ref
