"""How does a long list come in pieces? By keyset: a cursor names the last row given, never an offset.

Page 1000 costs what page 1 costs (architecture.md, "Visibility that stays fast"). A page is filled with rows that the
member may see: neither its length nor its cursor tells of rows that were left out. Pages and API ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Seen = TypeVar("Seen")
#: The moment of the last row given, and its id.
Place = tuple[datetime, UUID]


def filled(
    rows: QuerySet[Row],
    *,
    by_time: str,
    after: Place | None,
    size: int,
    show: Callable[[Sequence[Row]], list[tuple[Row, Seen]]],
) -> tuple[list[Seen], Place | None]:
    """At most `size` of the rows after a place, newest first by the column `by_time`, then by id; and the place of the
    last one where more follow.

    `show` turns rows into (row, what the member sees of it) and leaves out what the member may not see.
    """
    ordered = rows.order_by(f"-{by_time}", "-pk")
    found: list[tuple[Row, Seen]] = []
    while len(found) <= size:
        batch = list((ordered.filter(_older(by_time, after)) if after else ordered)[: size + 1])
        found += show(batch)
        if len(batch) <= size:
            break
        after = (getattr(batch[-1], by_time), batch[-1].pk)
    last = found[size - 1][0] if len(found) > size else None
    return [seen for _row, seen in found[:size]], (getattr(last, by_time), last.pk) if last is not None else None


def _older(by_time: str, after: Place) -> Q:
    at, pk = after
    return Q(**{f"{by_time}__lt": at}) | Q(**{by_time: at, "pk__lt": pk})
