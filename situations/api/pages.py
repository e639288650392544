"""How does a long list of the API come in pieces? As pages filled by keyset, each with the cursor of the next.

The cursor names the last row given (situations/keyset.py), in letters that say nothing to a reader.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from situations.keyset import Row, Seen, filled

PAGE_SIZE = 50


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
    """The rows after the cursor, as `keyset.filled` gives them."""
    after = _read(cursor) if cursor else None
    found, last = filled(rows, by_time=by_time, after=after, size=PAGE_SIZE, show=show)
    return Page(found, _write(*last) if last else None)


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
