"""Does what somebody sends write over what somebody else wrote meanwhile? A form says what stood there when it opened.

What travels with the form is a digest of the values it showed: it says nothing to a reader and needs no column. It is
compared under the row's lock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model


class Overwriting(Exception):
    """Somebody else wrote here since the form was opened; nothing was changed. `row`: as it stands now."""

    def __init__(self, row: Model) -> None:
        super().__init__("overwriting")
        self.row = row


def standing(row: Model, names: Iterable[str]) -> str:
    """What stands in these fields, as a digest."""
    values = [[name, str(row.serializable_value(name))] for name in sorted(names)]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:24]


def write(row: Model, values: Mapping[str, Any], *, seen: str | None) -> None:
    """Write these values over a locked row. Raises Overwriting where its fields are not as they were seen; to say the
    same as what stands there overwrites nobody. `seen` None: whoever writes looked at no form.
    """
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    if differing and seen is not None and seen != standing(row, values):
        raise Overwriting(row)
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
