"""How are the figures of an evaluation written in a table?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from reports.evaluation.reckoning import Evaluation


def rows_of(made: Evaluation | None, *parts: str) -> list[list[dict[str, Any]]]:
    """What has one value: label, amount, what it rests on."""
    return [
        [{"text": line.label}, {"text": money(line.central, line.unit), "number": True}, {"text": line.rests_on or "–"}]
        for line in (made.of(*parts) if made else ())
    ]


def ranges_of(made: Evaluation | None, *parts: str) -> list[list[dict[str, Any]]]:
    """What is estimated: label, low, central, high, what it rests on."""
    return [
        [
            {"text": line.label},
            *({"text": money(v, line.unit), "number": True} for v in (line.low, line.central, line.high)),
            {"text": line.rests_on},
        ]
        for line in (made.of(*parts) if made else ())
    ]


def range_columns() -> list[dict[str, Any]]:
    """The columns of `ranges_of`."""
    return [
        {"label": _("What it stands for")}, {"label": _("Low"), "number": True},
        {"label": _("Central"), "number": True}, {"label": _("High"), "number": True}, {"label": _("Rests on")},
    ]  # fmt: skip


def value_columns() -> list[dict[str, Any]]:
    """The columns of `rows_of`."""
    return [{"label": _("What for")}, {"label": _("Amount"), "number": True}, {"label": _("Rests on")}]


def money(value: Decimal | None, unit: str) -> str:
    """An amount with its currency, or a ratio."""
    if value is None:
        return _("withheld")
    number = formats.number_format(value, use_l10n=True, force_grouping=True)
    return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else number
